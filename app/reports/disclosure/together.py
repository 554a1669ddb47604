"""Keys of an axis put together to fewer: what stood under them is one cell. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.reports.table import Axis, Cell, Key, Table


def together(cells: Iterable[Cell]) -> Cell:
    """Cells of different persons as one."""
    found = list(cells)
    largest = sorted((sum_of for cell in found for sum_of in cell.largest), reverse=True)
    return Cell(
        sum(one.value for one in found),
        sum(one.persons for one in found),
        tuple(largest[:2]),
        known=sum(one.known for one in found),
    )


def put_together(table: Table, axis: Axis, names: Mapping[str, str], *, of_rows: bool) -> Table:
    """The table with ``axis`` for its rows (or columns), each old key under its new name in ``names``.

    Several keys come under one name only on an axis that adds up. A key that has no new name keeps its own and its
    numbers; what then stands under no key of ``axis`` is left out.
    """
    found: dict[Key, list[Cell]] = {}
    for (row, column), cell in table.cells.items():
        key = (names.get(row, row), column) if of_rows else (row, names.get(column, column))
        found.setdefault(key, []).append(cell)
    side, new = 0 if of_rows else 1, set(names.values())
    cells = {key: _cell(parts, key[side] in new) for key, parts in found.items() if key[side] in axis.keys}

    def joined(numbers: Mapping[str, Cell]) -> dict[str, Cell]:
        parts: dict[str, list[Cell]] = {}
        for key, cell in numbers.items():
            parts.setdefault(names.get(key, key), []).append(cell)
        return {key: _cell(each, key in new) for key, each in parts.items() if key in axis.keys}

    if of_rows:
        return replace(table, cells=cells, rows=axis, row_totals=joined(table.row_totals))
    return replace(
        table,
        cells=cells,
        columns=axis,
        column_totals=joined(table.column_totals),
        base=joined(table.base),
        unknown=joined(table.unknown),
    )


def _cell(parts: list[Cell], is_new: bool) -> Cell:
    return together(parts) if is_new else parts[0]
