"""Invented registers: people of Belarus as several centres would write them down, and who is truly who.

Deterministic: one seed, one register. Names come from the lists of the project; surnames are multiplied by the
suffixes of the country, for the lists alone are too short for twenty thousand people. Relatives, twins and namesakes
are among them, for they are what a matcher must not take for one person.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, count
from random import Random
from typing import Final

from app.forms.personal_number import check_digit
from app.paths import resources
from app.usecases.practice.names import Spelling, draw, surname

_SUFFIXES: Final = (
    ("ов", "аў"), ("ович", "овіч"), ("енко", "енка"), ("чук", "чук"), ("ский", "скі"), ("евич", "евіч"),
    ("юк", "юк"), ("ик", "ік"), ("ко", "ка"), ("ец", "ец"), ("ников", "нікаў"), ("унов", "уноў"),
)  # fmt: skip
_ENDS: Final = ("ов", "ев", "ёв", "ский", "цкий", "ович", "евич", "енко", "чук", "юк", "аў", "еў", "ёў", "оў",
                "скі", "цкі", "овіч", "евіч", "эвіч", "энка", "енка", "анка")  # fmt: skip
_WOMEN: Final = 0.75
_FOREIGN: Final = ("RU", "UA", "PL", "LT", "KZ", "MD", "GE", "UZ")
_MARRIED_BY: Final = 2006


@dataclass(frozen=True, slots=True)
class Being:
    """A person as she truly is; surnames are masculine forms."""

    number: int
    sex: str
    surname: Spelling
    given: Spelling
    patronymic: Spelling
    birth: dt.date
    citizenship: str
    personal_number: str
    raion: str


def beings(random: Random, many: int) -> list[Being]:
    """``many`` different people, some of them relatives, twins or namesakes of the one before."""
    numbers, found = count(), list[Being]()
    while len(found) < many:
        one = _being(random, next(numbers))
        found.append(one)
        found += [replace(other, number=next(numbers)) for other in _near(random, one)]
    return found[:many]


def _being(random: Random, number: int) -> Being:
    sex = "female" if random.random() < _WOMEN else "male"
    birth = _birth(random)
    name = draw(random, sex, birth.year)
    citizenship = "BY" if random.random() < 0.96 else random.choice(_FOREIGN)
    raion = a_raion(random)
    return Being(
        number, sex, _surname(random), name.given, name.patronymic, birth, citizenship, _number(random, birth), raion
    )


def _near(random: Random, one: Being) -> Iterator[Being]:
    """Hard negatives: a twin, a brother or sister, a child of one's name, a namesake."""
    dice = random.random()
    if dice < 0.012:
        yield _other(random, one, one.birth, one.patronymic)
    elif dice < 0.07:
        apart = random.choice((-1, 1)) * random.randint(330, 2200)
        yield _other(random, one, one.birth + dt.timedelta(days=apart), one.patronymic)
    elif dice < 0.09 and one.birth.year < 1988:
        born = one.birth + dt.timedelta(days=random.randint(7000, 11000))
        daughter = _other(random, one, born, draw(random, one.sex, born.year).patronymic)
        yield replace(daughter, given=one.given) if random.random() < 0.3 else daughter
    elif dice < 0.1:
        born = _birth(random)
        raion = a_raion(random)
        yield replace(one, birth=born, raion=raion, personal_number=_number(random, born))


def _other(random: Random, one: Being, birth: dt.date, father: Spelling) -> Being:
    """A relative of the same sex: the given name and the number differ."""
    given = next(name for name in _givens(random, one.sex, birth.year) if name != one.given)
    return replace(one, given=given, birth=birth, patronymic=father, personal_number=_number(random, birth))


def _givens(random: Random, sex: str, year: int) -> Iterator[Spelling]:
    while True:
        yield draw(random, sex, year).given


def _birth(random: Random) -> dt.date:
    year = min(2014, max(1950, round(random.gauss(1993, 12))))
    return dt.date(year, 1, 1) + dt.timedelta(days=random.randrange(365))


def _number(random: Random, birth: dt.date) -> str:
    first = f"{random.randint(1, 6)}{birth:%d%m%y}{random.choice('ABCHKEM')}{random.randint(1, 999):03}PB"
    return f"{first}{check_digit(first)}"


@cache
def _raions() -> tuple[list[str], list[float]]:
    with resources("codelists", "raions.csv").open(encoding="utf-8", newline="") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    return codes, list(accumulate(1 / (place + 8) for place in range(len(codes))))


@cache
def _surnames() -> tuple[list[Spelling], list[float]]:
    """As unequal as surnames are: the hundredth is a tenth as frequent as the first."""
    with resources("practice", "surnames.csv").open(encoding="utf-8", newline="") as file:
        listed = [Spelling(row["ru"], row["be"]) for row in csv.DictReader(file)]
    with resources("practice", "given_names.csv").open(encoding="utf-8", newline="") as file:
        fathers = [Spelling(row["ru"], row["be"]) for row in csv.DictReader(file) if row["sex"] == "male"]
    stems = [Spelling(_stem(one.ru), _stem(one.be)) for one in (*listed, *fathers)]
    made = [Spelling(stem.ru + ru, stem.be + be) for stem in stems for ru, be in _SUFFIXES]
    Random(1).shuffle(made)
    found = list(dict.fromkeys((*listed, *made)))
    return found, list(accumulate(1 / (place + 12) for place in range(len(found))))


def _stem(name: str) -> str:
    end = next((end for end in _ENDS if name.endswith(end) and len(name) > len(end) + 2), "")
    stem = name.removesuffix(end)
    return stem[:-1] if stem[-1] in "аеёийоуыэюяьі" else stem


def _surname(random: Random) -> Spelling:
    found, weights = _surnames()
    return random.choices(found, cum_weights=weights)[0]


def married(random: Random, one: Being) -> Being:
    """She bears another surname now; who was a child or a man does not."""
    may = one.sex == "female" and one.birth.year < _MARRIED_BY
    return replace(one, surname=_surname(random)) if may else one


def surname_of(one: Being) -> Spelling:
    """The form of the surname that this person bears."""
    return surname(one.surname, one.sex)


def a_raion(random: Random) -> str:
    """The code of a raion; in some live many more than in others."""
    codes, weights = _raions()
    return random.choices(codes, cum_weights=weights)[0]
