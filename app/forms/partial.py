"""Partial dates: what is known of a date, and never a made-up day.

Kept as ``2026``, ``2026-03`` or ``2026-03-09``; a birth may also be ``{"age": 30, "on": "2026-03-09"}``, an age
estimated on a day. What people type is read by ``app.forms.typed_dates``.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from app.i18n import N_, translate

Bounds = tuple[dt.date, dt.date]

FIRST_YEAR: Final = 1800
LAST_YEAR: Final = 2199
OLDEST: Final = 130
_SHAPE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")

# Month names as a heading has them, in the languages of the interface.
MONTHS: Final[Mapping[str, tuple[str, ...]]] = {
    "ru": ("январь", "февраль", "март", "апрель", "май", "июнь",
           "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
    "be": ("студзень", "люты", "сакавік", "красавік", "май", "чэрвень",
           "ліпень", "жнівень", "верасень", "кастрычнік", "лістапад", "снежань"),
    "en": tuple(calendar.month_name[1:]),
}  # fmt: skip


def compose(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """The canonical text of what is known, or None if there is no such date."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if month is None:
        return f"{year:04}"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04}-{month:02}"
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= calendar.monthrange(year, month)[1] else None


def is_partial(value: object) -> bool:
    """Is ``value`` a canonical partial date?"""
    return isinstance(value, str) and _is_partial_text(value)


@lru_cache(maxsize=4096)
def _is_partial_text(value: str) -> bool:
    match = _SHAPE.fullmatch(value)
    return match is not None and compose(*(int(part) if part else None for part in match.groups())) == value  # type: ignore[arg-type]  # the year is always there


def is_estimate(value: object) -> bool:
    """Is ``value`` an age estimated on a day?"""
    if not isinstance(value, Mapping) or set(value) != {"age", "on"}:
        return False
    age = value["age"]
    return type(age) is int and 0 <= age <= OLDEST and is_partial(value["on"]) and day(value["on"]) is not None


def bounds(value: object) -> Bounds | None:
    """The earliest and the latest day that ``value`` can mean; None if it is no date or estimate.

    An estimated age is taken at its word: 30 on a day means born in the year before the 30th birthday.
    """
    if isinstance(value, Mapping) and is_estimate(value):
        on = dt.date.fromisoformat(str(value["on"]))
        age = int(str(value["age"]))
        return _years_before(on, age + 1) + dt.timedelta(days=1), _years_before(on, age)
    return bounds_of_text(value) if isinstance(value, str) else None


@lru_cache(maxsize=4096)
def bounds_of_text(value: str) -> Bounds | None:
    """As ``bounds``, of a text."""
    if not is_partial(value):
        return None
    year_, month, day_ = (*map(int, value.split("-")), 0, 0)[:3]
    first = dt.date(year_, month or 1, day_ or 1)
    last_month = month or 12
    return first, dt.date(year_, last_month, day_ or calendar.monthrange(year_, last_month)[1])


def _years_before(date: dt.date, years: int) -> dt.date:
    """The same day ``years`` earlier; 29 February becomes 28 where there is none."""
    last = calendar.monthrange(date.year - years, date.month)[1]
    return dt.date(date.year - years, date.month, min(date.day, last))


def day(value: object) -> dt.date | None:
    """The day, where it is known exactly."""
    return dt.date.fromisoformat(str(value)) if is_partial(value) and len(str(value)) == 10 else None


def year(value: object) -> int | None:
    """The year. Of an estimated age: the year of the estimate minus the age (the rule of ``app.forms.age``)."""
    if isinstance(value, Mapping) and is_estimate(value):
        return int(str(value["on"])[:4]) - int(str(value["age"]))
    return int(str(value)[:4]) if is_partial(value) else None


def ages(birth: object, on: dt.date) -> tuple[int, int] | None:
    """The lowest and the highest age in full years on a day; None if unknown or ``on`` lies before the birth."""
    born = bounds(birth)
    if born is None or on < born[0]:
        return None
    return max(0, _full_years(born[1], on)), _full_years(born[0], on)


def _full_years(born: dt.date, on: dt.date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def display(value: object, language: str) -> str:
    """``09.03.2026``, ``март 2026``, ``2026``; an estimate in words; anything else as it stands."""
    if isinstance(value, Mapping):
        if not is_estimate(value):
            return ", ".join(f"{key}: {part}" for key, part in value.items())
        text = translate(N_("aged about {age} on {date}"), language)
        return text.format(age=value["age"], date=display(value["on"], language))
    if not is_partial(value):
        return str(value)
    parts = str(value).split("-")
    if len(parts) == 2:
        return f"{MONTHS[language][int(parts[1]) - 1]} {parts[0]}"
    return ".".join(reversed(parts))
