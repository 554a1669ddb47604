"""What stands beside the numbers and tells as much: keys of a few persons, and remarks that count them.

"Nigeria: hidden" says that there is somebody from Nigeria. So a key of fewer persons than the rule's least is not
named to others: where rows add up, such keys are put together as "others"; where one person may stand in several rows
they are left out. Of a missing row a reader knows only that it is of few, or of none. "Not known" is no such key.
Sex, age, place and time, and answers of yes and no, are named where anybody has them: that there are men says nothing
of any man.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from app.codelists import Currency
from app.reports.disclosure.months import TIMES
from app.reports.disclosure.together import put_together
from app.reports.pack import Rule
from app.reports.table import OTHERS, Axis, Table

BROAD: Final = frozenset(
    {
        *TIMES,
        "",
        "sex",
        "age",
        "majority",
        "majority_entry",
        "age_sex",
        "border",
        "answer",
        "oblast",
        "centre",
        "currency",
    }
)
"""Dimensions whose keys are named whoever stands under them."""
_COUNTS: Final = frozenset({"date_doubtful", "rate_missing"})
SOME: Final = "some"
"""In place of a number in a remark. (Of which currency a missing rate is would be a key of a few as well.)"""


def without_numbers(table: Table) -> Table:
    """The table with remarks that count no records of persons."""
    if not table.about_persons:
        return table
    remarks = [one if (name := one.split("/")[0]) not in _COUNTS else f"{name}/{SOME}" for one in table.remarks]
    return replace(table, remarks=tuple(dict.fromkeys(remarks)))


def may_stand(table: Table, rule: Rule) -> bool:
    """Whether a reader may know that there is this table: that somebody was paid in a foreign currency says much."""
    foreign = table.about_persons and table.currency not in ("", Currency.BYN)
    return not foreign or (table.total is not None and table.total.behind >= rule.least)


def without_rare(table: Table, rule: Rule) -> Table:
    """The table in which no key of fewer persons than ``rule`` allows is named."""
    for of_rows in (True, False):
        axis = table.rows if of_rows else table.columns
        if axis.dimension in BROAD:
            continue
        behind = _behind(table, axis, of_rows=of_rows)
        rare = {key for key in axis.keys if key and behind[key] < rule.least}
        if rare and axis.adds_up:
            somebody = any(behind[key] for key in rare)
            keys = [key for key in axis.keys if key not in rare] + ([OTHERS] if somebody else [])
            changed = replace(axis, keys=tuple(sorted(keys, key=lambda key: not key)))
            table = put_together(table, changed, dict.fromkeys(rare, OTHERS), of_rows=of_rows)
        elif rare:
            kept = replace(axis, keys=tuple(key for key in axis.keys if key not in rare))
            table = put_together(table, kept, {}, of_rows=of_rows)
    return table


def _behind(table: Table, axis: Axis, *, of_rows: bool) -> Mapping[str, int]:
    totals = table.row_totals if of_rows else table.column_totals
    most = dict.fromkeys(axis.keys, 0)
    summed = dict.fromkeys(axis.keys, 0)
    for (row, column), cell in table.cells.items():
        key = row if of_rows else column
        if key in most:
            most[key] = max(most[key], cell.behind)
            summed[key] += cell.behind
    adds_up = (table.columns if of_rows else table.rows).adds_up
    return {key: totals[key].behind if key in totals else summed[key] if adds_up else most[key] for key in axis.keys}
