"""Indicators about help: how much of what, to how many. *Given* is what took place; what was declined is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final, NamedTuple

from app.reports.facts import Facts
from app.reports.facts import documents as read
from app.reports.facts.people import Act, Rows, Who
from app.reports.facts.wanted import Wanted
from app.reports.indicators import populations as who
from app.reports.indicators.counting import KeyOf, along, build, ratio
from app.reports.indicators.populations import one
from app.reports.indicators.spec import Indicator
from app.reports.pack import Picture
from app.reports.table import Measure, Table

By = tuple[str, ...]

_RETURNS: Final = ("return_assisted", "return_airport_reception", "return_escort", "return_travel_domestic")
_LEGAL: Final = ("legal_civil", "legal_witness_criminal")
_STEPS: Final = ("vocational_grant", "training_completed", "job_found")


def _by_type(facts: Facts, by: By) -> tuple[Table, ...]:
    return along("services_by_type", who.services(facts), "service", by)


def _gap(facts: Facts, by: By) -> tuple[Table, ...]:
    return along("referral_gap", who.services(facts), "outcome", by, share=True)


def _persons_by(facts: Facts, by: By) -> tuple[Table, ...]:
    return along("persons_by_service", who.persons(facts, ("service",)), "service", by)


def _per_person(facts: Facts, by: By) -> tuple[Table, ...]:
    return (ratio("services_per_person", who.services(facts), *by),)


def _sessions(
    code: str, name: str, wanted: Callable[[Act], bool], rows: str, facts: Facts, by: By
) -> tuple[Table, ...]:
    """Services that took place; with ``rows`` those come first, and each dimension stands against them."""
    counted = who.services(facts, name, lambda act: act.given and wanted(act))
    return along(code, counted, rows, by) if rows else (build(code, counted, *by),)


def _psychological(facts: Facts, by: By) -> tuple[Table, ...]:
    """Sessions, and in a table of its own the persons: the two are never added."""
    sessions = _sessions("psych_sessions", "services_psychological", _is_psychological, "service", facts, by)
    persons = who.helped_with(facts, "helped_psychological", lambda act: act.given and _is_psychological(act))
    return (*sessions, build("psych_sessions", persons, *by))


def _is_medical(act: Act) -> bool:
    return act.group == "medical"


def _is_psychological(act: Act) -> bool:
    return act.group == "psychological"


def _educated(facts: Facts, by: By) -> tuple[Table, ...]:
    persons = who.helped_with(facts, "helped_education", lambda act: act.given and act.code == "education_support")
    return (build("education", persons, *by),)


def _returned(facts: Facts, by: By) -> tuple[Table, ...]:
    counted = who.services(facts, "services_return", lambda act: act.given and act.code in _RETURNS)
    details = facts.people.counted.details

    def from_country(act: Act) -> tuple[str, ...]:
        detail = details.get(act.rid)
        return one(read.text(detail.from_country)) if detail else ()

    keys: dict[str, KeyOf] = {**counted.keys, "from_country": from_country}
    counted = replace(counted, keys=keys, orders={"service": _RETURNS})
    return along("returns", counted, "service", by)


class _Reached(NamedTuple):
    who: Who
    steps: tuple[str, ...]


def _vocational(facts: Facts, by: By) -> tuple[Table, ...]:
    """One person may stand in all three rows; the total counts her once."""

    def items(rows: Rows) -> list[_Reached]:
        found: dict[Who, set[str]] = {}
        for act in rows.acts:
            if act.who is not None and act.given and (steps := _steps(rows, act)):
                found.setdefault(act.who, set()).update(steps)
        return [_Reached(person, tuple(sorted(steps))) for person, steps in found.items()]

    counted = who.others(facts, "helped_vocational", Measure.PERSONS, items, {"step": lambda reached: reached.steps})
    counted = replace(counted, several=frozenset({"step"}), orders={"step": _STEPS}, remarks=who.doubts(facts))
    return (build("vocational", counted, "step", *by),)


def _steps(rows: Rows, act: Act) -> list[str]:
    detail = rows.details.get(act.rid)
    found = ["vocational_grant"] if act.code == "grant_vocational" else []
    if detail and detail.course_completed == "yes":
        found.append("training_completed")
    if detail and detail.job_found == "yes":
        found.append("job_found")
    return found


_legal = partial(_sessions, "legal_sessions", "services_legal", lambda act: act.code in _LEGAL, "service")
_medical = partial(_sessions, "medical_visits", "services_medical", _is_medical, "service")
_PLACES: Final = ("centre", "oblast")
_WITH_DETAILS: Final = Wanted.ACTS | Wanted.DETAILS

INDICATORS: Final = (
    Indicator(
        "services_by_type",
        "services",
        ("oblast", "centre", "provider", "donor", "outcome"),
        _by_type,
        reads=Wanted.ACTS,
    ),
    Indicator("persons_by_service", "services", ("sex", "age"), _persons_by, reads=Wanted.ACTS),
    Indicator(
        "services_per_person",
        "services",
        ("sex", "age", "oblast", "centre"),
        _per_person,
        Picture.NONE,
        reads=Wanted.ACTS,
    ),
    Indicator("referral_gap", "services", ("service", "group"), _gap, reads=Wanted.ACTS),
    Indicator("medical_visits", "services", _PLACES, _medical, reads=Wanted.ACTS),
    Indicator("legal_sessions", "services", _PLACES, _legal, reads=Wanted.ACTS),
    Indicator("psych_sessions", "services", _PLACES, _psychological, reads=Wanted.ACTS),
    Indicator("vocational", "services", (), _vocational, reads=_WITH_DETAILS),
    Indicator("education", "services", ("sex", "age", "oblast"), _educated, reads=Wanted.ACTS),
    Indicator("returns", "services", ("from_country",), _returned, reads=_WITH_DETAILS),
)
