"""The one JSON object of a receipt, and what each side does with it (bundle format, section 6)."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models import SCHEMA_VERSION, BundleSeen, BundleSent, Flag, Installation, Record
from app.sync import asking, notices
from app.sync.canonical import Json
from app.sync.errors import Answer, BundleRefused
from app.sync.manifest import BundleType

TAKEN = "taken"
MOST_FLAGS = 3000


def compose(session: Session, to: Installation, trust_version: int) -> dict[str, Json]:
    """What the coordinator tells ``to`` about its bundles: everything since the last receipt, and open questions.

    ``questions_whole``: nothing else is asked, so that what is not in the list is over.
    """
    asked, whole = asking.compose(session, to)
    return {
        "ack": _acks(untold(session, to)),
        "questions": asked,
        "questions_whole": whole,
        "notices": notices.compose(session, to),
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


def _ack(seen: BundleSeen, flagged: list[Json]) -> Json:
    return {
        "seq": seen.seq,
        "manifest": seen.manifest_hash.hex(),
        "rows": seen.rows,
        "attachments": seen.attachments,
        "status": TAKEN,
        "flagged": flagged,
    }


def take(session: Session, coordinator: Installation, content: dict[str, Json], now: str) -> int:
    """Carry a receipt out at the centre: mark bundles as received, keep flags and questions.

    Returns how many bundles it names. Raises BundleRefused (MANIFEST) where it is not a receipt.
    """
    try:
        acks, questions, accepts = content["ack"], content["questions"], content["accepts"]
        if not (isinstance(acks, list) and isinstance(accepts, dict)):
            raise _refuse()
        for ack in acks:
            _take_ack(session, coordinator, ack, now)
        asking.take(session, questions, whole=content.get("questions_whole", False) is True, now=now)
        if "notices" in content:
            notices.take(session, coordinator, content["notices"], now)
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
