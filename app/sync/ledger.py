"""The one place where a record of this installation is written: revision, counter, document, projection.

Only a record's owner writes it (bundle format, section 5): that is checked here, so no use case can forget it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.codelists import RecordState
from app.errors import UserError
from app.i18n import N_
from app.models import SCHEMA_VERSION, Installation, Record, Setting
from app.sync.canonical import decode_object, encode
from app.sync.projection import Changed, project

SELF_RID = 1
"""The key of this installation's own row."""
_COUNTER = "changed_seq"


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, and when (UTC)."""

    staff: uuid.UUID
    now: dt.datetime

    @property
    def stamp(self) -> str:
        """The moment as it stands in rows: whole seconds, ``Z``."""
        return stamp(self.now)


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a save. ``changed`` is false where the same content stood there already."""

    rid: int
    uid: uuid.UUID
    revision: int
    changed: bool


def stamp(moment: dt.datetime) -> str:
    """A UTC moment as text: ``2026-03-09T14:30:05Z``."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def document_text(values: Mapping[str, Any]) -> str:
    """Values as the canonical document: keys sorted, so that equal content is equal text."""
    return encode(dict(values), sort_keys=True).decode()


def put(session: Session, author: Author, kind: str, uid: uuid.UUID, values: Mapping[str, Any]) -> Written:
    """Write a live record, new or changed; the same content again is the same record, untouched.

    Raises UserError if the record belongs to another installation.
    """
    return _write(session, author, kind, uid, RecordState.LIVE, values)


def bury(session: Session, author: Author, uid: uuid.UUID, reason: str) -> Written:
    """Delete a record: what remains is a tombstone with the reason (a code), which travels too."""
    record = _find(session, uid)
    if record is None:
        raise UserError(N_("This record is no longer here."))
    return _write(session, author, record.kind, uid, RecordState.DELETED, {"reason": reason})


def touch(session: Session, author: Author, uids: Iterable[uuid.UUID]) -> None:
    """Raise revision and counter of records whose content stays but which must travel again.

    Needed where a consent changes what of them may leave (bundle format, section 5).
    """
    for uid in uids:
        record = _find(session, uid)
        if record is not None and record.owner_rid == SELF_RID:
            record.revision += 1
            record.changed_seq = next_seq(session)
            record.changed_at = author.stamp
            record.changed_by = author.staff
    session.flush()


def document(session: Session, uid: uuid.UUID) -> dict[str, Any] | None:
    """The values of a live record, or None."""
    record = _find(session, uid)
    if record is None or record.state != RecordState.LIVE:
        return None
    return values_of(record.data)


def values_of(data: str) -> dict[str, Any]:
    """The values in the document text of a record."""
    return decode_object(data.encode(), sort_keys=True)


def next_seq(session: Session) -> int:
    """The installation's own counter, one higher. The transaction holds the write lock: no gaps, no doubles."""
    setting = session.get(Setting, _COUNTER)
    if setting is None:
        setting = Setting(name=_COUNTER, value="0")
        session.add(setting)
    number = int(setting.value) + 1
    setting.value = str(number)
    return number


def last_seq(session: Session) -> int:
    """The counter as it stands."""
    setting = session.get(Setting, _COUNTER)
    return int(setting.value) if setting else 0


def _find(session: Session, uid: uuid.UUID) -> Record | None:
    return session.scalars(select(Record).where(Record.uid == uid)).one_or_none()


def _not_ours(session: Session, record: Record) -> str:
    owner, me = session.get_one(Installation, record.owner_rid), session.get_one(Installation, SELF_RID)
    if owner.centre_rid == me.centre_rid:
        return N_(
            "This record was made before the laptop was restored. It can be changed once the coordinator has handed "
            "the records over."
        )
    return N_("This record belongs to another centre. Ask that centre to change it.")


def _write(
    session: Session, author: Author, kind: str, uid: uuid.UUID, state: str, values: Mapping[str, Any]
) -> Written:
    data = document_text(values)
    record = _find(session, uid)
    if record is not None:
        if record.owner_rid != SELF_RID or record.kind != kind:
            raise UserError(_not_ours(session, record))
        if (record.state, record.data) == (state, data):
            return Written(record.rid, uid, record.revision, changed=False)
    number = next_seq(session)
    if record is None:
        record = Record(uid=uid, kind=kind, owner_rid=SELF_RID, epoch=0, revision=0, digest=b"")
    record.state, record.data = state, data
    record.schema_version, record.problems = SCHEMA_VERSION, None
    record.revision += 1
    record.changed_seq = number
    record.changed_at, record.changed_by = author.stamp, author.staff
    session.add(record)
    session.flush()
    project(session, [Changed(record.rid, uid, kind, state, dict(values), SELF_RID)])
    return Written(record.rid, uid, record.revision, changed=True)
