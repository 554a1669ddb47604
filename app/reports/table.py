"""What a table of figures is: two axes at most, cells, totals, and who stands behind each number. Pure.

``Table`` is counted in full and never leaves the program. ``Told`` is what a reader sees of it: made by
``app.reports.disclosure`` for an audience, or by ``in_full`` for our own eyes. Screens, sheets, PDF and charts know
``Told`` alone, so none of them can show what it hides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

Key = tuple[str, str]
"""Row and column of a cell; "" where there is no such axis."""


OTHERS: Final = "+"
"""In place of a key: all that stand under keys of which each has too few persons to be named to others."""


class Measure(StrEnum):
    """What is counted. Persons (unique) and attendances (a sum) are never added together, so they never mix."""

    PERSONS = "persons"
    SERVICES = "services"
    CASES = "cases"
    REFERRALS = "referrals"
    GRANTS = "grants"
    MONEY = "money"  # minor units of ``Table.currency``
    DAYS = "days"  # a median or mean of days
    PER_PERSON = "per_person"  # hundredths: 235 is 2.35
    EVENTS = "events"  # activities, meetings, sessions
    ATTENDANCES = "attendances"
    THINGS = "things"  # copies, articles, spots, calls, organisations, decisions
    PER_100K = "per_100k"  # hundredths, per 100,000 of population
    VALUES = "values"  # of data quality: fields, bundles


@dataclass(frozen=True, slots=True)
class Axis:
    """One dimension of a table: its name (see ``app.reports.words``) and its keys in their order.

    ``adds_up``: each person stands under one key, so that the total is the sum; false where one may stand under
    several (forms of exploitation, kinds of help). A key "" means: not known. ``names`` are the words for keys that
    are no codes of a list (centres by their ids).
    """

    dimension: str = ""
    keys: tuple[str, ...] = ("",)
    adds_up: bool = True
    names: Mapping[str, str] = field(default_factory=dict)


NO_AXIS: Final = Axis()


@dataclass(frozen=True, slots=True)
class Cell:
    """One number. ``persons`` is how many persons stand behind it (for PERSONS the same number).

    ``largest``: for money, what the persons with the largest shares got, descending, at most two. ``known``: so many
    of both are an opening balance, which everybody may know. ``per``: for a rate, the population it is set against.
    """

    value: int
    persons: int
    largest: tuple[int, ...] = ()
    known: int = 0
    per: int = field(default=0, compare=False)

    @property
    def behind(self) -> int:
        """Of how many persons it may tell something that is not known."""
        return self.persons - self.known


@dataclass(frozen=True, slots=True)
class Scope:
    """Over what a table counts: months from ``first`` to ``last``, both included; an oblast; one centre (its id).

    ``reporting``: only persons who agreed that they are counted for others. Empty strings mean: no bound.
    """

    first: str = ""
    last: str = ""
    oblast: str = ""
    centre: str = ""
    donor: str = ""
    reporting: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Figures counted in full. ``code`` is the indicator's (list ``indicators``), or of the table builder.

    ``population`` names whom it counts (``assisted``, ``new``, ``cases_open`` ...): tables with the same population,
    measure and scope have the same total, and one of them can give away what another one hides.
    ``base``: for shares, the number of persons with any answer, by column; ``unknown`` those without, by column.
    ``about_persons`` is false where no person who is assisted stands behind it (lectures, meetings).
    """

    code: str
    measure: Measure
    population: str
    scope: Scope
    cells: Mapping[Key, Cell]
    rows: Axis = NO_AXIS
    columns: Axis = NO_AXIS
    row_totals: Mapping[str, Cell] = field(default_factory=dict)
    column_totals: Mapping[str, Cell] = field(default_factory=dict)
    total: Cell | None = None
    base: Mapping[str, Cell] = field(default_factory=dict)
    unknown: Mapping[str, Cell] = field(default_factory=dict)
    currency: str = ""
    about_persons: bool = True
    left_out: int = 0
    """Persons left out because they did not agree to be counted (``Scope.reporting``)."""
    remarks: tuple[str, ...] = ()
    """Codes of what a reader must know: ``opening_balance``, ``rate_missing/EUR/3``, ``date_doubtful/12`` ..."""


class Why(StrEnum):
    """Why a number is hidden."""

    SMALL = "small"  # fewer persons than the rule allows
    BESIDE = "beside"  # else a small one beside it could be worked out
    DOMINATED = "dominated"  # one or two persons make up nearly all of a sum
    ALL_ALIKE = "all_alike"  # everybody of a row or column stands in one cell
    SMALL_BASE = "small_base"  # a share of too few
    EARLIER = "earlier"  # together with an earlier table it would give somebody away


class Audience(StrEnum):
    """For whom a table is."""

    INTERNAL = "internal"
    TASK_FORCE = "task_force"  # closed: those bound by the memorandum
    PUBLIC = "public"  # donors and everybody


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader sees in one place: a number, or why there is none. ``share`` in per cent, where it is told."""

    value: int | None = None
    why: Why | None = None
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A table as its reader sees it. Where a total is None, it is not part of the table."""

    code: str
    measure: Measure
    scope: Scope
    audience: Audience
    cells: Mapping[Key, Shown]
    rows: Axis = NO_AXIS
    columns: Axis = NO_AXIS
    row_totals: Mapping[str, Shown] = field(default_factory=dict)
    column_totals: Mapping[str, Shown] = field(default_factory=dict)
    total: Shown | None = None
    base: Mapping[str, Shown] = field(default_factory=dict)
    unknown: Mapping[str, Shown] = field(default_factory=dict)
    currency: str = ""
    left_out: int | None = 0
    """None where the number is too small to be told."""
    remarks: tuple[str, ...] = ()
    collapsed: tuple[str, ...] = ()
    """Dimensions whose keys were put together (age bands 7 to 2), in the order in which it was done."""

    def places(self) -> Iterator[Shown]:
        """All places in which a number stands or is hidden."""
        for numbers in (self.cells, self.row_totals, self.column_totals, self.base, self.unknown):
            yield from numbers.values()
        if self.total is not None:
            yield self.total

    @property
    def hidden(self) -> int:
        """How many places are hidden."""
        return sum(one.why is not None for one in self.places())


def per_100k(persons: int, population: int) -> int:
    """A rate in hundredths per 100,000 of ``population``, half a unit upwards."""
    return (2 * persons * 10_000_000 + population) // (2 * population)


def in_full(table: Table) -> Told:
    """The whole table, for our own eyes."""
    return Told(
        code=table.code,
        measure=table.measure,
        scope=table.scope,
        audience=Audience.INTERNAL,
        cells={key: Shown(cell.value, share=_share(table, key[1], cell)) for key, cell in table.cells.items()},
        rows=table.rows,
        columns=table.columns,
        row_totals={key: Shown(cell.value) for key, cell in table.row_totals.items()},
        column_totals={key: Shown(cell.value) for key, cell in table.column_totals.items()},
        total=None if table.total is None else Shown(table.total.value),
        base={key: Shown(cell.value) for key, cell in table.base.items()},
        unknown={key: Shown(cell.value) for key, cell in table.unknown.items()},
        currency=table.currency,
        left_out=table.left_out,
        remarks=table.remarks,
    )


def _share(table: Table, column: str, cell: Cell) -> float | None:
    base = table.base.get(column)
    return 100 * cell.value / base.value if base and base.value else None
