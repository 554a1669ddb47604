"""What the nurse sees of each record: saved, sent, received, needs attention. Never more than is true."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from app.models import BundleSent
from app.sync import receipts, stick
from app.usecases import outbox
from app.usecases.delivery import DeliveryState
from tests.e2e.conftest import Pair
from tests.e2e.desks import Office, count_of

SAVED, SENT, RECEIVED, ATTENTION = DeliveryState


def state(office: Office, person: uuid.UUID, record: uuid.UUID) -> DeliveryState:
    return office.deliveries.of_person(person)[record].state


def test_saved_sent_received(pair: Pair) -> None:
    person = pair.nurse.people.register({"sex": "female"}, {}, sure=True)
    service = pair.nurse.help(person)
    assert state(pair.nurse, person, service) is SAVED
    assert pair.nurse.deliveries.of_person(person)[service].words() == "Saved on this laptop, not sent yet"
    file = pair.nurse.send(pair.stick)
    assert state(pair.nurse, person, service) is SENT
    assert pair.nurse.deliveries.of_person(person)[service].bundle == 1
    pair.boss.take(file)
    assert state(pair.nurse, person, service) is SENT, "only a receipt says that it arrived"
    pair.nurse.take(*pair.boss.receipts(pair.back))
    assert state(pair.nurse, person, service) is RECEIVED
    assert pair.nurse.deliveries.of_person(person)[service].words() == "Received on 15.06.2026"

    pair.nurse.assistance.record_service(
        person, {**pair.nurse.assistance.service(service), "note": "иначе"}, service=service, sure=True
    )
    assert state(pair.nurse, person, service) is SAVED
    assert state(pair.nurse, person, person) is RECEIVED
    summary = pair.nurse.deliveries.summary()
    assert (summary.unsent, summary.attention) == (1, 0)


def test_a_lost_bundle_is_received_with_the_next(pair: Pair) -> None:
    person = pair.nurse.people.register({"sex": "female"}, {}, sure=True)
    first = pair.nurse.help(person)
    pair.nurse.send(pair.stick)  # lost
    second = pair.nurse.help(person)
    pair.boss.take(pair.nurse.send(pair.stick))
    pair.nurse.take(*pair.boss.receipts(pair.back))
    assert {state(pair.nurse, person, one) for one in (person, first, second)} == {RECEIVED}
    (peer,) = [one for one in pair.boss.enrolment.peers() if one.inst == pair.nurse.desk.me.uid]
    assert (peer.last_seq, peer.missing) == (2, ""), "its content has come with the second"


def test_a_flagged_record_needs_attention_until_it_is_corrected(pair: Pair) -> None:
    person = pair.nurse.people.register({"sex": "female"}, {}, sure=True)
    service = pair.nurse.help(person, donor="no_such_donor")
    (verdict,) = pair.boss.take(pair.nurse.send(pair.stick))
    assert (verdict.answer, verdict.flagged) == ("ACCEPTED", 1)
    pair.nurse.take(*pair.boss.receipts(pair.back))
    found = pair.nurse.deliveries.of_person(person)[service]
    assert (found.state, found.reason) == (ATTENTION, "unknown_code")
    assert found.words().startswith("Needs attention: ")
    assert pair.nurse.deliveries.summary().attention == 1

    values = pair.nurse.assistance.service(service)
    del values["donor"]
    pair.nurse.assistance.record_service(person, values, service=service, sure=True)
    assert state(pair.nurse, person, service) is SAVED
    assert pair.nurse.deliveries.summary().attention == 0
    assert pair.boss.take(pair.nurse.send(pair.stick))[0].flagged == 0
    pair.nurse.take(*pair.boss.receipts(pair.back))
    assert state(pair.nurse, person, service) is RECEIVED
    (peer,) = [one for one in pair.boss.enrolment.peers() if one.inst == pair.nurse.desk.me.uid]
    assert peer.flagged == 0


def test_a_flag_of_yesterday_says_nothing_of_what_was_changed_since(pair: Pair) -> None:
    person = pair.nurse.people.register({"sex": "female"}, {}, sure=True)
    service = pair.nurse.help(person, donor="no_such_donor")
    pair.boss.take(pair.nurse.send(pair.stick))
    values = {**pair.nurse.assistance.service(service), "note": "иначе"}
    pair.nurse.assistance.record_service(person, values, service=service, sure=True)
    pair.nurse.take(*pair.boss.receipts(pair.back))
    assert state(pair.nurse, person, service) is SAVED


class _PowerCutError(BaseException):
    """Nothing catches it, as nothing catches a power cut."""


@pytest.mark.parametrize("moment", ["before the stick", "after the stick"])
def test_a_burned_number_heals(pair: Pair, moment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut off between sealing and the stick, or between the stick and its note: the next bundle brings all."""
    person = pair.nurse.people.register({"sex": "female"}, {}, sure=True)
    service = pair.nurse.help(person)
    write = stick.write_to_stick

    def cut(*arguments: object) -> None:
        if moment == "after the stick":
            write(*arguments)  # type: ignore[arg-type]  # handed through
        raise _PowerCutError

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "write_to_stick", cut)
        with pytest.raises(_PowerCutError):
            pair.nurse.send(pair.stick)
    assert count_of(pair.nurse.desk, BundleSent) == 1, "the number is used"
    assert state(pair.nurse, person, service) is SAVED
    left = sorted(pair.stick.iterdir())
    assert len(left) == (moment == "after the stick")
    pair.nurse.help(person)
    file = pair.nurse.send(pair.stick)
    assert pair.boss.take(file)[0].seq == 2
    for one in left:  # what the cut left behind is out of date, not a fork
        assert pair.boss.take(one)[0].answer == "OLD"
    pair.nurse.take(*pair.boss.receipts(pair.back))
    assert {one.state for one in pair.nurse.deliveries.of_person(person).values()} == {RECEIVED}


def test_a_burned_number_that_arrived_is_told_as_received(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """It reached the stick and the coordinator, although this laptop never knew."""
    person = pair.nurse.people.register({"sex": "female"}, {}, sure=True)
    write = stick.write_to_stick

    def cut(*arguments: object) -> None:
        write(*arguments)  # type: ignore[arg-type]  # handed through
        raise _PowerCutError

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "write_to_stick", cut)
        with pytest.raises(_PowerCutError):
            pair.nurse.send(pair.stick)
    (file,) = pair.stick.iterdir()
    assert pair.boss.take(file)[0].answer == "ACCEPTED"
    pair.nurse.take(*pair.boss.receipts(pair.back))
    assert state(pair.nurse, person, person) is RECEIVED
    assert pair.nurse.sending.preview().records_total == 0


def test_more_findings_than_a_receipt_holds(pair: Pair, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A receipt has bounds: the newest findings go, and it is still a receipt."""
    person = pair.nurse.people.register({"sex": "female"}, {}, sure=True)
    odd = [pair.nurse.help(person, donor="no_such_donor") for _ in range(8)]
    monkeypatch.setattr(receipts, "MOST_FLAGS", 5)
    assert pair.boss.take(pair.nurse.send(tmp_path / "stick"))[0].flagged == 8
    assert all(one.ok for one in pair.nurse.take(*pair.boss.receipts(pair.back)))
    states = [state(pair.nurse, person, one) for one in odd]
    assert (states.count(ATTENTION), states.count(RECEIVED)) == (5, 3)


def agreed_count(office: Office) -> int:
    """How many records are not sent: the window, the screen that sends and its list must say the same."""
    summary, preview = office.deliveries.summary(), office.sending.preview()
    assert summary.unsent == preview.records == sum(one.waiting for one in preview.people)
    return summary.unsent


def test_what_was_taken_back_before_any_bundle_is_not_counted(pair: Pair) -> None:
    nurse = pair.nurse
    person = nurse.people.register({"sex": "female"}, {}, sure=True)
    before = agreed_count(nurse)
    service = nurse.help(person)
    assert agreed_count(nurse) == before + 1
    nurse.assistance.delete_service(service, "entered_by_mistake")
    assert agreed_count(nurse) == before
    sent = nurse.help(person)
    pair.boss.take(nurse.send(pair.stick))
    assert agreed_count(nurse) == 0
    nurse.assistance.delete_service(sent, "entered_by_mistake")
    summary, preview = nurse.deliveries.summary(), nurse.sending.preview()
    assert (summary.unsent, preview.records) == (1, 1), "the coordinator has it: the deletion must travel"
    nurse.assistance.delete_service(nurse.help(person), "entered_by_mistake")
    assert nurse.deliveries.summary().unsent == 1


def test_a_file_that_stays_here_is_not_counted_as_unsent(pair: Pair) -> None:
    nurse = pair.nurse
    person = nurse.people.register({"sex": "female"}, {}, sure=True)
    nurse.people.set_consent(
        person, {"scope": "coordinator_identifiable", "state": "given", "on": "2026-06-01"}, sure=True
    )
    before = agreed_count(nurse)
    file = nurse.attachments.add(person, "заява.txt", "заява".encode(), {})
    assert agreed_count(nurse) == before
    assert file not in nurse.deliveries.of_person(person)
    assert len(nurse.deliveries.of_person(person)) == before
    nurse.attachments.change(file, {"for_coordinator": "yes"})
    assert agreed_count(nurse) == before + 1
    assert state(nurse, person, file) is SAVED
