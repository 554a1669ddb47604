"""A look through the XML of one sheet for what openpyxl does not tell while it streams.

Which cells are merged, how many rows and columns are hidden, and which formulas have no stored result (a program
that wrote the file without calculating leaves them so). One pass; memory for what was found only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import IO, Final
from xml.parsers import expat

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MOST_TOLD: Final = 100_000


@dataclass(slots=True)
class Look:
    """What was seen. Rows and columns count from 0."""

    merges: list[tuple[int, int, int]] = field(default_factory=list)
    """First and last row, and the column: only what goes over several rows."""
    merged: int = 0
    hidden_rows: int = 0
    hidden_columns: int = 0
    formulas: int = 0
    unvalued: list[tuple[int, int]] = field(default_factory=list)


def look_at(file: IO[bytes]) -> Look:
    """Read the XML of a sheet. Raises ExpatError."""
    seeing = _Seeing()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = seeing.start
    parser.EndElementHandler = seeing.end
    parser.CharacterDataHandler = seeing.text
    parser.buffer_text = True
    parser.ParseFile(file)
    return seeing.look


class _Seeing:
    def __init__(self) -> None:
        self.look = Look()
        self._place: tuple[int, int] | None = None
        self._formula = False
        self._valued = False
        self._in_value = False
        self._row = -1
        self._column = -1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(" ")[2]:
            case "row":
                number = attributes.get("r", "")
                self._row = int(number) - 1 if number.isdigit() else self._row + 1
                self._column = -1
                self.look.hidden_rows += attributes.get("hidden") in ("1", "true")
            case "c":
                self._place = place(attributes.get("r", "")) or (self._row, self._column + 1)
                self._column = self._place[1]
                # A formula whose result is an empty text says so by its type.
                self._formula, self._valued = False, attributes.get("t") == "str"
            case "f":
                self._formula = True
            case "v" | "is":
                self._in_value = True
            case "col" if attributes.get("hidden") in ("1", "true"):
                # One rule often hides all columns from some place to the end of the sheet.
                first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
                self.look.hidden_columns += last - first + 1 if last - first < 100 else 1
            case "mergeCell":
                self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        match name.rpartition(" ")[2]:
            case "v" | "is":
                self._in_value = False
            case "c" if self._formula and self._place:
                self.look.formulas += 1
                if not self._valued and len(self.look.unvalued) < _MOST_TOLD:
                    self.look.unvalued.append(self._place)

    def text(self, _data: str) -> None:
        if self._in_value:
            self._valued = True

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = place(first), place(last)
        if start is None or end is None:
            return
        self.look.merged += 1
        if end[0] > start[0] and len(self.look.merges) < _MOST_TOLD:
            self.look.merges.append((start[0], end[0], start[1]))


def place(reference: str) -> tuple[int, int] | None:
    """``B3`` as row and column from 0."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1
