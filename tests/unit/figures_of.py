"""Registers of invented persons, and tables counted from them in full: what disclosure control is tried on.

As in Belarus: about 150 persons a year in seven oblasts, nine of ten of them women and girls, a third children.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from app.reports.table import NO_AXIS, Axis, Cell, Measure, Scope, Table

OBLASTS = ("BY-BR", "BY-VI", "BY-HO", "BY-HR", "BY-HM", "BY-MI", "BY-MA")
FORMS = ("sexual_exploitation", "forced_labour", "forced_begging", "forced_criminality", "organ_removal", "")
AGES = ("0-8", "9-17", "18-24", "25-34", "35-44", "45-59", "60+")
SEXES = ("female", "male")
GROUPS = ("legal", "medical", "psychological", "shelter", "material", "grant")
YEAR = [f"2026-{month:02}" for month in range(1, 13)]


@dataclass(frozen=True)
class Someone:
    """An invented person: keys of dimensions, and what was done in which month (kind, sum in kopecks)."""

    keys: Mapping[str, str]
    done: tuple[tuple[str, str, int], ...]

    @property
    def first(self) -> str:
        return min(month for month, _, _ in self.done)


def register(rng: Random, count: int) -> list[Someone]:
    """So many persons, helped through 2026."""
    weights: dict[str, Sequence[float]] = {
        "oblast": _uneven(rng, OBLASTS),
        "form": [10 * rng.random() + 5, 4, 1, 0.6, 0.2, 1.5],
        "age": [0.3, 3, 4, 3, 1.2, 0.6, 0.1],
        "sex": [9, 1],
    }
    keys: dict[str, Sequence[str]] = {"oblast": OBLASTS, "form": FORMS, "age": AGES, "sex": SEXES}
    return [_someone(rng, {name: rng.choices(keys[name], weights[name])[0] for name in keys}) for _ in range(count)]


def _someone(rng: Random, keys: dict[str, str]) -> Someone:
    start = rng.randrange(12)
    months = [start, *(rng.randrange(start, 12) for _ in range(rng.randrange(6)))]
    # Sums of very different size, so that one person may have nearly all of it.
    done = [(YEAR[month], rng.choice(GROUPS), rng.choice((0, 0, 5_000, 40_000, 300_000))) for month in months]
    return Someone(keys, tuple(done))


def _uneven(rng: Random, keys: Sequence[str]) -> list[float]:
    return [rng.random() ** 2 + 0.05 for _ in keys]


def count(
    people: Iterable[Someone],
    scope: Scope,
    by: Sequence[str],
    measure: Measure = Measure.PERSONS,
    population: str = "",
) -> Table:
    """A table of at most two dimensions with all its totals. ``new``: first helped in the period."""
    population = population or "assisted"
    told_over, scope = scope, replace(scope, first="") if population == "cumulative" else scope
    inside = [one for one in people if _within(one, scope, population)]
    axes = [_axis(inside, scope, name, measure) for name in by]
    rows = axes[0] if axes else NO_AXIS
    columns = axes[1] if len(axes) > 1 else NO_AXIS

    def cell(*wanted: Callable[[Someone, str], bool]) -> Cell:
        return _cell(inside, scope, measure, population, wanted)

    def at(axis: Axis, key: str) -> Callable[[Someone, str], bool]:
        return lambda one, kind: (
            not axis.dimension or (kind if axis.dimension == "group" else one.keys[axis.dimension]) == key
        )

    whole = cell()
    base: dict[str, Cell] = {}
    unknown: dict[str, Cell] = {}
    if rows.dimension == "form" and measure is Measure.PERSONS:
        # A table of shares: who gave no answer stands beside it and in no row.
        rows = Axis(rows.dimension, tuple(key for key in rows.keys if key))
        for c in columns.keys:
            unknown[c] = cell(at(rows, ""), at(columns, c))
            base[c] = cell(lambda one, _: bool(one.keys["form"]), at(columns, c))
    of_two = bool(rows.dimension and columns.dimension)
    return Table(
        code="table",
        measure=measure,
        population=population,
        scope=told_over,
        cells={(r, c): cell(at(rows, r), at(columns, c)) for r in rows.keys for c in columns.keys},
        rows=rows,
        columns=columns,
        row_totals={r: cell(at(rows, r)) for r in rows.keys} if of_two else {},
        column_totals={c: cell(at(columns, c)) for c in columns.keys} if of_two else {},
        total=whole,
        base=base,
        unknown=unknown,
        currency="BYN" if measure is Measure.MONEY else "",
    )


def _within(one: Someone, scope: Scope, population: str) -> bool:
    if scope.oblast and one.keys["oblast"] != scope.oblast:
        return False
    if population in ("new", "cumulative"):
        return scope.first <= one.first <= scope.last
    return any(scope.first <= month <= scope.last for month, _, _ in one.done)


def _axis(people: list[Someone], scope: Scope, name: str, measure: Measure) -> Axis:
    if name == "group":
        kinds = {kind for one in people for month, kind, _ in one.done if scope.first <= month <= scope.last}
        return Axis("group", tuple(sorted(kinds)), adds_up=measure is not Measure.PERSONS)
    return Axis(name, tuple(sorted({one.keys[name] for one in people})))


def _cell(
    people: list[Someone],
    scope: Scope,
    measure: Measure,
    population: str,
    wanted: tuple[Callable[[Someone, str], bool], ...],
) -> Cell:
    parts = []
    for one in people:
        done = [(kind, paid) for month, kind, paid in one.done if scope.first <= month <= scope.last]
        mine = [paid for kind, paid in done if all(agrees(one, kind) for agrees in wanted)]
        if measure is Measure.MONEY:
            mine = [paid for paid in mine if paid]
        if mine:
            parts.append({Measure.MONEY: sum(mine), Measure.SERVICES: len(mine)}.get(measure, 1))
    largest = tuple(sorted(parts, reverse=True)[:2]) if measure is Measure.MONEY else ()
    return Cell(sum(parts), len(parts), largest)
