"""How likely two entries are one person: a sum of weights, each with its words. Nothing is ever merged by itself.

``compare(one, other, frequencies)`` gives the total in bits and the addends, ``total`` the same number without them;
``may_be_one`` is the cheap gate on the birth years that is asked before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log2

from app.forms import personal_number
from app.matching.birth import birth_finding, years_may_be_one
from app.matching.compared import Found, father_finding, name_finding
from app.matching.distance import within_one_slip
from app.matching.home import address_finding
from app.matching.names import Features
from app.matching.weights import ADDRESS_LETTERS, OTHER_GIVEN, RELATIVES_AT_MOST, RULES, Frequencies

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
    """The gate: entries whose birth years exclude each other are not compared, but for one document or address."""
    return years_may_be_one(one.born, other.born) or outweighs_years(one, other)


def outweighs_years(one: Features, other: Features) -> bool:
    """Is there a document or an address in common, so that one of two birth years may be wrong?"""
    if one_document(one, other) or address_finding(one.address, other.address)[0] in ADDRESS_LETTERS:
        return True
    if one.address and other.address and one.raion and one.raion == other.raion:
        return True
    return bool(one.number and other.number) and within_one_slip(one.number, other.number)


def one_document(one: Features, other: Features) -> bool:
    """Do both bear the same personal number or passport?"""
    same_number = one.number and one.number == other.number
    return bool(same_number or (one.passport and one.passport == other.passport))


def compare(one: Features, other: Features, frequencies: Frequencies) -> Comparison:
    """Weigh everything that is known of both."""
    found = findings(one, other, frequencies)
    return Comparison(tuple(Addend(code, weight, RULES[code].text) for code, weight in found))


def total(one: Features, other: Features, frequencies: Frequencies) -> float:
    """``compare(one, other, frequencies).total``, and nothing else of it: for whole registers."""
    return sum(weight for _code, weight in findings(one, other, frequencies))


def findings(one: Features, other: Features, frequencies: Frequencies) -> list[Found]:
    """What was found, as codes and weights."""
    found: list[Found] = [
        ("chance", chance(frequencies)),
        *name_finding(one, other, frequencies),
        *father_finding(one.fathers, other.fathers, frequencies),
        *facts(one, other, frequencies),
    ]
    weight = sum(weight for _code, weight in found)
    other_name = any(code in OTHER_GIVEN for code, _weight in found)
    if other_name and weight > RELATIVES_AT_MOST and not one_document(one, other):
        found.append(("relative", RELATIVES_AT_MOST - weight))
    return found


def chance(frequencies: Frequencies) -> float:
    """What any two entries of the register begin with."""
    return -log2(frequencies.among)


def facts(one: Features, other: Features, frequencies: Frequencies) -> Iterator[Found]:
    """What is found beside the names."""
    yield from _fixed(birth_finding(one.born, other.born))
    yield from _fixed(_sex(one, other))
    yield from _fixed(_number(one, other))
    yield from _place(one, other, frequencies)
    yield from _fixed(_citizenship(one, other))
    yield from _fixed(_papers(one, other))
    yield from _address(one, other)


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


def _papers(one: Features, other: Features) -> Iterator[str]:
    """Another passport or phone says nothing: both change."""
    if one.passport and one.passport == other.passport:
        yield "passport"
    if one.phones & other.phones:
        yield "phone"


def _place(one: Features, other: Features, frequencies: Frequencies) -> Iterator[Found]:
    if one.raion and one.raion == other.raion:
        yield "raion", log2(RULES["raion"].among_same / frequencies.raion(one.raion))
    elif one.oblast and other.oblast:
        yield from _fixed(["oblast" if one.oblast == other.oblast else "oblast_other"])


def _address(one: Features, other: Features) -> Iterator[Found]:
    """The more letters of an address are the same, the more it tells."""
    code, common = address_finding(one.address, other.address)
    if code == "address_other":
        yield from _fixed([code])
    elif code:
        yield code, min(RULES[code].weight, common * ADDRESS_LETTERS[code])


def _citizenship(one: Features, other: Features) -> Iterator[str]:
    if not one.citizenships or not other.citizenships:
        return
    shared = one.citizenships & other.citizenships
    if shared - _HOME:
        yield "citizenship"
    elif not shared:
        yield "citizenship_other"
