"""The demonstration's judgement: the coordinator's figures against the truth, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from app.usecases.desk import Desk
from app.usecases.people import People
from app.usecases.practice import DIMENSIONS, Truth
from app.usecases.reporting import Dimension, Reporting

Count = tuple[int, int]
_NOTHING: Count = (0, 0)


def breakdowns() -> list[tuple[str, ...]]:
    """Every choice of dimensions, from the bare total to all five."""
    return [by for size in range(len(DIMENSIONS) + 1) for by in combinations(DIMENSIONS, size)]


def differences(coordinator: Desk, truth: Truth) -> Iterator[str]:
    """Each cell of each breakdown that is not as it should be, in words; nothing where all agree."""
    reporting = Reporting(coordinator)
    for by in breakdowns():
        figures = reporting.figures([Dimension(name) for name in by])
        shown = {cell.key: (cell.persons, cell.services) for cell in figures.cells}
        true = truth.count(by)
        for key in sorted(shown.keys() | true.keys()):
            if shown.get(key, _NOTHING) != true.get(key, _NOTHING):
                yield _words(by, key, shown.get(key, _NOTHING), true.get(key, _NOTHING))
    registered = len(People(coordinator).find())
    if registered != truth.persons:
        yield f"persons in the register: {registered}, but there are {truth.persons}"


def cells(truth: Truth) -> int:
    """How many cells all breakdowns have together."""
    return sum(len(truth.count(by)) for by in breakdowns())


def _words(by: tuple[str, ...], key: tuple[str, ...], shown: Count, true: Count) -> str:
    place = ", ".join(f"{name} {value or '-'}" for name, value in zip(by, key, strict=True)) or "total"
    return f"{place}: {shown[0]} persons and {shown[1]} services, but there are {true[0]} and {true[1]}"
