"""The plan of invented data: repeatable, life-like, and acceptable to every form."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import codelists
from app.forms import partial
from app.forms.age import age_group
from app.forms.catalogue import form_for_kind, form_for_service
from app.forms.spec import Form, Problem
from app.forms.validate import Context, validate
from app.usecases.practice import Act, Event, Span, plan, work
from app.usecases.practice.helping import GROUPS
from app.usecases.practice.truth import age_band

YEAR = Span(dt.date(2025, 1, 1), 12)


@pytest.fixture(scope="module")
def country() -> list[list[Event]]:
    return [plan(7, YEAR, centre, 3) for centre in range(3)]


def test_the_same_seed_gives_the_same_plan() -> None:
    assert plan(1, YEAR, 0, 3, people=5) == plan(1, YEAR, 0, 3, people=5)
    assert plan(1, YEAR, 0, 3, people=5) != plan(2, YEAR, 0, 3, people=5)
    assert plan(1, YEAR, 0, 3, people=5) != plan(1, YEAR, 1, 3, people=5)


def test_one_person_more_changes_nothing_for_the_others() -> None:
    few, more = plan(3, YEAR, 0, people=4), plan(3, YEAR, 0, people=5)
    known = {event.person for event in few}
    assert [event for event in more if event.person in known] == few
    assert len(more) > len(few)


def test_a_year_of_a_centre_has_the_expected_size(country: list[list[Event]]) -> None:
    for events in country:
        acts = Counter(event.act for event in events)
        assert acts[Act.REGISTER] == 40
        assert 400 <= acts[Act.SERVICE] <= 650
        assert acts[Act.DELETE_SERVICE] >= 3
        assert acts[Act.CORRECT] >= 3


def test_what_life_brings_is_all_there(country: list[list[Event]]) -> None:
    events = [event for centre in country for event in centre]
    births = [event.values.get("birth") for event in events if event.act is Act.REGISTER]
    assert {len(birth) for birth in births if isinstance(birth, str)} == {4, 7, 10}
    assert any(isinstance(birth, dict) for birth in births), "estimated ages"
    states = {event.values["state"] for event in events if event.act is Act.CONSENT}
    assert {"given", "refused", "withdrawn", "not_asked"} <= states
    outcomes = {event.values["outcome"] for event in events if event.act is Act.SERVICE}
    assert outcomes == set(codelists.get("outcomes").codes)
    languages = {form["language"] for event in events for form in event.identity.get("names", [])}
    assert languages == {"ru", "be", "latin"}
    assert any(event.identity.get("contact_forbidden") for event in events)
    assert any(event.act is Act.DELETE_PERSON for event in events)
    assert any(event.values.get("exploitation") for event in events if event.act is Act.CASE)
    progress = {event.values["progress"] for event in events if event.act is Act.NEED}
    assert progress == set(codelists.get("need_progress").codes)
    marks = {event.values["state"] for event in events if event.act is Act.MARK}
    assert marks == {"done", "missed", "moved"}
    statuses = {event.values["status"] for event in events if event.act is Act.REFERRAL}
    assert statuses == {"waiting", "accepted", "rejected", "done"}
    forms = {codelists.service_form(str(event.values["service"])) for event in events if event.act is Act.SERVICE}
    assert {"journey", "course", "material"} <= forms


def test_what_reports_ask_for_occurs(country: list[list[Event]]) -> None:
    events = [event for centre in country for event in centre]
    cases = [event.values for event in events if event.act is Act.CASE]
    assert any(len(case["exploitation"]) > 1 for case in cases)
    assert {case["border"] for case in cases} == {"internal", "cross_border", "both", "unknown", "declined"}
    reasons = {case["closure_reason"] for case in cases if case["status"] == "Closed"}
    assert reasons == {"needs_met", "no_contact_30_days", "left_area", "person_request"}
    counted = [event for event in events if event.values.get("scope") == "reporting"]
    said: dict[str, list[str]] = defaultdict(list)
    for event in sorted(counted, key=lambda event: event.on):
        said[event.person].append(str(event.values["state"]))
    assert {("given",), ("refused",), ("given", "withdrawn")} <= set(map(tuple, said.values()))
    services = [event.values for event in events if event.act is Act.SERVICE]
    assert {("iom", "Шаг вперёд"), ("red_cross", "Шаг вперёд")} <= {
        (v.get("donor"), v.get("project")) for v in services
    }
    payments = [values for values in services if "amount" in values]
    for name in ("rate", "donor", "project", "month_after_return"):
        assert {name in values for values in payments} == {True, False}, name


def test_a_centre_does_more_than_help_single_persons() -> None:
    done = work(7, YEAR, 1)
    assert done == work(7, YEAR, 1) != work(8, YEAR, 1)
    assert {event.act for event in done} == {Act.ACTIVITY}
    assert not any(event.person for event in done)
    assert [event.on for event in done] == sorted(event.on for event in done)
    kinds = Counter(event.values["activity"] for event in done)
    assert kinds["hotline_operation"] > 12
    assert len(kinds) >= 7
    (exhibit,) = (event for event in done if event.values["activity"] == "installation_tour")
    assert [stop["oblast"] for stop in exhibit.values["places"]] == ["BY-VI", "BY-HO"]
    assert any(
        len([event for event in done if event.subject == subject]) == 2 for subject in {e.subject for e in done}
    )


def test_help_of_every_group_is_given(country: list[list[Event]]) -> None:
    given_ = {GROUPS[str(e.values["service"])] for centre in country for e in centre if e.act is Act.SERVICE}
    assert given_ == set(codelists.get("service_groups").codes)


def test_some_people_are_helped_at_two_centres(country: list[list[Event]]) -> None:
    centres = defaultdict(set)
    for number, events in enumerate(country):
        for event in events:
            if event.human:
                centres[event.human].add(number)
    assert sorted(len(where) for where in centres.values())[-9:] == [2] * 9


def test_the_groups_are_those_of_the_code_list() -> None:
    """The truth has its own table on purpose; this is where the two are held together."""
    services = codelists.get("services").codes
    assert dict(GROUPS) == {code: codelists.service_group(code).value for code in services}


@given(born=st.integers(1930, 2025), year=st.integers(2020, 2030))
def test_the_age_bands_are_those_of_the_figures(born: int, year: int) -> None:
    if year >= born:
        assert age_band(born, year) == age_group(born, year)


def test_the_forms_accept_everything(country: list[list[Event]]) -> None:
    """No error, nothing dropped, and hardly a warning: otherwise the practice data would be marked all over."""
    problems: list[Problem] = []
    checked = 0
    for number, centre in enumerate(country):
        for form, values, context in _records(centre + work(7, YEAR, number)):
            result = validate(form, values, context)
            assert result.errors == (), (form.name, result.errors)
            assert result.values.keys() >= values.keys(), (form.name, values.keys() - result.values.keys())
            problems += result.warnings
            checked += 1
    assert {problem.code for problem in problems} <= {"personal_number", "no_number"}
    assert len(problems) < checked / 100


def _records(events: list[Event]) -> Iterator[tuple[Form, dict[str, Any], Context]]:
    """Every record of a plan with its form, as the use cases will check it."""
    births: dict[str, Any] = {}
    opened: dict[str, Any] = {}
    someone = str(uuid.UUID(int=1))
    for event in events:
        values = {**event.values, **dict.fromkeys(event.refers, someone)}
        today = Context(event.on, birth=births.get(event.person), case_opened=opened.get(event.person))
        match event.act:
            case Act.REGISTER | Act.CORRECT:
                births[event.person] = partial.bounds(values.get("birth"))
                yield form_for_kind("person"), values, today
                yield form_for_kind("identity"), {**event.identity, "person": someone}, today
            case Act.SERVICE:
                yield form_for_service(values["service"]), {**values, "person": someone}, today
            case Act.ACTIVITY:
                yield form_for_kind("activity"), values, today
            case Act.CASE | Act.CONSENT | Act.GRANT | Act.NEED | Act.REFERRAL | Act.APPOINTMENT:
                if event.act is Act.CASE:
                    opened[event.person] = partial.bounds(values["opened_on"])
                yield form_for_kind(event.act.value), {**values, "person": someone}, today


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), months=st.integers(1, 14), centre=st.integers(0, 9))
def test_nothing_happens_before_what_it_needs(seed: int, months: int, centre: int) -> None:
    span = Span(dt.date(2025, 11, 1), months)
    known: set[str] = set()
    gone: set[str] = set()
    left: dict[str, int] = {}
    paid: dict[str, int] = {}
    last = span.start
    for event in plan(seed, span, centre, 10, people=12):
        assert last <= event.on <= span.end
        last = event.on
        if event.act is Act.REGISTER:
            known.add(event.person)
        assert event.person in known
        assert event.person not in gone
        assert set(event.refers.values()) <= known
        if event.act is Act.DELETE_SERVICE:
            assert event.subject in known
            known.remove(event.subject)
        elif event.act is Act.DELETE_PERSON:
            gone.add(event.person)
        elif event.subject:
            known.add(event.subject)
        if event.act is Act.GRANT:
            left[event.subject] = int(event.values["approved"])
        if "grant" in event.refers:
            assert int(event.values["amount"]) > 0
            paid[event.refers["grant"]] = paid.get(event.refers["grant"], 0) + int(event.values["amount"])
    assert all(paid[grant] <= left[grant] for grant in paid)


@pytest.mark.parametrize(
    ("first", "count", "end"),
    [("2025-01-15", 1, "2025-01-31"), ("2025-01-01", 12, "2025-12-31"), ("2025-12-01", 3, "2026-02-28")],
)
def test_the_end_of_a_span(first: str, count: int, end: str) -> None:
    assert Span(dt.date.fromisoformat(first), count).end == dt.date.fromisoformat(end)
