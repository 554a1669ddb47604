"""The main job, end to end: record, seal, carry, take in, answer. And what the registers then hold."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from sqlalchemy import delete

from app.errors import UserError
from app.models import BundleSeen, Identity, Person, Record
from app.sync import rows
from app.sync.card import CardRefused
from app.sync.projection import rebuild
from app.usecases.enrolment import WrongDigits
from tests.e2e.conftest import Pair
from tests.e2e.desks import (
    QUICK_DIGITS,
    Office,
    canonical_dump,
    content_digest,
    digests_at,
    document_at,
    new_office,
    outgoing_rows,
    trust_of,
)

GATE = {"scope": "coordinator_identifiable", "on": "2026-06-01", "given_by": "individual"}
NAMES = {"names": [{"surname": "Коваль", "given": "Анна", "kind": "current"}]}


def register(office: Office) -> uuid.UUID:
    return office.people.register({"sex": "female", "birth": "1996-05"}, NAMES, sure=True)


def test_a_day_is_recorded_carried_and_answered(pair: Pair) -> None:
    person = register(pair.nurse)
    pair.nurse.people.set_consent(person, {**GATE, "state": "given"}, sure=True)
    case = pair.nurse.cases.save(person, {"opened_on": "2026-06-01"}, sure=True)
    services = [pair.nurse.help(person, code) for code in ("medical_examination", "legal_civil", "psych_counselling")]
    grant = pair.nurse.assistance.approve_grant(
        person, {"grant_kind": "reintegration", "currency": "BYN", "approved": 50000, "instalments": 3}, sure=True
    )
    services.append(pair.nurse.help(person, "grant_reintegration", amount=20000))
    preview = pair.nurse.sending.preview()
    assert (preview.records, preview.records_total, preview.persons, preview.held_back_persons) == (9, 9, 1, 0)

    file = pair.nurse.send(pair.stick)
    looked = pair.boss.receiving.inspect(file)
    assert (looked.ok, looked.rows, looked.added) == (True, 9, 9)
    assert digests_at(pair.boss.desk, pair.nurse.desk.me.uid) == {}, "looking takes nothing"
    (taken,) = pair.boss.take(file)
    assert (taken.ok, taken.answer, taken.added, taken.flagged) == (True, "ACCEPTED", 9, 0)
    assert taken.sender == "Витебск"
    assert {row.uid for row in pair.boss.assistance.timeline(person)} == set(services)
    assert pair.boss.people.rows(pair.boss.people.find("кова"))[0].name == "Коваль Анна"
    assert pair.boss.assistance.grants(person)[0].left == 30000
    assert document_at(pair.boss.desk, case)[0] == document_at(pair.boss.desk, grant)[0] == "live"

    assert pair.boss.receiving.receipts_due() == 1
    answers = pair.nurse.take(*pair.boss.receipts(pair.back))
    assert [(one.ok, one.type, one.rows) for one in answers] == [(True, "receipt", 1)]
    assert pair.boss.receiving.receipts_due() == 0
    assert {one.state.value for one in pair.nurse.deliveries.of_person(person).values()} == {"received"}
    preview = pair.nurse.sending.preview()
    assert (preview.records, preview.records_total) == (0, 0)


def test_the_register_says_what_the_centre_says_and_can_be_made_anew(pair: Pair) -> None:
    first, second = register(pair.nurse), register(pair.nurse)
    pair.nurse.people.set_consent(first, {**GATE, "state": "given"}, sure=True)
    service = pair.nurse.help(first)
    pair.nurse.help(second, "medical_examination")
    pair.boss.take(pair.nurse.send(pair.stick))
    pair.nurse.assistance.delete_service(service, "entered_by_mistake")
    pair.nurse.people.change_person(second, {"sex": "male", "birth": "1980"}, sure=True)
    pair.boss.take(pair.nurse.send(pair.stick))
    for office in (pair.nurse, pair.boss):
        before = canonical_dump(office.desk)
        with office.desk.store.transaction() as session:
            rebuild(session)
        assert canonical_dump(office.desk) == before
    said = {uid: bytes.fromhex(rows.digest(line)) for uid, line in outgoing_rows(pair.nurse.desk).items()}
    assert digests_at(pair.boss.desk, pair.nurse.desk.me.uid) == said
    timeline = pair.boss.assistance.timeline(second)
    assert [row.code for row in timeline] == ["medical_examination"]


def test_a_lost_receipt_heals_and_can_be_asked_for_again(pair: Pair) -> None:
    """What a lost receipt said (received, needs attention) is said again by the next one."""
    person = register(pair.nurse)
    odd = pair.nurse.help(person, donor="no_such_donor")
    first = pair.nurse.send(pair.stick)
    assert pair.boss.take(first)[0].flagged == 1
    pair.boss.receipts(pair.back)  # lost
    assert pair.boss.receiving.receipts_due() == 0
    again = pair.boss.take(first)[0]
    assert (again.ok, again.answer) == (True, "ALREADY_IMPORTED")
    assert pair.boss.receiving.receipts_due() == 1
    pair.boss.receipts(pair.back)  # lost too
    pair.nurse.help(person, donor="red_cross")
    pair.boss.take(pair.nurse.send(pair.stick))
    pair.nurse.take(*pair.boss.receipts(pair.back))
    found = pair.nurse.deliveries.of_person(person)
    assert found[odd].state == "attention"
    assert {one.state for uid, one in found.items() if uid != odd} == {"received"}


def test_nobody_sends_without_a_coordinator(tmp_path: Path) -> None:
    alone = new_office(tmp_path / "alone", "centre", "Орша")
    with pytest.raises(UserError, match="No coordinator"):
        alone.send(tmp_path / "stick")
    assert list((tmp_path / "stick").iterdir()) == []
    alone.lock()


def test_wrong_digits_name_the_group_and_trust_nobody(pair: Pair, tmp_path: Path) -> None:
    other = new_office(tmp_path / "other", "centre", "Орша", seed=77)
    pair.boss.enrolment.receive(other.enrolment.my_card())
    said = list(other.enrolment.my_digits())
    said[2] = f"{(int(said[2]) + 1) % 100000:05}"
    with pytest.raises(WrongDigits) as wrong:
        pair.boss.enrolment.confirm(other.desk.me.uid, said)
    assert wrong.value.groups == (3,)
    assert "Group 3" in wrong.value.sentence()
    assert trust_of(pair.boss.desk, other.desk.me.uid) == "pending"
    pair.boss.enrolment.confirm(other.desk.me.uid, other.enrolment.my_digits())
    assert trust_of(pair.boss.desk, other.desk.me.uid) == "trusted"
    other.lock()


@pytest.mark.parametrize("change", ["text", "cut", "flip", "empty", "newer"])
def test_a_card_that_is_not_a_card(pair: Pair, tmp_path: Path, change: str) -> None:
    other = new_office(tmp_path / "other", "centre", "Орша", seed=77)
    good = other.enrolment.my_card()
    other.lock()
    bad = {
        "text": "Дорогая Анна!".encode(),
        "cut": good[:-40],
        "flip": good.replace("Орша".encode(), "Орса".encode()),
        "empty": b"",
        "newer": good.replace(b'"v":1', b'"v":2'),
    }[change]
    before = content_digest(pair.boss.desk)
    with pytest.raises(CardRefused) as refused:
        pair.boss.enrolment.receive(bad)
    assert refused.value.sentence()
    assert content_digest(pair.boss.desk) == before


def test_cards_that_do_not_fit(pair: Pair, tmp_path: Path) -> None:
    """One's own, another centre's, a practice one, and a stranger's card with a key that is taken."""
    practising = new_office(tmp_path / "practising", "centre", "Орша", practice=True, seed=78)
    centre = new_office(tmp_path / "centre", "centre", "Полоцк", seed=79)
    before = content_digest(pair.nurse.desk)
    for card in (pair.nurse.enrolment.my_card(), practising.enrolment.my_card(), centre.enrolment.my_card()):
        with pytest.raises(CardRefused):
            pair.nurse.enrolment.receive(card)
    assert content_digest(pair.nurse.desk) == before
    with pytest.raises(CardRefused):
        pair.boss.enrolment.receive(practising.enrolment.my_card())
    practising.lock()
    centre.lock()
    assert QUICK_DIGITS.memory_kib < 1024, "never the cost of real digits in a test"


def test_a_coordinator_who_lost_her_store_gets_everything_anew(pair: Pair, tmp_path: Path) -> None:
    """The next bundle stands on what the lost store acknowledged: a gap. Sent anew, all of it arrives."""
    person = register(pair.nurse)
    pair.boss.take(pair.nurse.send(pair.stick))
    pair.nurse.take(*pair.boss.receipts(pair.back))
    with pair.boss.desk.store.transaction() as session:
        for table in (Person, Identity, BundleSeen, Record):
            session.execute(delete(table))
    service = pair.nurse.help(person)
    assert [one.answer for one in pair.boss.take(pair.nurse.send(pair.stick))] == ["GAP"]
    anew = pair.nurse.sending.send(pair.stick, lambda _done, _all: None, anew=True)
    assert [one.answer for one in pair.boss.take(anew.file)] == ["ACCEPTED"]
    assert [row.uid for row in pair.boss.assistance.timeline(person)] == [service]
    assert pair.boss.people.rows(pair.boss.people.find()) != []
