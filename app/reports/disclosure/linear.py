"""The attacker's own tool: what range a number can have in worlds that agree with all that is known.

Numbers have bounds and stand in sums. The truth is one world that agrees with everything, so no first phase is
needed: from it we walk to other worlds by the steps of the simplex method with bounded variables (Dantzig; here with
Bland's rule, so that it ends) and note how far each number has come. A number that was seen at two values in two
whole-numbered worlds cannot be known nearer than that, by whatever method: each of the two could be the truth.

All is done in whole numbers and fractions; nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final, TypeAlias

Number: TypeAlias = "int | Fraction"

_LONGEST_WALK: Final = 3000
"""Steps. A walk that has not ended by then proves nothing, and what it was for is hidden."""


class Worlds:
    """Numbers with bounds (None: no bound) that stand in sums, and the world where we are."""

    def __init__(self) -> None:
        self.now: list[Number] = []
        self.low: list[int | None] = []
        self.high: list[int | None] = []
        self.least: list[int] = []
        """The smallest and the largest value of each in a world that we saw."""
        self.most: list[int] = []
        self._rows: dict[int, dict[int, Number]] = {}
        self._columns: dict[int, set[int]] = {}
        self._broken: set[int] = set()

    def add(self, true: int, low: int | None, high: int | None) -> int:
        """A number with its true value; its bounds must hold in truth."""
        if (low is not None and true < low) or (high is not None and true > high):
            raise ValueError("the truth lies outside of the bounds")
        self.now.append(true)
        self.low.append(low)
        self.high.append(high)
        self.least.append(true)
        self.most.append(true)
        self._columns[len(self.now) - 1] = set()
        return len(self.now) - 1

    def relax(self, one: int, low: int | None, high: int | None) -> None:
        """Wider bounds. What was proved stays proved."""
        self.low[one], self.high[one] = low, high

    def fixed(self, one: int) -> bool:
        """Whether its value is known."""
        return self.low[one] is not None and self.low[one] == self.high[one]

    def keep(self, terms: Mapping[int, int]) -> None:
        """A sum that is known, so that it is the same in all worlds. All sums come before the first walk."""
        row: dict[int, Number] = {}
        for one, factor in terms.items():
            for other, inner in self._rows.get(one, {one: 1}).items():
                _add_to(row, other, factor * inner)
        if not row:
            return
        # Those that may move and stand in few sums make the shortest rows.
        chosen = min(row, key=lambda one: (row[one] not in (1, -1), self.fixed(one), len(self._columns[one]), one))
        factor_of = -row.pop(chosen)
        self._put_in(chosen, {one: _ratio(value, factor_of) for one, value in row.items()})

    def _put_in(self, chosen: int, row: dict[int, Number]) -> None:
        """From now on ``chosen`` follows from ``row``, wherever it stands."""
        for basic in self._columns[chosen]:
            target = self._rows[basic]
            times = target.pop(chosen)
            for one, value in row.items():
                if _add_to(target, one, times * value):
                    self._columns[one].add(basic)
                else:
                    self._columns[one].discard(basic)
        self._columns[chosen] = set()
        self._rows[chosen] = row
        for one in row:
            self._columns[one].add(chosen)

    def range_of(self, one: int) -> int:
        """How far apart its values were in the worlds seen so far."""
        return self.most[one] - self.least[one]

    def walk(self, one: int, need: int) -> set[int]:
        """Look for worlds in which ``one`` differs by ``need``. Empty: found. Else what stands in the way.

        What stands in the way are numbers at their bounds; where the walk was given up, ``one`` itself.
        """
        in_the_way: set[int] = set()
        for way in (1, -1):
            for _ in range(_LONGEST_WALK):
                if self.range_of(one) >= need:
                    return set()
                if not self._step(one, way, need):
                    break
            else:
                in_the_way.add(one)
            in_the_way |= self._rows.get(one, {}).keys()
        return in_the_way or {one}

    def _step(self, one: int, way: int, need: int) -> bool:
        """A step that brings ``one`` up (``way`` 1) or down, or makes ready for one; false where there is none."""
        row: Mapping[int, Number] = self._rows.get(one, {one: 1})
        movable = [other for other, value in row.items() if self._may_move(other, way if value > 0 else -way)]
        if not movable:
            return False
        entering = min(movable)
        turn = way if row[entering] > 0 else -way
        slope = row[entering] * way * turn
        goal = self.least[one] + need if way > 0 else self.most[one] - need
        length: Number = max(_ratio((goal - self.now[one]) * way, slope), 1)
        blocking = -1
        own = self._room(entering, turn)
        if own is not None and own <= length:
            length, blocking = own, entering
        for basic in sorted(self._columns[entering]):
            speed = self._rows[basic][entering] * turn
            room = self._room(basic, 1 if speed > 0 else -1)
            if (
                room is not None
                and (until := _ratio(room, max(speed, -speed))) <= length
                and (until < length or blocking < 0)
            ):
                length, blocking = until, basic
        self._move(entering, length * turn)
        if blocking not in (-1, entering):
            self._pivot(blocking, entering)
        return True

    def _may_move(self, one: int, way: int) -> bool:
        room = self._room(one, way)
        return room is None or room > 0

    def _room(self, one: int, way: int) -> Number | None:
        bound = self.high[one] if way > 0 else self.low[one]
        return None if bound is None else (bound - self.now[one]) * way

    def _move(self, one: int, by: Number) -> None:
        if not by:
            return
        moved = [(one, by), *((basic, self._rows[basic][one] * by) for basic in self._columns[one])]
        for other, step in moved:
            self.now[other] = _plain(self.now[other] + step)
            if isinstance(self.now[other], int):
                self._broken.discard(other)
            else:
                self._broken.add(other)
        if not self._broken:
            self._note(other for other, _ in moved)

    def _note(self, moved: Iterable[int]) -> None:
        """A world of whole numbers was reached. (Between two such, others may have moved as well.)"""
        for other in moved:
            value = self.now[other]
            assert isinstance(value, int)
            self.least[other] = min(self.least[other], value)
            self.most[other] = max(self.most[other], value)

    def _pivot(self, leaving: int, entering: int) -> None:
        row = self._rows.pop(leaving)
        for one in row:
            self._columns[one].discard(leaving)
        factor = row.pop(entering)
        fresh = {one: _ratio(-value, factor) for one, value in row.items()}
        fresh[leaving] = _ratio(1, factor)
        self._put_in(entering, fresh)


def _add_to(row: dict[int, Number], one: int, value: Number) -> bool:
    """Add to an entry of a row; false where nothing is left of it."""
    whole = _plain(row.get(one, 0) + value)
    if whole:
        row[one] = whole
        return True
    row.pop(one, None)
    return False


def _ratio(one: Number, other: Number) -> Number:
    if other == 1:
        return one
    if other == -1:
        return -one
    return _plain(Fraction(one) / Fraction(other))


def _plain(value: Number) -> Number:
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value
