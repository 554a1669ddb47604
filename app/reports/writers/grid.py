"""A told table as lines of cells, the same in every file: numbers, words, and places that are visibly hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from app.i18n import N_
from app.reports import words
from app.reports.paper.told_grid import ANSWERED, TOTAL, UNKNOWN, seen
from app.reports.paper.tongue import Tongue
from app.reports.table import Shown, Told, Why

_SHARE: Final = N_("share, %")


@dataclass(frozen=True, slots=True)
class Number:
    """A real number with so many decimals; exact, for sums are counted in kopecks."""

    value: Decimal
    digits: int = 0


@dataclass(frozen=True, slots=True)
class Hidden:
    """A place whose number is not told, and the words that say so. Never empty, never 0."""

    words: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """A place in which nothing can stand: a share of a total, a median of nobody, a sum of what does not add up."""


Cell = str | Number | Hidden | Nothing


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a grid; ``total`` where it is no row of its own but a sum or a base."""

    cells: tuple[Cell, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table laid out. ``above`` is what is said of it; all lines are as long as ``head``."""

    title: str
    above: tuple[str, ...]
    head: tuple[str, ...]
    lines: tuple[Line, ...]


def grid_of(told: Told, say: Tongue) -> Grid:
    """Lay a table out: rows by columns, shares beside their numbers, totals, the base of shares, the unknown."""
    return _Laying(told, say).grid()


class _Laying:
    def __init__(self, told: Told, say: Tongue) -> None:
        self._told = told
        self._say = say
        self._shares = any(one.share is not None or one.why is Why.SMALL_BASE for one in told.cells.values())
        self._digits = words.digits(told.measure, told.currency)
        self._row_totals = bool(told.row_totals)

    def grid(self) -> Grid:
        told, say = self._told, self._say
        unit = words.measure(told.measure, told.currency, say)
        by = [words.dimension(axis.dimension, say) for axis in (told.rows, told.columns) if axis.dimension]
        title = words.title(told.code, say)
        above = (
            words.scope(told.scope, say, {**told.rows.names, **told.columns.names}),
            *([unit] if told.columns.dimension else []),
            *(words.remark(code, say) for code in told.remarks),
            *([together] if (together := words.collapsed(told, say)) else []),
        )
        first = words.dimension(told.rows.dimension, say) if told.rows.dimension else title
        whole = f"{title}: {', '.join(by)}" if by else title
        return Grid(whole, above, (first, *self._columns(unit)), tuple(self._lines()))

    def _columns(self, unit: str) -> Iterator[str]:
        for key in self._told.columns.keys:
            name = words.key(self._told.columns, key, self._say) if self._told.columns.dimension else unit
            yield name
            if self._shares:
                share = self._say(_SHARE)
                yield f"{name}, {share}" if self._told.columns.dimension else share
        if self._row_totals:
            yield self._say(TOTAL)

    def _lines(self) -> Iterator[Line]:
        told, say = self._told, self._say
        for row in told.rows.keys:
            name = words.key(told.rows, row, say) if told.rows.dimension else say(TOTAL)
            cells: list[Cell] = [name]
            for column in told.columns.keys:
                cells += self._place(told.cells.get((row, column)))
            if self._row_totals:
                cells.append(self._number(told.row_totals.get(row), self._digits))
            yield Line(tuple(cells))
        if told.column_totals or (told.total is not None and told.rows.dimension):
            yield self._below(say(TOTAL), self._column_totals(), told.total, self._digits)
        # Both count persons, whatever the table counts.
        if told.base:
            yield self._below(say(ANSWERED), told.base, None, 0)
        if told.unknown:
            yield self._below(say(UNKNOWN), told.unknown, None, 0)

    def _column_totals(self) -> Mapping[str, Shown]:
        """Of a table without columns the total stands in its one column."""
        told = self._told
        if told.column_totals or told.columns.dimension or told.total is None:
            return told.column_totals
        return {"": told.total}

    def _below(self, name: str, by_column: Mapping[str, Shown], last: Shown | None, digits: int) -> Line:
        cells: list[Cell] = [name]
        for column in self._told.columns.keys:
            found = by_column.get(column)
            cells.append(self._number(found, digits) if found else Nothing())
            if self._shares:
                cells.append(Nothing())
        if self._row_totals:
            cells.append(self._number(last, digits) if last else Nothing())
        return Line(tuple(cells), total=True)

    def _place(self, shown: Shown | None) -> Sequence[Cell]:
        number = self._number(shown, self._digits)
        if not self._shares:
            return (number,)
        if isinstance(number, Hidden):
            return (number, number)
        if shown is None or shown.share is None:
            return (number, Nothing())
        return (number, Number(round(Decimal(repr(shown.share)), 1), 1))

    def _number(self, shown: Shown | None, digits: int) -> Cell:
        """The number, or why it is not there, as ``seen`` says it."""
        found = seen(self._told, shown)
        if found.why is not None:
            return Hidden(words.hidden(found.why, self._say))
        return Nothing() if found.value is None else Number(Decimal(found.value).scaleb(-digits), digits)
