"""Seconds and memory of the whole register, and the time of one comparison."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from itertools import pairwise
from random import Random

from app.matching import register
from app.matching.names import Features
from app.matching.portrait import pack, unpack
from app.matching.score import compare, total
from app.matching.weights import LIKELY, POSSIBLE
from tests.bench.matching.ours import portrait
from tests.bench.matching.people import beings
from tests.bench.matching.slips import ORDINARY, written

_COMPARED = 5_000


def measure(persons: int) -> Iterator[str]:
    """The lines of a register of so many persons, every tenth of them written twice."""
    random = Random(17)
    kept: list[str] = []
    for being in beings(random, persons):
        kept += [pack(portrait(written(random, being, ORDINARY))) for _ in range(1 + (random.random() < 0.1))]
    yield f"\nThe whole register, {len(kept)} entries; memory before {_megabytes()} MB"
    start = time.perf_counter()
    frequencies = register.count(map(unpack, kept))
    yield f"  counting names         {time.perf_counter() - start:7.1f} s"
    start, used, said = time.perf_counter(), time.process_time(), list[register.Progress]()
    portraits = ((at, unpack(text)) for at, text in enumerate(kept))
    found = [weight for *_pair, weight in register.pairs(portraits, frequencies, POSSIBLE, said.append)]
    passed = said[-1].blocks_passed_over
    likely = sum(weight >= LIKELY for weight in found)
    wall, used = time.perf_counter() - start, time.process_time() - used
    yield f"  reading and comparing  {wall:7.1f} s, {used:.1f} s of them on the processor, at most {_megabytes()} MB"
    yield f"  {len(found)} pairs are possible, {likely} of them likely; {passed} keys passed over"
    some = [unpack(text) for text in kept[:_COMPARED]]
    whole = _microseconds(lambda one, other: compare(one, other, frequencies), some)
    plain = _microseconds(lambda one, other: total(one, other, frequencies), some)
    yield f"  one comparison         {whole:7.1f} µs with words, {plain:.1f} µs as a number"


def _microseconds(weigh: object, some: list[Features]) -> float:
    assert callable(weigh)
    start = time.perf_counter()
    for one, other in pairwise(some):
        weigh(one, other)
    return (time.perf_counter() - start) / (len(some) - 1) * 1e6


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
