"""The one JSON object of a receipt, and what each side does with it (bundle format, section 6)."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models import SCHEMA_VERSION, BundleSeen, BundleSent, Flag, Installation, Question, Record
from app.sync.canonical import Json
from app.sync.errors import Answer, BundleRefused
from app.sync.manifest import BundleType

TAKEN = "taken"
MOST_FLAGS = 3000
_ROOM_FOR_QUESTIONS = 5 << 19


def compose(session: Session, to: Installation, trust_version: int) -> dict[str, Json]:
    """What the coordinator tells ``to`` about its bundles: everything since the last receipt, and open questions."""
    return {
        "ack": _acks(untold(session, to)),
        "questions": _questions(session, to),
        "accepts": {"format": [1], "schema": list(range(1, SCHEMA_VERSION + 1))},
        "trust_version": trust_version,
    }


def untold(session: Session, to: Installation) -> Sequence[BundleSeen]:
    """The ``records`` bundles of an installation for which no receipt was written yet."""
    query = select(BundleSeen).where(
        BundleSeen.from_rid == to.rid,
        BundleSeen.type == BundleType.RECORDS.value,
        BundleSeen.receipt_seq.is_(None),
    )
    return session.scalars(query.order_by(BundleSeen.seq)).all()


def _acks(bundles: Sequence[BundleSeen]) -> list[Json]:
    """One ack a bundle, oldest first. A record is named once, by the newest bundle that holds it, and no more
    than ``MOST_FLAGS`` are: one JSON part holds 4 MiB, and nobody mends more between two receipts.
    """
    named: set[Json] = set()
    acks: list[Json] = []
    room = MOST_FLAGS
    for seen in reversed(bundles):
        found = [one for one in json.loads(seen.flags) if one["id"] not in named][:room]
        named |= {one["id"] for one in found}
        room -= len(found)
        acks.append(_ack(seen, found))
    return acks[::-1]


def _questions(session: Session, to: Installation) -> list[Json]:
    """The open questions, newest first, as far as the part has room for what is asked."""
    query = select(Question).where(Question.to_rid == to.rid, Question.state == "open").order_by(Question.rid.desc())
    found: list[Json] = []
    room = _ROOM_FOR_QUESTIONS
    for question in session.scalars(query):
        room -= len(question.document.encode()) * 2 + 400  # quotes and new lines are escaped once more
        if room < 0:
            break
        found.append(_question(question))
    return found


def _ack(seen: BundleSeen, flagged: list[Json]) -> Json:
    return {
        "seq": seen.seq,
        "manifest": seen.manifest_hash.hex(),
        "rows": seen.rows,
        "attachments": seen.attachments,
        "status": TAKEN,
        "flagged": flagged,
    }


def _question(question: Question) -> Json:
    return {
        "id": str(question.uid),
        "record": str(question.record_uid),
        "reason": question.reason,
        "field": question.field,
        "document": question.document,
    }


def take(session: Session, coordinator: Installation, content: dict[str, Json], now: str) -> int:
    """Carry a receipt out at the centre: mark bundles as received, keep flags and questions.

    Returns how many bundles it names. Raises BundleRefused (MANIFEST) where it is not a receipt.
    """
    try:
        acks, questions, accepts = content["ack"], content["questions"], content["accepts"]
        if not (isinstance(acks, list) and isinstance(questions, list) and isinstance(accepts, dict)):
            raise _refuse()
        for ack in acks:
            _take_ack(session, coordinator, ack, now)
        for question in questions:
            _take_question(session, question, now)
        schemas = accepts["schema"]
        if not isinstance(schemas, list) or not all(type(one) is int for one in schemas):
            raise _refuse()
        coordinator.accepts_schema = max((one for one in schemas if isinstance(one, int)), default=1)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _refuse() from None
    return len(acks)


def _refuse() -> BundleRefused:
    return BundleRefused(Answer.MANIFEST, "not a receipt")


def _take_ack(session: Session, coordinator: Installation, ack: Json, now: str) -> None:
    if not isinstance(ack, dict) or type(ack["seq"]) is not int or not isinstance(ack["flagged"], list):
        raise _refuse()
    flags = [_flag(one) for one in ack["flagged"]]
    sent = session.scalars(
        select(BundleSent).where(
            BundleSent.to_rid == coordinator.rid,
            BundleSent.type == BundleType.RECORDS.value,
            BundleSent.seq == ack["seq"],
            BundleSent.manifest_hash == bytes.fromhex(str(ack["manifest"])),
        )
    ).one_or_none()
    if sent is None:
        return  # a bundle of keys that were rotated away, or of a copy of this laptop: nothing here to mark
    sent.acked_at = sent.acked_at or now
    named: set[uuid.UUID] = set()
    for uid, reason, field in flags:
        _keep_flag(session, coordinator, sent, named, Flag(record_uid=uid, reason=reason, field=field))


def _flag(flag: Json) -> tuple[uuid.UUID, str, str]:
    """The record, the reason and the field of one finding."""
    if not isinstance(flag, dict):
        raise _refuse()
    return uuid.UUID(str(flag["id"])), str(flag["reason"])[:40], str(flag["field"])[:80]


def _keep_flag(
    session: Session, coordinator: Installation, sent: BundleSent, named: set[uuid.UUID], flag: Flag
) -> None:
    """A finding about a record. It counts while the record is as it was sent."""
    uid = flag.record_uid
    record = session.scalars(select(Record).where(Record.uid == uid)).one_or_none()
    if record is None or record.changed_seq > sent.through:
        return
    if uid not in named:
        session.execute(delete(Flag).where(Flag.record_uid == uid))
        named.add(uid)
    flag.inst_rid, flag.revision = coordinator.rid, record.revision
    session.add(flag)


def _take_question(session: Session, question: Json, now: str) -> None:
    if not isinstance(question, dict):
        raise _refuse()
    uid = uuid.UUID(str(question["id"]))
    if session.scalars(select(Question).where(Question.uid == uid)).one_or_none() is None:
        session.add(
            Question(
                uid=uid,
                record_uid=uuid.UUID(str(question["record"])),
                to_rid=1,
                reason=str(question["reason"])[:40],
                field=str(question["field"])[:80],
                document=str(question["document"]),
                state="received",
                asked_at=now,
            )
        )
