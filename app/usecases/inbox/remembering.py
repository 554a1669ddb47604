"""What is kept of a bundle that was taken, and what a refusal does to its sender; in the caller's transaction."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.models import BundleSeen, Installation, Trust
from app.sync import bulk, receipts
from app.sync.canonical import encode
from app.sync.importer import Taken
from app.sync.ledger import Author
from app.sync.manifest import BundleType
from app.sync.verifier import Verified
from app.usecases.audit import note, note_each
from app.usecases.inbox.verdicts import flagged_records

_INSERT: Final = bulk.insert_text(
    BundleSeen,
    (
        "uid", "type", "from_rid", "sign_key", "seq", "manifest_hash", "prev", "manifest", "signature", "received_at",
        "rows", "attachments", "added", "changed", "deleted", "flagged", "flags",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """A bundle that was taken, of whom, and what it did."""

    bundle: Verified
    sender: Installation
    taken: Taken


def remember(session: Session, author: Author, bundle: Verified, sender: Installation, taken: Taken) -> None:
    """The bundle was seen: manifest and signature are kept as proof, in the same transaction as its rows."""
    remember_each(session, author, [Kept(bundle, sender, taken)])


def remember_each(session: Session, author: Author, some: Sequence[Kept]) -> None:
    """These bundles were seen, in this order."""
    if not some:
        return
    for one in some:
        manifest, sender = one.bundle.manifest, one.sender
        sender.app_version, sender.accepts_schema = manifest.app[:40], sender.accepts_schema or manifest.schema
    session.flush()  # a sender may be as new as its first bundle
    bulk.run(session, _INSERT, [_row(one, author.stamp) for one in some])
    note_each(session, author, "taken_in", [one.bundle.manifest.id for one in some])


def _row(one: Kept, stamp: str) -> tuple[Any, ...]:
    bundle, taken = one.bundle, one.taken
    manifest = bundle.manifest
    return (
        manifest.id.bytes,
        manifest.type.value,
        one.sender.rid,
        bundle.sender.sign,
        manifest.seq,
        bytes.fromhex(bundle.manifest_hash),
        bytes.fromhex(manifest.prev) if manifest.prev else None,
        bundle.manifest_bytes,
        bundle.signature,
        stamp,
        taken.rows,
        taken.attachments,
        taken.added,
        taken.changed,
        taken.deleted,
        flagged_records(taken),
        encode(taken.flagged[: receipts.MOST_FLAGS]).decode(),
    )


def stop(session: Session, author: Author, inst: uuid.UUID | None) -> None:
    """After a fork nothing more is taken from this sender until a person decides."""
    row = session.scalars(select(Installation).where(Installation.uid == inst)).one_or_none()
    if row is not None and row.trust in (Trust.TRUSTED, Trust.VOUCHED):
        row.trust = Trust.STOPPED
        note(session, author, "stopped", row.uid)


def tell_again(session: Session, insts: Collection[uuid.UUID]) -> None:
    """Who sends the same bundle again has no receipt: the newest of its bundles is told once more."""
    newest = (
        select(func.max(BundleSeen.rid))
        .join(Installation, Installation.rid == BundleSeen.from_rid)
        .where(Installation.uid.in_(insts), BundleSeen.type == BundleType.RECORDS.value)
        .group_by(BundleSeen.from_rid)
    )
    again = update(BundleSeen).where(BundleSeen.rid.in_(newest)).values(receipt_seq=None)
    session.execute(again, execution_options={"synchronize_session": False})
