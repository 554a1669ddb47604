"""An attacker with linear programming, against tables, packs of linked tables, and releases one after the other.

``APORA_TABLES`` is the number of tables for the long campaign (``make faults``); the suite tries fewer.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from random import Random

import pytest

from app.reports.disclosure import NOTHING, Earlier, EarlierRelease, protect, rule_for
from app.reports.disclosure.earlier import that_matters
from app.reports.disclosure.protect import coarsened
from app.reports.disclosure.quantities import name_of, places
from app.reports.pack import Rule
from app.reports.table import Audience, Measure, Scope, Shown, Table, Told, Why, in_full
from tests.unit.attacker import Attack
from tests.unit.figures_of import OBLASTS, Someone, count, register

TABLES = int(os.environ.get("APORA_TABLES", "60"))
DIMENSIONS = ("oblast", "form", "age", "sex", "group")
SCOPES = {
    "Q1": ("2026-01", "2026-03"),
    "Q2": ("2026-04", "2026-06"),
    "H1": ("2026-01", "2026-06"),
    "H2": ("2026-07", "2026-12"),
    "year": ("2026-01", "2026-12"),
}
TASK_FORCE, PUBLIC = rule_for(Audience.TASK_FORCE), rule_for(Audience.PUBLIC)
Protect = Callable[[Sequence[Table], Rule, Earlier], tuple[Told, ...]]


@dataclass
class Tried:
    """How many numbers were told and hidden, and what the attackers found."""

    tables: int = 0
    told: int = 0
    hidden: int = 0
    given_away: list[object] = field(default_factory=list)

    def readable(self) -> float:
        return self.told / max(self.told + self.hidden, 1)


def scope(period: str, oblast: str = "") -> Scope:
    first, last = SCOPES[period]
    return Scope(first, last, oblast=oblast, reporting=True)


def release(packs: Sequence[tuple[Sequence[Table], Rule]], tried: Tried) -> None:
    """Release packs one after the other, each held against those before, and attack as each audience can."""
    earlier = Earlier()
    public, everything = Attack(), Attack(inside=TASK_FORCE)
    for number, (tables, rule) in enumerate(packs):
        found = protect(tables, rule, earlier)
        full = in_full_as_told(tables, rule, earlier)
        earlier = Earlier((*earlier.releases, EarlierRelease(f"2027-01-{number:02}", rule, found.quantities)))
        written = {(one.key, one.true) for one in found.quantities}
        for table, told in zip(full, found.told, strict=True):
            if any((one.name.spelt(), one.true) not in written for one in places(table) if one.told):
                continue  # told again as it was: nothing new is learnt
            for attack in (everything, public) if rule.audience is Audience.PUBLIC else (everything,):
                attack.learn(told, table, rule)
            tried.tables += 1
            tried.hidden += told.hidden
            tried.told += len(list(told.places())) - told.hidden
    least = min(rule.least for _, rule in packs)
    for attack in (everything, public):
        attack.relate()
        tried.given_away += [*attack.given_away(), *attack.new_cases(least)]


def in_full_as_told(tables: Sequence[Table], rule: Rule, earlier: Earlier = NOTHING) -> list[Table]:
    """The truth in the places of the tables as they are told."""
    past = that_matters(earlier, [name_of(table, None, None) for table in tables])
    return [table for table, _ in coarsened(tables, rule, past)]


def some_table(rng: Random, people: Sequence[Someone], rule: Rule, where: Scope) -> Table:
    dimensions = [one for one in DIMENSIONS if one != "oblast" or (rule is TASK_FORCE and not where.oblast)]
    by = rng.sample(dimensions, rng.choice((1, 2, 2, 2)))
    measure = rng.choice((Measure.PERSONS, Measure.PERSONS, Measure.SERVICES, Measure.MONEY))
    return count(
        people,
        where,
        by,
        measure,
        rng.choice(("assisted", "new", "cumulative")) if measure is Measure.PERSONS else "helped",
    )


def test_single_tables() -> None:
    rng = Random(5)
    tried = Tried()
    while tried.tables < TABLES:
        people = register(rng, rng.choice((20, 60, 150, 150, 150, 400, 1500)))
        rule = rng.choice((TASK_FORCE, PUBLIC))
        release([([some_table(rng, people, rule, scope(rng.choice(("H1", "year"))))], rule)], tried)
    print(f"\nsingle tables: {tried.tables}, numbers told {tried.readable():.0%} of {tried.told + tried.hidden}")
    assert tried.given_away == []
    assert tried.hidden > TABLES


def test_packs_of_linked_tables() -> None:
    """Tables with totals in common, of the country and of oblasts within it, in one pack."""
    rng = Random(6)
    tried = Tried()
    while tried.tables < TABLES:
        people = register(rng, rng.choice((60, 150, 400)))
        rule = rng.choice((TASK_FORCE, PUBLIC))
        places = ["", rng.choice(OBLASTS), ""] if rule is TASK_FORCE else [""]
        where = [scope("year", place) for place in places]
        tables = [some_table(rng, people, rule, rng.choice(where)) for _ in range(rng.randint(3, 6))]
        release([(tables, rule)], tried)
    print(f"\npacks: {tried.tables} tables, numbers told {tried.readable():.0%} of {tried.told + tried.hidden}")
    assert tried.given_away == []


def some_releases(rng: Random) -> list[tuple[list[Table], Rule]]:
    """Packs of a few tables over periods that lie side by side or in each other, some asked for twice."""
    people = register(rng, rng.choice((60, 150, 400)))
    # Some come to be known late: a bundle that arrived after the first release.
    late = people[: len(people) - rng.choice((0, 0, 1, 2, 15))]
    releases: list[tuple[list[Table], Rule]] = []
    for number in range(rng.randint(2, 4)):
        rule = rng.choice((TASK_FORCE, PUBLIC))
        periods = ("Q1", "Q2", "H1", "year") if rule is TASK_FORCE else ("H1", "H2", "year")
        where = scope(rng.choice(periods), rng.choice(("", "", rng.choice(OBLASTS))) if rule is TASK_FORCE else "")
        known = people if number else late
        tables = [some_table(rng, known, rule, where) for _ in range(rng.randint(1, 3))]
        if number and rng.random() < 0.5:
            same, rule = rng.choice(releases[0][0]), releases[0][1]
            by = [axis.dimension for axis in (same.rows, same.columns) if axis.dimension]
            tables = [count(known, same.scope, by, same.measure, same.population)]
        releases.append((tables, rule))
    return releases


def test_releases_one_after_the_other() -> None:
    """Neighbouring quarters of cumulative figures, periods within each other, other breakdowns, late entries."""
    rng = Random(7)
    tried = Tried()
    while tried.tables < TABLES:
        release(some_releases(rng), tried)
    print(f"\nreleases: {tried.tables} tables, numbers told {tried.readable():.0%} of {tried.told + tried.hidden}")
    assert tried.given_away == []


def unprotected(table: Table) -> Told:
    return in_full(table)


def hide_one_to_four(table: Table) -> Told:
    """What is often thought to be enough."""

    def shown(one: Shown) -> Shown:
        return Shown(why=Why.SMALL) if one.value is not None and one.value in range(1, 5) else one

    full = in_full(table)
    return replace(full, cells={key: shown(one) for key, one in full.cells.items()})


def test_the_attacker_finds_what_is_not_protected() -> None:
    """The control: the same attacker on the same kind of tables, with the totals as they are."""
    rng = Random(8)
    hidden = found = small = 0
    for _ in range(40):
        people = register(rng, 150)
        table = count(people, scope("year"), rng.sample(("oblast", "form", "age", "sex"), 2))
        small += sum(cell.value in range(1, 5) for cell in unprotected_cells(table))
        attack = Attack()
        attack.learn(hide_one_to_four(table), table, Rule(Audience.TASK_FORCE, 1, 0))
        hidden += len(attack.hidden)
        found += sum(width < 1e-6 for _, width in attack.given_away())
    print(f"\nwithout protection {small} small cells are read; hidden 1 to 4: {found} of {hidden} found exactly")
    assert small > 100
    assert found > hidden // 10


def unprotected_cells(table: Table) -> list[Shown]:
    return [Shown(one.value) for one in unprotected(table).cells.values()]


@pytest.mark.parametrize("first", ["Q1", "H1"])
def test_two_releases_without_each_other_give_a_case_away(first: str) -> None:
    """The control for pairs: each table protected, but not held against the one before."""
    rng = Random(9)
    found = 0
    for _ in range(20):
        people = register(rng, 150)
        attack = Attack()
        for known in (people[:-1], people):
            table = count(known, scope(first), ("sex",))
            attack.learn(protect([table], TASK_FORCE).told[0], in_full_as_told([table], TASK_FORCE)[0], TASK_FORCE)
        attack.relate()
        found += len(attack.new_cases(TASK_FORCE.least))
    assert found > 0
