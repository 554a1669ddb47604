"""What a handover tells a centre about transfers, and writing it.

It is all that the coordinator knows of the records that were passed on from this centre or to it, not only the
newest decision: whoever reads any of them knows everything up to it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.models import AwaitedHandover, BundleSent, Installation, Record, TransferDecision, Trust
from app.sync.canonical import Json, decode_object
from app.sync.catching_up import row_of
from app.sync.manifest import BundleType
from app.sync.projection import as_uid
from app.usecases.desk import Desk
from app.usecases.outbox import announce

ROOM: Final = 3 << 20
"""Bytes of rows in one handover; a JSON part holds 4 MiB."""
_Group = tuple[uuid.UUID, int, str]


def listed(values: Mapping[str, object]) -> list[uuid.UUID]:
    """The records that a wish names."""
    rows = values.get("records")
    found = (as_uid(one.get("record")) for one in (rows if isinstance(rows, list) else ()) if isinstance(one, dict))
    return list(dict.fromkeys(uid for uid in found if uid is not None))


def due(session: Session) -> list[int]:
    """Keys of the trusted centres to whom the newest grant that concerns them was not written yet."""
    newest: dict[int, int] = {}
    for decision, owner in _granted(session):
        for rid in (owner, decision.to_rid):
            if rid is not None:
                newest[rid] = max(newest.get(rid, 0), decision.rid)
    told = select(func.max(BundleSent.through)).where(
        BundleSent.type == BundleType.HANDOVER.value, BundleSent.file_name != ""
    )
    late = [
        rid for rid, number in newest.items() if number > (session.scalar(told.where(BundleSent.to_rid == rid)) or 0)
    ]
    return [rid for rid in sorted(late) if session.get_one(Installation, rid).trust == Trust.TRUSTED]


def write(desk: Desk, readers: Iterable[int], folder: Path) -> list[Path]:
    """Write for each of ``readers`` (keys of installations) what concerns it; nothing for whom there is nothing."""
    files: list[Path] = []
    for rid in readers:
        with desk.store.reading() as session:
            trusted = session.get_one(Installation, rid).trust == Trust.TRUSTED
            content = statement(session, rid) if trusted else None
            newest = session.scalar(select(func.max(TransferDecision.rid))) or 0
        if content is not None:
            files += announce(desk, [rid], BundleType.HANDOVER, content, folder, through=newest)
    return files


def statement(session: Session, reader: int) -> dict[str, Json] | None:
    """The handover part for this installation; None where nothing was passed on from it or to it."""
    words = sentences(session, reader)
    return {**words[0], "also": [*words[1:]]} if words else None


def sentences(session: Session, reader: int) -> list[dict[str, Json]]:
    """What is to be said, by (new owner, epoch, former owners).

    The new owner is told of a record until something of it came under the new owner's name: then she knows.
    """
    me = session.get_one(Installation, reader)
    uids = dict(session.execute(select(Installation.rid, Installation.uid)).all())
    groups: dict[_Group, list[uuid.UUID]] = {}
    rows: dict[_Group, list[Json]] = {}
    room = ROOM
    for record in _concerned(session, reader):
        group = (uids[record.owner_rid], record.epoch, record.former_owners)
        if record.owner_rid == reader and record.epoch > 0 and not record.digest:
            line = row_of(record, me.uid, record.epoch)
            if (room := room - len(line) - 1) > 0:
                rows.setdefault(group, []).append(decode_object(line, sort_keys=True))
        elif record.owner_rid == reader or str(me.uid) not in record.former_owners.split():
            continue
        groups.setdefault(group, []).append(record.uid)
    for word in _not_come(session, reader, me.uid):
        groups.setdefault((uids[word.owner_rid], word.epoch, word.former_owners), []).append(word.record_uid)
    return [
        {
            "epoch": epoch,
            "former": [*former.split()],
            "owner": str(owner),
            "records": [str(one) for one in sorted(found)],
            "rows": rows.get((owner, epoch, former), []),
        }
        for (owner, epoch, former), found in sorted(groups.items())
    ]


def _granted(session: Session) -> list[tuple[TransferDecision, int]]:
    """Each grant with the key of the centre that wished: of a wish that was deleted since, the tombstone tells it."""
    query = select(TransferDecision, Record.owner_rid).join(Record, Record.uid == TransferDecision.transfer_uid)
    return [(decision, owner) for decision, owner in session.execute(query.where(TransferDecision.granted))]


def _concerned(session: Session, reader: int) -> list[Record]:
    """Every record that was passed on from this installation or to it, once, as far as it came here."""
    moved = {
        uuid.UUID(uid)
        for decision, owner in _granted(session)
        if reader in (owner, decision.to_rid)
        for uid in decision.records.split()
    }
    uids = sorted(moved)
    found: list[Record] = []
    for start in range(0, len(uids), 500):
        found += session.scalars(select(Record).where(Record.uid.in_(uids[start : start + 500])))
    return sorted(found, key=lambda one: one.uid)


def _not_come(session: Session, reader: int, me: uuid.UUID) -> list[AwaitedHandover]:
    """What was passed on before it came here at all."""
    words = session.scalars(select(AwaitedHandover).order_by(AwaitedHandover.record_uid))
    return [one for one in words if one.owner_rid == reader or str(me) in one.former_owners.split()]


def follows_in_transfers(session: Session, former: int, heir: int) -> None:
    """What was passed on to a laptop goes to the one that follows it; what has not come yet, too."""
    for decision in session.scalars(select(TransferDecision).where(TransferDecision.to_rid == former)).all():
        decision.to_rid = heir
        tell_anew(session, decision)
    session.execute(update(AwaitedHandover).where(AwaitedHandover.owner_rid == former).values(owner_rid=heir))


def tell_anew(session: Session, decision: TransferDecision) -> None:
    """Both centres are to be told: it becomes the newest decision."""
    decision.rid = int(session.scalar(select(func.max(TransferDecision.rid))) or 0) + 1
    session.flush()
