"""How a person is written down: in one of three alphabets, in part, and with the slips of hurried people."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final

from app.paths import resources
from app.usecases.practice.names import Spelling
from tests.bench.matching.people import Being, a_raion, married, surname_of

Row = dict[str, str]

# The usual transcription of Russian names by hand; passports follow the Belarusian form (``Spelling.latin``).
_BY_HAND: Final = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
    "я": "ya",
})  # fmt: skip
_LETTERS: Final = {"ru": "абвгдезиклмнопрстуя", "be": "абвгдезіклмнопрстуя", "passport": "abdeghiklmnoprstuvz"}
_LETTERS_OF_HAND: Final = "abdegiklmnoprstuvyz"


@dataclass(frozen=True, slots=True)
class Care:
    """How often something goes wrong, or is left out, in an entry: shares between 0 and 1."""

    languages: tuple[float, float, float, float] = (0.5, 0.36, 0.09, 0.05)
    """Russian, Belarusian, the Latin of passports, Latin by hand."""
    typo: float = 0.03
    short: float = 0.05
    married: float = 0.04
    swapped: float = 0.008
    no_patronymic: float = 0.15
    initials: float = 0.01
    day_month: float = 0.015
    year_off: float = 0.02
    digit: float = 0.02
    year_alone: float = 0.15
    no_birth: float = 0.05
    number: float = 0.25
    no_raion: float = 0.2
    moved: float = 0.12


ORDINARY: Final = Care()
HARD: Final = Care(
    languages=(0.4, 0.34, 0.14, 0.12), typo=0.09, short=0.12, married=0.09, swapped=0.02, no_patronymic=0.4,
    initials=0.02, day_month=0.03, year_off=0.05, digit=0.04, year_alone=0.35, no_birth=0.12, number=0.08,
    no_raion=0.4, moved=0.22,
)  # fmt: skip


def written(random: Random, being: Being, care: Care, language: str = "") -> Row:
    """One entry of a register."""
    tongue = language or random.choices(("ru", "be", "passport", "hand"), care.languages)[0]
    one = married(random, being) if random.random() < care.married else being
    given = _short(random, one.given.ru) if random.random() < care.short else ""
    row = {
        "surname": _typo(random, care, spelt(surname_of(one), tongue), tongue),
        "given": _typo(
            random, care, _in(Spelling(given, given), tongue) if given else spelt(one.given, tongue), tongue
        ),
        "patronymic": _patronymic(random, one, care, tongue),
        "birth": _birth(random, one, care),
        "sex": "" if random.random() < 0.01 else one.sex,
        "citizenship": "" if random.random() < 0.1 else one.citizenship,
        "number": _number(random, one.personal_number, care),
        **_place(random, one, care),
    }
    if random.random() < care.initials:
        row |= {
            "given": f"{row['given'][:1]}.",
            "patronymic": f"{row['patronymic'][:1]}." if row["patronymic"] else "",
        }
    if random.random() < care.swapped:
        row |= {"surname": row["given"], "given": row["surname"]}
    return row


def spelt(name: Spelling, tongue: str) -> str:
    """The name as it is written in one of the four ways."""
    ways = {"ru": name.ru, "be": name.be, "passport": name.latin}
    return ways[tongue] if tongue in ways else by_hand(name.ru)


def by_hand(russian: str) -> str:
    """Latin letters as a clerk makes them from the Russian form."""
    return russian.lower().translate(_BY_HAND).capitalize()


def _in(short: Spelling, tongue: str) -> str:
    """A short form stands in Cyrillic papers as it is said, in Latin ones by hand."""
    return short.ru if tongue in {"ru", "be"} else by_hand(short.ru)


@cache
def _shorts() -> dict[str, tuple[str, ...]]:
    with resources("codelists", "given_names.csv").open(encoding="utf-8", newline="") as file:
        return {row["ru"]: tuple(row["short_forms"].split()) for row in csv.DictReader(file)}


def _short(random: Random, given: str) -> str:
    forms = _shorts().get(given, ())
    return random.choice(forms) if forms else ""


def _patronymic(random: Random, one: Being, care: Care, tongue: str) -> str:
    latin = tongue in {"passport", "hand"}
    if random.random() < (0.85 if latin else care.no_patronymic):
        return ""
    return _typo(random, care, spelt(one.patronymic, tongue), tongue)


def _typo(random: Random, care: Care, word: str, tongue: str) -> str:
    """A letter wrong, missing, twice, or two in each other's place."""
    if random.random() >= care.typo or len(word) < 4:
        return word
    at = random.randrange(1, len(word) - 1)
    letters = _LETTERS.get(tongue, _LETTERS_OF_HAND)
    changed = (
        word[:at] + random.choice(letters) + word[at + 1 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + random.choice(letters) + word[at:],
    )
    return random.choice(changed)


def _birth(random: Random, one: Being, care: Care) -> str:
    year, month, day = one.birth.year, one.birth.month, one.birth.day
    if random.random() < care.no_birth:
        return ""
    if random.random() < care.year_off:
        year += random.choice((-1, 1))
    if random.random() < care.year_alone:
        return f"{year}" if random.random() < 0.7 else f"{year}-01-01"
    if random.random() < care.day_month and day <= 12:
        month, day = day, month
    if random.random() < care.digit:
        part = random.random()
        if part < 0.5:
            day = random.randint(1, 28)
        elif part < 0.8:
            month = random.randint(1, 12)
        else:
            year += random.choice((-10, 10))
    return f"{year}-{month:02}-{min(day, 28):02}"


def _number(random: Random, number: str, care: Care) -> str:
    if random.random() >= care.number:
        return ""
    if random.random() < care.typo:
        at = random.randrange(1, 7)
        return f"{number[:at]}{random.randint(0, 9)}{number[at + 1 :]}"
    return number


def _place(random: Random, one: Being, care: Care) -> Row:
    raion = a_raion(random) if random.random() < care.moved else one.raion
    oblast = "" if random.random() < 0.06 else raion[:5]
    return {"oblast": oblast, "raion": "" if not oblast or random.random() < care.no_raion else raion}
