"""Tables for others: coarser, with numbers hidden and rounded, so that nobody can be recognised in them.

For the reader a hidden number is hidden, no more: that it is small, or that it stands beside a small one, would be
told by the difference of the words. The true reasons are for the coordinator (``Protection.reasons``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.errors import UserError
from app.reports.disclosure import loose
from app.reports.disclosure.again import as_it_was, last_told
from app.reports.disclosure.audit import Now, audit
from app.reports.disclosure.collapse import collapse
from app.reports.disclosure.earlier import NOTHING, Earlier, Past, that_matters
from app.reports.disclosure.keys import with_common_keys
from app.reports.disclosure.linked import Figure
from app.reports.disclosure.quantities import (
    BASE,
    CELL,
    COLUMN_TOTAL,
    LEFT,
    ROW_TOTAL,
    TOTAL,
    UNKNOWN,
    Part,
    Place,
    Quantity,
    names_of,
    places,
)
from app.reports.disclosure.rare import without_numbers, without_rare
from app.reports.disclosure.rules import (
    LOOSE,
    all_alike,
    hidden_by_itself,
    rounded,
    rule_for,
    shape_problem,
    unit,
)
from app.reports.pack import Rule
from app.reports.table import Audience, Shown, Table, Told, Why, in_full, per_100k

HIDDEN = Why.SMALL
"""The one reason that a reader is given."""


@dataclass(frozen=True, slots=True)
class Protection:
    """Tables as they may be told, and all quantities in them for the register of releases.

    ``reasons``: for each table, how many places are hidden for which reason. Never to be told to others.
    """

    told: tuple[Told, ...]
    quantities: tuple[Quantity, ...] = ()
    reasons: tuple[Mapping[Why, int], ...] = ()


def protect(tables: Sequence[Table], rule: Rule, earlier: Earlier = NOTHING) -> Protection:
    """``tables`` as the audience of ``rule`` may see them, together and beside all that was told before.

    Raises UserError for a period or an area that this audience is never told; ValueError for a rule that is not that
    of its audience.
    """
    if rule != rule_for(rule.audience):
        raise ValueError("not the rule of this audience")
    if rule.audience is Audience.INTERNAL:
        return Protection(tuple(in_full(one) for one in tables))
    for table in tables:
        problem = shape_problem(table.scope, rule.audience) if table.about_persons else ""
        if problem:
            raise UserError(problem)
    tables = [without_numbers(table) for table in tables]
    before = that_matters(earlier, [name for table in tables for name in names_of(table)])
    coarse = coarsened(tables, rule, before)
    where = [list(places(table)) if _adds_up(table) else [] for table, _ in coarse]
    last = last_told(earlier, rule)
    again = [as_it_was(found, last, rule) if found else None for found in where]
    fresh = [(table, found) for (table, _), found, kept in zip(coarse, where, again, strict=True) if kept is None]
    now = _gathered(fresh, rule)
    _hidden_before(now, past_told=_told_to_nobody(earlier, rule), rule=rule)
    audit(now, before, rule)
    told: list[Told] = []
    reasons: list[Mapping[Why, int]] = []
    quantities: set[Quantity] = set()
    for (table, collapsed), found, kept in zip(coarse, where, again, strict=True):
        if not table.about_persons:
            told.append(replace(in_full(table), audience=rule.audience))
            reasons.append({})
        elif table.measure in LOOSE:
            one, each = loose.protect(table, rule, earlier, HIDDEN)
            told.append(replace(one, collapsed=collapsed))
            quantities.update(each)
            reasons.append({HIDDEN: one.hidden} if one.hidden else {})
        else:
            mine = kept if kept is not None else _quantities(found, now, rule)
            numbers = {place.part: _shown(place, mine[place.name.spelt()]) for place in found if place.told}
            told.append(replace(_as_told(table, numbers, rule), collapsed=collapsed))
            reasons.append(_reasons(found, now))
            quantities.update(mine.values())
    return Protection(tuple(told), tuple(sorted(quantities, key=_order)), tuple(reasons))


def _order(one: Quantity) -> tuple[str, int, bool]:
    return one.key, one.true, one.told is None


def coarsened(tables: Sequence[Table], rule: Rule, past: Sequence[Past]) -> list[tuple[Table, tuple[str, ...]]]:
    """Each table with the keys it is told with, counted in full, and which of its dimensions were put together."""
    named = [without_rare(table, rule) if table.about_persons else table for table in tables]
    complete = with_common_keys(named, (name for each in past for name in each.figures))
    return [collapse(table, rule) if table.about_persons else (table, ()) for table in complete]


def _adds_up(table: Table) -> bool:
    return table.about_persons and table.measure not in LOOSE


def _figure(place: Place) -> Figure:
    return Figure(place.name, place.true)


def _gathered(tables: Sequence[tuple[Table, Sequence[Place]]], rule: Rule) -> dict[Figure, Now]:
    """Each figure of all tables once, hidden where it must be hidden wherever it stands."""
    now: dict[Figure, Now] = {}
    for table, found in tables:
        alike = all_alike(table) if found else set()
        for place in found:
            one = now.setdefault(_figure(place), Now(place.cell.behind))
            one.persons = min(one.persons, place.cell.behind)
            if not place.told:
                continue
            one.shown = True
            one.tables += 1
            why = hidden_by_itself(place.name.measure, place.cell, rule)
            if why is Why.SMALL and place.part.part == BASE:
                why = Why.SMALL_BASE
            if why is None and place.part.part == CELL and (place.part.row, place.part.column) in alike:
                why = Why.ALL_ALIKE
            one.why = one.why or why
    return now


def _told_to_nobody(earlier: Earlier, rule: Rule) -> set[tuple[str, int]]:
    """What was hidden from this audience before and never told to it."""
    hidden: set[tuple[str, int]] = set()
    told: set[tuple[str, int]] = set()
    for release in earlier.releases:
        if release.rule.audience is rule.audience:
            for one in release.quantities:
                (hidden if one.told is None else told).add((one.key, one.true))
    return hidden - told


def _hidden_before(now: dict[Figure, Now], past_told: set[tuple[str, int]], rule: Rule) -> None:
    """What was hidden stays hidden: it may have protected a number beside it."""
    for figure, one in now.items():
        if one.shown and (figure.name.spelt(), figure.true) in past_told:
            one.why = one.why or Why.EARLIER


def _quantities(found: Sequence[Place], now: Mapping[Figure, Now], rule: Rule) -> dict[str, Quantity]:
    quantities = {}
    for place in found:
        figure = _figure(place)
        one = now[figure]
        if one.shown:
            size = unit(figure.name.measure, figure.name.currency, rule)
            key = figure.name.spelt()
            quantities[key] = Quantity(key, None if one.why else rounded(figure.true, size), figure.true)
    return quantities


def _reasons(found: Sequence[Place], now: Mapping[Figure, Now]) -> Mapping[Why, int]:
    """Why places of a table are hidden; of one that is told as it was, nothing is known."""
    ones = [now.get(_figure(place)) for place in found if place.told and place.part.part != LEFT]
    return Counter(one.why for one in ones if one and one.why)


def _shown(place: Place, one: Quantity) -> Shown:
    if one.told is None:
        return Shown(why=HIDDEN)
    if place.cell.per:
        # Everybody knows the population, so a rate says how many persons it is of: it is told of as many as are told.
        return Shown(per_100k(one.told, place.cell.per))
    return Shown(one.told + place.cell.known)


def _as_told(table: Table, numbers: Mapping[Part, Shown], rule: Rule) -> Told:
    base = {part.column: shown for part, shown in numbers.items() if part.part == BASE}
    left = numbers.get(Part(LEFT), Shown(0))
    return Told(
        code=table.code,
        measure=table.measure,
        scope=table.scope,
        audience=rule.audience,
        cells={
            (part.row, part.column): replace(shown, share=_share(shown, base.get(part.column)))
            for part, shown in numbers.items()
            if part.part == CELL
        },
        rows=table.rows,
        columns=table.columns,
        row_totals={part.row: shown for part, shown in numbers.items() if part.part == ROW_TOTAL},
        column_totals={part.column: shown for part, shown in numbers.items() if part.part == COLUMN_TOTAL},
        total=numbers.get(Part(TOTAL)),
        base=base,
        unknown={part.column: shown for part, shown in numbers.items() if part.part == UNKNOWN},
        currency=table.currency,
        left_out=left.value,
        remarks=table.remarks,
    )


def _share(shown: Shown, base: Shown | None) -> float | None:
    """A share in whole per cent, from the numbers that are told: it says nothing that they do not say."""
    if base is None or not base.value or shown.value is None:
        return None
    return float(min(round(100 * shown.value / base.value), 100))
