"""The ring keeps days, weeks and months, and no wrong clock makes it let go of more than ordinary work would."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from app.store import ring

START = dt.date(2026, 3, 2)  # a Monday
DAY = dt.timedelta(days=1)
MOST = ring.NEWEST + ring.DAYS + ring.WEEKS + ring.MONTHS
ANY_DAY = st.dates(dt.date(1970, 1, 1), dt.date(2045, 12, 31))


def live(clock: list[dt.date]) -> list[int]:
    """What is left after a backup on each of these days, by number from 1, with the ring turned each time."""
    kept: dict[int, dt.date] = {}
    for number, day in enumerate(clock, 1):
        kept[number] = day
        left = ring.keep(kept)
        kept = {one: kept[one] for one in kept if one in left}
    return sorted(kept)


def test_a_year_and_a_half_of_days() -> None:
    days = [START + n * DAY for n in range(540)]
    kept = live(days)
    dates = [days[number - 1] for number in kept]
    assert dates[-7:] == days[-7:]
    assert {day.isocalendar()[:2] for day in dates} >= {day.isocalendar()[:2] for day in days[-28::7]}
    assert len({(day.year, day.month) for day in dates}) == 12
    assert len(kept) <= MOST


@given(st.lists(ANY_DAY, min_size=1, max_size=80))
def test_whatever_the_clock_says_the_three_newest_stay_and_the_number_is_bounded(clock: list[dt.date]) -> None:
    kept = live(clock)
    assert set(range(max(1, len(clock) - 2), len(clock) + 1)) <= set(kept)
    assert len(kept) <= MOST


@given(st.lists(ANY_DAY, min_size=1, max_size=60), st.integers(1, 12))
def test_days_of_a_wrong_clock_let_go_no_sooner_than_days_of_a_right_one(wrong: list[dt.date], runs: int) -> None:
    """A year of right days, then whatever: every one let go would have gone by as many further right days too."""
    right = [START + n * DAY for n in range(200)]
    wrong = wrong[:runs]
    before = set(live(right))
    after_wrong = before & set(live(right + wrong))
    further = [right[-1] + n * DAY for n in range(1, len(wrong) + 1)]
    after_right = before & set(live(right + further))
    ahead = any(day > further[-1] for day in wrong)
    if not ahead:
        assert after_wrong >= after_right
    # A clock that runs ahead opens new weeks and months: each takes one place, never more.
    assert len(after_right - after_wrong) <= 2 * len(wrong)


@given(st.lists(st.just(dt.date(1970, 1, 1)), min_size=1, max_size=6))
def test_a_flat_battery_makes_each_backup_a_day_of_its_own(flat: list[dt.date]) -> None:
    right = [START + n * DAY for n in range(10)]
    kept = live(right + flat)
    assert set(range(len(right) + 1, len(right) + len(flat) + 1)) <= set(kept)


def test_one_leap_to_2040_and_back_is_forgotten_in_the_end() -> None:
    right = [START + n * DAY for n in range(100)]
    leap = [*right[:50], dt.date(2040, 5, 1), *right[50:]]
    kept = {leap[number - 1] for number in live(leap)}
    assert kept == {right[number - 1] for number in live(right)}


def test_several_on_one_day_leave_the_newest_of_that_day() -> None:
    clock = [START, START, START, START + DAY, START + DAY, START + DAY]
    assert ring.keep(dict(enumerate(clock, 1))) == {3, 4, 5, 6}
