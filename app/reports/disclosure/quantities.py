"""What a number is a number of, spelt in one way, so that the same quantity is known again wherever it stands.

A quantity is a measure of a population over a period, with keys of dimensions: "persons first assisted from January
to March 2026, oblast Vitebsk, women". It is the same whether it stands as a cell, as a margin of a wider table, or as
the total of a table whose scope is that oblast; a quarter on an axis and a quarter as a scope are the same as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from app import codelists
from app.reports.disclosure.months import span
from app.reports.table import Axis, Cell, Measure, Table

ANSWERED: Final = "*"
"""In place of a key: everybody with any answer, which is the base of shares."""

LEFT_OUT: Final = "left_out"
"""The population of those who did not agree to be counted; before it stands whom they would belong to."""

CUMULATIVE: Final = "cumulative"
"""The population of everybody until the end of the period, whenever it began."""

_PART_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "new": ("assisted",),
    "labour": ("assisted",),
    "helped_psychological": ("assisted",),
    "helped_education": ("assisted",),
    "helped_vocational": ("assisted",),
    "funded_persons": ("assisted",),
    "reintegration_paid": ("assisted",),
    "services_psychological": ("services",),
    "services_legal": ("services",),
    "services_medical": ("services",),
    "services_return": ("services",),
    "funded_services": ("services",),
    "grants_paid": ("sums_paid", "grants_converted"),
}
"""Populations that are a part of others, of the same measure and currency."""


def part_of(population: str) -> tuple[str, ...]:
    """The populations of which everybody in ``population`` is one; of those left out too."""
    if population.startswith(f"{LEFT_OUT}/"):
        return tuple(f"{LEFT_OUT}/{one}" for one in _PART_OF.get(population.removeprefix(f"{LEFT_OUT}/"), ()))
    return _PART_OF.get(population, ())


_SCOPED: Final = ("oblast", "centre", "donor")


class Name(NamedTuple):
    """A quantity taken apart; ``at`` are its dimensions with their keys, in order of the dimensions."""

    measure: Measure
    currency: str
    population: str
    reporting: bool
    first: str
    last: str
    at: tuple[tuple[str, str], ...]

    @property
    def family(self) -> tuple[str, str, str, bool]:
        """Quantities of one family are counted in one way: the same keys stand on their axes."""
        return (self.measure, self.currency, self.population, self.reporting)

    @property
    def kin(self) -> tuple[str, str, str, bool]:
        """Quantities that are no kin say nothing of each other: nobody of the one need be among the other."""
        population = "sums_paid" if self.population == "grants_converted" else self.population
        population = (*part_of(population), population)[0]
        return (self.measure, self.currency, population, self.reporting)

    def spelt(self) -> str:
        """The one spelling."""
        return json.dumps(
            [self.measure, self.currency, self.population, int(self.reporting), self.first, self.last, self.at],
            ensure_ascii=True,
            separators=(",", ":"),
        )


def read(key: str) -> Name:
    """The name that is spelt ``key``."""
    measure, currency, population, reporting, first, last, at = json.loads(key)
    pairs = tuple((dimension, one) for dimension, one in at)
    return Name(Measure(measure), currency, population, bool(reporting), first, last, pairs)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number that a release tells (or hides: ``told`` is None), and what it is in truth."""

    key: str
    told: int | None
    true: int


class Part(NamedTuple):
    """In which part of a table a number stands, and where in it."""

    part: str
    row: str = ""
    column: str = ""


CELL: Final = "cell"
ROW_TOTAL: Final = "row_total"
COLUMN_TOTAL: Final = "column_total"
TOTAL: Final = "total"
BASE: Final = "base"
UNKNOWN: Final = "unknown"
LEFT: Final = "left"


@dataclass(frozen=True, slots=True)
class Place:
    """A number of a table: where it stands, what it is, and its quantity. ``told`` is false for what only follows."""

    part: Part
    name: Name
    cell: Cell
    told: bool = True

    @property
    def true(self) -> int:
        """What the quantity comes to; a rate is a quantity of persons. What everybody knows is no part of it."""
        return self.cell.behind if self.name.measure is Measure.PERSONS else self.cell.value


def places(table: Table) -> Iterator[Place]:
    """All numbers of ``table``, and the margins that a reader can add up although they do not stand in it."""
    for key, cell in table.cells.items():
        yield Place(Part(CELL, *key), name_of(table, *key), cell)
    yield from _margins(table)
    for column, cell in table.base.items():
        yield Place(Part(BASE, "", column), name_of(table, ANSWERED, column), cell)
    for column, cell in table.unknown.items():
        yield Place(Part(UNKNOWN, "", column), name_of(table, "", column), cell)
    if table.scope.reporting:
        yield Place(Part(LEFT), _left_out(table), Cell(table.left_out, table.left_out))


def _margins(table: Table) -> Iterator[Place]:
    two = bool(table.rows.dimension and table.columns.dimension)
    if two:
        for row in table.rows.keys:
            cells = [table.cells[row, column] for column in table.columns.keys if (row, column) in table.cells]
            given = table.row_totals.get(row)
            yield from _margin(Part(ROW_TOTAL, row), name_of(table, row, None), given, cells, table.columns)
        for column in table.columns.keys:
            cells = [table.cells[row, column] for row in table.rows.keys if (row, column) in table.cells]
            given = table.column_totals.get(column)
            yield from _margin(Part(COLUMN_TOTAL, "", column), name_of(table, None, column), given, cells, table.rows)
    elif table.rows.dimension or table.columns.dimension:
        # Of one axis only; totals along it repeat the cells or the total.
        for row, cell in table.row_totals.items():
            yield Place(Part(ROW_TOTAL, row), name_of(table, row, None), cell)
        for column, cell in table.column_totals.items():
            yield Place(Part(COLUMN_TOTAL, "", column), name_of(table, None, column), cell)
    both = Axis(adds_up=table.rows.adds_up and table.columns.adds_up)
    yield from _margin(Part(TOTAL), name_of(table, None, None), table.total, list(table.cells.values()), both)


def _margin(part: Part, name: Name, given: Cell | None, cells: list[Cell], along: Axis) -> Iterator[Place]:
    if given is not None:
        yield Place(part, name, given)
    elif along.adds_up and cells:
        known = sum(one.known for one in cells)
        whole = Cell(sum(one.value for one in cells), sum(one.persons for one in cells), known=known)
        yield Place(part, name, whole, told=False)


def names_of(table: Table) -> tuple[Name, ...]:
    """Which quantities a table is about: whom it counts, and who was left out. None where it is about nobody."""
    if not table.about_persons:
        return ()
    return name_of(table, None, None), _left_out(table)


def _left_out(table: Table) -> Name:
    name = name_of(table, None, None)
    return name._replace(measure=Measure.PERSONS, currency="", population=f"{LEFT_OUT}/{name.population}")


def name_of(table: Table, row: str | None, column: str | None) -> Name:
    """The name of what stands at ``row`` and ``column``; None stands for the whole axis."""
    scope = table.scope
    at: dict[str, str] = {one: value for one in _SCOPED if (value := getattr(scope, one))}
    first, last = scope.first, scope.last
    for axis, key in ((table.rows, row), (table.columns, column)):
        if key is None or not axis.dimension:
            continue
        months = span(axis.dimension, key)
        if months:
            first, last = months
        else:
            at.update(_same(axis.dimension, key))
    measure = Measure.PERSONS if table.measure is Measure.PER_100K else table.measure
    population = table.population
    if population == CUMULATIVE:
        # All who were ever new: what it tells more than a quarter ago are the new ones of that quarter.
        population, first = "new", ""
    return Name(measure, table.currency, population, scope.reporting, first, last, tuple(sorted(at.items())))


def _same(dimension: str, key: str) -> Mapping[str, str]:
    """A key of an axis that joins two dimensions, as keys of both."""
    if dimension == "age_sex" and key in JOINED:
        age, sex = JOINED[key]
        return {"majority": age, "sex": sex}
    return {dimension: key}


JOINED: Final[Mapping[str, tuple[str, str]]] = {
    "women": ("adult", "female"),
    "men": ("adult", "male"),
    "girls": ("minor", "female"),
    "boys": ("minor", "male"),
}


def wider(name: Name) -> Iterator[tuple[str, Name]]:
    """What ``name`` is a part of, one step up, each with the dimension along which the parts stand."""
    keys = dict(name.at)
    if keys.get("majority") and keys.get("sex"):
        # Women, men, girls, boys and who is none of them stand on one axis, without minors or men in all.
        yield "age_sex", name._replace(at=tuple(one for one in name.at if one[0] not in ("majority", "sex")))
    for number, (dimension, key) in enumerate(name.at):
        rest = name.at[:number] + name.at[number + 1 :]
        yield (f"{dimension}{ANSWERED}" if key == ANSWERED else dimension), name._replace(at=rest)
        if key not in ("", ANSWERED):
            yield f"{dimension}{ANSWERED}known", name._replace(at=tuple(sorted((*rest, (dimension, ANSWERED)))))
        if dimension == "age":
            band = BANDS.get(key)
            if band:
                yield "age/majority", name._replace(at=tuple(sorted((*rest, ("majority", band)))))
        elif dimension == "service" and (group := _group_of(key)):
            yield "service/group", name._replace(at=tuple(sorted((*rest, ("group", group)))))


def _group_of(service: str) -> str:
    listed = codelists.get("services")
    return listed.column(service, "group") if service in listed else ""


BANDS: Final[Mapping[str, str]] = {
    "0-8": "minor",
    "9-17": "minor",
    "18-24": "adult",
    "25-34": "adult",
    "35-44": "adult",
    "45-59": "adult",
    "60+": "adult",
}
"""Bands of age (list ``age_groups``) within minors and adults."""
