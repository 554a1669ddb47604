"""Texts for people in Russian (the default), Belarusian and English.

Text is *marked* where it is written (``N_`` in data, ``_`` where it is shown at once) and *translated when it
is shown*, so that the language can change while the program runs. Sources are English; catalogues lie in
``resources/locale/<lang>/LC_MESSAGES/apora.po`` and are compiled to ``.mo`` by ``tools/catalogues.py``.
"""

from __future__ import annotations

import gettext
from typing import Final

from app.paths import resources

LANGUAGES: Final = ("ru", "be", "en")
DEFAULT_LANGUAGE: Final = "ru"

_current: str = DEFAULT_LANGUAGE
_loaded: dict[str, gettext.NullTranslations] = {}


def N_(text: str) -> str:  # noqa: N802 - the customary name of the gettext mark
    """Mark ``text`` for translation and return it unchanged (for data that is shown later)."""
    return text


def _catalogue(language: str) -> gettext.NullTranslations:
    if language not in _loaded:
        # English is the source language; the other two must be there, or a screen would show English.
        _loaded[language] = (
            gettext.NullTranslations()
            if language == "en"
            else gettext.translation("apora", resources("locale"), languages=[language])
        )
    return _loaded[language]


def set_language(language: str) -> None:
    """Choose the language of everything shown from now on: ``ru``, ``be`` or ``en``; raises ValueError."""
    global _current  # noqa: PLW0603 - the one piece of state of the process's interface language
    if language not in LANGUAGES:
        raise ValueError(language)
    _catalogue(language)
    _current = language


def language() -> str:
    """The language that is chosen now."""
    return _current


def translate(text: str, language: str | None = None) -> str:
    """``text`` (marked with ``N_`` or ``_``) in ``language``, or in the one chosen now. Empty stays empty."""
    return _catalogue(language or _current).gettext(text) if text else ""


_ = translate


def ngettext(one: str, many: str, count: int, language: str | None = None) -> str:
    """The form of a phrase for ``count`` (Russian and Belarusian have three), in ``language`` or the one chosen."""
    return _catalogue(language or _current).ngettext(one, many, count)
