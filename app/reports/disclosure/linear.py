"""The attacker's own tool: what range a number can have in worlds that agree with all that is known.

Numbers have bounds and stand in sums. The truth is one world that agrees with everything, so no first phase is
needed: from it we walk to other worlds by the steps of the simplex method with bounded variables (Dantzig; here with
Bland's rule, so that it ends) and note how far each number has come. A number that was seen at two values in two
whole-numbered worlds cannot be known nearer than that, by whatever method: each of the two could be the truth.

Nothing is rounded: a row is whole numbers over one denominator, which is 1 in nearly all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import gcd, lcm
from typing import Final, TypeAlias

Number: TypeAlias = "int | Fraction"

_SPARSE: Final = 100
"""Steps by the number that stands in the fewest sums, which keeps rows short; then by Bland's rule, which ends."""
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
        self._rows: dict[int, dict[int, int]] = {}
        self._under: dict[int, int] = {}
        """What each row is divided by; above zero."""
        self._columns: dict[int, set[int]] = {}
        self._broken: set[int] = set()
        self.gave_up = False
        """Whether the last walk was given up: what it looked for may be there."""

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
        row: dict[int, int] = {}
        under = lcm(*(self._under.get(one, 1) for one in terms))
        for one, factor in terms.items():
            times = factor * (under // self._under.get(one, 1))
            for other, inner in self._rows.get(one, {one: 1}).items():
                _add_to(row, other, times * inner)
        if not row:
            return
        _shorten(row, 0)
        # Those that may move and stand in few sums make the shortest rows.
        chosen = min(row, key=lambda one: (row[one] not in (1, -1), self.fixed(one), len(self._columns[one]), one))
        self._put_in(chosen, row, -row.pop(chosen))

    def _put_in(self, chosen: int, row: dict[int, int], under: int) -> None:
        """From now on ``chosen`` follows from ``row`` over ``under``, wherever it stands."""
        if under < 0:
            row, under = {one: -value for one, value in row.items()}, -under
        under //= _shorten(row, under)
        for basic in self._columns[chosen]:
            target = self._rows[basic]
            times = target.pop(chosen)
            if under != 1:
                for one in target:
                    target[one] *= under
                self._under[basic] *= under
            for one, value in row.items():
                whole = target.get(one, 0) + times * value
                if whole:
                    if one not in target:
                        self._columns[one].add(basic)
                    target[one] = whole
                else:
                    del target[one]
                    self._columns[one].discard(basic)
            if self._under[basic] != 1:
                self._under[basic] //= _shorten(target, self._under[basic])
        self._columns[chosen] = set()
        self._rows[chosen], self._under[chosen] = row, under
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
        self.gave_up = False
        for way in (1, -1):
            for step in range(_LONGEST_WALK):
                if self.range_of(one) >= need:
                    return set()
                if not self._step(one, way, need, bland=step > _SPARSE):
                    break
            else:
                self.gave_up = True
                in_the_way.add(one)
            in_the_way |= self._rows.get(one, {}).keys()
        return in_the_way or {one}

    def _step(self, one: int, way: int, need: int, *, bland: bool) -> bool:
        """A step that brings ``one`` up (``way`` 1) or down, or makes ready for one; false where there is none."""
        row: Mapping[int, int] = self._rows.get(one, {one: 1})
        movable = [other for other, value in row.items() if self._may_move(other, way if value > 0 else -way)]
        if not movable:
            return False
        entering = min(movable) if bland else min(movable, key=lambda other: (len(self._columns[other]), other))
        turn = way if row[entering] > 0 else -way
        slope = row[entering] * way * turn
        goal = self.least[one] + need if way > 0 else self.most[one] - need
        length: Number = max(_ratio((goal - self.now[one]) * way * self._under.get(one, 1), slope), 1)
        blocking = -1
        own = self._room(entering, turn)
        if own is not None and own <= length:
            length, blocking = own, entering
        for basic in sorted(self._columns[entering]):
            speed = self._rows[basic][entering] * turn
            room = self._room(basic, 1 if speed > 0 else -1)
            if room is None:
                continue
            room, speed = room * self._under[basic], abs(speed)
            if room < length * speed or (blocking < 0 and room == length * speed):
                length, blocking = _ratio(room, speed), basic
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
        moved = [(one, by)]
        moved += [(basic, _ratio(self._rows[basic][one] * by, self._under[basic])) for basic in self._columns[one]]
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
        row, under = self._rows.pop(leaving), self._under.pop(leaving)
        for one in row:
            self._columns[one].discard(leaving)
        factor = row.pop(entering)
        fresh = {one: -value for one, value in row.items()}
        fresh[leaving] = under
        self._put_in(entering, fresh, factor)


def _shorten(row: dict[int, int], under: int) -> int:
    """Divide a row by what all of it and ``under`` have in common; answers what that was."""
    common = gcd(under, *row.values())
    if common > 1:
        for one in row:
            row[one] //= common
    return max(common, 1)


def _add_to(row: dict[int, int], one: int, value: int) -> None:
    """Add to an entry of a row; nothing stands in it as 0."""
    whole = row.get(one, 0) + value
    if whole:
        row[one] = whole
    else:
        row.pop(one, None)


def _ratio(one: Number, other: int) -> Number:
    if other == 1:
        return one
    if isinstance(one, int):
        whole, rest = divmod(one, other)
        return Fraction(one, other) if rest else whole
    return _plain(one / other)


def _plain(value: Number) -> Number:
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value
