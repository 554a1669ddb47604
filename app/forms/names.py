"""How a person's names are shown, and compared letter for letter.

Stored names and what is typed are folded in the same way (SQLite folds Cyrillic case but never ё, ў, й or
apostrophes). Other spellings and other alphabets are the business of ``app.matching``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

_APOSTROPHES = "'`´ʹʼ‘’′"
_FOLD = str.maketrans({"і": "и", "ґ": "г", "ъ": "", "ь": "", "ł": "l", **dict.fromkeys(_APOSTROPHES, "")})
# Combining accents (of ё, ў, й as well), and marks that are not seen: direction of writing, joiners.
_UNSEEN = frozenset({"Mn", "Cf"})
_PARTS = ("surname", "given", "patronymic")


def fold(text: str) -> str:
    """Text as search compares it: case, accents, apostrophes and Belarusian letters no longer count."""
    parted = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    plain = "".join(char for char in parted if unicodedata.category(char) not in _UNSEEN)
    return " ".join(plain.translate(_FOLD).split())


def full_name(form: Mapping[str, Any]) -> str:
    """One form of a name: surname, given name, patronymic, as far as known."""
    return " ".join(str(form[part]) for part in _PARTS if form.get(part))


def display_name(identity: Mapping[str, Any]) -> str:
    """The name to show: the current one, else the first. Empty where none is known."""
    forms = [form for form in identity.get("names", []) if isinstance(form, Mapping)]
    current = [form for form in forms if form.get("kind") == "current"]
    return full_name((current or forms)[0]) if forms else ""


def search_key(identity: Mapping[str, Any]) -> str:
    """All forms of the name, folded, one a line: by it people are put in the order of their names."""
    forms = [form for form in identity.get("names", []) if isinstance(form, Mapping)]
    return "\n".join(dict.fromkeys(fold(full_name(form)) for form in forms))
