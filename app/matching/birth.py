"""Two births compared, as far as each is known. (The first of January was dropped before: it means "unknown".)"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.matching.names import Born

_ESTIMATE_FITS: Final = 3
_ESTIMATE_ENDS: Final = 10


def years_may_be_one(one: Born, other: Born) -> bool:
    """Can these be one person's years? A slip of one or two, of a decade, or of swapped digits is allowed."""
    if not one.year or not other.year:
        return True
    apart = abs(one.year - other.year)
    if one.about or other.about:
        return apart <= _ESTIMATE_ENDS
    return apart <= 2 or apart == 10 or _same_digits(one.year, other.year)


def birth_finding(one: Born, other: Born) -> Iterator[str]:
    """The code of what was found; nothing where one birth is not known."""
    if not one.year or not other.year:
        return
    if one.about or other.about:
        yield from _estimated(abs(one.year - other.year))
    elif one.day and other.day:
        yield _dates(one, other)
    elif one.month and other.month and one.year == other.year:
        yield "month" if one.month == other.month else "month_other"
    else:
        yield _years(one.year, other.year)


def _estimated(apart: int) -> Iterator[str]:
    if apart <= _ESTIMATE_FITS:
        yield "age_near"
    elif apart > 2 * _ESTIMATE_FITS:
        yield "age_far"


def _dates(one: Born, other: Born) -> str:
    same_day = (one.month, one.day) == (other.month, other.day)
    if one.year != other.year:
        if not same_day:
            return "date_other"
        slip = abs(one.year - other.year) in {1, 2, 10} or _same_digits(one.year, other.year)
        return "date_year_off" if slip else "date_other_year"
    if same_day:
        return "date"
    if (one.month, one.day) == (other.day, other.month):
        return "date_swapped"
    return "date_one_off" if one.month == other.month or one.day == other.day else "date_same_year"


def _years(one: int, other: int) -> str:
    return {0: "year", 1: "year_one", 2: "year_two", 10: "year_ten"}.get(abs(one - other), "year_other")


def _same_digits(one: int, other: int) -> bool:
    return sorted(str(one)) == sorted(str(other))
