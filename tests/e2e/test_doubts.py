"""What the coordinator asks about, and what the sending will hold, told with the record, the field and the values."""

from __future__ import annotations

import json
import uuid

from sqlalchemy import select

from app.models import Answer, Installation, Question, Record
from app.sync.ledger import SELF_RID
from app.usecases.delivery import DeliveryState, sentence
from tests.e2e.conftest import Pair
from tests.e2e.desks import Office

COORDINATOR_ASKS = "2027-01-01T00:00:00Z"


def ask(office: Office, record: uuid.UUID, document: dict[str, object], asked_at: str = COORDINATOR_ASKS) -> None:
    """A question that a receipt brought: an earlier owner wrote something else."""
    with office.desk.store.transaction() as session:
        session.add(
            Question(
                uid=uuid.uuid4(),
                record_uid=record,
                to_rid=SELF_RID,
                reason="late_row",
                field="",
                document=json.dumps(document),
                state="received",
                asked_at=asked_at,
            )
        )


def test_a_finding_names_record_kind_and_field(pair: Pair) -> None:
    person = pair.nurse.people.register({"sex": "female"}, {}, sure=True)
    service = pair.nurse.help(person, donor="no_such_donor")
    pair.boss.take(pair.nurse.send(pair.stick))
    pair.nurse.take(*pair.boss.receipts(pair.back))
    (doubt,) = pair.nurse.deliveries.doubts()
    assert (doubt.person, doubt.record, doubt.kind, doubt.field) == (person, service, "service", "donor")
    assert doubt.about == pair.nurse.assistance.service(service)["service"]
    assert "not in the list" in doubt.why


def test_both_values_stand_beside_each_other(pair: Pair) -> None:
    person = pair.nurse.people.register({"sex": "female"}, {}, sure=True)
    service = pair.nurse.help(person, note="так")
    ask(pair.nurse, service, {**pair.nurse.assistance.service(service), "note": "инакш"})
    (doubt,) = pair.nurse.deliveries.doubts()
    (difference,) = doubt.differences
    assert (difference.field, difference.held, difference.other) == ("note", "так", "инакш")
    assert pair.nurse.deliveries.summary().attention == 1
    assert pair.nurse.deliveries.of_person(person)[service].state is DeliveryState.ATTENTION


def test_a_change_made_by_the_way_leaves_the_question_to_be_answered(pair: Pair) -> None:
    person = pair.nurse.people.register({"sex": "female"}, {}, sure=True)
    service = pair.nurse.help(person, note="так")
    document = {**pair.nurse.assistance.service(service), "note": "инакш"}
    ask(pair.nurse, service, document, asked_at="2020-01-01T00:00:00Z")
    values = {**pair.nurse.assistance.service(service), "note": "усё інакш"}
    pair.nurse.assistance.record_service(person, values, service=service, sure=True)
    (doubt,) = pair.nurse.deliveries.doubts()
    assert (doubt.differences[0].held, doubt.differences[0].other) == ("усё інакш", "инакш")


def test_what_never_left_the_centre_is_no_difference(pair: Pair) -> None:
    person = pair.nurse.people.register({"sex": "female"}, {}, sure=True)
    service = pair.nurse.help(person, psych_notes="застаецца тут", note="так")
    document = dict(pair.nurse.assistance.service(service))
    del document["psych_notes"]
    ask(pair.nurse, service, {**document, "outcome": "declined"})
    (doubt,) = pair.nurse.deliveries.doubts()
    assert [one.field for one in doubt.differences] == ["outcome"]


def test_what_was_looked_at_is_no_longer_listed_and_nothing_of_it_changes(pair: Pair) -> None:
    person = pair.nurse.people.register({"sex": "female"}, {}, sure=True)
    service = pair.nurse.help(person)
    ask(pair.nurse, service, {"note": "инакш"})
    before = revision(pair.nurse, service)
    pair.nurse.deliveries.settle(service)
    assert pair.nurse.deliveries.doubts() == []
    assert pair.nurse.deliveries.summary().attention == 0
    assert revision(pair.nurse, service) == before
    with pair.nurse.desk.store.reading() as session:
        assert session.scalars(select(Answer.answer)).all() == ["kept"]


def revision(office: Office, record: uuid.UUID) -> int:
    with office.desk.store.reading() as session:
        return session.scalars(select(Record.revision).where(Record.uid == record)).one()


def test_a_question_that_quotes_nonsense_is_still_a_question(pair: Pair) -> None:
    person = pair.nurse.people.register({"sex": "female"}, {}, sure=True)
    service = pair.nurse.help(person)
    with pair.nurse.desk.store.transaction() as session:
        assert session.get(Installation, SELF_RID) is not None
    ask(pair.nurse, service, {})
    (doubt,) = pair.nurse.deliveries.doubts()
    assert (doubt.differences, doubt.field) == ((), "")


def test_the_preview_tells_how_many_records_of_whom_go_and_under_which_name(pair: Pair) -> None:
    names = {"names": [{"surname": "Кавалёва", "given": "Ганна", "kind": "current"}]}
    agreed = pair.nurse.people.register({"sex": "female"}, names, sure=True)
    silent = pair.nurse.people.register({"sex": "female"}, names, sure=True)
    consent = {"scope": "coordinator_identifiable", "state": "given", "on": "2026-06-01"}
    pair.nurse.people.set_consent(agreed, consent, sure=True)
    for person in (agreed, silent, silent):
        pair.nurse.help(person)
    preview = pair.nurse.sending.preview()
    told = {one.uid: (one.waiting, one.records, one.named) for one in preview.people}
    assert told == {agreed: (4, 4, True), silent: (4, 4, False)}
    assert {one.name for one in preview.people} == {"Кавалёва Ганна"}
    assert all(one.code for one in preview.people)
    pair.nurse.send(pair.stick)
    pair.nurse.help(silent)
    first = pair.nurse.sending.preview().people[0]
    assert (first.uid, first.waiting, first.records) == (silent, 1, 5)
    assert sum(one.records for one in pair.nurse.sending.preview().people) == preview.records_total + 1


def test_a_person_s_records_in_one_sentence(pair: Pair) -> None:
    person = pair.nurse.people.register({"sex": "female"}, {}, sure=True)
    pair.nurse.help(person)
    assert sentence(pair.nurse.deliveries.of_person(person).values()) == "2 records: 2 only on this laptop"
    pair.boss.take(pair.nurse.send(pair.stick))
    told = sentence(pair.nurse.deliveries.of_person(person).values())
    assert told.startswith("2 records: 2 sent (bundle 1, ")
    pair.nurse.take(*pair.boss.receipts(pair.back))
    pair.nurse.help(person)
    told = sentence(pair.nurse.deliveries.of_person(person).values())
    assert told.startswith("3 records: 1 only on this laptop, 2 received (the last on ")
    assert sentence([]) == ""
