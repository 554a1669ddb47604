"""The table of the score: each finding with its words and its weight in bits (log2, after Fellegi and Sunter).

I. P. Fellegi, A. B. Sunter, "A Theory for Record Linkage", JASA 64 (1969). A finding weighs
log2(how often it is met in entries of one person / how often in entries of two). Where the second is the frequency
of the very value (a rare surname weighs more), only the first stands here, as ``among_same``. Set by hand, after
measurements with registers in four spellings (``tests/bench/matching``); estimation by EM did worse. Change a
number: raise VERSION.

Version 2: a raion weighs by how many live there; documents, phone and address count; one personal number alone is
enough to be likely in a large register (24 bits), and one that does not check tells less; a false date of birth is
met more often than was thought, a full one less often by accident, a changed surname and a slip in a given name more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log2
from types import MappingProxyType
from typing import Final

from app.i18n import N_

VERSION: Final = 2

LIKELY: Final = 6.0
"""From here on two entries are likely one person."""
POSSIBLE: Final = 2.0
"""From here on a coordinator is asked."""
WARN_AT_DESK: Final = 4.0
"""From here on a likely match is shown while a new person is typed."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a finding is called, and what it weighs: ``weight`` bits, or log2(``among_same`` / frequency)."""

    text: str
    weight: float = 0.0
    among_same: float = 0.0


RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "chance": Rule(N_("chance alone, among as many people as are recorded here")),
        "surname": Rule(N_("same surname"), among_same=0.88),
        "surname_spelling": Rule(N_("same surname in another spelling"), among_same=0.88),
        "surname_former": Rule(N_("same surname as an earlier one"), among_same=0.88),
        "surname_part": Rule(N_("one of two surnames is the same"), among_same=0.88),
        "surname_similar": Rule(N_("similar surname"), among_same=0.07),
        "surname_near": Rule(N_("somewhat similar surname"), 0.0),
        "surname_changed": Rule(N_("another surname; a woman's may have changed"), -2.8),
        "surname_other": Rule(N_("another surname"), -5.6),
        "given": Rule(N_("same given name"), among_same=0.9),
        "given_spelling": Rule(N_("same given name in another spelling"), among_same=0.9),
        "given_short": Rule(N_("a short form of the same given name"), among_same=0.9),
        "given_similar": Rule(N_("similar given name"), 3.0),
        "given_initial": Rule(N_("same initial of the given name"), 2.0),
        "given_near": Rule(N_("somewhat similar given name"), -1.5),
        "given_other": Rule(N_("another given name"), -6.4),
        "given_known_other": Rule(N_("another given name"), -13.6),
        "swapped": Rule(N_("surname and given name may have been swapped"), -1.0),
        "father": Rule(N_("same patronymic"), among_same=0.92),
        "father_spelling": Rule(N_("same patronymic in another spelling"), among_same=0.92),
        "father_similar": Rule(N_("similar patronymic"), 2.7),
        "father_initial": Rule(N_("same initial of the patronymic"), 1.8),
        "father_initial_other": Rule(N_("another initial of the patronymic"), -1.5),
        "father_other": Rule(N_("another patronymic"), -5.6),
        "date": Rule(N_("same date of birth"), 12.7),
        "date_swapped": Rule(N_("date of birth with day and month swapped"), 8.2),
        "date_year_off": Rule(N_("same day and month of birth, the year differs as by a slip"), 6.7),
        "date_one_off": Rule(N_("date of birth differs in the day or the month alone"), 3.5),
        "date_same_year": Rule(N_("same year of birth, another day"), -2.0),
        "date_other_year": Rule(N_("same day and month of birth, another year"), -2.0),
        "date_other": Rule(N_("another date of birth"), -6.0),
        "month": Rule(N_("same month and year of birth"), 8.7),
        "month_other": Rule(N_("same year of birth, another month"), -0.9),
        "year": Rule(N_("same year of birth"), 5.1),
        "year_one": Rule(N_("birth year differs by one"), 0.7),
        "year_two": Rule(N_("birth year differs by two"), -2.0),
        "year_ten": Rule(N_("birth year differs by ten"), -3.0),
        "year_other": Rule(N_("another year of birth"), -6.0),
        "age_near": Rule(N_("the estimated age fits"), 2.0),
        "age_far": Rule(N_("the estimated age hardly fits"), -2.0),
        "sex_other": Rule(N_("another sex"), -5.2),
        "number": Rule(N_("same personal number"), 24.0),
        "number_similar": Rule(N_("personal number differs by one slip"), 10.0),
        "number_other": Rule(N_("another personal number"), -7.6),
        "number_doubtful": Rule(N_("another personal number, one of them does not check"), -4.0),
        "passport": Rule(N_("same passport"), 22.0),
        "phone": Rule(N_("same phone"), 6.0),
        "address": Rule(N_("same address"), 12.0),
        "address_similar": Rule(N_("part of the address is the same"), 6.0),
        "address_other": Rule(N_("another address"), -2.5),
        "raion": Rule(N_("same raion"), among_same=0.5),
        "oblast": Rule(N_("same oblast"), 0.6),
        "oblast_other": Rule(N_("another oblast"), -2.0),
        "citizenship": Rule(N_("same citizenship, rare here"), 2.5),
        "citizenship_other": Rule(N_("another citizenship"), -3.5),
        "relative": Rule(N_("perhaps a relative: surname or birth fit, the given name does not")),
    }
)
ADDRESS_LETTERS: Final[Mapping[str, float]] = MappingProxyType({"address": 0.6, "address_similar": 0.3})
"""Bits for each two neighbouring letters in common, up to the weight of the rule: households share an address."""
OTHER_GIVEN: Final = frozenset({"given_known_other", "given_other"})
RELATIVES_AT_MOST: Final = 1.0
"""Twins share surname, father, home and date of birth: with two different given names nobody is called the same."""

_FEWEST: Final = 1_000
_BACKGROUND: Final = 500
_USUAL: Final = {"surname": 0.0015, "given": 0.0005, "father": 0.001, "raion": 0.1}
_RAREST_RAION: Final = 0.002
_RAREST_GIVEN: Final = 0.0005

MOST_OF_FACTS: Final = sum(RULES[code].weight for code in ("date", "phone", "citizenship")) + log2(
    RULES["raion"].among_same / _RAREST_RAION
)
"""What everything beside names, documents and addresses can add at most."""


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How often the very values occur in a register of ``persons``; a small one leans on what is usual.

    Counts are by mark (``app.matching.names``): skeletons of surname parts, given names, fathers' names.
    ``usual`` gives the share of a given name among all people.
    """

    persons: int = 0
    surnames: Mapping[str, int] = field(default_factory=dict)
    givens: Mapping[str, int] = field(default_factory=dict)
    fathers: Mapping[str, int] = field(default_factory=dict)
    raions: Mapping[str, int] = field(default_factory=dict)
    """Empty where they were not counted: then every raion is judged as a large one."""

    @property
    def among(self) -> int:
        """The size by which chance is judged; a young register is judged as one of a thousand."""
        return max(self.persons, _FEWEST)

    def surname(self, mark: str) -> float:
        """The share of people with this skeleton in their surname."""
        return self._share(self.surnames.get(mark, 0), _USUAL["surname"])

    def given(self, mark: str, usual: float) -> float:
        """The share of people with this given name; ``usual`` is its share in the country."""
        return max(self._share(self.givens.get(mark, 0), usual or _USUAL["given"]), _RAREST_GIVEN)

    def father(self, mark: str, usual: float) -> float:
        """The share of people whose father is called so."""
        return self._share(self.fathers.get(mark, 0), usual or _USUAL["father"])

    def raion(self, code: str) -> float:
        """The share of people who live there."""
        counted = self.raions.get(code)
        return _USUAL["raion"] if counted is None else max(self._share(counted, _USUAL["raion"]), _RAREST_RAION)

    def _share(self, count: int, usual: float) -> float:
        return (count + usual * _BACKGROUND) / (self.persons + _BACKGROUND)
