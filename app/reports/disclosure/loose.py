"""Means, medians and numbers of fields: no other number follows from them, so each stands for itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.reports.disclosure.earlier import Earlier
from app.reports.disclosure.quantities import Name, Quantity, name_of
from app.reports.disclosure.rules import NEAR, hidden_by_itself, rounded, unit
from app.reports.pack import Rule
from app.reports.table import Cell, Measure, Shown, Table, Told, Why

_STEPS: Final = (10, 20, 50, 100, 200, 500, 1000)
"""Hundredths. The finest in which a mean does not tell its sum nearer than ``NEAR``."""


def protect(table: Table, rule: Rule, earlier: Earlier, hidden: Why) -> tuple[Told, list[Quantity]]:
    """A table of means, each hidden where it is of too few, or where it was told before and is another now.

    (Two means of nearly the same persons tell what those had who came between.)
    """
    before: dict[str, set[int]] = {}
    for release in earlier.releases:
        for one in release.quantities:
            before.setdefault(one.key, set()).add(one.true)
    quantities: list[Quantity] = []

    def show(name: Name, cell: Cell) -> Shown:
        key = name.spelt()
        few = hidden_by_itself(table.measure, cell, rule) is not None
        told = None if few or before.get(key, {cell.value}) != {cell.value} else _told(table.measure, cell, rule)
        quantities.append(Quantity(key, told, cell.value))
        return Shown(why=hidden) if told is None else Shown(told)

    def line(numbers: Mapping[str, Cell], *, of_rows: bool) -> dict[str, Shown]:
        return {
            key: show(name_of(table, key if of_rows else None, None if of_rows else key), cell)
            for key, cell in numbers.items()
        }

    told = Told(
        code=table.code,
        measure=table.measure,
        scope=table.scope,
        audience=rule.audience,
        cells={key: show(name_of(table, *key), cell) for key, cell in table.cells.items()},
        rows=table.rows,
        columns=table.columns,
        row_totals=line(table.row_totals, of_rows=True),
        column_totals=line(table.column_totals, of_rows=False),
        total=None if table.total is None else show(name_of(table, None, None), table.total),
        currency=table.currency,
        left_out=None,
        remarks=table.remarks,
    )
    return told, quantities


def _told(measure: Measure, cell: Cell, rule: Rule) -> int:
    if measure is not Measure.PER_PERSON:
        # A median of days is what one of them had.
        return rounded(cell.value, unit(measure, "", rule))
    step = next((one for one in _STEPS if one * cell.persons >= NEAR * 100), _STEPS[-1])
    return rounded(cell.value, step)
