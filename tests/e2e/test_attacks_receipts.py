"""Receipts forged, of another centre, replayed or nonsense: none marks a record as received."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models import BundleSent, Flag, Question
from app.sync.canonical import Json
from app.sync.errors import Answer
from app.sync.manifest import BundleType, PartKind
from tests.e2e.desks import Office, content_digest, copied, count_of
from tests.sync.crafting import (
    BOSS,
    NURSE,
    OTHER,
    Party,
    build,
    draft,
    json_source,
    plaintext_of,
    reseal,
    uid,
    written,
)

Content = dict[str, Json]
BASIS: Content = {"ack": [], "questions": [], "accepts": {"format": [1], "schema": [1]}, "trust_version": 1}


@pytest.fixture(scope="module")
def sender(workshop: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A nurse who has sent one bundle and waits."""
    folder = tmp_path_factory.mktemp("sender")
    office = copied(workshop / "nurse", folder / "nurse", 40)
    person = office.people.register({"sex": "female"}, {}, sure=True)
    office.help(person)
    office.send(folder / "stick")
    yield office
    office.lock()


def sent(office: Office) -> BundleSent:
    with office.desk.store.reading() as session:
        return session.query(BundleSent).one()


def ack(office: Office, **changes: Json) -> Content:
    one: Content = {
        "seq": 1, "manifest": sent(office).manifest_hash.hex(), "rows": 2, "attachments": 0, "status": "taken",
        "flagged": [], **changes,
    }  # fmt: skip
    return {**BASIS, "ack": [one]}


def receipt(content: Content, party: Party = BOSS, to: Party = NURSE, seq: int = 1, prev: str | None = None) -> bytes:
    told = draft(party, id=uid(f"r{seq}"), type=BundleType.RECEIPT, addressee=to.inst, seq=seq, prev=prev)
    return build(told, [json_source(content, PartKind.RECEIPT)], party=party, recipients=[to.identity.recipient])


def hash_of(content: Content) -> str:
    """Of the manifest of the first receipt: what the second one names."""
    told = draft(BOSS, id=uid("r1"), type=BundleType.RECEIPT, addressee=NURSE.inst, seq=1, prev=None)
    parts = [json_source(content, PartKind.RECEIPT)]
    return written(told, parts, party=BOSS, recipients=[NURSE.identity.recipient])[1].manifest_hash


def states(office: Office) -> set[str]:
    (person,) = (row.uid for row in office.people.rows(office.people.find()))
    return {one.state.value for one in office.deliveries.of_person(person).values()}


def test_forged(sender: Office) -> None:
    before = content_digest(sender.desk)
    good = ack(sender)
    for data, answer in (
        (receipt(good, OTHER), Answer.UNKNOWN_SENDER),
        (receipt(good, Party("boss of another country", BOSS.role)), Answer.UNKNOWN_SENDER),
        (receipt(good, NURSE), Answer.UNKNOWN_SENDER),
        (receipt(good, BOSS, OTHER), Answer.NOT_FOR_US),
        (_passed_on(good), Answer.WRONG_RECIPIENT),
    ):
        verdict = sender.take_bytes(data)
        assert (verdict.ok, verdict.answer) == (False, answer)
        assert content_digest(sender.desk) == before
    assert states(sender) == {"sent"}


def _passed_on(content: Content) -> bytes:
    """A genuine receipt for OTHER, sealed again for the nurse by one who could open it."""
    told = draft(BOSS, type=BundleType.RECEIPT, addressee=OTHER.inst)
    parts = [json_source(content, PartKind.RECEIPT)]
    for_other = build(told, parts, party=BOSS, recipients=[BOSS.identity.recipient])
    return reseal(plaintext_of(for_other), [NURSE.identity.recipient])


def _asking(**more: Json) -> Content:
    """A receipt with one question that is in order but for ``more``."""
    question: Json = {
        "id": str(uid("q")), "record": str(uid("x")), "reason": "asked", "field": "sex", "document": "", **more,
    }  # fmt: skip
    return {**BASIS, "questions": [question]}


NONSENSE: dict[str, Content] = {
    "empty": {},
    "ack is no list": {**BASIS, "ack": {}},
    "ack of text": {**BASIS, "ack": ["1"]},
    "ack without number": {**BASIS, "ack": [{"manifest": "00", "flagged": []}]},
    "no schema": {**BASIS, "accepts": {}},
    "schema of text": {**BASIS, "accepts": {"schema": ["1"]}},
    "a question of nothing": {**BASIS, "questions": [{}]},
    "questions is no list": {**BASIS, "questions": {}},
    "a question of text": {**BASIS, "questions": ["1896?"]},
    "a value that is no JSON": _asking(held="1.5e"),
    "a value of a number": _asking(proposed=1986),
    "a value that is not canonical": _asking(proposed='{"b":1,"a":2}'),
    "a value without end": _asking(held='"' + "9" * 5000 + '"'),
    "words of a list": _asking(words=["1896?"]),
    "a question about no record": {
        **BASIS,
        "questions": [{"id": str(uid("q")), "record": "x", "reason": "", "field": "", "document": ""}],
    },
}


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_of_the_coordinator(sender: Office, name: str) -> None:
    before = content_digest(sender.desk)
    verdict = sender.take_bytes(receipt(NONSENSE[name]))
    assert (verdict.ok, verdict.answer) == (False, Answer.MANIFEST)
    assert content_digest(sender.desk) == before


@pytest.mark.parametrize(
    "change",
    [
        {"seq": {}},
        {"seq": [1]},
        {"seq": "1"},
        {"seq": True},
        {"manifest": "xyz"},
        {"manifest": 1},
        {"flagged": {}},
        {"flagged": ["x"]},
        {"flagged": [{"id": "x", "reason": "", "field": ""}]},
        {"flagged": [{"id": str(uid("x"))}]},
    ],
    ids=str,
)
def test_a_nonsensical_ack(sender: Office, change: dict[str, Json]) -> None:
    before = content_digest(sender.desk)
    verdict = sender.take_bytes(receipt(ack(sender, **change)))
    assert (verdict.ok, verdict.answer) == (False, Answer.MANIFEST)
    assert content_digest(sender.desk) == before


def test_an_ack_of_what_was_never_sent_marks_nothing(nurse: Office, tmp_path: Path) -> None:
    nurse.people.register({"sex": "female"}, {}, sure=True)
    nurse.send(tmp_path / "stick")
    other = {"manifest": "ab" * 32, "flagged": [{"id": str(uid("x")), "reason": "required", "field": "on"}]}
    assert nurse.take_bytes(receipt(ack(nurse, **other))).ok  # type: ignore[arg-type]  # JSON it is
    assert states(nurse) == {"sent"}
    assert count_of(nurse.desk, Flag) == 0


def test_a_receipt_counts_once_and_flags_only_records_of_ours(nurse: Office, tmp_path: Path) -> None:
    person = nurse.people.register({"sex": "female"}, {}, sure=True)
    service = nurse.help(person)
    nurse.send(tmp_path / "stick")
    flagged: Json = [
        {"id": str(service), "reason": "unknown_code", "field": "donor"},
        {"id": str(uuid.UUID(int=5)), "reason": "required", "field": "on"},
    ]
    question: Json = {
        "id": str(uid("q")), "record": str(service), "reason": "late_row", "field": "", "document": "{}",
    }  # fmt: skip
    data = receipt({**ack(nurse, flagged=flagged), "questions": [question]})
    assert nurse.take_bytes(data).answer == "ACCEPTED"
    assert states(nurse) == {"received", "attention"}
    assert (count_of(nurse.desk, Flag), count_of(nurse.desk, Question)) == (1, 1)
    before = content_digest(nurse.desk)
    verdict = nurse.take_bytes(data)
    assert (verdict.ok, verdict.answer) == (True, Answer.ALREADY_IMPORTED)
    assert content_digest(nurse.desk) == before


def test_of_an_older_and_of_a_newer_program(nurse: Office) -> None:
    """What is missing has its default, what is unknown is passed over; a list that does not say it is whole ends
    nothing; and only the records of this laptop are listed."""
    person = nurse.people.register({"sex": "female"}, {}, sure=True)
    older = _asking(record=str(person))
    assert nurse.take_bytes(receipt(older)).ok
    (asked,) = nurse.deliveries.doubts()[0].asked
    assert (asked.held, asked.proposed, asked.words) == (None, None, "")
    newer = {**_asking(id=str(uid("q2")), words="?" * 9000, of_a_newer_program=[1]), "of_a_newer_program": {}}
    assert nurse.take_bytes(receipt(newer, seq=2, prev=hash_of(older))).ok
    assert count_of(nurse.desk, Question) == 2
    assert [one.record for one in nurse.deliveries.doubts()] == [person], "the other record is not here"
    with nurse.desk.store.reading() as session:
        assert max(len(one.words) for one in session.query(Question)) == 2000
