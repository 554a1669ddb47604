"""How likely two entries are one person: a sum of weights, each with its words. Nothing is ever merged by itself.

``compare(one, other, frequencies)`` gives the total in bits and the addends; ``may_be_one`` is the cheap gate on
the birth years that is asked before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log2

from app.forms import personal_number
from app.matching.birth import birth_finding, years_may_be_one
from app.matching.compared import Found, father_finding, given_finding, surname_finding
from app.matching.distance import within_one_slip
from app.matching.names import Features
from app.matching.weights import RELATIVES_AT_MOST, RULES, Frequencies

_HOME = frozenset({"BY"})


@dataclass(frozen=True, slots=True)
class Addend:
    """One finding: its code, its weight in bits, and its words (marked for translation)."""

    code: str
    weight: float
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two entries have in common and what not; ``total`` is the sum of the addends."""

    addends: tuple[Addend, ...]

    @property
    def total(self) -> float:
        """In bits; see ``LIKELY``, ``POSSIBLE`` and ``WARN_AT_DESK`` of the weights."""
        return sum(one.weight for one in self.addends)


def may_be_one(one: Features, other: Features) -> bool:
    """The gate: entries whose birth years exclude each other are not compared, but for one personal number."""
    return years_may_be_one(one.born, other.born) or bool(one.number and one.number == other.number)


def compare(one: Features, other: Features, frequencies: Frequencies) -> Comparison:
    """Weigh everything that is known of both."""
    found = list(_findings(one, other, frequencies))
    codes = {code for code, _weight in found}
    total = sum(weight for _code, weight in found)
    if "given_known_other" in codes and "number" not in codes and total > RELATIVES_AT_MOST:
        found.append(("relative", RELATIVES_AT_MOST - total))
    return Comparison(tuple(Addend(code, weight, RULES[code].text) for code, weight in found))


def _findings(one: Features, other: Features, frequencies: Frequencies) -> Iterator[Found]:
    yield "chance", -log2(frequencies.among)
    yield from surname_finding(one, other, frequencies)
    yield from given_finding(one, other, frequencies)
    yield from father_finding(one, other, frequencies)
    yield from _fixed(birth_finding(one.born, other.born))
    yield from _fixed(_sex(one, other))
    yield from _fixed(_number(one, other))
    yield from _fixed(_place(one, other))
    yield from _fixed(_citizenship(one, other))


def _fixed(codes: Iterable[str]) -> Iterator[Found]:
    return ((code, RULES[code].weight) for code in codes)


def _sex(one: Features, other: Features) -> Iterator[str]:
    """The same sex says nothing that the given name does not say."""
    told = {"female", "male"}
    if one.sex != other.sex and {one.sex, other.sex} <= told:
        yield "sex_other"


def _number(one: Features, other: Features) -> Iterator[str]:
    if not one.number or not other.number:
        return
    if one.number == other.number:
        yield "number"
    elif within_one_slip(one.number, other.number):
        yield "number_similar"
    elif personal_number.is_valid(one.number) and personal_number.is_valid(other.number):
        yield "number_other"
    else:
        yield "number_doubtful"


def _place(one: Features, other: Features) -> Iterator[str]:
    if one.raion and one.raion == other.raion:
        yield "raion"
    elif one.oblast and other.oblast:
        yield "oblast" if one.oblast == other.oblast else "oblast_other"


def _citizenship(one: Features, other: Features) -> Iterator[str]:
    if not one.citizenships or not other.citizenships:
        return
    shared = one.citizenships & other.citizenships
    if shared - _HOME:
        yield "citizenship"
    elif not shared:
        yield "citizenship_other"
