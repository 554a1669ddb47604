"""The audit log: who did what, when, in a chain of hashes, so that no entry can be taken out unseen.

An entry names an action and the id of its subject, never any contents.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import AuditEntry
from app.sync import bulk
from app.sync.ledger import Author

_START = bytes(32)
_INSERT = bulk.insert_text(AuditEntry, ("at", "staff_uid", "action", "subject", "chain"))


def note(session: Session, author: Author, action: str, subject: uuid.UUID | None = None) -> None:
    """Add an entry to the chain, in the caller's transaction."""
    note_each(session, author, action, [subject])


def note_each(session: Session, author: Author, action: str, subjects: Iterable[uuid.UUID | None]) -> None:
    """Add an entry for each of ``subjects``, in their order."""
    last = session.scalars(select(AuditEntry.chain).order_by(AuditEntry.rid.desc()).limit(1)).one_or_none() or _START
    at, staff = author.stamp, author.staff
    found: list[tuple[object, ...]] = []
    for subject in subjects:
        last = _link(last, at, staff, action, subject)
        found.append((at, staff.bytes, action, subject.bytes if subject else None, last))
    bulk.run(session, _INSERT, found)


def broken_at(session: Session) -> int | None:
    """The number of the first entry that does not follow from the one before, or None where the chain holds."""
    last = _START
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.rid)):
        last = _link(last, entry.at, entry.staff_uid, entry.action, entry.subject)
        if entry.chain != last:
            return entry.rid
    return None


def _link(before: bytes, at: str, staff: uuid.UUID | None, action: str, subject: uuid.UUID | None) -> bytes:
    text = f"{at}\n{staff.hex if staff else ''}\n{action}\n{subject.hex if subject else ''}"
    return hashlib.sha256(before + text.encode()).digest()
