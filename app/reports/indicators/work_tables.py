"""From things that are counted to a table: cells, margins, and how many persons stand behind each number. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from operator import attrgetter
from typing import Any, Final, Generic, TypeAlias, TypeVar

from app import codelists
from app.reports.table import NO_AXIS, Axis, Cell, Key, Measure, Scope, Table
from app.reports.words_axes import DIMENSIONS

S = TypeVar("S")
T = TypeVar("T")
Keys: TypeAlias = Callable[[T], Sequence[str]]
"""Under which keys of a dimension a thing stands."""
_LARGEST: Final = 2
"""How many of the largest shares of a sum the dominance rule asks for."""


@dataclass(frozen=True)  # no slots: a generic class notes what it was made for
class Counted(Generic[T]):
    """How things of one sort are counted.

    ``keys``: by dimension, under which keys a thing stands (several where it belongs to several; "" is not known).
    ``several`` names the dimensions of the latter sort, whose rows do not add up. ``person`` is who stands behind a
    thing, by the id under which she is counted; None for things that are about nobody.
    """

    code: str
    measure: Measure
    population: str
    scope: Scope
    keys: Mapping[str, Keys[T]]
    value: Callable[[T], int]
    person: Callable[[T], str] | None = None
    several: frozenset[str] = frozenset()
    names: Mapping[str, Mapping[str, str]] | None = None
    """By dimension, the words for keys that are no codes."""
    currency: str = ""
    left_out: int = 0
    remarks: tuple[str, ...] = ()

    def table(self, things: Iterable[T], by: Sequence[str], *, of_persons: bool = False) -> Table:
        """The table of ``things`` by at most two dimensions. ``of_persons``: persons are counted, each once."""
        heaps: dict[tuple[str, Key], _Heap] = defaultdict(_Heap)
        dimensions = (*by, "", "")[:2]
        for thing in things:
            rows, columns = (dict.fromkeys(self.keys[one](thing)) if one else {"": None} for one in dimensions)
            value, person = self.value(thing), self.person(thing) if self.person else None
            for part, keys in (
                ("cell", product(rows, columns)),
                ("row", ((row, "") for row in rows)),
                ("column", (("", column) for column in columns)),
                ("total", (("", ""),)),
            ):
                for key in keys:
                    heaps[part, key].add(value, person)
        found = {place: heap.cell(of_persons=of_persons, is_sum=bool(self.currency)) for place, heap in heaps.items()}
        rows_axis, columns_axis = (self._axis(one, found, at) for at, one in enumerate(dimensions))
        nothing = Cell(0, 0)
        both = bool(dimensions[0] and dimensions[1])
        return Table(
            code=self.code,
            measure=self.measure,
            population=self.population,
            scope=self.scope,
            cells={key: found.get(("cell", key), nothing) for key in product(rows_axis.keys, columns_axis.keys)},
            rows=rows_axis,
            columns=columns_axis,
            row_totals={row: found["row", (row, "")] for row in rows_axis.keys} if both else {},
            column_totals={column: found["column", ("", column)] for column in columns_axis.keys} if both else {},
            total=found.get(("total", ("", "")), nothing),
            currency=self.currency,
            about_persons=self.person is not None,
            left_out=self.left_out,
            remarks=self.remarks,
        )

    def _axis(self, dimension: str, found: Mapping[tuple[str, Key], Cell], at: int) -> Axis:
        if not dimension:
            return NO_AXIS
        part = ("row", "column")[at]
        keys = [key[at] for kind, key in found if kind == part]
        names = (self.names or {}).get(dimension, {})
        return Axis(dimension, in_order(dimension, keys, names), dimension not in self.several, names)


class _Heap:
    """What stands under one key."""

    __slots__ = ("shares", "value")

    def __init__(self) -> None:
        self.value = 0
        self.shares: Counter[str] = Counter()

    def add(self, value: int, person: str | None) -> None:
        self.value += value
        if person is not None:
            self.shares[person] += value

    def cell(self, *, of_persons: bool, is_sum: bool) -> Cell:
        persons = len(self.shares)
        largest = tuple(sorted(self.shares.values(), reverse=True)[:_LARGEST]) if is_sum else ()
        return Cell(persons if of_persons else self.value, persons, largest)


def in_order(dimension: str, keys: Collection[str], names: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """``keys`` once each: in the order of their list, else by their words; what is not known comes last."""
    known = [key for key in dict.fromkeys(keys) if key]
    codes = DIMENSIONS[dimension].codes if dimension in DIMENSIONS else ""
    if codes:
        known = codelists.get(codes).in_order(sorted(known))
    else:
        known.sort(key=lambda key: ((names or {}).get(key, key), key))
    return (*known, "") if "" in keys else tuple(known)


def by_attribute(*names: str, **others: str) -> dict[str, Keys[Any]]:
    """The keys of dimensions that a thing says itself: each in the attribute of that name, ``others`` in another."""

    def key(attribute: str) -> Keys[Any]:
        of = attrgetter(attribute)
        return lambda one: (of(one),)

    return {dimension: key(attribute) for dimension, attribute in {**{one: one for one in names}, **others}.items()}


def lifted(keys: Mapping[str, Keys[T]], of: Callable[[S], T]) -> dict[str, Keys[S]]:
    """The same keys for things that contain what the keys are about."""

    def lift(key: Keys[T]) -> Keys[S]:
        return lambda one: key(of(one))

    return {name: lift(key) for name, key in keys.items()}


def doubtful(count: int) -> tuple[str, ...]:
    """The remark on records that stand in no period."""
    return (f"date_doubtful/{count}",) if count else ()
