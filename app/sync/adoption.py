"""A whole installation's records go to the one that follows it (a replaced laptop, a restored backup): both sides.

The coordinator's handover names the former installation (``of``): so the heir also takes what lies with her and was
never sent. With it go the rows that the coordinator holds, as many of the newest as one part has room for: what was
sent after the backup comes back, and no revision of the heir falls below one that the coordinator has taken. What
never left the centre is not in them; there the heir's own answer stays.

Only between laptops of one centre: the rows are what that centre sent.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import SCHEMA_VERSION, Installation, Record
from app.sync import awaited
from app.sync.canonical import Json, decode_object
from app.sync.catching_up import catch_up, read_row, row_of, staff_of
from app.sync.errors import Answer, BundleRefused
from app.sync.ledger import SELF_RID, document_text, next_seq
from app.sync.projection import Changed, project
from app.sync.rows import Row, RowState

ROOM: Final = 3 << 20
"""Bytes of rows in one handover; a JSON part holds 4 MiB."""
_BATCH: Final = 500


def content(session: Session, former: Installation, heir: Installation, epoch: int) -> dict[str, Json]:
    """The handover part for ``heir``. To be made before the records move."""
    return {
        "epoch": epoch,
        "of": str(former.uid),
        "owner": str(heir.uid),
        "records": [],
        "rows": list(_newest(session, former, heir, epoch)),
    }


def adopt(session: Session, content: Mapping[str, Json], epoch: int) -> int:
    """Carry the handover out at the heir; returns how many records became ours or came anew.

    Raises BundleRefused (MANIFEST, ROW) where it is not well formed.
    """
    came = content.get("rows", [])
    if not isinstance(came, list):
        raise BundleRefused(Answer.MANIFEST, "not a handover")
    try:
        former_uid = uuid.UUID(str(content["of"]))
        told = {row.id: row for row in (read_row(one) for one in came)}
    except ValueError:
        raise BundleRefused(Answer.MANIFEST, "not a handover") from None
    former = session.scalars(select(Installation).where(Installation.uid == former_uid)).one_or_none()
    known = _known(session, told)
    changes = [_new(session, row, epoch) for row in told.values() if row.id not in known and _is_whole(row)]
    count = len(changes)
    if former is not None and former.rid != SELF_RID:
        for record in _of(session, former):
            _take_over(session, record, former, epoch)
            if (row := told.get(record.uid)) is not None and row.revision > record.revision:
                changes.append(catch_up(record, row))
            count += 1
    session.flush()
    project(session, changes)
    # A later word may have been read first: some of these have gone on to somebody else already.
    awaited.carry_out(session, list(told))
    return count


def _newest(session: Session, former: Installation, heir: Installation, epoch: int) -> Iterator[Json]:
    room = ROOM
    query = select(Record).where(Record.owner_rid == former.rid).order_by(Record.changed_seq.desc())
    for record in session.scalars(query.execution_options(yield_per=_BATCH)):
        line = row_of(record, heir.uid, epoch)
        room -= len(line) + 1
        if room < 0:
            return
        yield decode_object(line, sort_keys=True)


def _known(session: Session, told: Mapping[uuid.UUID, Row]) -> set[uuid.UUID]:
    uids = list(told)
    found: set[uuid.UUID] = set()
    for start in range(0, len(uids), _BATCH):
        found |= set(session.scalars(select(Record.uid).where(Record.uid.in_(uids[start : start + _BATCH]))))
    return found


def _of(session: Session, former: Installation) -> Iterable[Record]:
    return session.scalars(select(Record).where(Record.owner_rid == former.rid).order_by(Record.changed_seq)).all()


def _is_whole(row: Row) -> bool:
    """Whether a record can be had from its row alone: not one that was withheld, nor a file whose bytes are gone."""
    return row.state is not RowState.WITHHELD and row.kind != "attachment"


def _new(session: Session, row: Row, epoch: int) -> Changed:
    """A record that was made and sent after the backup: it comes back as far as it had left."""
    record = Record(
        uid=row.id,
        kind=row.kind,
        owner_rid=SELF_RID,
        epoch=epoch,
        revision=row.revision,
        changed_seq=next_seq(session),
        changed_at=row.changed_at,
        changed_by=staff_of(row.changed_by),
        state=row.state.value,
        schema_version=SCHEMA_VERSION,
        data=document_text(row.data),
        digest=b"",
    )
    session.add(record)
    session.flush()
    return _changed(record, dict(row.data))


def _take_over(session: Session, record: Record, former: Installation, epoch: int) -> None:
    """Ours from now on; the new number makes it travel again, under the new owner.

    A record that was taken over before and never sent may have this epoch already: the coordinator cannot know.
    """
    record.former_owners = f"{record.former_owners} {former.uid}".strip()
    record.owner_rid, record.epoch, record.digest = SELF_RID, max(epoch, record.epoch + 1), b""
    record.changed_seq = next_seq(session)


def _changed(record: Record, values: dict[str, Any]) -> Changed:
    return Changed(record.rid, record.uid, record.kind, record.state, values, SELF_RID)


__all__ = ["adopt", "content"]
