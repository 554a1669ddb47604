"""What was sent, what was received, and what was asked about it."""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class BundleSent(Base):
    """One bundle that left here. Its rows are known by ``through``: all my changes up to that number."""

    __tablename__ = "bundle_sent"
    __table_args__ = (UniqueConstraint("to_rid", "type", "sign_key", "seq"),)

    rid: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID]
    type: Mapped[str]
    to_rid: Mapped[int] = mapped_column(ForeignKey("installation.rid"))
    sign_key: Mapped[bytes]
    seq: Mapped[int]
    manifest_hash: Mapped[bytes]
    through: Mapped[int]
    rows: Mapped[int]
    persons: Mapped[int]
    newest: Mapped[int]
    """The key of the newest record here when it was made: no later one was in it."""
    created_at: Mapped[str]
    file_name: Mapped[str]
    """Its name on the stick; empty while it was sealed but never written there."""
    acked_at: Mapped[str | None]
    """When the receipt for it was read here."""


class BundleSeen(Base):
    """One bundle that was taken in. Manifest and signature are kept as proof; the content is not."""

    __tablename__ = "bundle_seen"
    __table_args__ = (UniqueConstraint("sign_key", "type", "seq"),)

    rid: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID]
    type: Mapped[str]
    from_rid: Mapped[int] = mapped_column(ForeignKey("installation.rid"))
    sign_key: Mapped[bytes]
    seq: Mapped[int]
    manifest_hash: Mapped[bytes]
    prev: Mapped[bytes | None]
    """The hash that its manifest names as the stream's previous one."""
    manifest: Mapped[bytes]
    signature: Mapped[bytes]
    received_at: Mapped[str]
    rows: Mapped[int]
    attachments: Mapped[int]
    added: Mapped[int]
    changed: Mapped[int]
    deleted: Mapped[int]
    flagged: Mapped[int]
    flags: Mapped[str]
    """Canonical JSON list of ``{"id", "reason", "field"}``, as the receipt tells it."""
    receipt_seq: Mapped[int | None]
    """The receipt that told the sender; null while none was written."""


class Flag(Base):
    """A record that needs attention, as a receipt said. It counts while the record has this revision."""

    __tablename__ = "flag"

    rid: Mapped[int] = mapped_column(primary_key=True)
    record_uid: Mapped[uuid.UUID] = mapped_column(index=True)
    inst_rid: Mapped[int] = mapped_column(ForeignKey("installation.rid"))
    revision: Mapped[int]
    reason: Mapped[str]
    field: Mapped[str]


class Question(Base):
    """A doubt about a record: a coordinator's question, or a late row of an earlier owner."""

    __tablename__ = "question"

    rid: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID] = mapped_column(unique=True)
    record_uid: Mapped[uuid.UUID] = mapped_column(index=True)
    to_rid: Mapped[int] = mapped_column(ForeignKey("installation.rid"))
    reason: Mapped[str]
    field: Mapped[str]
    document: Mapped[str]
    """Canonical JSON with what is asked (for a late row: the row itself)."""
    state: Mapped[str]
    asked_at: Mapped[str]


class ReferenceDocument(Base):
    """Reference data that the coordinator signed (lists, the directory of partners): the newest of each."""

    __tablename__ = "reference_document"

    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    document: Mapped[str]
