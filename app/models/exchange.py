"""What was sent, what was received, and what was asked about it."""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, Index, UniqueConstraint
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
    __table_args__ = (
        UniqueConstraint("sign_key", "type", "seq"),
        # When somebody was last heard of, without a look at the manifests.
        Index("ix_bundle_seen_from_rid_received_at", "from_rid", "received_at"),
    )

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
    """A doubt about a record: a coordinator's question, or a late row of an earlier owner.

    The answer of the record's owner comes as a row of its own (``Answer``) and is found by ``uid``.
    """

    __tablename__ = "question"

    rid: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID] = mapped_column(unique=True)
    record_uid: Mapped[uuid.UUID] = mapped_column(index=True)
    to_rid: Mapped[int] = mapped_column(ForeignKey("installation.rid"))
    reason: Mapped[str]
    field: Mapped[str]
    document: Mapped[str]
    """For a late row the values that it brought, as canonical JSON; empty otherwise."""
    held: Mapped[str] = mapped_column(default="")
    """Canonical JSON of the value that stood in ``field`` when it was asked; empty where there was none."""
    proposed: Mapped[str] = mapped_column(default="")
    """Canonical JSON of the value that the coordinator thinks right; empty where she proposes none."""
    words: Mapped[str] = mapped_column(default="")
    """What she asks in words."""
    state: Mapped[str]
    """At the coordinator ``open`` or ``closed``; at the centre ``received`` or ``settled``."""
    asked_at: Mapped[str]
    asked_by: Mapped[uuid.UUID | None]
    closed_at: Mapped[str | None]
    told_after: Mapped[int | None]
    """The key of the newest bundle sent when a receipt for ``to_rid`` first held it: the next one that was written
    told it. Null while none did."""


class ReferenceDocument(Base):
    """Reference data that the coordinator signed (lists, the directory of partners): the newest of each."""

    __tablename__ = "reference_document"

    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    document: Mapped[str]
    number: Mapped[int] = mapped_column(default=0)
    """At the coordinator: the number of its last change, counted over all documents. What was sent to a centre up to
    a number holds every document with that number or a lower one."""


class SetAside(Base):
    """A file that was not taken, kept as it came (sealed) beside the store, until a person has decided."""

    __tablename__ = "set_aside"

    rid: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(unique=True)
    """SHA-256 of the file: the same file is kept once."""
    kept_as: Mapped[str]
    """Its name in the folder of files set aside; empty where there was no room to keep it."""
    answer: Mapped[str]
    missing: Mapped[str]
    """For a gap: the numbers that are missing."""
    from_rid: Mapped[int | None] = mapped_column(ForeignKey("installation.rid"))
    """Who signed it, where the signature held."""
    seq: Mapped[int | None]
    size: Mapped[int]
    set_aside_at: Mapped[str]


class Erasure(Base):
    """An identity that was here and went (consent withdrawn, record deleted): confirmed in the receipts."""

    __tablename__ = "erasure"

    record_uid: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    owner_rid: Mapped[int] = mapped_column(ForeignKey("installation.rid"), index=True)
    erased_at: Mapped[str]


class Notice(Base):
    """At a centre: what the coordinator's newest receipt tells beyond questions. Each receipt replaces them all."""

    __tablename__ = "notice"

    rid: Mapped[int] = mapped_column(primary_key=True)
    inst_rid: Mapped[int] = mapped_column(ForeignKey("installation.rid"))
    kind: Mapped[str]
    """``same_person`` or ``erased``."""
    subject_uid: Mapped[uuid.UUID] = mapped_column(index=True)
    """The person, or the record that was erased there."""
    document: Mapped[str]
    """Canonical JSON with the rest."""
    told_at: Mapped[str]


class Upload(Base):
    """A sealed file on its way to the shared folder: where it lies here, and how far it has come."""

    __tablename__ = "upload"

    rid: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str] = mapped_column(unique=True)
    box: Mapped[str]
    """The box of its recipient in the shared folder."""
    size: Mapped[int]
    sha256: Mapped[str]
    sent_uid: Mapped[uuid.UUID]
    """The bundle that it holds (``BundleSent.uid``)."""
    prepared_at: Mapped[str]
    there: Mapped[int] = mapped_column(default=0)
    """How many of its bytes the server had at the end of the last attempt."""


class ColumnMapping(Base):
    """How the columns of a register's sheet were understood, so that the next sheet like it needs no asking."""

    __tablename__ = "column_mapping"

    head: Mapped[str] = mapped_column(primary_key=True)
    """A digest of the sheet's column names."""
    document: Mapped[str]
    used_at: Mapped[str]


class TakenIn(Base):
    """What a sheet said of a record when it was taken in: so a second time finds what the sheet or a hand changed."""

    __tablename__ = "taken_in"

    uid: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    """The record's id, which follows from the register's name and the row's own key."""
    digest: Mapped[bytes]
    """SHA-256 of the values as the sheet had them; empty for a person who was known before."""
    same_uid: Mapped[uuid.UUID | None]
    """The person who was known before, where the one in the sheet was said to be her."""
