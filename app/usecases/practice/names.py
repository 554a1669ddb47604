"""Invented names as they are met in Belarus: Russian and Belarusian forms, and the Latin one of the passport.

Given names follow the generation, patronymics the generation of the father. The lists in ``resources/practice``
hold masculine forms only; the feminine ones are made by the rules of the two languages below.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final

from app.paths import resources

_GENERATIONS: Final = ((1960, "before_1960"), (1985, "before_1985"), (2005, "before_2005"), (9999, "later"))
_FATHER_IS_OLDER: Final = 27
_ADULT_BY: Final = 2003
"""Born until then one may have had another surname before a marriage."""

# Endings of masculine surnames and what a woman has instead; the first that fits counts, others stay as they are.
_WOMAN_RU: Final = (("ский", "ская"), ("цкий", "цкая"), ("ов", "ова"), ("ев", "ева"), ("ёв", "ёва"))
_WOMAN_BE: Final = (
    ("скі", "ская"), ("цкі", "цкая"), ("оў", "ова"), ("аў", "ава"), ("еў", "ева"), ("ёў", "ёва"),
)  # fmt: skip
_DAUGHTER_RU: Final = (("ович", "овна"), ("евич", "евна"))
_DAUGHTER_BE: Final = (("авіч", "аўна"), ("евіч", "еўна"), ("овіч", "оўна"))

# Belarusian letters in machine-readable travel documents (ICAO Doc 9303, part 3, section 6).
_LATIN: Final = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "h", "д": "d", "е": "e", "ё": "io", "ж": "zh", "з": "z", "і": "i",
    "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ў": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "ы": "y", "ь": "", "э": "e",
    "ю": "iu", "я": "ia", "’": "",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spelling:
    """One name in Russian and in Belarusian."""

    ru: str
    be: str

    @property
    def latin(self) -> str:
        """The name as a passport prints it: from the Belarusian form."""
        return self.be.lower().translate(_LATIN).capitalize()


@dataclass(frozen=True, slots=True)
class Name:
    """All that somebody is called. ``maiden`` is the surname before a marriage, where there was one."""

    surname: Spelling
    given: Spelling
    patronymic: Spelling
    maiden: Spelling | None = None


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    with resources("practice", f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def _given(sex: str, generation: str) -> tuple[tuple[Spelling, ...], tuple[float, ...]]:
    rows = [row for row in _rows("given_names") if row["sex"] == sex]
    return tuple(Spelling(row["ru"], row["be"]) for row in rows), tuple(float(row[generation]) for row in rows)


@cache
def _patronymics(sex: str, generation: str) -> tuple[tuple[Spelling, ...], tuple[float, ...]]:
    names, weights = _given("male", generation)
    frequency = dict(zip((name.ru for name in names), weights, strict=True))
    rows = _rows("patronymics")
    made = tuple(patronymic(Spelling(row["ru"], row["be"]), sex) for row in rows)
    return made, tuple(frequency[row["father"]] for row in rows)


def _generation(birth_year: int) -> str:
    return next(name for before, name in _GENERATIONS if birth_year < before)


def _ending(text: str, endings: tuple[tuple[str, str], ...]) -> str:
    for old, new in endings:
        if text.endswith(old):
            return text.removesuffix(old) + new
    return text


def surname(masculine: Spelling, sex: str) -> Spelling:
    """The form of a surname for a man or a woman."""
    if sex != "female":
        return masculine
    return Spelling(_ending(masculine.ru, _WOMAN_RU), _ending(masculine.be, _WOMAN_BE))


def patronymic(masculine: Spelling, sex: str) -> Spelling:
    """The form of a patronymic for a son or a daughter."""
    if sex != "female":
        return masculine
    return Spelling(_ending(masculine.ru, _DAUGHTER_RU), _ending(masculine.be, _DAUGHTER_BE))


def draw(random: Random, sex: str, birth_year: int) -> Name:
    """A name that one born in ``birth_year`` may well bear. A sex other than female or male draws from either."""
    kind = sex if sex in {"female", "male"} else random.choice(("female", "male"))
    surnames = [surname(Spelling(row["ru"], row["be"]), kind) for row in _rows("surnames")]
    names, weights = _given(kind, _generation(birth_year))
    fathers, father_weights = _patronymics(kind, _generation(birth_year - _FATHER_IS_OLDER))
    now, before = random.sample(surnames, 2)
    married = kind == "female" and birth_year <= _ADULT_BY and random.random() < 0.3
    return Name(
        surname=now,
        given=random.choices(names, weights)[0],
        patronymic=random.choices(fathers, father_weights)[0],
        maiden=before if married else None,
    )
