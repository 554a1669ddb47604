"""From items to a table: who and how many stand under each key. The one place where persons are counted. Pure.

An *item* is whatever a population consists of (a person, a service, a case) and names who stands behind it (``who``).
Of PERSONS everybody is counted once in a place, of all else the items are, and those behind them told beside.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any, Final, TypeVar

from app import codelists
from app.reports.facts.documents import NO_ANSWER
from app.reports.facts.people import Who
from app.reports.table import NO_AXIS, Axis, Cell, Key, Measure, Scope, Table
from app.reports.words_axes import DIMENSIONS

Keys = tuple[str, ...]
KeyOf = Callable[[Any], Keys]
NOT_KNOWN: Final[Keys] = ("",)

_COMPLETE: Final = 16
"""Lists of so many codes at most stand whole in a table; of longer ones the codes that occur."""
_NOBODY: Final = Cell(0, 0)
_Where = TypeVar("_Where", bound=Hashable)
_Place = tuple[Keys, Keys]


@dataclass(frozen=True, slots=True)
class Population:
    """Whom or what a table counts. ``keys`` tells by dimension under which keys an item stands (none: not known).

    ``several``: the dimensions under which the same one may stand more than once, so that rows do not add up.
    ``orders``: keys of dimensions whose order (and completeness) is this population's own.
    """

    name: str
    measure: Measure
    scope: Scope
    items: Sequence[Any]
    keys: Mapping[str, KeyOf]
    several: frozenset[str] = frozenset()
    left_out: int = 0
    remarks: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, Keys] = field(default_factory=dict)
    unique: bool = False
    """Does each item stand for another person? (Then nobody need be looked for twice.)"""

    def of(self, dimension: str) -> list[Keys]:
        """The keys of all items in a dimension; "" is no dimension, and all stand under one key."""
        if not dimension:
            return [NOT_KNOWN] * len(self.items)
        key_of = self.keys[dimension]
        return [key_of(item) or NOT_KNOWN for item in self.items]


def build(code: str, population: Population, rows: str = "", columns: str = "", *, share: bool = False) -> Table:
    """The table of a population by at most two dimensions.

    ``share``: each row is told as a share of the persons (or services) of which any row is known, by column; those
    of which none is known stand apart and in no row.
    """
    tally = _Tally(population, rows, columns)
    cells = tally.at(lambda place: [(row, column) for row in place[0] for column in place[1]])
    by_column = tally.at(lambda place: place[1])
    base = tally.at(lambda place: place[1] if place[0] != NOT_KNOWN else ()) if share else {}
    row_axis = _axis(population, rows, [key for key, _column in cells if not (share and key == "")])
    column_axis = _axis(population, columns, [key for _row, key in cells])
    both = bool(rows and columns)
    by_row = tally.at(lambda place: place[0]) if both else {}
    return Table(
        code=code,
        measure=population.measure,
        population=population.name,
        scope=population.scope,
        cells={
            (row, column): cells.get((row, column), _NOBODY) for row in row_axis.keys for column in column_axis.keys
        },
        rows=row_axis,
        columns=column_axis,
        row_totals={key: by_row.get(key, _NOBODY) for key in row_axis.keys} if both else {},
        column_totals={key: by_column.get(key, _NOBODY) for key in column_axis.keys} if both else {},
        total=tally.at(lambda _place: ("",)).get("", _NOBODY),
        base={key: base.get(key, _NOBODY) for key in column_axis.keys} if share else {},
        unknown=_unknown(column_axis, by_column, base) if share else {},
        left_out=population.left_out,
        remarks=population.remarks,
    )


def along(
    code: str, population: Population, rows: str, by: Sequence[str], *, share: bool = False
) -> tuple[Table, ...]:
    """The indicator's own rows against each of ``by``, a table for each; alone where there is none."""
    return tuple(build(code, population, rows, columns, share=share) for columns in by or ("",))


def ratio(code: str, population: Population, rows: str = "", columns: str = "") -> Table:
    """Items per person, in hundredths (235 is 2.35)."""
    table = build(code, population, rows, columns)

    def mean(cell: Cell) -> Cell:
        return Cell(_rounded(100 * cell.value / cell.persons), cell.persons)

    return _turned(table, Measure.PER_PERSON, mean)


def median(
    code: str, population: Population, days_of: Callable[[Any], int], rows: str = "", columns: str = ""
) -> Table:
    """The median of days over the items in each place; a place with nobody is empty."""
    of_cell: dict[Key, list[tuple[int, Who]]] = defaultdict(list)
    for item, row, column in zip(population.items, population.of(rows), population.of(columns), strict=True):
        days = days_of(item), item.who
        for place in _places(row, column, rows=bool(rows), columns=bool(columns)):
            of_cell[place].append(days)
    middle = {
        place: Cell(_rounded(statistics.median(days for days, _who in found)), len({who for _days, who in found}))
        for place, found in of_cell.items()
    }
    table = build(code, population, rows, columns)
    return _turned(table, Measure.DAYS, lambda _cell: None, middle)


_ALL: Final = "*"


def _places(row: Keys, column: Keys, *, rows: bool, columns: bool) -> Iterable[Key]:
    """The cells of an item, and the totals (``*``) in which it stands too."""
    for one in (*row, _ALL) if rows else row:
        for other in (*column, _ALL) if columns else column:
            yield one, other
    if not (rows and columns):
        yield _ALL, _ALL


def _turned(
    table: Table, measure: Measure, turn: Callable[[Cell], Cell | None], middle: Mapping[Key, Cell] | None = None
) -> Table:
    """The table with another number in each place; places with nobody, or with none, are left out."""

    def place(cell: Cell, row: str, column: str) -> Cell | None:
        if middle is not None:
            return middle.get((row, column))
        return turn(cell) if cell.persons else None

    cells = {key: new for key, cell in table.cells.items() if (new := place(cell, *key))}
    by_row = {key: new for key, cell in table.row_totals.items() if (new := place(cell, key, _ALL))}
    by_column = {key: new for key, cell in table.column_totals.items() if (new := place(cell, _ALL, key))}
    total = place(table.total, _ALL, _ALL) if table.total else None
    return replace(
        table,
        measure=measure,
        cells=cells,
        rows=not_adding(table.rows),
        columns=not_adding(table.columns),
        row_totals=by_row,
        column_totals=by_column,
        total=total,
    )


def not_adding(axis: Axis) -> Axis:
    """The axis for numbers of which no sum can be made: medians, means, rates."""
    return replace(axis, adds_up=False) if axis.dimension else NO_AXIS


def _rounded(value: float) -> int:
    """Half a unit upwards, as people round."""
    return math.floor(value + 0.5)


class _Tally:
    """How many items stand under which keys of both dimensions at once, and who stands behind them.

    There are few such places, however many items: all sums are made of them.
    """

    def __init__(self, population: Population, rows: str, columns: str) -> None:
        self._counted: Mapping[_Place, int]
        self._persons = population.measure is Measure.PERSONS
        self._whos: dict[_Place, set[Who | None]] | None = None
        whos = map(attrgetter("who"), population.items)
        if not rows and not columns:
            everywhere: _Place = NOT_KNOWN, NOT_KNOWN
            self._counted = {everywhere: len(population.items)} if population.items else {}
            if not population.unique:
                self._whos = {everywhere: set(whos) - {None}}
            return
        found: Iterable[Any] = population.of(rows)
        if columns:
            found = zip(found, population.of(columns), strict=True)
        number_of: dict[Any, int] = {}
        numbers = [number_of.setdefault(keys, len(number_of)) for keys in found]
        places: list[_Place] = list(number_of) if columns else [(keys, NOT_KNOWN) for keys in number_of]
        counts = Counter(numbers)
        self._counted = {place: counts[number] for number, place in enumerate(places)}
        if not population.unique:
            sets: list[set[Who | None]] = [set() for _place in places]
            for who, number in zip(whos, numbers, strict=True):
                sets[number].add(who)
            # Nobody stands behind a service without a person.
            self._whos = {place: sets[number] - {None} for number, place in enumerate(places)}

    def at(self, keys_of: Callable[[_Place], Iterable[_Where]]) -> dict[_Where, Cell]:
        """What stands under each of the keys to which the places belong; everybody once under each."""
        found: dict[_Where, list[_Place]] = defaultdict(list)
        for place in self._counted:
            for key in keys_of(place):
                found[key].append(place)
        return {key: self._cell(places) for key, places in found.items()}

    def _cell(self, places: Sequence[_Place]) -> Cell:
        value = sum(self._counted[place] for place in places)
        if self._whos is None:
            return Cell(value, value)
        persons = len(set().union(*(self._whos.get(place, ()) for place in places)))
        return Cell(persons if self._persons else value, persons)


def _unknown(axis: Axis, totals: Mapping[str, Cell], base: Mapping[str, Cell]) -> dict[str, Cell]:
    found = {}
    for key in axis.keys:
        whole, known = totals.get(key, _NOBODY), base.get(key, _NOBODY)
        found[key] = Cell(whole.value - known.value, whole.persons - known.persons)
    return found


def _axis(population: Population, dimension: str, occurring: Iterable[str]) -> Axis:
    if not dimension:
        return NO_AXIS
    found = dict.fromkeys(key for key in occurring if key)
    known = DIMENSIONS[dimension].codes
    if dimension in population.orders:
        order = list(population.orders[dimension])
        keys = order + sorted(found.keys() - set(order))
    elif known:
        listed = codelists.get(known)
        whole = [code for code in listed.codes if code not in NO_ANSWER] if len(listed) <= _COMPLETE else []
        keys = listed.in_order(sorted({*whole, *found}))
    else:
        keys = sorted(found, key=lambda key: (population.names.get(key, key), key))
    if "" in set(occurring):
        keys.append("")
    names = population.names if dimension == "centre" else {}
    return Axis(dimension, tuple(keys), adds_up=dimension not in population.several, names=names)
