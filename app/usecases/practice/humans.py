"""Invented people, and what a centre writes down of one of them: never all, and not always the same."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any, Final

from app import codelists
from app.forms.personal_number import check_digit
from app.usecases.practice import names
from app.usecases.practice.events import chance, pick
from app.usecases.practice.names import Name

_SEX: Final = {"female": 62.0, "male": 36.0, "other": 1.0, "unknown": 1.0}
_AGES: Final = (
    (3, 8, 3.0),
    (9, 17, 12.0),
    (18, 24, 28.0),
    (25, 34, 27.0),
    (35, 44, 17.0),
    (45, 59, 10.0),
    (60, 74, 3.0),
)
_BIRTH_KNOWN: Final = {"day": 55.0, "month": 10.0, "year": 18.0, "estimate": 12.0, "nothing": 5.0}
_CITIZENSHIP: Final = {"BY": 90.0, "RU": 4.0, "UA": 3.0, "MD": 1.0, "KZ": 1.0, "VN": 1.0}
_MARRIED: Final = {
    "single": 45.0,
    "married": 18.0,
    "partnership": 12.0,
    "divorced": 18.0,
    "separated": 4.0,
    "widowed": 3.0,
}
_SCHOOL: Final = {
    "basic": 15.0,
    "secondary": 30.0,
    "vocational": 28.0,
    "specialised": 17.0,
    "higher": 8.0,
    "unknown": 2.0,
}
_SAFE_WAYS: Final = {"phone": 50.0, "sms": 14.0, "messenger": 20.0, "in_person": 12.0, "through_person": 4.0}
_SAFE_TIMES: Final = ("после 18:00", "утром, до работы", "только по будням", "с 12 до 13 часов", "в любое время")
_FORBIDDEN_WORDS: Final = (
    "не через мать",
    "не через мужа",
    "не звонить на работу",
    "не приходить домой",
    "не оставлять записок",
)
_PASSPORTS: Final = ("AB", "BM", "HB", "KH", "MP", "MC", "KB")


@dataclass(frozen=True, slots=True)
class Human:
    """One invented human being, as she or he really is."""

    key: str
    sex: str
    born: dt.date
    name: Name
    citizenship: str
    abroad: bool
    """Was exploited abroad, and returned."""

    def age(self, on: dt.date) -> int:
        """Full years on a day."""
        return on.year - self.born.year - ((on.month, on.day) < (self.born.month, self.born.day))


def draw(seed: int, key: str, year: int) -> Human:
    """The human called ``key`` of a practice world; the same wherever she or he is met."""
    random = Random(f"{seed}/human/{key}")  # noqa: S311 - invented data, repeatable on purpose
    sex = pick(random, _SEX)
    low, high, _weight = random.choices(_AGES, [weight for *_ages, weight in _AGES])[0]
    born = dt.date(year - random.randint(low, high), 1, 1) + dt.timedelta(days=random.randrange(365))
    return Human(
        key=key,
        sex=sex,
        born=born,
        name=names.draw(random, sex, born.year),
        citizenship=pick(random, _CITIZENSHIP),
        abroad=chance(random, 0.6),
    )


def person_values(random: Random, human: Human, on: dt.date, oblast: str) -> dict[str, Any]:
    """What a centre in ``oblast`` knows of a person on the day she first comes."""
    age = human.age(on)
    home = oblast if chance(random, 0.8) else random.choice(codelists.get("oblasts").codes)
    values: dict[str, Any] = {
        "sex": human.sex,
        "birth": _birth(random, human, on),
        "citizenships": [human.citizenship],
        "languages": ["be", "ru"] if chance(random, 0.3) else ["ru"],
        "oblast": home,
        "raion": random.choice(_raions(home)),
    }
    if age >= 18:
        values |= {"marital_status": pick(random, _MARRIED), "education": pick(random, _SCHOOL)}
        values["children"] = random.choices((0, 1, 2, 3, 4), (46, 28, 18, 6, 2))[0]
    if human.sex == "female" and 15 <= age <= 45 and chance(random, 0.5):
        values["pregnant_at_intake"] = "yes" if chance(random, 0.06) else "no"
    told = {key: value for key, value in values.items() if value is not None and not _forgotten(random, key)}
    if "oblast" not in told:
        told.pop("raion", None)
    return told


def identity_values(random: Random, human: Human, on: dt.date) -> dict[str, Any]:
    """Names in the spellings that were at hand, documents and safe contact; empty where nobody said a name."""
    if chance(random, 0.06):
        return {}
    values: dict[str, Any] = {"names": _name_forms(random, human)}
    passport = human.citizenship == "BY" and human.age(on) >= 14 and chance(random, 0.5)
    if passport:
        values["passport"] = f"{random.choice(_PASSPORTS)}{random.randint(1_000_000, 3_999_999)}"
        values["personal_number"] = _personal_number(random, human)
    if chance(random, 0.75):
        # +375 00 is no operator's number: nobody can be rung up by mistake.
        values["phone"] = f"+375 00 {random.randint(100, 999)}-{random.randint(10, 99)}-{random.randint(10, 99)}"
        values["contact_way"] = [pick(random, _SAFE_WAYS)]
        values["contact_time"] = random.choice(_SAFE_TIMES)
    if chance(random, 0.3):
        values["contact_forbidden"] = random.choice((["letter"], ["home_visit"], ["letter", "home_visit"]))
        values["contact_forbidden_note"] = random.choice(_FORBIDDEN_WORDS)
    return values


@cache
def _raions(oblast: str) -> tuple[str, ...]:
    return codelists.get("raions").children(oblast)


def _forgotten(random: Random, key: str) -> bool:
    """Some questions are not asked on the first day."""
    return key not in {"sex", "birth"} and chance(random, 0.12)


def _birth(random: Random, human: Human, on: dt.date) -> object:
    match pick(random, _BIRTH_KNOWN):
        case "day":
            return human.born.isoformat()
        case "month":
            return human.born.isoformat()[:7]
        case "year":
            return human.born.isoformat()[:4]
        case "estimate":
            # Five years either way, and as people guess: rounded.
            guess = human.age(on) + random.randint(-4, 4)
            return {"age": max(1, guess), "on": on.isoformat()}
    return None


def _name_forms(random: Random, human: Human) -> list[dict[str, str]]:
    name = human.name
    forms = [_form("ru", "current", name.surname.ru, name.given.ru, name.patronymic.ru)]
    if chance(random, 0.5):
        forms.append(_form("be", "current", name.surname.be, name.given.be, name.patronymic.be))
    if human.citizenship == "BY" and chance(random, 0.45):
        # Passports print no patronymic in Latin letters.
        forms.append({**_form("latin", "current", name.surname.latin, name.given.latin), "document": "passport"})
    if name.maiden and chance(random, 0.6):
        forms.append(_form("ru", "earlier", name.maiden.ru, name.given.ru, name.patronymic.ru))
    if chance(random, 0.12):
        del forms[0]["patronymic"]
    return forms


def _form(language: str, kind: str, surname: str, given: str, patronymic: str = "") -> dict[str, str]:
    form = {"surname": surname, "given": given, "patronymic": patronymic, "language": language, "kind": kind}
    return {key: value for key, value in form.items() if value}


def _personal_number(random: Random, human: Human) -> str:
    """A number that checks, of the older form: sex and century, date, region, serial, state, check digit."""
    century = (3 if human.sex == "male" else 4) + (2 if human.born.year >= 2000 else 0)
    region = random.choice("ABCHKEM")
    first = f"{century}{human.born:%d%m%y}{region}{random.randint(1, 999):03d}PB"
    if chance(random, 0.03):
        return f"{first}{(check_digit(first) + 1) % 10}"  # a slip of the pen: the form warns
    return f"{first}{check_digit(first)}"
