"""What is due today, by day and by person; what is followed or settled is due no more."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from app.clock import SteadyClock
from app.usecases.agenda import AgendaRow
from tests.e2e.conftest import Pair
from tests.e2e.desks import TODAY, Office

GRANT = {"grant_kind": "reintegration", "currency": "BYN", "approved": 90000, "instalments": 3}


@pytest.fixture
def person(nurse: Office) -> uuid.UUID:
    return nurse.people.register({"sex": "female", "birth": "1996"}, {"names": [{"given": "Ганна"}]})


def at(nurse: Office, days: int) -> None:
    """The nurse works ``days`` later."""
    clock = nurse.desk.clock
    assert isinstance(clock, SteadyClock)
    clock.set(TODAY + dt.timedelta(days=days))


def told(rows: tuple[AgendaRow, ...]) -> list[tuple[str, str, bool]]:
    return [(row.what, row.on, row.overdue) for row in rows]


def test_nothing_is_due_in_an_empty_register(nurse: Office, person: uuid.UUID) -> None:
    day = nurse.agenda.today()
    assert (day.day, day.count) == ("2026-06-15", 0)


def test_appointments_of_today_and_overdue_ones(nurse: Office, person: uuid.UUID) -> None:
    for moment, values in (
        ("2026-06-15T16:00", {"what": "юрист"}),
        ("2026-06-15T09:00", {"service": "legal_civil"}),
        ("2026-06-01T09:00", {"what": "забытый"}),
        ("2026-06-16T00:00", {"what": "завтра"}),
        ("2026-06-30T00:00", {"what": "позже"}),
        ("2026-06-14T10:00", {"what": "был", "state": "done"}),
    ):
        uid = nurse.planning.save_appointment(person, {"at": moment, **values}, sure=True)
    day = nurse.agenda.today()
    assert told(day.appointments) == [
        ("забытый", "2026-06-01T09:00", True),
        ("Legal assistance in civil matters", "2026-06-15T09:00", False),
        ("юрист", "2026-06-15T16:00", False),
    ]
    row = day.appointments[0]
    assert (row.person, row.name, row.kind) == (person, "Ганна", "appointment")
    assert row.code == nurse.people.person(person)["code"]
    assert told(nurse.agenda.coming()) == [("завтра", "2026-06-16T00:00", False)]
    nurse.planning.mark_appointment(row.record, "moved", "2026-06-16T11:00")
    assert len(nurse.agenda.today().appointments) == 2
    assert [one.what for one in nurse.agenda.coming()] == ["завтра", "забытый"]
    assert uid not in {one.record for one in nurse.agenda.coming(60)}


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("food_meals", {"next_on": "2026-06-14"}),
        ("medical_treatment", {"next_visit": "2026-06-14"}),
        ("psych_counselling", {"next_session_on": "2026-06-14"}),
        ("legal_civil", {"next_hearing_on": "2026-06-14"}),
        ("legal_civil", {"next_hearing_on": "2026-09-01", "next_on": "2026-06-14"}),
    ],
)
def test_a_follow_up_is_due_until_it_is_followed(
    nurse: Office, person: uuid.UUID, code: str, values: dict[str, Any]
) -> None:
    first = nurse.help(person, code, on="2026-06-10", **values)
    (row,) = nurse.agenda.today().follow_ups
    assert (row.record, row.on, row.overdue, row.kind) == (first, "2026-06-14", True, "follow_up")
    nurse.help(person, "safety_planning", on="2026-06-14")
    assert len(nurse.agenda.today().follow_ups) == 1
    later = nurse.help(person, code, on="2026-06-14")
    assert nurse.agenda.today().follow_ups == ()
    nurse.assistance.delete_service(later, "entered_by_mistake")
    assert len(nurse.agenda.today().follow_ups) == 1
    nurse.planning.save_appointment(person, {"at": "2026-06-20T10:00"})
    assert nurse.agenda.today().follow_ups == ()


def test_an_appointment_before_the_service_does_not_follow_it(nurse: Office, person: uuid.UUID) -> None:
    nurse.planning.save_appointment(person, {"at": "2026-06-10T15:00", "state": "done"})
    nurse.help(person, "legal_civil", on="2026-06-10", next_on="2026-06-12", next_step="позвонить в суд")
    assert told(nurse.agenda.today().follow_ups) == [("позвонить в суд", "2026-06-12", True)]


def test_two_services_of_one_day_ask_once(nurse: Office, person: uuid.UUID) -> None:
    for step in ("первый", "второй"):
        nurse.help(person, "legal_civil", on="2026-06-10", next_on="2026-06-15", next_step=step)
    assert told(nurse.agenda.today().follow_ups) == [("второй", "2026-06-15", False)]


def test_a_month_has_come_when_it_is_over(nurse: Office, person: uuid.UUID) -> None:
    nurse.help(person, "legal_civil", on="2026-06-10", next_on="2026-06")
    nurse.planning.save_need(person, {"category": "legal", "due": "2026-06"})
    assert nurse.agenda.today().count == 0
    at(nurse, 15)
    day = nurse.agenda.today()
    assert (len(day.follow_ups), told(day.steps)) == (1, [("Legal assistance", "2026-06", True)])


def test_steps_of_the_plan(nurse: Office, person: uuid.UUID) -> None:
    for due, progress in (("2026-06-15", "in_progress"), ("2026-06-01", ""), ("2026-06-01", "met")):
        nurse.planning.save_need(person, {"category": "shelter", "due": due, "progress": progress, "step": due})
    nurse.planning.save_need(person, {"category": "shelter", "due": "2026-06-16", "goal": "завтра"})
    nurse.planning.save_need(person, {"category": "shelter", "goal": "без срока"})
    assert told(nurse.agenda.today().steps) == [
        ("2026-06-01", "2026-06-01", True),
        ("2026-06-15", "2026-06-15", False),
    ]


def test_instalments(nurse: Office, person: uuid.UUID) -> None:
    grant = nurse.assistance.approve_grant(person, {**GRANT, "approved_on": "2026-05-20"})

    def pay(on: str, amount: int, **values: Any) -> None:
        paid = {"grant": str(grant), "currency": "BYN", "amount": amount, "on": on}
        nurse.help(person, "grant_reintegration", **paid, **values)

    assert told(nurse.agenda.today().instalments) == [("Reintegration", "2026-05-20", True)]
    pay("2026-05-31", 30000)
    assert nurse.agenda.today().instalments == ()
    at(nurse, 15)
    assert told(nurse.agenda.today().instalments) == [("Reintegration", "2026-06-30", False)]
    pay("2026-06-30", 30000, next_on="2026-07-03")
    assert nurse.agenda.today().instalments == ()
    at(nurse, 20)
    assert told(nurse.agenda.today().instalments) == [("Reintegration", "2026-07-03", True)]
    assert nurse.agenda.today().follow_ups == ()
    pay("2026-07-05", 30000)
    at(nurse, 90)
    assert nurse.agenda.today().instalments == ()


def test_whose_cases_are_closed_is_not_waited_for(nurse: Office, person: uuid.UUID) -> None:
    case = nurse.cases.save(person, {"opened_on": "2026-06-01", "status": "Active"})
    nurse.help(person, "legal_civil", on="2026-06-10", next_on="2026-06-12")
    nurse.planning.save_need(person, {"category": "legal", "due": "2026-06-12"})
    nurse.assistance.approve_grant(person, {**GRANT, "approved_on": "2026-06-12"})
    assert nurse.agenda.today().count == 3
    closed = {"opened_on": "2026-06-01", "status": "Closed", "closed_on": "2026-06-14"}
    nurse.cases.save(person, closed, case=case)
    assert nurse.agenda.today().count == 0
    nurse.cases.save(person, {"opened_on": "2026-06-15"})
    assert nurse.agenda.today().count == 3


def test_only_own_records_and_living_people(pair: Pair) -> None:
    nurse, boss = pair.nurse, pair.boss
    person = nurse.people.register({"sex": "female"}, {}, sure=True)
    nurse.planning.save_appointment(person, {"at": "2026-06-15T10:00"})
    boss.take(nurse.send(pair.stick))
    assert nurse.agenda.today().count == 1
    assert boss.agenda.today().count == 0
    nurse.people.delete(person, "entered_twice")
    assert nurse.agenda.today().count == 0
