"""CSV that a spreadsheet opens as it is meant: UTF-8 with a mark, semicolons, and nothing that acts as a formula.

A cell of text that begins with = + - @, a tab or a carriage return would be run as a formula by the usual
spreadsheets; it gets an apostrophe in front (OWASP, CSV injection). Numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from app.i18n import N_
from app.reports import words
from app.reports.pack import Pack
from app.reports.paper.told_grid import NONE
from app.reports.paper.tongue import Tongue
from app.reports.writers import inert as harmless
from app.reports.writers.grid import Cell, Hidden, Number, grid_of

_HIDDEN = N_("Where words stand instead of a number, the number is not told. It is neither zero nor missing.")


def inert(cell: str | int) -> str | int:
    """The cell, made harmless where it is text that a spreadsheet would run."""
    return harmless.inert(cell) if isinstance(cell, str) else cell


def write(head: Sequence[str], rows: Iterable[Sequence[str | int]], notes: Sequence[str] = ()) -> bytes:
    """A table as bytes: ``notes`` first (one a line), then the head and the rows."""
    return in_bytes([*([note] for note in notes), head, *rows])


def write_pack(pack: Pack, language: str) -> bytes:
    """A pack as one file: how it was made, then table below table, parted by empty lines."""
    return in_bytes(_lines(pack, Tongue(language)))


def _lines(pack: Pack, say: Tongue) -> Iterator[Sequence[str | int]]:
    yield from ([harmless.plain(line)] for line in words.head_lines(pack, say))
    if any(part.table.hidden for chapter in pack.chapters for part in chapter.parts):
        yield [say(_HIDDEN)]
    for chapter in pack.chapters:
        yield []
        yield [harmless.plain(say(chapter.title))]
        for part in chapter.parts:
            grid = grid_of(part.table, say)
            yield []
            yield from ([harmless.plain(line)] for line in (grid.title, *grid.above))
            yield [harmless.plain(text) for text in grid.head]
            for line in grid.lines:
                yield [written(one, say) for one in line.cells]


def written(cell: Cell, say: Tongue) -> str | int:
    """A cell as a spreadsheet of the language reads it: numbers as numbers, words for a number that is not told."""
    match cell:
        case Number(value, 0):
            return int(value)
        case Number(value, digits):
            # As spreadsheets of the language expect it; digits, a sign and a mark are no formula.
            return _Written(
                f"{value:.{digits}f}" if say.language == "en" else f"{value:.{digits}f}".replace(".", ",")
            )
        case Hidden(said):
            return harmless.plain(said)
        case str():
            return harmless.plain(cell)
        case _:
            return NONE


class _Written(str):
    """A number that is written already: it may begin with a minus."""

    __slots__ = ()


def in_bytes(lines: Iterable[Sequence[str | int]]) -> bytes:
    """Lines as bytes; every text is made inert."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([one if isinstance(one, _Written) else inert(one) for one in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")
