"""How a person's names are shown and found.

Search folds both the stored names and what is typed in the same way (FTS and LIKE fold Cyrillic case but never
ё, ў, й or apostrophes), so any part of a name finds it however it was written.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

_APOSTROPHES = "'`´ʹʼ‘’′"
_FOLD = str.maketrans(
    {"ё": "е", "ў": "у", "й": "и", "і": "и", "ґ": "г", "ъ": "", "ь": "", "ŭ": "u", **dict.fromkeys(_APOSTROPHES, "")}
)
_PARTS = ("surname", "given", "patronymic")


def fold(text: str) -> str:
    """Text as search compares it: case, accents, apostrophes and Belarusian letters no longer count."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_FOLD)
    return " ".join(plain.split())


def full_name(form: Mapping[str, Any]) -> str:
    """One form of a name: surname, given name, patronymic, as far as known."""
    return " ".join(str(form[part]) for part in _PARTS if form.get(part))


def display_name(identity: Mapping[str, Any]) -> str:
    """The name to show: the current one, else the first. Empty where none is known."""
    forms = [form for form in identity.get("names", []) if isinstance(form, Mapping)]
    current = [form for form in forms if form.get("kind") == "current"]
    return full_name((current or forms)[0]) if forms else ""


def search_key(identity: Mapping[str, Any]) -> str:
    """All forms of the name, folded, one a line."""
    forms = [form for form in identity.get("names", []) if isinstance(form, Mapping)]
    return "\n".join(dict.fromkeys(fold(full_name(form)) for form in forms))
