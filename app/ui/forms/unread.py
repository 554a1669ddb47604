"""Typed text that is no entry of the list it belongs to: kept, named by the check, and never taken for an answer.

An editor answers it as the pair ``("typed", text)``. No reader of codes or references takes a pair, so it cannot be
saved (a name typed into a list of countries must not leave the centre as a "code"), but a draft keeps it.
"""

from __future__ import annotations

from typing import Final

_MARK: Final = "typed"


def unread(text: str) -> tuple[str, str]:
    """``text`` as an answer that cannot be saved."""
    return _MARK, text


def typed_in(value: object) -> str | None:
    """What was typed, if ``value`` is such an answer (a draft gives the pair back as a list), else None."""
    if isinstance(value, tuple | list) and len(value) == 2 and value[0] == _MARK and isinstance(value[1], str):
        return value[1]
    return None
