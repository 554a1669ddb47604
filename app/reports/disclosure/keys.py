"""Which keys stand on the axes of tables that leave together: in all of them the same.

A key under which nobody stands is left out. But where one table has it and the other has not, the one would say
"none" of a place that the other hides; so a key that occurs in one table, or did before, stands in all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.reports.disclosure.months import TIMES
from app.reports.disclosure.quantities import ANSWERED, BANDS, Name, name_of
from app.reports.disclosure.rare import BROAD
from app.reports.table import OTHERS, Axis, Cell, Key, Table

_Of = tuple[tuple[str, str, str, bool], str]
"""A family of quantities, and a dimension."""
_NOBODY = Cell(0, 0)


def with_common_keys(tables: Sequence[Table], before: Iterable[Name]) -> list[Table]:
    """``tables``, with a cell in each place of theirs. ``before`` are the quantities told or hidden earlier."""
    common: dict[_Of, dict[str, None]] = {}
    for table in tables:
        if table.about_persons:
            for dimension, key in _occurring(table):
                _remember(common, name_of(table, None, None).family, dimension, key)
    for name in before:
        for dimension, key in name.at:
            if key != ANSWERED:
                _remember(common, name.family, dimension, key)
    return [_filled(table, common) if table.about_persons else table for table in tables]


def _remember(
    common: dict[_Of, dict[str, None]], family: tuple[str, str, str, bool], dimension: str, key: str
) -> None:
    common.setdefault((family, dimension), {})[key] = None
    if dimension == "age" and key in BANDS:
        common.setdefault((family, "majority"), {})[BANDS[key]] = None


def _occurring(table: Table) -> Iterable[tuple[str, str]]:
    for side, (axis, totals) in enumerate(((table.rows, table.row_totals), (table.columns, table.column_totals))):
        for key in axis.keys if axis.dimension else ():
            whole = totals.get(key)
            if (whole and whole.persons) or any(cell.behind for at, cell in table.cells.items() if at[side] == key):
                yield axis.dimension, key
    if table.rows.dimension and any(cell.behind for cell in table.unknown.values()):
        yield table.rows.dimension, ""


def _filled(table: Table, common: Mapping[_Of, Mapping[str, None]]) -> Table:
    family = name_of(table, None, None).family
    own = set(_occurring(table))
    fixed = {dimension for dimension, _ in name_of(table, None, None).at}

    def keys_of(axis: Axis, *, answered: bool) -> tuple[str, ...]:
        if not axis.dimension:
            return axis.keys
        if axis.dimension in (*TIMES, *fixed):
            return tuple(key for key in axis.keys if (axis.dimension, key) in own)
        found = common.get((family, axis.dimension), {})
        keys = [key for key in axis.keys if key in found]
        if axis.dimension not in BROAD:
            # A key that is not named here has few persons here, and not none.
            found = {OTHERS: None} if axis.adds_up and OTHERS in found else {}
        keys += [key for key in found if key not in keys and not (answered and key == "")]
        return tuple(sorted(keys, key=lambda key: key == ""))

    shares = bool(table.base)
    rows, columns = keys_of(table.rows, answered=shares), keys_of(table.columns, answered=False)
    cells: dict[Key, Cell] = {(r, c): table.cells.get((r, c), _NOBODY) for r in rows for c in columns}
    # Where an answer is missing somewhere, that it is not missing here is hidden like any other "none".
    missing = "" in common.get((family, table.rows.dimension), {})
    return replace(
        table,
        cells=cells,
        rows=replace(table.rows, keys=rows),
        columns=replace(table.columns, keys=columns),
        row_totals={key: table.row_totals.get(key, _NOBODY) for key in rows} if table.row_totals else {},
        column_totals={key: table.column_totals.get(key, _NOBODY) for key in columns} if table.column_totals else {},
        base={key: table.base.get(key, _NOBODY) for key in columns} if shares else {},
        unknown={key: table.unknown.get(key, _NOBODY) for key in columns} if table.unknown and missing else {},
    )
