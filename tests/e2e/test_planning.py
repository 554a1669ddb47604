"""Needs and appointments in a real store: saved, moved once, taken along by consent and by deletion."""

from __future__ import annotations

import uuid

import pytest

from app.errors import UserError
from app.usecases.checking import NeedsConfirmation, NotAccepted
from tests.e2e.conftest import Pair
from tests.e2e.desks import Office, document_at

AT = "2026-06-20T10:30"


@pytest.fixture
def person(nurse: Office) -> uuid.UUID:
    return nurse.people.register({"sex": "female", "birth": "1996"}, {"names": [{"given": "Ганна"}]})


def test_a_need_is_kept_changed_and_sorted(nurse: Office, person: uuid.UUID) -> None:
    start = nurse.planning.need_defaults(person)
    assert start == {"agreed_on": "2026-06-15", "responsible": "Тамара", "progress": "in_progress"}
    later = nurse.planning.save_need(person, {**start, "category": "legal", "due": "2026-09"})
    sooner = nurse.planning.save_need(person, {**start, "category": "medical", "due": "01.07.2026", "goal": "зубы"})
    met = nurse.planning.save_need(person, {**start, "category": "shelter", "progress": "met", "due": "2026-06-16"})
    assert [uid for uid, _ in nurse.planning.needs(person)] == [sooner, later, met]
    nurse.planning.save_need(person, {**nurse.planning.record(later), "due": "2026-06-30"}, need=later)
    assert [uid for uid, _ in nurse.planning.needs(person)] == [later, sooner, met]
    nurse.planning.delete(met, "entered_by_mistake")
    assert len(nurse.planning.needs(person)) == 2
    assert document_at(nurse.desk, met) == ("deleted", {"reason": "entered_by_mistake"})


def test_the_open_case_goes_along(nurse: Office, person: uuid.UUID) -> None:
    assert "case" not in nurse.planning.appointment_defaults(person)
    closed = nurse.cases.save(person, {"opened_on": "2026-06-10", "status": "Closed"}, sure=True)
    case = nurse.cases.save(person, {"opened_on": "2026-06-01"})
    assert nurse.planning.need_defaults(person)["case"] == str(case) != str(closed)
    assert nurse.planning.appointment_defaults(person) == {"case": str(case), "state": "planned"}


def test_what_cannot_be_is_refused_and_what_is_odd_is_asked(nurse: Office, person: uuid.UUID) -> None:
    with pytest.raises(NotAccepted):
        nurse.planning.save_need(person, {"goal": "без вида помощи"})
    with pytest.raises(NotAccepted):
        nurse.planning.save_appointment(person, {"what": "без времени"})
    odd = {"category": "legal", "agreed_on": "2026-06-10", "due": "2026-06-01"}
    with pytest.raises(NeedsConfirmation) as raised:
        nurse.planning.save_need(person, odd)
    assert [problem.code for problem in raised.value.problems] == ["due_before_agreed"]
    with pytest.raises(NeedsConfirmation):
        nurse.planning.save_appointment(person, {"at": AT, "state": "done"})
    with pytest.raises(UserError, match="no longer here"):
        nurse.planning.save_need(uuid.uuid4(), {"category": "legal"})
    assert nurse.planning.needs(person) == nurse.planning.appointments(person) == []


def test_moving_an_appointment_makes_one_new_one(nurse: Office, person: uuid.UUID) -> None:
    first = nurse.planning.save_appointment(person, {"at": AT, "what": "зубной", "service": "medical_treatment"})
    with pytest.raises(UserError, match="new day"):
        nurse.planning.mark_appointment(first, "moved")
    with pytest.raises(NotAccepted):
        nurse.planning.mark_appointment(first, "moved", "когда-нибудь")
    second = nurse.planning.mark_appointment(first, "moved", "27.06.2026 9:00")
    assert nurse.planning.mark_appointment(first, "moved", "27.06.2026 9:00") is None
    found = dict(nurse.planning.appointments(person))
    assert second is not None
    assert list(found) == [first, second]
    assert found[first]["state"] == "moved"
    assert found[first]["moved_to"] == found[second]["at"] == "2026-06-27T09:00"
    assert (found[second]["state"], found[second]["what"]) == ("planned", "зубной")
    assert nurse.planning.mark_appointment(second, "missed") is None
    assert nurse.planning.record(second)["state"] == "missed"


def test_the_same_form_saved_twice_is_one_record(nurse: Office, person: uuid.UUID) -> None:
    uid = nurse.planning.new_id()
    for _ in range(2):
        nurse.planning.save_appointment(person, {"at": AT}, appointment=uid)
    assert [one for one, _ in nurse.planning.appointments(person)] == [uid]


def test_consent_and_deletion_reach_all_kinds(pair: Pair) -> None:
    """A consent taken back takes the words back; a deleted person leaves no live need, appointment or referral."""
    nurse, boss = pair.nurse, pair.boss
    person = nurse.people.register({"sex": "female"}, {}, sure=True)
    answer = {"scope": "coordinator_identifiable", "on": "2026-06-02"}
    nurse.people.set_consent(person, {**answer, "state": "given"}, sure=True)
    need = nurse.planning.save_need(person, {"category": "legal", "goal": "паспорт"})
    meeting = nurse.planning.save_appointment(person, {"at": AT, "with_whom": "юрист Ольга"})
    excuse = {"without_consent_reason": "опасность", "second_person": "Ольга"}
    shared = {"service": "legal_civil", "agency": "clinic", "shared": ["names"], "agency_person": "Жанна"}
    referral = nurse.referrals.save(person, {**shared, **excuse}, sure=True)
    words = {need: "goal", meeting: "with_whom", referral: "agency_person"}
    boss.take(nurse.send(pair.stick))
    assert all(word in document_at(boss.desk, uid)[1] for uid, word in words.items())
    nurse.people.set_consent(person, {**answer, "state": "withdrawn"}, sure=True)
    boss.take(nurse.send(pair.stick))
    for uid, word in words.items():
        state, values = document_at(boss.desk, uid)
        assert state == "live"
        assert word not in values
    nurse.people.delete(person, "entered_twice")
    boss.take(nurse.send(pair.stick))
    for uid in words:
        assert document_at(boss.desk, uid) == ("deleted", {"reason": "entered_twice"})
        assert document_at(nurse.desk, uid)[0] == "deleted"
