"""Before anything is hidden, keys are put together: a coarser table that can be read is worth more than blanks.

Order: places and months finer than the audience is told; then age, from seven bands to minors and adults where more
than a third of the cells would be hidden, and none where still more than half of them would be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from app.reports.disclosure.months import TIMES, number, span
from app.reports.disclosure.quantities import BANDS
from app.reports.disclosure.rules import FEW, LOOSE, NO_ATTRIBUTE, STEPS, hidden_by_itself
from app.reports.disclosure.together import put_together, together
from app.reports.pack import Rule
from app.reports.table import NO_AXIS, Audience, Axis, Cell, Key, Table

_TOO_FINE: Final[Mapping[Audience, frozenset[str]]] = {
    Audience.TASK_FORCE: frozenset({"centre"}),
    Audience.PUBLIC: frozenset({"centre", "oblast"}),
}
_PARTS: Final = {3: ("quarter", "Q", ("I", "II", "III", "IV")), 6: ("half_year", "H", ("I–II", "III–IV"))}


def collapse(table: Table, rule: Rule) -> tuple[Table, tuple[str, ...]]:
    """``table`` as coarse as its audience needs it, and which dimensions were put together, in that order."""
    done: list[str] = []
    for dimension in _axes(table):
        if dimension in _TOO_FINE[rule.audience]:
            table = without(table, dimension)
            done.append(dimension)
        elif dimension not in NO_ATTRIBUTE and _of_one_key(table, dimension):
            # Its heading alone would say what they all are.
            table = without(table, dimension)
            done.append(dimension)
        elif dimension in TIMES and (coarser := _in_longer_periods(table, dimension, STEPS[rule.audience])):
            table = coarser
            done.append(dimension)
    if (
        "age" in _axes(table)
        and 3 * _small(table, rule) > len(table.cells)
        and (fewer := _by(table, "age", "majority", _band))
    ):
        table = fewer
        done.append("age")
        if len(_axes(table)) > 1 and 2 * _small(table, rule) > len(table.cells):
            table = without(table, "majority")
            done.append("majority")
    return table, tuple(done)


def _axes(table: Table) -> list[str]:
    return [axis.dimension for axis in (table.rows, table.columns) if axis.dimension]


def _of_one_key(table: Table, dimension: str) -> bool:
    """Whether the axis has no key but one, and that is (nearly) everybody's. Else others were left out as rare."""
    of_rows = table.rows.dimension == dimension
    keys = (table.rows if of_rows else table.columns).keys
    if len(keys) != 1:
        return not keys
    given = (table.row_totals if of_rows else table.column_totals).get(keys[0])
    parts = [given] if given else [cell for key, cell in table.cells.items() if key[not of_rows] == keys[0]]
    return table.total is None or table.total.behind - max((one.behind for one in parts), default=0) <= FEW


def _small(table: Table, rule: Rule) -> int:
    return sum(hidden_by_itself(table.measure, cell, rule) is not None for cell in table.cells.values())


def without(table: Table, dimension: str) -> Table:
    """The table without an axis: what is left are its totals along it. Shares go with the axis they were of."""
    of_rows = table.rows.dimension == dimension
    axis, other = (table.rows, table.columns) if of_rows else (table.columns, table.rows)
    given = table.column_totals if of_rows else table.row_totals
    if not given and axis.adds_up and table.measure not in LOOSE:
        found: dict[str, list[Cell]] = {}
        for (row, column), cell in table.cells.items():
            found.setdefault(column if of_rows else row, []).append(cell)
        given = {key: together(cells) for key, cells in found.items()}
    if not other.dimension:
        whole = table.total or (next(iter(given.values())) if len(given) == 1 else None)
        cells: dict[Key, Cell] = {} if whole is None else {("", ""): whole}
    else:
        cells = {(("", key) if of_rows else (key, "")): cell for key, cell in given.items()}
    return replace(
        table,
        cells=cells,
        # Rows of shares make up their base: without it they add up to nothing that stands there.
        rows=NO_AXIS
        if of_rows
        else replace(table.rows, adds_up=table.rows.adds_up and (axis.adds_up or not table.base)),
        columns=table.columns if of_rows else NO_AXIS,
        row_totals={},
        column_totals={},
        base={} if of_rows or not axis.adds_up else _summed(table.base),
        unknown={} if of_rows or not axis.adds_up else _summed(table.unknown),
    )


def _summed(by_column: Mapping[str, Cell]) -> dict[str, Cell]:
    return {"": together(list(by_column.values()))} if by_column else {}


def _in_longer_periods(table: Table, dimension: str, step: int) -> Table | None:
    """Months put together to the shortest period told; None where they are long enough. What does not add up goes."""
    axis = table.rows if table.rows.dimension == dimension else table.columns
    lengths = [number(both[1]) - number(both[0]) + 1 for key in axis.keys if (both := span(dimension, key))]
    if lengths and min(lengths) >= step:
        return None
    name, letter, signs = _PARTS[step]

    def part(key: str) -> str:
        months = span(dimension, key)
        return f"{months[0][:4]}-{letter}{(int(months[0][5:7]) - 1) // step + 1}" if months else ""

    fewer = _by(table, dimension, name, part)
    if fewer is None:
        return without(table, dimension)
    names = {key: f"{signs[int(key[-1]) - 1]} {key[:4]}" for one in axis.keys if (key := part(one))}
    changed = replace(fewer.rows if fewer.rows.dimension == name else fewer.columns, names=names)
    return replace(fewer, rows=changed) if fewer.rows.dimension == name else replace(fewer, columns=changed)


def _band(key: str) -> str:
    return BANDS.get(key, "")


def _by(table: Table, dimension: str, name: str, key_of: Callable[[str], str]) -> Table | None:
    """The table with the keys of an axis put together; None where its cells do not add up."""
    of_rows = table.rows.dimension == dimension
    axis = table.rows if of_rows else table.columns
    if not axis.adds_up or table.measure in LOOSE:
        return None
    keys = tuple(sorted({key_of(key) for key in axis.keys}, key=lambda key: (not key, _ORDER.get(key, 0), key)))
    return put_together(table, Axis(name, keys), {key: key_of(key) for key in axis.keys}, of_rows=of_rows)


_ORDER: Final = {"minor": 1, "adult": 2}
