"""The whole register compared with itself, in memory: which pairs of entries may be one person.

Only entries with a key in common meet (``app.matching.keys``). What was once weighed of two names is remembered, for
the same names meet again and again; a pair that cannot reach the asked weight is left as soon as that is seen. The
numbers are those of ``app.matching.score.total``, bit by bit.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, TypeVar

from app.matching.birth import years_may_be_one
from app.matching.compared import (
    Found,
    crossed_finding,
    father_finding,
    given_finding,
    may_be_crossed,
    may_have_changed,
    surname_finding,
)
from app.matching.keys import key_texts
from app.matching.names import Born, Features
from app.matching.score import chance, facts, one_document, outweighs_years
from app.matching.weights import MOST_OF_FACTS, OTHER_GIVEN, POSSIBLE, RELATIVES_AT_MOST, Frequencies

MOST_IN_BLOCK: Final = 400
"""A key that more people share tells nothing: they are met by their other keys, or by nothing that tells."""
_STEP: Final = 1_000
_MOST_KEPT: Final = 1_000_000
_PART_BITS: Final = 24
_PERSON_BITS: Final = 24
_KEY_MASK: Final = (1 << 40) - 1

T = TypeVar("T", bound=Hashable)
_Name = tuple[float, str]
"""What was found of two names: weight and code."""
_NOTHING: Final[_Name] = (0.0, "")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the search is: entries done, of how many; and what was passed over for being shared by too many."""

    done: int
    of: int
    blocks_passed_over: int = 0
    largest_passed_over: int = 0


def count(portraits: Iterable[Features]) -> Frequencies:
    """How often the names of these entries occur among them."""
    surnames, givens, fathers, raions = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    persons = 0
    for one in portraits:
        persons += 1
        surnames.update({mark for surname in one.surnames for mark in surname.skeletons})
        givens.update({mark for given in one.givens for mark in given.marks})
        fathers.update({mark for father in one.fathers for mark in father.marks})
        raions.update([one.raion] if one.raion else [])
    return Frequencies(persons, surnames, givens, fathers, raions)


def pairs(
    portraits: Iterable[tuple[int, Features]],
    frequencies: Frequencies | None = None,
    at_least: float = POSSIBLE,
    progress: Callable[[Progress], object] = lambda _progress: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[int, int, float]]:
    """Pairs of the given numbers with their weight in bits, in the order of the entries; the smaller number first.

    Without ``frequencies`` they are counted of these entries. ``progress`` is called with every thousand entries
    and at the end; it says what was passed over. When ``cancelled`` answers yes the search ends early.
    """
    entries = _Entries()
    for number, portrait in portraits:
        entries.add(number, portrait)
    blocks = _Blocks(entries.keyed)
    weigh = _Weigher(entries, frequencies or count(entries.features), at_least)
    numbers, of = entries.numbers, len(entries.numbers)
    for at in range(of):
        if at % _STEP == 0:
            progress(Progress(at, of, blocks.passed_over, blocks.largest))
            if cancelled():
                return
        for other, weight in weigh.all_of(at, blocks.after(at)):
            low, high = sorted((numbers[at], numbers[other]))
            yield low, high, weight
    progress(Progress(of, of, blocks.passed_over, blocks.largest))


class _Entries:
    """The entries, with equal parts kept once and numbered, so that what is found of two can be remembered."""

    def __init__(self) -> None:
        self.numbers = array("q")
        self.features: list[Features] = []
        self.keyed = array("Q")
        self.surnames, self.givens, self.fathers = array("I"), array("I"), array("I")
        self.born = array("I")
        self._parts: tuple[dict[Hashable, int], ...] = ({}, {}, {}, {})
        self._same: dict[Hashable, Hashable] = {}

    def add(self, number: int, portrait: Features) -> None:
        at = len(self.numbers)
        self.numbers.append(number)
        self.keyed.extend((hash(key) & _KEY_MASK) << _PERSON_BITS | at for key in key_texts(portrait))
        # How a surname was spelt, and whether it is an earlier one, has words but no weight of its own.
        self.surnames.append(
            _numbered(self._parts[0], tuple(one.parts for one in portrait.surnames if not one.swapped))
        )
        self.givens.append(_numbered(self._parts[1], portrait.givens))
        self.fathers.append(_numbered(self._parts[2], portrait.fathers))
        self.born.append(_numbered(self._parts[3], Born(portrait.born.year, about=portrait.born.about)))
        self.features.append(
            replace(
                portrait,
                surnames=self._once(portrait.surnames),
                givens=self._once(portrait.givens),
                fathers=self._once(portrait.fathers),
                born=self._once(portrait.born),
                citizenships=self._once(portrait.citizenships),
                oblast=self._once(portrait.oblast),
                raion=self._once(portrait.raion),
            )
        )

    def _once(self, value: T) -> T:
        return self._same.setdefault(value, value)  # type: ignore[return-value]  # an equal value is of its type


def _numbered(known: dict[Hashable, int], value: Hashable) -> int:
    return known.setdefault(value, len(known))


class _Blocks:
    """Who shares a key with whom, as plain arrays: a set of all pairs would take a gigabyte."""

    def __init__(self, keyed: array[int]) -> None:
        self.passed_over = 0
        self.largest = 0
        self._members = array("I")
        self._end = array("I")
        mask = (1 << _PERSON_BITS) - 1
        for _key, block in groupby(sorted(keyed), lambda one: one >> _PERSON_BITS):
            members = [one & mask for one in block]
            if len(members) > MOST_IN_BLOCK:
                self.passed_over += 1
                self.largest = max(self.largest, len(members))
            elif len(members) > 1:
                end = len(self._members) + len(members)
                self._members.extend(members)
                self._end.extend([end] * len(members))
        order = sorted(range(len(self._members)), key=self._members.__getitem__)
        self._places = array("I", order)
        self._at = 0

    def after(self, person: int) -> set[int]:
        """Who shares a key with ``person`` and comes after her. Asked for one after the other."""
        members, places = self._members, self._places
        found: set[int] = set()
        while self._at < len(places) and members[places[self._at]] == person:
            place = places[self._at]
            found.update(members[place + 1 : self._end[place]])
            self._at += 1
        return found


class _Weigher:
    """The sum of weights of pairs, with what was found of two names remembered."""

    def __init__(self, entries: _Entries, frequencies: Frequencies, at_least: float) -> None:
        self._entries = entries
        self._features = entries.features
        self._frequencies = frequencies
        self._at_least = at_least
        self._chance = chance(frequencies)
        self._changing = bytes(may_have_changed(one) for one in entries.features)
        self._told = bytes(bool(one.number or one.passport or one.address) for one in entries.features)
        self._surnames: dict[int, _Name] = {}
        self._givens: dict[int, _Name] = {}
        self._fathers: dict[int, _Name] = {}
        self._years: dict[int, bool] = {}

    def all_of(self, at: int, others: Iterable[int]) -> Iterator[tuple[int, float]]:
        """Those of ``others`` that weigh enough beside ``at``, each with its weight."""
        born, years, given_ids, givens = self._entries.born, self._years, self._entries.givens, self._givens
        year_row, given_row = born[at] << _PART_BITS, given_ids[at] << _PART_BITS
        relatives_count = self._at_least <= RELATIVES_AT_MOST
        one, features, told = self._features[at], self._features, self._told
        for there in others:
            fits = years.get(year_row | born[there])
            if fits is None:
                fits = years[year_row | born[there]] = years_may_be_one(one.born, features[there].born)
            telling = told[at] and told[there]
            if not fits and not (telling and outweighs_years(one, features[there])):
                continue
            given = givens.get(given_row | given_ids[there]) or self._given(at, there)
            document = telling and one_document(one, features[there])
            if given[1] == "given_known_other" and not document and not relatives_count:
                continue
            weight = self._weight(at, there, given, relatives_at_most=None if document else RELATIVES_AT_MOST)
            if weight >= self._at_least:
                yield there, weight

    def _weight(self, at: int, there: int, given: _Name, *, relatives_at_most: float | None) -> float:
        one, other = self._features[at], self._features[there]
        surname = self._surname(at, there)
        names, other_given = surname[0] + given[0], given[1] in OTHER_GIVEN
        if may_be_crossed(surname[1]) and may_be_crossed(given[1]):
            crossed = crossed_finding(one, other, self._frequencies)
            if _sum(crossed) > names:
                names, other_given = _sum(crossed), any(code in OTHER_GIVEN for code, _weight in crossed)
        names += self._chance + self._father(at, there)[0]
        if not (self._told[at] and self._told[there]) and names + MOST_OF_FACTS < self._at_least:
            return names + MOST_OF_FACTS
        weight = names + _sum(facts(one, other, self._frequencies))
        return weight if relatives_at_most is None or not other_given else min(weight, relatives_at_most)

    def _surname(self, at: int, there: int) -> _Name:
        changing = self._changing[at] and self._changing[there]
        ids = self._entries.surnames
        key = (ids[at] << _PART_BITS | ids[there]) << 1 | changing
        known = self._surnames.get(key)
        if known is None:
            ones, others = self._features[at].surnames, self._features[there].surnames
            found = surname_finding(ones, others, self._frequencies, changing=bool(changing))
            known = _keep(self._surnames, key, found)
        return known

    def _given(self, at: int, there: int) -> _Name:
        ids = self._entries.givens
        found = given_finding(self._features[at].givens, self._features[there].givens, self._frequencies)
        return _keep(self._givens, ids[at] << _PART_BITS | ids[there], found)

    def _father(self, at: int, there: int) -> _Name:
        ids = self._entries.fathers
        key = ids[at] << _PART_BITS | ids[there]
        known = self._fathers.get(key)
        if known is None:
            ones, others = self._features[at].fathers, self._features[there].fathers
            known = _keep(self._fathers, key, father_finding(ones, others, self._frequencies))
        return known


def _keep(memory: dict[int, _Name], key: int, found: Sequence[Found]) -> _Name:
    """Remember what was found, but not without end."""
    if len(memory) >= _MOST_KEPT:
        memory.clear()
    memory[key] = (found[0][1], found[0][0]) if found else _NOTHING
    return memory[key]


def _sum(found: Iterable[Found]) -> float:
    return sum(weight for _code, weight in found)
