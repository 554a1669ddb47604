"""Records get a new owner: those that are here at once, the others when they come.

The coordinator's word and the record's former owner travel on different sticks, so either may be read first.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models import AwaitedHandover, Installation, Record
from app.sync import rows
from app.sync.catching_up import catch_up
from app.sync.ledger import SELF_RID, next_seq
from app.sync.projection import Changed, project
from app.sync.rows import Row

_CHUNK = 500
_NOTHING: Mapping[uuid.UUID, bytes] = {}


def move(
    session: Session, record: Record, new_rid: int, epoch: int, former: str = "", told: Row | None = None
) -> Changed | None:
    """Write the new owner and epoch; what the record says stays, unless the coordinator holds (``told``) a later
    revision of it. Then the change is returned, to be projected.

    ``former``: its earlier owners as the coordinator knows them; only they may come late. What becomes ours gets a
    new number, so that it travels again with our name.
    """
    present = str(session.get_one(Installation, record.owner_rid).uid)
    record.former_owners = " ".join(dict.fromkeys([*record.former_owners.split(), *former.split(), present]))
    record.owner_rid, record.epoch, record.digest = new_rid, epoch, b""
    if new_rid != SELF_RID:
        return None
    record.changed_seq = next_seq(session)
    return catch_up(record, told) if told is not None and told.revision > record.revision else None


def remember(
    session: Session,
    uids: Collection[uuid.UUID],
    owner_rid: int,
    epoch: int,
    former: str = "",
    told: Mapping[uuid.UUID, bytes] = _NOTHING,
) -> None:
    """Keep the word about records that are not here yet. Of two words the one with the higher epoch stands."""
    for some in _chunks(uids):
        query = select(AwaitedHandover).where(AwaitedHandover.record_uid.in_(some))
        known = {word.record_uid: word for word in session.scalars(query)}
        for uid in some:
            word = known.get(uid) or AwaitedHandover(record_uid=uid, epoch=-1)
            if word.epoch < epoch:
                word.owner_rid, word.epoch, word.former_owners = owner_rid, epoch, former
                word.row = told.get(uid, b"").decode()
                session.add(word)
    session.flush()


def carry_out(session: Session, uids: Collection[uuid.UUID]) -> None:
    """These records have just been written: those of which a word was waiting get their owner, and the word goes."""
    if session.scalars(select(AwaitedHandover.record_uid).limit(1)).first() is None:
        return  # as good as always: nothing is on its way
    for some in _chunks(uids):
        query = select(Record, AwaitedHandover).join(AwaitedHandover, AwaitedHandover.record_uid == Record.uid)
        changes = []
        for record, word in session.execute(query.where(Record.uid.in_(some)).order_by(Record.rid)).all():
            if record.epoch < word.epoch:
                told = rows.decode(word.row.encode()) if word.row else None
                changes.append(move(session, record, word.owner_rid, word.epoch, word.former_owners, told))
        session.execute(delete(AwaitedHandover).where(AwaitedHandover.record_uid.in_(some)))
        session.flush()
        project(session, [one for one in changes if one is not None])


def _chunks(uids: Collection[uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    listed = list(dict.fromkeys(uids))
    for start in range(0, len(listed), _CHUNK):
        yield listed[start : start + _CHUNK]


__all__ = ["carry_out", "move", "remember"]
