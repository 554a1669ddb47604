"""The gate of referrals: closed without a release to that very organisation, and what opens it leaves a trace."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from sqlalchemy import select

from app import codelists
from app.errors import UserError
from app.forms.referral import release_scopes
from app.models import AuditEntry, Staff
from app.usecases import audit
from app.usecases.checking import NeedsConfirmation
from app.usecases.letter import told_in_letter
from app.usecases.referrals import WITHOUT_CONSENT, ConsentMissing
from tests.e2e.desks import Office

SHARED = ["names", "birth", "help_wanted", "medical_needs"]
REFERRAL = {
    "service": "medical_treatment",
    "agency": "clinic",
    "sent_on": "2026-06-15",
    "shared": SHARED,
    "medical_needs": "лечение зубов",
    "status": "waiting",
}
RELEASE = {"scope": "release_health", "organisation": "clinic", "state": "given", "on": "2026-06-10"}


@pytest.fixture
def person(nurse: Office) -> uuid.UUID:
    names = [
        {"surname": "Савіцкая", "given": "Ганна", "language": "be"},
        {"surname": "Savickaja", "language": "latin"},
    ]
    return nurse.people.register(
        {"sex": "female", "birth": "1996-05-03", "children": 2}, {"names": names, "phone": "+375 29 1112233"}
    )


def entries(nurse: Office) -> list[uuid.UUID | None]:
    with nurse.desk.store.reading() as session:
        assert audit.broken_at(session) is None
        return list(session.scalars(select(AuditEntry.subject).where(AuditEntry.action == WITHOUT_CONSENT)))


def colleague(nurse: Office, name: str) -> None:
    with nurse.desk.store.transaction() as session:
        session.add(Staff(uid=uuid.uuid4(), name=name, role="supervisor", active=True))


@pytest.mark.parametrize(
    "consent",
    [
        {},
        {**RELEASE, "state": "refused"},
        {**RELEASE, "state": "withdrawn"},
        {**RELEASE, "expires_on": "2026-06-14"},
        {**RELEASE, "scope": "release_legal"},
        {**RELEASE, "organisation": "social_centre"},
        {**RELEASE, "organisation": "other", "organisation_other": "clinic"},
        {"scope": "services", "state": "given", "on": "2026-06-10"},
    ],
)
def test_without_the_right_consent_nothing_is_saved(
    nurse: Office, person: uuid.UUID, consent: dict[str, Any]
) -> None:
    if consent:
        nurse.people.set_consent(person, consent, sure=True)
    for excuse in ({}, {"without_consent_reason": "срочно"}, {"second_person": "Ольга"}):
        with pytest.raises(ConsentMissing) as raised:
            nurse.referrals.save(person, {**REFERRAL, **excuse}, sure=True)
        assert "release_health" in raised.value.scopes
    assert nurse.referrals.of_person(person) == []
    assert entries(nurse) == []


@pytest.mark.parametrize("scope", ["release_health", "release_other"])
def test_a_release_to_the_organisation_opens_the_gate(nurse: Office, person: uuid.UUID, scope: str) -> None:
    consent = nurse.people.set_consent(person, {**RELEASE, "scope": scope}, sure=True)
    assert nurse.referrals.consent(person, REFERRAL) == consent
    forged = {**REFERRAL, "consent": str(uuid.uuid4()), "without_consent_reason": "x", "second_person": "y"}
    uid = nurse.referrals.save(person, forged)
    values = nurse.referrals.referral(uid)
    assert values["consent"] == str(consent)
    assert "without_consent_reason" not in values
    assert nurse.referrals.consent_now(uid) == "given"
    assert entries(nurse) == []


def test_another_organisation_is_known_by_its_name(nurse: Office, person: uuid.UUID) -> None:
    nurse.people.set_consent(person, {**RELEASE, "organisation": "other", "organisation_other": "Фонд «Дом»"})
    other = {**REFERRAL, "agency": "other"}
    with pytest.raises(ConsentMissing):
        nurse.referrals.save(person, {**other, "agency_other": "Фонд «Сад»"})
    with pytest.raises(ConsentMissing):
        nurse.referrals.save(person, other, sure=True)
    nurse.referrals.save(person, {**other, "agency_other": "фонд  «дом»"})


def test_to_the_police_only_the_release_to_them_counts(nurse: Office, person: uuid.UUID) -> None:
    police = {**REFERRAL, "service": "referral_police", "agency": "moi"}
    nurse.people.set_consent(person, {**RELEASE, "scope": "release_other", "organisation": "moi"}, sure=True)
    with pytest.raises(ConsentMissing) as raised:
        nurse.referrals.save(person, police)
    assert raised.value.scopes == ("release_security",)
    nurse.people.set_consent(person, {**RELEASE, "scope": "release_security", "organisation": "moi"}, sure=True)
    nurse.referrals.save(person, police)


def test_every_service_and_agency_has_a_purpose_that_names_an_organisation() -> None:
    named = {entry.code for entry in codelists.get("consent_scopes") if entry.extra["named_organisation"] == "1"}
    for service in (*codelists.get("services").codes, "of_a_newer_program"):
        for agency in codelists.get("agencies").codes:
            scopes = release_scopes(service, agency)
            assert scopes
            assert set(scopes) <= named


def test_a_reason_and_a_second_person_open_it_with_a_trace(nurse: Office, person: uuid.UUID) -> None:
    excuse = {"without_consent_reason": "угроза жизни", "second_person": "тамара"}
    with pytest.raises(UserError, match="another member of staff"):
        nurse.referrals.save(person, {**REFERRAL, **excuse})
    colleague(nurse, "Ольга Жук")
    assert nurse.referrals.colleagues() == ["Ольга Жук"]
    with pytest.raises(UserError, match="another member of staff"):
        nurse.referrals.save(person, {**REFERRAL, **excuse, "second_person": "Кто-то"})
    excuse["second_person"] = "Ольга Жук"
    uid = nurse.referrals.save(person, {**REFERRAL, **excuse})
    assert entries(nurse) == [uid]
    assert nurse.referrals.consent_now(uid) == ""
    assert "names" in nurse.referrals.letter(uid)
    # The same form once more is no second decision; the answer is recorded without a new one.
    nurse.referrals.save(person, {**REFERRAL, **excuse}, referral=uid)
    answered = {**REFERRAL, "status": "accepted", "answered_on": "2026-06-15"}
    nurse.referrals.save(person, answered, referral=uid)
    assert entries(nurse) == [uid]
    assert nurse.referrals.referral(uid)["without_consent_reason"] == "угроза жизни"


def test_a_consent_withdrawn_after_sending_is_shown_and_stops_what_is_new(nurse: Office, person: uuid.UUID) -> None:
    nurse.people.set_consent(person, RELEASE)
    uid = nurse.referrals.save(person, REFERRAL)
    unsent = nurse.referrals.save(person, {**REFERRAL, "sent_on": "", "shared": ["names"]})
    nurse.people.set_consent(person, {**RELEASE, "state": "withdrawn", "withdrawn_on": "2026-06-15"})
    assert nurse.referrals.consent_now(uid) == "withdrawn"
    assert nurse.referrals.referral(uid)["status"] == "waiting"
    nurse.referrals.save(person, {**nurse.referrals.referral(uid), "status": "done"}, referral=uid)
    with pytest.raises(ConsentMissing):
        nurse.referrals.save(person, {**REFERRAL, "shared": [*SHARED, "phone"]}, referral=uid)
    with pytest.raises(ConsentMissing):
        nurse.referrals.save(person, {**REFERRAL, "shared": ["names"]}, referral=unsent)
    for one in (uid, unsent):
        with pytest.raises(ConsentMissing):
            nurse.referrals.letter(one)
    nurse.referrals.save(person, {**nurse.referrals.referral(unsent), "status": "revoked"}, referral=unsent)
    assert nurse.referrals.referral(unsent)["status"] == "revoked"
    with pytest.raises(ConsentMissing):
        nurse.referrals.letter(unsent)
    assert entries(nurse) == []


def test_the_letter_says_what_is_shared_and_nothing_else(nurse: Office, person: uuid.UUID) -> None:
    nurse.people.set_consent(person, RELEASE)
    uid = nurse.referrals.save(person, {**REFERRAL, "letter_language": "be", "legal_situation": "не для них"})
    assert nurse.referrals.letter(uid) == {
        "names": "Савіцкая Ганна",
        "birth": "1996-05-03",
        "help_wanted": "medical_treatment",
        "medical_needs": "лечение зубов",
    }
    nurse.referrals.save(person, {**REFERRAL, "letter_language": "en", "shared": ["names", "address"]}, referral=uid)
    assert nurse.referrals.letter(uid) == {"names": "Savickaja"}


def test_each_shared_field_has_a_source_of_its_own() -> None:
    """Every code of the list brings its own value into the letter, and no other code brings it."""
    texts = {"need_story": "n1", "medical_needs": "n2", "legal_situation": "n3"}
    referral: dict[str, Any] = {"service": "s1", **texts}
    person = {"code": "p1", "birth": "p2", "sex": "p3", "citizenships": ["p4"], "languages": ["p5"], "children": 6}
    identity = {
        "names": [{"given": "i1"}], "passport": "i2", "personal_number": "i3", "phone": "i4", "address": "i5",
        "contact_way": ["i6"], "contact_time": "i7", "contact_forbidden": ["i8"], "contact_note": "i9",
    }  # fmt: skip
    consents = [{"representative": "c1", "representative_relation": "mother", "on": "2026"}]
    seen: set[str] = set()
    for code in codelists.get("shared_fields").codes:
        letter = told_in_letter({**referral, "shared": [code]}, person, identity, consents)
        assert list(letter) == [code]
        assert str(letter[code]) not in seen
        seen.add(str(letter[code]))
    assert told_in_letter({**referral, "shared": []}, person, identity, consents) == {}


def test_a_letter_that_says_nothing_is_asked_about(nurse: Office, person: uuid.UUID) -> None:
    nurse.people.set_consent(person, RELEASE)
    with pytest.raises(NeedsConfirmation) as raised:
        nurse.referrals.save(person, {**REFERRAL, "shared": []})
    assert [problem.code for problem in raised.value.problems] == ["nothing_shared"]
