"""Help is never blocked for want of a record of consent: the form reminds, asks why, and saves."""

from __future__ import annotations

import uuid

import pytest

from app.usecases.checking import NeedsConfirmation
from tests.e2e.desks import Office


@pytest.fixture
def person(nurse: Office) -> uuid.UUID:
    return nurse.people.register({"sex": "female", "birth": "1996"}, {})


def agree(nurse: Office, person: uuid.UUID, scope: str, state: str = "given") -> None:
    nurse.people.set_consent(person, {"scope": scope, "state": state, "on": "2026-06-15"}, sure=True)


def test_the_form_reminds_until_both_consents_are_recorded(nurse: Office, person: uuid.UUID) -> None:
    assert nurse.assistance.defaults(person, "safety_planning")["consent_recorded"] == "no"
    for scope in ("interview", "services"):
        service, values = nurse.assistance.new_service(), nurse.assistance.defaults(person, "safety_planning")
        with pytest.raises(NeedsConfirmation) as raised:
            nurse.assistance.record_service(person, values, service=service)
        assert [problem.code for problem in raised.value.problems] == ["consent_unrecorded"]
        agree(nurse, person, scope)
    values = nurse.assistance.defaults(person, "safety_planning")
    assert "consent_recorded" not in values
    nurse.assistance.record_service(person, values, service=nurse.assistance.new_service())
    agree(nurse, person, "services", "withdrawn")
    assert nurse.assistance.defaults(person, "safety_planning")["consent_recorded"] == "no"


def test_the_missing_consent_is_named_and_a_reason_holds_for_the_day(nurse: Office, person: uuid.UUID) -> None:
    agree(nurse, person, "services")
    values = nurse.assistance.defaults(person, "safety_planning")
    with pytest.raises(NeedsConfirmation) as raised:
        nurse.assistance.record_service(person, values, service=nurse.assistance.new_service())
    assert "agrees to the talk. Ask" in raised.value.problems[0].message
    told = {**values, "no_consent_reason": "not_able_now"}
    service = nurse.assistance.new_service()
    nurse.assistance.record_service(person, told, service=service)
    assert nurse.assistance.defaults(person, "food_meals")["no_consent_reason"] == "not_able_now"
    nurse.assistance.record_service(person, {**told, "on": "2026-06-14"}, service=service, sure=True)
    assert "no_consent_reason" not in nurse.assistance.defaults(person, "food_meals")


def test_a_reason_or_a_yes_saves_and_a_later_consent_settles_it(nurse: Office, person: uuid.UUID) -> None:
    values = nurse.assistance.defaults(person, "safety_planning")
    with_reason = nurse.assistance.new_service()
    nurse.assistance.record_service(person, {**values, "no_consent_reason": "emergency"}, service=with_reason)
    kept = nurse.assistance.service(with_reason)
    assert (kept["consent_recorded"], kept["no_consent_reason"]) == ("no", "emergency")
    sure = nurse.assistance.new_service()
    nurse.assistance.record_service(person, values, service=sure, sure=True)
    assert nurse.assistance.service(sure)["consent_recorded"] == "no"
    # What a form says of consent does not count: the consents do.
    agree(nurse, person, "interview")
    agree(nurse, person, "services")
    nurse.assistance.record_service(person, kept, service=with_reason)
    again = nurse.assistance.service(with_reason)
    assert "consent_recorded" not in again
    assert "no_consent_reason" not in again
