"""Answers that are computed from another one (``Field.special`` is ``derived``): where they are typed, and how.

The year of birth leaves always, the birth itself only with consent. So the coordinator asks about the year, and the
nurse corrects the birth.
"""

from __future__ import annotations

from typing import Any, Final

from app.forms.spec import Values

_SOURCES: Final = {"birth_year": "birth"}


def typed_in(name: str) -> str:
    """The field in which the answer ``name`` is typed: itself, unless it is derived."""
    return _SOURCES.get(name, name)


def as_typed(name: str, value: Any, values: Values) -> Any:  # Any: a plain JSON value of any kind
    """What is to be typed there, so that ``name`` becomes ``value``: another year, and what else is known stays."""
    if name != "birth_year":
        return value
    birth = values.get("birth")
    return f"{value}{birth[4:]}" if isinstance(birth, str) else str(value)
