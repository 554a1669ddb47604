"""The audit log: who did what, when, in a chain of hashes, so that no entry can be taken out unseen.

An entry names an action and the id of its subject, never any contents.
"""

from __future__ import annotations

import hashlib
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import AuditEntry
from app.sync.ledger import Author

_START = bytes(32)


def note(session: Session, author: Author, action: str, subject: uuid.UUID | None = None) -> None:
    """Add an entry to the chain, in the caller's transaction."""
    last = session.scalars(select(AuditEntry.chain).order_by(AuditEntry.rid.desc()).limit(1)).one_or_none()
    entry = AuditEntry(at=author.stamp, staff_uid=author.staff, action=action, subject=subject)
    entry.chain = _link(last or _START, entry)
    session.add(entry)
    session.flush()


def broken_at(session: Session) -> int | None:
    """The number of the first entry that does not follow from the one before, or None where the chain holds."""
    last = _START
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.rid)):
        last = _link(last, entry)
        if entry.chain != last:
            return entry.rid
    return None


def _link(before: bytes, entry: AuditEntry) -> bytes:
    staff = entry.staff_uid.hex if entry.staff_uid else ""
    subject = entry.subject.hex if entry.subject else ""
    text = f"{entry.at}\n{staff}\n{entry.action}\n{subject}"
    return hashlib.sha256(before + text.encode()).digest()
