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

from app.matching.fold import skeleton, stem
from app.matching.given import given_names
from app.matching.names import Born, Features

MOST_KEYS: Final = 200
"""Enough for any person; an imported record with a hundred invented names does not fill the index."""
_LONGEST: Final = 12
_GAP_FROM: Final = 3


def keys(features: Features) -> frozenset[int]:
    """The keys of a person as signed numbers of 64 bits. Empty where too little is known."""
    return frozenset(map(_number, key_texts(features)))


def key_texts(features: Features) -> list[str]:
    """The keys before they are made numbers."""
    found = set(_all(features))
    return list(found) if len(found) <= MOST_KEYS else sorted(found)[:MOST_KEYS]


def name_keys(features: Features) -> frozenset[int]:
    """Those of the keys that surname and given name alone make: whoever shares one is called the same, or nearly."""
    return frozenset(_number(key) for key in sorted(_names(_surnames(features), _givens(features)))[:MOST_KEYS])


def _surnames(features: Features) -> set[str]:
    return {one[:_LONGEST] for surname in features.surnames for one in surname.skeletons if one}


def _givens(features: Features) -> set[str]:
    marks = {mark for given in features.givens for mark in given.marks}
    # A slip of the pen makes a name that the list does not hold: for meeting, not for weighing, it is its neighbour.
    unlisted = {given.folded for given in features.givens if given.folded and not given.identities}
    return marks.union(*map(given_names().near, unlisted))


def _names(surnames: Iterable[str], givens: Iterable[str]) -> Iterator[str]:
    for surname, given in product(surnames, givens):
        yield f"name|{surname}|{given}"


def _all(features: Features) -> Iterator[str]:
    surnames, givens = _surnames(features), _givens(features)
    fathers = {mark for father in features.fathers for mark in father.marks}
    yield from _with_given(surnames, givens, features.born)
    yield from _either_way(features)
    if features.oblast and features.born.day:
        yield f"day|{features.oblast}|{features.born.year}|{features.born.month}|{features.born.day}"
    yield from _with_father(surnames, givens, fathers, features.born)
    yield from _with_gaps(surnames, givens, features.born)
    yield from _with_papers(surnames, givens, features)


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


def _either_way(features: Features) -> Iterator[str]:
    """Of names that the list does not know nobody can say which is which: one key for both orders."""
    for surname in features.surnames:
        for given in features.givens:
            if given.folded and not given.identities:
                yield "either|" + "|".join(sorted((skeleton("".join(surname.parts)), skeleton(stem(given.folded)))))


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


def _with_papers(surnames: Iterable[str], givens: Iterable[str], features: Features) -> Iterator[str]:
    """Numbers alone, and by halves, for a slip is in one of them.

    Of an address the longest words and numbers, each with a name or with the year.
    """
    if features.number:
        yield f"number|{features.number}"
        half = len(features.number) // 2
        yield f"begins|{features.number[:half]}"
        yield f"ends|{features.number[half:]}"
    if features.passport:
        yield f"passport|{features.passport}"
    for phone in features.phones:
        yield f"phone|{phone}"
    parts = features.address.split()
    numbers, names = (
        sorted((one for one in parts if one[0].isdigit() is kind), key=_longest) for kind in (True, False)
    )
    for name in names[:3] if numbers else ():
        yield f"home|{' '.join(numbers)}|{name}"
    for place in {" ".join(numbers), *numbers[:1], *names[:2]} - {""}:
        for other in (*givens, *surnames, *([str(features.born.year)] if features.born.year else ())):
            yield f"home|{place}|{other}"


def _longest(word: str) -> tuple[int, str]:
    return -len(word), word


def _number(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), signed=True)
