"""Which backups are kept: seven days, four weeks, twelve months, and always the three newest.

Field clocks are wrong (1970 after a flat battery, 2040 by a slip), so nothing is reckoned from today and no age is
ever looked at. The order of backups is their running number. A date counts only while it does not run backwards; one
that does counts as the day after the one before it, as if the clock had been right. So a wrong clock lets no backup
go sooner than a further day of ordinary work would have.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Mapping
from typing import Final

NEWEST: Final = 3
DAYS: Final = 7
WEEKS: Final = 4
MONTHS: Final = 12
FIRST_DAY: Final = dt.date(2026, 1, 1)
"""The program did not exist before: a clock that says so is certainly wrong."""

_ONE_DAY: Final = dt.timedelta(days=1)


def keep(dates: Mapping[int, dt.date]) -> frozenset[int]:
    """The numbers to keep, of backups known to be good: running number -> date in the name."""
    days = reckoned(dates)
    newest_first = sorted(days, reverse=True)
    kept = set(newest_first[:NEWEST])
    for most, period in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        kept |= _newest_of_each(newest_first, days, most, period)
    return frozenset(kept)


def reckoned(dates: Mapping[int, dt.date]) -> dict[int, dt.date]:
    """The day that each number counts for: its date, or where that runs backwards, the day after the one before."""
    found: dict[int, dt.date] = {}
    last = FIRST_DAY - _ONE_DAY
    for number in sorted(dates):
        date = dates[number]
        last = date if date >= max(last, FIRST_DAY) else _after(last)
        found[number] = last
    return found


def _newest_of_each(
    newest_first: list[int], days: Mapping[int, dt.date], most: int, period: Callable[[dt.date], Hashable]
) -> set[int]:
    """The newest number of each of the last ``most`` periods in which there is one at all."""
    found: dict[Hashable, int] = {}
    for number in newest_first:
        found.setdefault(period(days[number]), number)
    return set(list(found.values())[:most])


def _after(day: dt.date) -> dt.date:
    return day if day == dt.date.max else day + _ONE_DAY


def _day(day: dt.date) -> Hashable:
    return day


def _week(day: dt.date) -> Hashable:
    return day.isocalendar()[:2]


def _month(day: dt.date) -> Hashable:
    return (day.year, day.month)
