"""Indicators about cases, referrals and plans: how they came, how long they last, what is reached."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from app.reports.facts import Facts
from app.reports.facts import documents as read
from app.reports.facts.months import day_of
from app.reports.facts.people import CaseFacts, NeedFacts, ReferralFacts, Rows
from app.reports.facts.wanted import Wanted
from app.reports.indicators import populations as who
from app.reports.indicators.counting import KeyOf, Population, along, median
from app.reports.indicators.populations import one
from app.reports.indicators.spec import Indicator
from app.reports.pack import Picture
from app.reports.table import Measure, Table

By = tuple[str, ...]

_APPLIES: Final = frozenset({"in_progress", "met"})
_CASE_KEYS: Final[Mapping[str, KeyOf]] = {
    "source": lambda case: one(read.known(case.document.referral_source)),
    "agency": lambda case: one(read.text(case.document.referring_agency)),
    "reason": lambda case: one(read.text(case.document.closure_reason)),
}
_REFERRAL_KEYS: Final[Mapping[str, KeyOf]] = {
    "referral_status": lambda referral: one(referral.status),
    "service": lambda referral: one(referral.service),
    "agency": lambda referral: one(referral.agency),
}
_NEED_KEYS: Final[Mapping[str, KeyOf]] = {
    "need": lambda need: one(need.category),
    "progress": lambda need: one(need.progress),
}


def _opened(facts: Facts) -> Population:
    in_scope = who.in_scope(facts)
    return who.cases(facts, "cases_opened", lambda case: in_scope[case.opened], _CASE_KEYS)


def _closed(facts: Facts) -> Population:
    in_scope = who.in_scope(facts)

    def ended(case: CaseFacts) -> bool:
        return in_scope[case.closed] and case.status in read.CLOSED

    return who.cases(facts, "cases_closed", ended, _CASE_KEYS)


def _open(facts: Facts) -> Population:
    """Open at the end of the scope. What was closed since then was open in a state that nobody knows any more."""
    until_end = who.until_end(facts)

    def is_open(case: CaseFacts) -> bool:
        if not until_end[case.opened]:
            return False
        return case.status not in read.CLOSED or (bool(case.closed) and not until_end[case.closed])

    def status(case: CaseFacts) -> tuple[str, ...]:
        return () if case.status in read.CLOSED else one(case.status)

    found = who.cases(facts, "cases_open", is_open, {**_CASE_KEYS, "case_status": status})
    return replace(found, orders={"case_status": ("Active", "FollowUp")})


def _lasted(facts: Facts) -> Population:
    closed = _closed(facts)
    return replace(closed, name="cases_lasted", items=[case for case in closed.items if _days(case) is not None])


def _days(case: CaseFacts) -> int | None:
    opened, closed = day_of(case.opened), day_of(case.closed)
    return (closed - opened).days if opened and closed and closed >= opened else None


def _duration(facts: Facts, by: By) -> tuple[Table, ...]:
    def days(case: CaseFacts) -> int:
        return _days(case) or 0

    return (median("case_duration", _lasted(facts), days, *by),)


def _delay(facts: Facts, by: By) -> tuple[Table, ...]:
    """By kind of help: the days to the first help of that kind."""
    code = "first_service_delay"
    delays, opened = facts.people.counted.delays, _opened(facts)
    items = [case for case in opened.items if case.rid in delays]
    if "group" not in by:
        waited = replace(opened, name="cases_helped", items=items)
        return (median(code, waited, lambda case: _until(case, min(delays[case.rid].values())), *by),)
    firsts = [_First(case, group, day) for case in items for group, day in delays[case.rid].items()]
    keys: dict[str, KeyOf] = {
        "group": lambda first: (first.group,),
        "centre": lambda first: one(first.case.centre),
        "oblast": lambda first: one(first.case.oblast),
    }
    helped = replace(opened, name="cases_helped_by_group", items=firsts, keys=keys, several=frozenset({"group"}))
    return (median(code, helped, lambda first: _until(first.case, first.day), *by),)


class _First:
    """The first help of a kind after a case was opened."""

    def __init__(self, case: CaseFacts, group: str, day: str) -> None:
        self.case, self.group, self.day = case, group, day
        self.who = case.who


def _until(case: CaseFacts, day: str) -> int:
    return (dt.date.fromisoformat(day) - dt.date.fromisoformat(case.opened)).days


def _sent(facts: Facts) -> Population:
    def items(rows: Rows) -> list[ReferralFacts]:
        return [one_ for one_ in rows.referrals if who.month_in_scope(facts, one_.month)]

    return who.others(facts, "referrals_sent", Measure.REFERRALS, items, _REFERRAL_KEYS)


def _agreed(facts: Facts) -> Population:
    def items(rows: Rows) -> list[NeedFacts]:
        return [need for need in rows.needs if need.progress in _APPLIES and who.month_in_scope(facts, need.month)]

    found = who.others(facts, "needs_agreed", Measure.THINGS, items, _NEED_KEYS)
    return replace(found, orders={"progress": ("met", "in_progress")})


def _referred(facts: Facts, by: By) -> tuple[Table, ...]:
    """By source, or where asked for by the very organisation."""
    rows = "agency" if "agency" in by else "source"
    return along("referrals_in", _opened(facts), rows, tuple(name for name in by if name != "agency"))


def _referred_on(facts: Facts, by: By) -> tuple[Table, ...]:
    return along("referrals_out", _sent(facts), "referral_status", by)


def _still_open(facts: Facts, by: By) -> tuple[Table, ...]:
    return along("open_cases", _open(facts), "case_status", by)


def _why_closed(facts: Facts, by: By) -> tuple[Table, ...]:
    return along("closure_reasons", _closed(facts), "reason", by)


def _reached(facts: Facts, by: By) -> tuple[Table, ...]:
    return along("case_plan_goals", _agreed(facts), "progress", by, share=True)


_PLACES: Final = ("centre", "oblast")
_DELAYS: Final = Wanted.CASES | Wanted.DELAYS
INDICATORS: Final = (
    Indicator("referrals_in", "cases", ("agency", "oblast", "centre"), _referred, reads=Wanted.CASES),
    Indicator("referrals_out", "cases", ("service", "agency"), _referred_on, reads=Wanted.REFERRALS),
    Indicator("open_cases", "cases", _PLACES, _still_open, reads=Wanted.CASES),
    Indicator("case_duration", "cases", _PLACES, _duration, Picture.NONE, reads=Wanted.CASES),
    Indicator("closure_reasons", "cases", _PLACES, _why_closed, reads=Wanted.CASES),
    Indicator("first_service_delay", "cases", ("group", *_PLACES), _delay, Picture.NONE, reads=_DELAYS),
    Indicator("case_plan_goals", "cases", ("need",), _reached, reads=Wanted.NEEDS),
)
