"""Papers from a real store: exactly what may be told, in the person's language, and who printed them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.errors import UserError
from app.i18n import language
from app.models import AuditEntry
from app.reports.paper.blocks import Paper, PaperKind, texts
from app.usecases.minutes_papers import MinutesPapers
from app.usecases.papers import Papers
from app.usecases.referrals import Referrals
from tests.e2e.desks import Office, content_digest, new_office

NAMES = [
    {"surname": "Кавалёва", "given": "Ганна", "kind": "current", "language": "be"},
    {"surname": "Ковалёва", "given": "Анна", "kind": "current", "language": "ru"},
]
IDENTITY = {
    "names": NAMES,
    "phone": "+375 29 111-22-33",
    "address": "Витебск, Придуманная, 5",
    "passport": "BM7654321",
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "centre", "centre", "Красный Крест, Витебск")
    yield made
    made.lock()


@pytest.fixture
def person(office: Office) -> uuid.UUID:
    about = {"sex": "female", "birth": "1994-05-14", "languages": ["uk", "be"], "children": 2}
    return office.people.register(about, IDENTITY, sure=True)


def _said(paper: Paper) -> str:
    return "\n".join(texts(paper))


def _consent(office: Office, person: uuid.UUID, state: str) -> None:
    answer = {"scope": "release_health", "state": state, "organisation": "brcs_vitebsk", "on": "2026-06-10"}
    office.people.set_consent(person, answer, sure=True)


def _referral(office: Office, person: uuid.UUID, **values: object) -> uuid.UUID:
    whole = {
        "service": "medical_examination",
        "agency": "brcs_vitebsk",
        "sent_on": "2026-06-12",
        "shared": ["names", "need_story", "help_wanted"],
        "need_story": "Нужен врач",
        "medical_needs": "ТАЙНОЕ",
        "letter_language": "be",
        "status": "waiting",
    }
    return Referrals(office.desk).save(person, whole | values, sure=True)


def test_the_letter_holds_exactly_what_is_shared(office: Office, person: uuid.UUID) -> None:
    _consent(office, person, "given")
    said = _said(Papers(office.desk).referral_letter(_referral(office, person), "be"))
    assert "Кавалёва Ганна" in said
    assert "Нужен врач" in said
    code = office.people.person(person)["code"]
    for hidden in ("ТАЙНОЕ", "111-22-33", "Придуманная", "BM7654321", "1994", "14.05", code, str(person)):
        assert hidden not in said


def test_a_letter_is_not_printed_once_the_consent_is_withdrawn(office: Office, person: uuid.UUID) -> None:
    _consent(office, person, "given")
    referral = _referral(office, person)
    _consent(office, person, "withdrawn")
    with pytest.raises(UserError, match="withdrawn"):
        Papers(office.desk).referral_letter(referral, "ru")


def test_nor_when_the_referral_is_revoked(office: Office, person: uuid.UUID) -> None:
    _consent(office, person, "given")
    referral = _referral(office, person, status="revoked")
    with pytest.raises(UserError, match="revoked"):
        Papers(office.desk).referral_letter(referral, "ru")


def test_without_consent_the_letter_claims_none(office: Office, person: uuid.UUID) -> None:
    referral = _referral(office, person, without_consent_reason="Жизнь в опасности", second_person="Л. Дрозд")
    said = _said(Papers(office.desk).referral_letter(referral, "en"))
    assert "agreed" not in said
    assert "Жизнь в опасности" not in said
    assert "Л. Дрозд" not in said


def test_the_language_is_the_letters_or_the_persons(office: Office, person: uuid.UUID) -> None:
    _consent(office, person, "given")
    papers = Papers(office.desk)
    assert papers.language_for(PaperKind.SUMMARY, person) == "be", "the first of hers that we write"
    assert papers.language_for(PaperKind.REFERRAL, _referral(office, person, letter_language="en")) == "en"
    stranger = office.people.register({"languages": ["uk"]}, {}, sure=True)
    assert papers.language_for(PaperKind.CONSENT, stranger) == language(), "the interface's"


def test_the_summary_holds_everything_of_her_and_nothing_of_others(office: Office, person: uuid.UUID) -> None:
    _consent(office, person, "given")
    _referral(office, person)
    office.help(person, note="Наша заметка", on="2026-06-01")
    office.cases.save(person, {"opened_on": "2026-05-30"}, sure=True)
    other = office.people.register({}, {"names": [{"surname": "Чужая"}]}, sure=True)
    office.help(other, note="Чужая заметка")
    said = _said(Papers(office.desk).summary(person, "ru"))
    for part in ("Кавалёва", "Ковалёва", "111-22-33", "Придуманная", "Наша заметка", "Нужен врач", "30.05.2026"):
        assert part in said
    assert "Чужая" not in said
    assert str(person) not in said


def test_a_receipt_is_for_a_payment_only(office: Office, person: uuid.UUID) -> None:
    values = {"grant_kind": "vocational", "currency": "BYN", "approved": 90_000}
    grant = office.assistance.approve_grant(person, values, sure=True)
    paid = {"grant": str(grant), "amount": 45_050, "currency": "BYN"}
    payment = office.help(person, "grant_vocational", **paid)
    assert "Четыреста пятьдесят белорусских рублей 50 копеек" in _said(
        Papers(office.desk).grant_receipt(payment, "ru")
    )
    with pytest.raises(UserError, match="no payment"):
        Papers(office.desk).grant_receipt(office.help(person), "ru")


def test_composing_changes_nothing_and_printing_is_audited(office: Office, person: uuid.UUID) -> None:
    papers = Papers(office.desk)
    before = content_digest(office.desk)
    for kind in (PaperKind.CONSENT, PaperKind.SUMMARY):
        papers.compose(kind, person, "en")
    assert content_digest(office.desk) == before
    papers.printed(PaperKind.SUMMARY, person)
    papers.saved_as_file(PaperKind.CONSENT, person)
    with office.desk.store.reading() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.rid.desc()).limit(2)).all()
        told = [(entry.action, entry.subject, entry.staff_uid) for entry in reversed(entries)]
    assert told == [
        ("printed_summary", person, office.desk.staff),
        ("saved_as_file_consent", person, office.desk.staff),
    ]


@pytest.mark.parametrize("kind", [kind for kind in PaperKind if kind is not PaperKind.PACK])
def test_what_is_no_longer_here_is_said_so(office: Office, kind: PaperKind) -> None:
    """(A pack of figures is about no record.)"""
    with pytest.raises(UserError):
        MinutesPapers(office.desk).compose(kind, uuid.UUID(int=7), "ru")
