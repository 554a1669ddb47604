"""How good a list of weighed pairs is, against what is true."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from tests.bench.matching.datasets import Pair

Weighed = tuple[Pair, float]


@dataclass(frozen=True, slots=True)
class Grade:
    """Precision and recall from one weight on; what was never compared counts as not found."""

    precision: float
    recall: float
    at_least: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def best(found: Iterable[Weighed], truth: Collection[Pair]) -> Grade:
    """The grade at the weight where F1 is best: no tool is judged by another's threshold."""
    ranked = sorted(found, key=lambda one: -one[1])
    grades, right, all_ = [Grade(0, 0, float("inf"))], 0, 0
    for weight, group in groupby(ranked, key=lambda one: one[1]):
        hits = [pair in truth for pair, _weight in group]
        right, all_ = right + sum(hits), all_ + len(hits)
        grades.append(Grade(right / all_, right / len(truth), weight))
    return max(grades, key=lambda one: one.f1)


class _Classes:
    """Entries in classes that grow pair by pair, with how many of the pairs inside them are counted, and right."""

    def __init__(self, truth: Collection[Pair], sides: Sequence[int]) -> None:
        self._sides = sides
        self._being: dict[int, int] = {}
        for one, other in sorted(truth):
            # All pairs of a being are in the truth: its lowest entry names it.
            self._being[other] = min(one, self._being.get(other, one))
        self._head: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}
        self.right = self.all = 0

    def join(self, one: int, other: int) -> None:
        """These two are one."""
        head, gone = self._of(one), self._of(other)
        if head == gone:
            return
        mine, theirs = self._members[head], self._members.pop(gone)
        for left in mine:
            for right in theirs:
                if not self._sides or self._sides[left] != self._sides[right]:
                    self.all += 1
                    self.right += self._being.get(left, left) == self._being.get(right, right)
        mine += theirs
        self._head.update(dict.fromkeys(theirs, head))

    def _of(self, one: int) -> int:
        if one not in self._head:
            self._head[one] = one
            self._members[one] = [one]
        return self._head[one]


def best_in_groups(found: Iterable[Weighed], truth: Collection[Pair], sides: Sequence[int] = ()) -> Grade:
    """As ``best``, where whoever is one with one of a group is one with all of it: so the program counts persons.

    Below the best weight groups run together and every further pair costs more than it brings: the search ends when
    half of the pairs in the groups are wrong.
    """
    classes = _Classes(truth, sides)
    top = Grade(0, 0, float("inf"))
    for weight, group in groupby(sorted(found, key=lambda one: -one[1]), key=lambda one: one[1]):
        for (one, other), _weight in group:
            classes.join(one, other)
        if not classes.all:
            continue
        grade = Grade(classes.right / classes.all, classes.right / len(truth), weight)
        top = max(top, grade, key=lambda one: one.f1)
        if classes.right < classes.all / 2:
            break
    return top


def at(found: Sequence[Weighed], truth: Collection[Pair], least: float) -> Grade:
    """The grade of the pairs that weigh at least so much."""
    hits = [pair in truth for pair, weight in found if weight >= least]
    return Grade(sum(hits) / len(hits) if hits else 0.0, sum(hits) / len(truth), least)
