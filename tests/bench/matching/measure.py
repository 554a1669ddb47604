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


def at(found: Sequence[Weighed], truth: Collection[Pair], least: float) -> Grade:
    """The grade of the pairs that weigh at least so much."""
    hits = [pair in truth for pair, weight in found if weight >= least]
    return Grade(sum(hits) / len(hits) if hits else 0.0, sum(hits) / len(truth), least)
