"""The laptop's clock in 1970 or 2040: said in one sentence, and only then; nothing is refused for it."""

from __future__ import annotations

import datetime as dt

import pytest

from app.clock import SteadyClock
from app.usecases.clock_check import wrong_clock
from tests.e2e.conftest import Pair
from tests.e2e.desks import Office


def put(office: Office, year: int, month: int = 6, day: int = 15) -> None:
    clock = office.desk.clock
    assert isinstance(clock, SteadyClock)
    clock.set(dt.datetime(year, month, day, 9, tzinfo=dt.UTC))


@pytest.mark.parametrize(("year", "wrong"), [(1970, True), (2019, True), (2026, False), (2030, False), (2040, True)])
def test_years(pair: Pair, year: int, wrong: bool) -> None:
    put(pair.nurse, year)
    found = wrong_clock(pair.nurse.desk)
    assert (found is not None and found.year == year) if wrong else found is None


def test_before_the_newest_own_record_by_more_than_a_day(pair: Pair) -> None:
    put(pair.nurse, 2026, 6, 15)
    pair.nurse.people.register({"sex": "female"}, {}, sure=True)
    put(pair.nurse, 2026, 6, 14)
    assert wrong_clock(pair.nurse.desk) is None, "a zone or midnight may lie between"
    put(pair.nurse, 2026, 6, 12)
    assert wrong_clock(pair.nurse.desk) == dt.date(2026, 6, 12)
    pair.nurse.people.register({"sex": "male"}, {}, sure=True)
    assert wrong_clock(pair.nurse.desk) == dt.date(2026, 6, 12), "a record made meanwhile does not make it right"


def test_a_record_from_2040_does_not_make_the_right_clock_wrong(pair: Pair) -> None:
    put(pair.nurse, 2040)
    pair.nurse.people.register({"sex": "female"}, {}, sure=True)
    put(pair.nurse, 2026)
    assert wrong_clock(pair.nurse.desk) is None
