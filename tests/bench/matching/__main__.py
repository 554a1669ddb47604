"""How well the same person is found, beside other tools in the same run.

``python -m tests.bench.matching [--share 0.2] [--speed 100000] [set ...]``; the sets are those of ``datasets``. The
other tools are in the extra ``matching`` of the project; one that is not installed is named and left out. For each
tool the line says F1 at its own best weight (so nobody is judged by another's threshold), precision and recall there,
F1 of the groups that follow from the pairs (as the program counts persons), and seconds; for ours also what a
coordinator sees: precision and recall from "likely" and from "possible" on. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from app.matching import register
from app.matching.weights import LIKELY, POSSIBLE
from tests.bench.matching import fuzzy, speed, splinked, toolkit
from tests.bench.matching.datasets import Dataset, Maker, datasets
from tests.bench.matching.measure import Weighed, at, best, best_in_groups
from tests.bench.matching.others import candidates, folded
from tests.bench.matching.ours import portraits

_LOWEST = -30.0
Weigh = Callable[[], dict[str, list[Weighed]]]


def measure(name: str, make: Maker, share: float) -> Iterator[str]:
    """The lines of one data set."""
    try:
        dataset = make(share)
    except ImportError as error:
        yield f"{name}: left out, {error.name} is not installed"
        return
    yield f"\n{name}: {len(dataset.rows)} entries, {len(dataset.truth)} pairs are one person"
    yield from _ours(dataset)
    pairs = candidates(dataset)
    for variant in (dataset, folded(dataset)):
        note = "" if variant is dataset else ", names in our fold"
        yield from _timed(fuzzy.NAME, partial(fuzzy.weigh, variant, pairs), dataset, note)
        yield from _timed(toolkit.NAME, partial(toolkit.weigh, variant, pairs), dataset, note)
        yield from _timed(splinked.NAME, partial(_splink, variant), dataset, note)


def _ours(dataset: Dataset) -> Iterator[str]:
    start = time.perf_counter()
    found = [
        ((one, other), weight)
        for one, other, weight in register.pairs(portraits(dataset), at_least=_LOWEST)
        if dataset.allows((one, other))
    ]
    yield _line("ours", dataset, found, time.perf_counter() - start)
    for word, least in (("likely", LIKELY), ("possible", POSSIBLE)):
        grade = at(found, dataset.truth, least)
        yield f"    {word}, from {least:g} on: precision {grade.precision:.4f}, recall {grade.recall:.4f}"


def _splink(dataset: Dataset) -> dict[str, list[Weighed]]:
    return {"Splink": splinked.weigh(dataset)}


def _timed(name: str, weigh: Weigh, dataset: Dataset, note: str) -> Iterator[str]:
    start = time.perf_counter()
    try:
        found = weigh()
    except ImportError as error:
        yield f"  {name}: left out, {error.name} is not installed"
        return
    except ValueError as error:
        yield f"  {name}{note}: gives up: {error}"
        return
    for tool, pairs in found.items():
        yield _line(f"{tool}{note}", dataset, pairs, time.perf_counter() - start)


def _line(tool: str, dataset: Dataset, found: Sequence[Weighed], seconds: float) -> str:
    grade, groups = best(found, dataset.truth), best_in_groups(found, dataset.truth, dataset.sides)
    return (
        f"  {tool:<54} F1 {grade.f1:.4f}   precision {grade.precision:.4f}   recall {grade.recall:.4f}"
        f"   in groups {groups.f1:.4f}"
        f"   from {grade.at_least:8.2f} on   {seconds:6.1f} s"
    )


def main() -> None:
    known = datasets()
    parser = argparse.ArgumentParser(prog="tests.bench.matching", description=__doc__)
    parser.add_argument("sets", nargs="*", help=f"some of {', '.join(known)}; all where none is given")
    parser.add_argument("--share", type=float, default=1.0, help="size of the generated registers, 1 is all")
    parser.add_argument("--speed", type=int, default=100_000, help="persons in the measure of speed, 0 for none")
    chosen = parser.parse_args()
    if unknown := set(chosen.sets) - set(known):
        parser.error(f"there is no set {', '.join(sorted(unknown))}")
    for name in chosen.sets or known:
        for line in measure(name, known[name], chosen.share):
            print(line, flush=True)
    if chosen.speed:
        for line in speed.measure(chosen.speed):
            print(line, flush=True)


if __name__ == "__main__":
    main()
