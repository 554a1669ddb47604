"""A sheet as it was read: cells as plain text, and what was odd about them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.i18n import translate

MOST_ROWS: Final = 50_000
"""No centre's register is longer; a sheet beyond it is divided, so that taking it in stays a matter of minutes."""
MOST_COLUMNS: Final = 200

Row = tuple[str, ...]


class Odd(StrEnum):
    """Why a cell has no text that could be trusted."""

    FORMULA = "formula"  # a formula whose result was never stored
    ERROR = "error"  # #REF!, #N/A and the like


@dataclass(frozen=True, slots=True)
class Words:
    """A marked sentence with the values for its places. Values may be contents of cells: shown, never logged."""

    message: str
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)

    def sentence(self) -> str:
        """In the language that is chosen now."""
        return translate(self.message).format(**self.values)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a file. ``rows[0]`` is its first row; all rows are equally long."""

    name: str
    rows: tuple[Row, ...]
    odd: Mapping[tuple[int, int], Odd] = dataclasses.field(default_factory=dict)
    """By row and column, both from 0."""
    notes: tuple[Words, ...] = ()
    """What people should know of the sheet: merged cells, hidden rows, how its letters were read."""
    base_1904: bool = False
    """Are days counted from 1904 (old Macintosh files), where they stand as numbers?"""

    @property
    def is_empty(self) -> bool:
        """Is nothing in it?"""
        return not any(any(row) for row in self.rows)


def rectangle(rows: list[Row]) -> tuple[Row, ...]:
    """The rows made equally long; empty rows at the end and empty columns at the right go."""
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((at + 1 for row in rows for at, cell in enumerate(row) if cell), default=0)
    return tuple((row[:width] + ("",) * (width - len(row))) for row in rows)
