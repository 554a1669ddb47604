"""The rule for each audience, and what of a table is hidden by itself, whatever stands beside it.

The numbers follow what others in this field do: CTDC's global data set tells no count under 10; ACRO's defaults
(threshold 10, rounding to 5, zeros disclosive, dominance of two above 90 %); ONS's practice of 5 among those bound.
``rule_for`` is the only source of a rule, and what is released is checked against it: nobody lowers it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from app.forms.money import minor_digits
from app.i18n import N_
from app.reports.disclosure.months import TIMES, in_steps_of
from app.reports.pack import Rule
from app.reports.table import Audience, Cell, Measure, Scope, Table, Why

_RULES: Final[Mapping[Audience, Rule]] = {
    Audience.INTERNAL: Rule(Audience.INTERNAL, 1, 0),
    Audience.TASK_FORCE: Rule(Audience.TASK_FORCE, 5, 0),
    Audience.PUBLIC: Rule(Audience.PUBLIC, 10, 5),
}
STEPS: Final[Mapping[Audience, int]] = {Audience.TASK_FORCE: 3, Audience.PUBLIC: 6}
"""The shortest period told, in months."""

NEAR: Final = 5
"""No hidden number may be known nearer than this."""
_NEAR_IN_MONEY: Final = 5
"""Sums of money: not nearer than a fifth of them (10 % up or down, ACRO's p-ratio)."""
_WHOLE: Final = 100
"""Sums of money are rounded to hundreds of the currency where numbers are rounded at all."""
FEW: Final = 2
"""All but so many in one cell is all alike: each of them knows who the others are."""
_PAYEES: Final = 3
_NEARLY_ALL: Final = 90
NO_ATTRIBUTE: Final = frozenset({*TIMES, "", "oblast", "centre", "donor", "project", "provider", "currency"})
"""Dimensions of time, place and money, which say nothing of what a person is."""
LOOSE: Final = frozenset({Measure.DAYS, Measure.PER_PERSON, Measure.VALUES})
"""Means and medians: they do not add up, so no other number follows from them."""

_OPEN: Final = N_(
    "This period is not over yet. Figures for others are made of periods that have ended: choose an earlier one."
)
_QUARTERS: Final = N_(
    "The task force is told whole quarters, half-years or years. Choose a period that begins and ends with one."
)
_HALVES: Final = N_(
    "Donors and the public are told whole half-years or years. Choose a period that begins and ends with one."
)
_COUNTRY: Final = N_("Donors and the public are told figures of the whole country only. Choose all oblasts.")
_OBLAST: Final = N_("The task force is told figures of an oblast or of the country, not of one centre.")


def rule_for(audience: Audience) -> Rule:
    """The rule by which tables for ``audience`` are protected."""
    return _RULES[audience]


def shape_problem(scope: Scope, audience: Audience) -> str:
    """Why this area or this length of period is never told to ``audience``: marked text, or "" where it is."""
    if audience is Audience.INTERNAL:
        return ""
    if audience is Audience.PUBLIC and (scope.oblast or scope.centre):
        return _COUNTRY
    if scope.centre:
        return _OBLAST
    if not in_steps_of(scope.first, scope.last, STEPS[audience]):
        return _HALVES if audience is Audience.PUBLIC else _QUARTERS
    return ""


def open_problem(scope: Scope, today: dt.date, audience: Audience) -> str:
    """Why this period or area may not be told to ``audience`` on this day: marked text, or "" where it may.

    A month is over from the day after its last. What is open would be told again with a few more persons in it.
    """
    if audience is Audience.INTERNAL:
        return ""
    if not scope.last or scope.last >= f"{today:%Y-%m}":
        return _OPEN
    return shape_problem(scope, audience)


def unit(measure: Measure, currency: str, rule: Rule) -> int:
    """To multiples of what numbers are rounded; 1 where they are told as they are."""
    if not rule.base:
        return 1
    return _WHOLE * int(10 ** minor_digits(currency)) if measure is Measure.MONEY else rule.base


def rounded(value: int, unit: int) -> int:
    """``value`` as it is told."""
    return unit * ((value + unit // 2) // unit)


def bounds(measure: Measure, currency: str, told: int, rule: Rule) -> tuple[int, int]:
    """Between what the truth must lie when ``told`` is told by ``rule``."""
    size = unit(measure, currency, rule)
    low = max(told - size // 2, 0)
    if measure is Measure.PERSONS:
        low = max(low, rule.least)  # fewer would have been hidden
    return low, told - size // 2 + size - 1


def near(measure: Measure, currency: str, value: int) -> int:
    """How wide the range must be in which a hidden number of this size is left."""
    if measure is Measure.MONEY:
        return max(NEAR * int(10 ** minor_digits(currency)), abs(value) // _NEAR_IN_MONEY)
    return NEAR


def few(measure: Measure, difference: int, whole: int, persons: int | None, rule: Rule) -> bool:
    """Whether a difference speaks of so few persons that it must not be known.

    Of money by what one of ``persons`` gets on average of ``whole``; where that is not known, any may be of one.
    """
    if measure is not Measure.MONEY:
        return 0 < abs(difference) < rule.least
    return difference != 0 and (persons is None or abs(difference) * persons < rule.least * abs(whole))


def hidden_by_itself(measure: Measure, cell: Cell, rule: Rule) -> Why | None:
    """Why a number is hidden whatever stands beside it: of too few persons (none is few), or nearly all of two."""
    if cell.behind < rule.least:
        return Why.SMALL
    dominated = cell.persons < _PAYEES or sum(cell.largest[:2]) * 100 > cell.value * _NEARLY_ALL
    return Why.DOMINATED if measure is Measure.MONEY and cell.value and dominated else None


def all_alike(table: Table) -> set[tuple[str, str]]:
    """The cells of rows and columns in which all persons, or all but a few, stand in one cell.

    Who is known to belong to the row would be known to have the key as well. Time and place say nothing of a person.
    """
    if table.measure is Measure.MONEY or table.measure in LOOSE:
        return set()
    found: set[tuple[str, str]] = set()
    if table.columns.dimension not in NO_ATTRIBUTE:
        for row in table.rows.keys:
            line = {key: cell for key, cell in table.cells.items() if key[0] == row}
            whole = table.row_totals.get(row) if table.rows.dimension else table.total
            found |= _alike(line, whole)
    if table.rows.dimension not in NO_ATTRIBUTE:
        for column in table.columns.keys:
            line = {key: cell for key, cell in table.cells.items() if key[1] == column}
            whole = table.column_totals.get(column) if table.columns.dimension else table.total
            found |= _alike(line, whole)
    return found


def _alike(line: Mapping[tuple[str, str], Cell], whole: Cell | None) -> set[tuple[str, str]]:
    most = max((cell.behind for cell in line.values()), default=0)
    everybody = whole.behind if whole is not None else sum(cell.behind for cell in line.values())
    return set(line) if most and everybody - most <= FEW else set()
