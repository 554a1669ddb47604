"""Keys that entries of one person share: only those with a key in common are compared (about 11 a person).

Each key ties two things that rarely slip at once: surname and given name, surname and year, given name and date
(day and month in either order), given name with father and year (a surname may change), the personal number;
shortened skeletons and skeletons with one letter left out catch slips of the pen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import product
from typing import Final

from app.matching.names import Born, Features

MOST_KEYS: Final = 200
"""Enough for any person; an imported record with a hundred invented names does not fill the index."""
_LONGEST: Final = 12
_GAP_FROM: Final = 3


def keys(features: Features) -> frozenset[int]:
    """The keys of a person as signed numbers of 64 bits. Empty where too little is known."""
    return frozenset(_number(key) for key in sorted(set(_all(features)))[:MOST_KEYS])


def name_keys(features: Features) -> frozenset[int]:
    """Those of the keys that surname and given name alone make: whoever shares one is called the same, or nearly."""
    return frozenset(_number(key) for key in sorted(_names(_surnames(features), _givens(features)))[:MOST_KEYS])


def _surnames(features: Features) -> set[str]:
    return {one[:_LONGEST] for surname in features.surnames for one in surname.skeletons if one}


def _givens(features: Features) -> set[str]:
    return {mark for given in features.givens for mark in given.marks}


def _names(surnames: Iterable[str], givens: Iterable[str]) -> Iterator[str]:
    for surname, given in product(surnames, givens):
        yield f"name|{surname}|{given}"


def _all(features: Features) -> Iterator[str]:
    surnames, givens = _surnames(features), _givens(features)
    fathers = {mark for father in features.fathers for mark in father.marks}
    yield from _with_given(surnames, givens, features.born)
    yield from _with_father(surnames, givens, fathers, features.born)
    yield from _with_gaps(surnames, givens, features.born)
    if features.number:
        yield f"number|{features.number}"


def _with_given(surnames: Iterable[str], givens: Iterable[str], born: Born) -> Iterator[str]:
    yield from _names(surnames, givens)
    if not born.year:
        return
    for surname in surnames:
        yield f"year|{surname}|{born.year}"
    if born.month and born.day:
        low, high = sorted((born.month, born.day))
        for given in givens:
            yield f"date|{given}|{born.year}|{low}|{high}"
        for surname in surnames:
            yield f"begin|{surname[:2]}|{born.year}|{low}|{high}"


def _with_father(surnames: Iterable[str], givens: Iterable[str], fathers: Iterable[str], born: Born) -> Iterator[str]:
    for father in fathers:
        for surname in surnames:
            yield f"family|{surname}|{father}"
            if born.year:
                yield f"child|{surname[:3]}|{father}|{born.year}"
        for given in givens:
            if born.year:
                yield f"changed|{given}|{father}|{born.year}"
            else:
                for surname in surnames:
                    yield f"whole|{surname[:3]}|{given}|{father}"


def _with_gaps(surnames: Iterable[str], givens: Iterable[str], born: Born) -> Iterator[str]:
    """Two skeletons that differ by one letter share one with that letter left out."""
    for surname in surnames:
        if len(surname) < _GAP_FROM:
            continue
        for short in {surname, *(surname[:at] + surname[at + 1 :] for at in range(len(surname)))}:
            for given in givens:
                if len(short) > _GAP_FROM:
                    yield f"gap|{short}|{given}"
                elif born.year:
                    yield f"gap|{short}|{given}|{born.year}"


def _number(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), signed=True)
