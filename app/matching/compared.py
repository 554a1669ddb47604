"""Surnames, given names and patronymics of two entries compared: the best of their forms counts, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from math import log2
from typing import Final, TypeVar

from app.matching.distance import jaro_winkler, within_one_slip
from app.matching.fold import fold, skeleton
from app.matching.given import given_names
from app.matching.names import Father, Features, Given, Surname
from app.matching.weights import RULES, Frequencies

Found = tuple[str, float]
T = TypeVar("T")

_SIMILAR: Final = 0.92
_NEAR: Final = 0.84
_SLIP_FROM: Final = 5
_CHANGING_SINCE: Final = 2006
"""Women born before may have married: their surname weighs less where it differs."""


def surname_finding(one: Features, other: Features, frequencies: Frequencies) -> Iterator[Found]:
    """Nothing where a surname is not known."""

    def look(left: Surname, right: Surname) -> list[Found]:
        return _swapped(left, right, _surnames(left, right, frequencies))

    best = _best(one.surnames, other.surnames, look)
    if best and best[0][0] == "surname_other" and _may_have_changed(one) and _may_have_changed(other):
        best = [("surname_changed", RULES["surname_changed"].weight), *best[1:]]
    yield from best


def given_finding(one: Features, other: Features, frequencies: Frequencies) -> Iterator[Found]:
    """Nothing where a given name is not known."""
    yield from _best(one.givens, other.givens, lambda left, right: [_givens(left, right, frequencies)])


def father_finding(one: Features, other: Features, frequencies: Frequencies) -> Iterator[Found]:
    """Nothing where a patronymic is not known."""
    yield from _best(one.fathers, other.fathers, lambda left, right: [_fathers(left, right, frequencies)])


def _best(ones: Sequence[T], others: Sequence[T], look: Callable[[T, T], list[Found]]) -> list[Found]:
    found = [look(one, other) for one, other in product(ones, others)]
    return max(found, key=lambda codes: sum(weight for _code, weight in codes), default=[])


def _swapped(left: Surname, right: Surname, found: Found) -> list[Found]:
    if not left.swapped and not right.swapped:
        return [found]
    return [found, ("swapped", RULES["swapped"].weight)]


def _may_have_changed(features: Features) -> bool:
    return features.sex != "male" and (not features.born.year or features.born.year < _CHANGING_SINCE)


def _rare(code: str, share: float) -> float:
    return log2(RULES[code].among_same / share)


def _surnames(one: Surname, other: Surname, frequencies: Frequencies) -> Found:
    common = set(one.parts) & set(other.parts)
    if common:
        part = max(sorted(common), key=len)
        share = frequencies.surname(skeleton(part))
        if set(one.parts) != set(other.parts):
            return "surname_part", max(2.0, _rare("surname_part", share) - 3)
        return _same_surname(one, other), _rare("surname", share)
    alike, left, right = max((_likeness(left, right), left, right) for left, right in product(one.parts, other.parts))
    if alike >= _SIMILAR or _one_skeleton(left, right):
        share = max(frequencies.surname(skeleton(left)), frequencies.surname(skeleton(right)))
        weight = log2(RULES["surname_similar"].among_same / (share * 1.5 + 0.00005))
        code = _same_surname(one, other) if _one_skeleton(left, right) else "surname_similar"
        return code, max(1.0, min(weight, 7.5))
    code = "surname_near" if alike >= _NEAR else "surname_other"
    return code, RULES[code].weight


def _same_surname(one: Surname, other: Surname) -> str:
    if one.former != other.former:
        return "surname_former"
    return "surname" if one.spelt == other.spelt else "surname_spelling"


def _one_skeleton(left: str, right: str) -> bool:
    """One surname as two languages write it: Навумава, Наумова."""
    bones = skeleton(left)
    return len(bones) >= 3 and bones == skeleton(right)


def _likeness(left: str, right: str) -> float:
    alike = jaro_winkler(left, right)
    slip = min(len(left), len(right)) >= _SLIP_FROM and within_one_slip(left, right)
    return max(alike, _SIMILAR) if slip else alike


def _givens(one: Given, other: Given, frequencies: Frequencies) -> Found:
    if one.identities and other.identities:
        return _listed(one, other, frequencies)
    if not one.folded or not other.folded:
        code = "given_initial" if one.initial == other.initial else "given_other"
        return code, RULES[code].weight
    if one.folded == other.folded:
        share = frequencies.given(skeleton(one.folded), 0)
        return _spelling("given", one.spelt, other.spelt), _rare("given", share)
    alike = jaro_winkler(one.folded, other.folded)
    slip = min(len(one.folded), len(other.folded)) >= 4 and within_one_slip(one.folded, other.folded)
    if slip or alike >= 0.9:
        return "given_similar", RULES["given_similar"].weight
    code = "given_near" if alike >= 0.8 else "given_other"
    return code, RULES[code].weight


def _listed(one: Given, other: Given, frequencies: Frequencies) -> Found:
    names = given_names()
    shared = one.identities & other.identities
    if shared:
        weight = min(_rare("given", frequencies.given(mark, names.share(mark))) for mark in shared)
        if one.short or other.short:
            # A short form is said of several names; two equal ones lose little.
            loss = 0.3 if one.short == other.short else 1.0
            code = "given" if one.spelt == other.spelt else "given_short"
            return code, max(1.0, weight - loss)
        return _spelling("given", one.spelt, other.spelt), weight
    if not (names.is_spelt(one.spelt) and names.is_spelt(other.spelt)) and within_one_slip(one.spelt, other.spelt):
        code = "given_similar"
    else:
        code = "given_known_other"
    return code, RULES[code].weight


def _fathers(one: Father, other: Father, frequencies: Frequencies) -> Found:
    if not one.stem or not other.stem:
        code = "father_initial" if one.initial == other.initial else "father_initial_other"
        return code, RULES[code].weight
    shared = one.marks & other.marks if one.identities and other.identities else frozenset[str]()
    if shared or one.stem == other.stem:
        names = given_names()
        marks = shared or one.marks
        weight = min(_rare("father", frequencies.father(mark, names.share(mark))) for mark in marks)
        return _spelling("father", one.spelt, other.spelt), weight
    if within_one_slip(one.spelt, other.spelt) or _likeness(fold(one.spelt), fold(other.spelt)) >= 0.94:
        code = "father_similar"
    else:
        listed = one.identities and other.identities
        code = "father_similar" if not listed and _likeness(one.stem, other.stem) >= 0.88 else "father_other"
    return code, RULES[code].weight


def _spelling(code: str, one: str, other: str) -> str:
    return code if one == other else f"{code}_spelling"
