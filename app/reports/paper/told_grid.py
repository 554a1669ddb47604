"""A told table as a Grid: rows by columns with their totals, and what stands below it. Pure.

A hidden place says that it is hidden, never why: who reads "too small" here and "beside a small one" there could
tell the two apart, and knew more than the table tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from app.i18n import N_
from app.reports import words
from app.reports.paper.blocks import Grid, GridCell, GridRow
from app.reports.paper.tongue import Tongue
from app.reports.table import Audience, Measure, Shown, Told, Why

HIDDEN: Final = N_("hidden")
NONE: Final = "–"
"""Where no number can stand."""
NEVER_ADDED: Final = frozenset({Measure.DAYS, Measure.PER_PERSON, Measure.PER_100K})
TOTAL: Final = N_("Total")
ANSWERED: Final = N_("Persons with any answer")
UNKNOWN: Final = N_("Not known")
_EACH_ONCE: Final = N_("Total, each person once")


def seen(told: Told, shown: Shown | None) -> Shown:
    """What stands in a place: where nobody counted anything, nought for our own eyes, and hidden from all others.

    A median or a mean of nobody is no number at all.
    """
    if shown is not None and (shown.why is not None or shown.value is not None):
        return shown
    if told.audience is not Audience.INTERNAL:
        return Shown(why=Why.SMALL)
    return Shown() if told.measure in NEVER_ADDED else Shown(0)


def has_axes(told: Told) -> bool:
    """Is it a table, and not a single number?"""
    return bool(told.rows.dimension or told.columns.dimension)


def told_grid(told: Told, say: Tongue) -> Grid:
    """The table. Keys of the one axis stand below each other, whichever it is."""
    return _two_axes(told, say) if told.rows.dimension and told.columns.dimension else _one_axis(told, say)


def numbers_grid(tables: Sequence[Told], say: Tongue) -> Grid:
    """Single numbers below each other, each with its name and its unit."""
    rows = tuple(
        GridRow(
            (
                GridCell(words.title(told.code, say)),
                GridCell(words.measure(told.measure, told.currency, say)),
                _cell(single(told), told, say),
            )
        )
        for told in tables
    )
    return Grid(("", "", say(N_("How many"))), rows, labels=2)


def single(told: Told) -> Shown:
    """The number of a table without axes."""
    return told.total if told.total is not None else seen(told, told.cells.get(("", "")))


def _one_axis(told: Told, say: Tongue) -> Grid:
    down = bool(told.rows.dimension)
    axis = told.rows if down else told.columns
    cells = [seen(told, told.cells.get((key, "") if down else ("", key))) for key in axis.keys]
    shares = any(cell.share is not None for cell in cells)
    unit = words.measure(told.measure, told.currency, say)
    head = (words.dimension(axis.dimension, say), unit, *((say(N_("Share")),) if shares else ()))
    rows = [
        GridRow((GridCell(words.key(axis, key, say)), _cell(cell, told, say), *_share(cell, say, shown=shares)))
        for key, cell in zip(axis.keys, cells, strict=True)
    ]
    total = (told.column_totals if down else told.row_totals).get("", told.total)
    persons = replace(told, measure=Measure.PERSONS)
    for name, shown, of in (
        (_total_name(told, say, adds_up=axis.adds_up), total, told),
        (say(ANSWERED), told.base.get(""), persons),
        (say(UNKNOWN), told.unknown.get(""), persons),
    ):
        if shown is not None:
            empty = (GridCell(""),) if shares else ()
            rows.append(GridRow((GridCell(name), _cell(shown, of, say), *empty), total=of is told))
    return Grid(head, tuple(rows))


def _two_axes(told: Told, say: Tongue) -> Grid:
    across = told.columns
    summed = bool(told.row_totals)
    head = [words.dimension(told.rows.dimension, say), *(words.key(across, key, say) for key in across.keys)]
    if summed:
        head.append(_total_name(told, say, adds_up=across.adds_up))
    rows = []
    for key in told.rows.keys:
        cells = [_cell(seen(told, told.cells.get((key, other))), told, say, share=True) for other in across.keys]
        if summed:
            cells.append(_cell(seen(told, told.row_totals.get(key)), told, say))
        rows.append(GridRow((GridCell(words.key(told.rows, key, say)), *cells)))
    rows += _below(told, say, summed=summed)
    return Grid(tuple(head), tuple(rows), totals=(len(head) - 1,) if summed else ())


def _below(told: Told, say: Tongue, *, summed: bool) -> Iterator[GridRow]:
    """The totals of the columns; of how many persons something is known, whatever the table counts."""
    keys = told.columns.keys
    persons = replace(told, measure=Measure.PERSONS)
    for name, found, corner, of in (
        (_total_name(told, say, adds_up=told.rows.adds_up), told.column_totals, told.total, told),
        (say(ANSWERED), told.base, None, persons),
        (say(UNKNOWN), told.unknown, None, persons),
    ):
        if any(key in found for key in keys) or (corner is not None and summed):
            last = (_cell(corner, of, say) if corner is not None else GridCell(""),) if summed else ()
            cells = (_cell(found[key], of, say) if key in found else GridCell("") for key in keys)
            yield GridRow((GridCell(name), *cells, *last), total=of is told)


def _total_name(told: Told, say: Tongue, *, adds_up: bool) -> str:
    return say(_EACH_ONCE if told.measure is Measure.PERSONS and not adds_up else TOTAL)


def _cell(shown: Shown, told: Told, say: Tongue, *, share: bool = False) -> GridCell:
    if shown.why is not None:
        return GridCell(say(HIDDEN), hidden=True)
    if shown.value is None:
        return GridCell(NONE)
    below = words.share(shown.share, say) if share and shown.share is not None else ""
    return GridCell(words.number(told.measure, shown.value, told.currency, say), below)


def _share(cell: Shown, say: Tongue, *, shown: bool) -> tuple[GridCell, ...]:
    """The place in the column of shares, where there is one."""
    if not shown:
        return ()
    if cell.why is not None:
        return (GridCell(say(HIDDEN), hidden=True),)
    return (GridCell(NONE if cell.share is None else words.share(cell.share, say)),)
