"""Surnames, given names and patronymics of two entries compared: the best of their forms counts, once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from math import log2
from typing import Final, TypeVar

from app.matching.distance import jaro_winkler, within_one_slip
from app.matching.fold import fold, skeleton
from app.matching.given import given_names
from app.matching.names import Father, Features, Given, Surname, crossed
from app.matching.weights import RULES, Frequencies

Found = tuple[str, float]
T = TypeVar("T")
N = TypeVar("N", Surname, Given)

_OTHERS: Final = frozenset({"surname_other", "surname_changed", "surname_near", "given_other", "given_near"})

_SIMILAR: Final = 0.92
_NEAR: Final = 0.84
_SLIP_FROM: Final = 5
_GENERATION: Final = {"father": 2}
_CHANGING_SINCE: Final = 2006
"""Women born before may have married: their surname weighs less where it differs."""


def name_finding(one: Features, other: Features, frequencies: Frequencies) -> list[Found]:
    """Surname and given name; where neither fits, once more with one entry's two names in each other's place."""
    changing = may_have_changed(one) and may_have_changed(other)
    surname = surname_finding(one.surnames, other.surnames, frequencies, changing=changing)
    given = given_finding(one.givens, other.givens, frequencies)
    found = [*surname, *given]
    if surname and given and may_be_crossed(surname[0][0]) and may_be_crossed(given[0][0]):
        return max(found, crossed_finding(one, other, frequencies), key=_sum)
    return found


def surname_finding(
    ones: Sequence[Surname], others: Sequence[Surname], frequencies: Frequencies, *, changing: bool
) -> list[Found]:
    """Nothing where a surname is not known. ``changing``: both may have changed theirs (``may_have_changed``)."""
    best = _best(_straight(ones), _straight(others), lambda left, right: _surnames(left, right, frequencies))
    if changing and best and best[0][0] == "surname_other":
        return [("surname_changed", RULES["surname_changed"].weight)]
    return best


def given_finding(ones: Sequence[Given], others: Sequence[Given], frequencies: Frequencies) -> list[Found]:
    """Nothing where a given name is not known."""
    return _best(_straight(ones), _straight(others), lambda left, right: _givens(left, right, frequencies))


def father_finding(ones: Sequence[Father], others: Sequence[Father], frequencies: Frequencies) -> list[Found]:
    """Nothing where a patronymic is not known."""
    return _best(ones, others, lambda left, right: _fathers(left, right, frequencies))


def may_be_crossed(code: str) -> bool:
    """Does this name differ, so that a swap may explain it? Of two names of the list nobody thinks so."""
    return code in _OTHERS


def crossed_finding(one: Features, other: Features, frequencies: Frequencies) -> list[Found]:
    """The names of one entry the other way round beside those of the other.

    Nobody can say which of the two is the wrong way round: the less telling answer counts.
    """
    return min(_crossed(one, other, frequencies), _crossed(other, one, frequencies), key=_sum)


def _crossed(one: Features, other: Features, frequencies: Frequencies) -> list[Found]:
    surnames, givens = crossed(one.surnames, one.givens, one.sex)
    changing = may_have_changed(one) and may_have_changed(other)
    return [
        *surname_finding(surnames, other.surnames, frequencies, changing=changing),
        *given_finding(givens, other.givens, frequencies),
        ("swapped", RULES["swapped"].weight),
    ]


def _sum(found: Sequence[Found]) -> float:
    return sum(weight for _code, weight in found)


def may_have_changed(features: Features) -> bool:
    """May this person bear another surname than before?"""
    return features.sex != "male" and (not features.born.year or features.born.year < _CHANGING_SINCE)


def _best(ones: Sequence[T], others: Sequence[T], look: Callable[[T, T], Found]) -> list[Found]:
    if len(ones) == len(others) == 1:
        return [look(ones[0], others[0])]
    found = [look(one, other) for one, other in product(ones, others)]
    return [max(found, key=lambda one: one[1])] if found else []


def _straight(names: Sequence[N]) -> Sequence[N]:
    """Without those that are only a guess at swapped fields (``app.matching.names``)."""
    return [one for one in names if not one.swapped] if any(one.swapped for one in names) else names


def _rare(code: str, share: float) -> float:
    return log2(RULES[code].among_same / (share * _GENERATION.get(code, 1)))


def _surnames(one: Surname, other: Surname, frequencies: Frequencies) -> Found:
    common = set(one.parts) & set(other.parts)
    if common:
        part = max(sorted(common), key=len)
        share = frequencies.surname(skeleton(part))
        if set(one.parts) != set(other.parts):
            return "surname_part", max(2.0, _rare("surname_part", share) - 3)
        return _same_surname(one, other), _rare("surname", share)
    # With the words joined as well: a blank slips as easily as a letter.
    whole, other_whole = "".join(one.parts), "".join(other.parts)
    if whole == other_whole:
        return _same_surname(one, other), _rare("surname", frequencies.surname(skeleton(whole)))
    ones, others = {*one.parts, whole}, {*other.parts, other_whole}
    alike, left, right = max((_likeness(left, right), left, right) for left, right in product(ones, others))
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
    return max(alike, _SIMILAR) if _one_slip(left, right, _SLIP_FROM) else alike


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
    # As it was written, too: a fold is shorter than its word.
    ways = ((one.folded, other.folded), (one.spelt, other.spelt))
    if alike >= 0.9 or any(_one_slip(left, right, 4) for left, right in ways):
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
    if not (names.is_spelt(one.spelt) and names.is_spelt(other.spelt)) and (
        within_one_slip(one.spelt, other.spelt) or _one_slip(one.folded, other.folded, _SLIP_FROM)
    ):
        code = "given_similar"
    else:
        code = "given_known_other"
    return code, RULES[code].weight


def _one_slip(one: str, other: str, least: int) -> bool:
    """One slip apart, and both long enough (so many letters) that this tells something."""
    return min(len(one), len(other)) >= least and within_one_slip(one, other)


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
