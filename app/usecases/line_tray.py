"""The tray of sealed files that go out over the line: a folder beside the store (ciphertext only) and its rows.

A bundle that lies in the tray counts as not sent; only when the server has said that it holds the whole file it does.
A cut between the sealing and its row is healed here: the file is found again by the name that the bundle's memory
holds.
(A file of which no memory speaks is left alone: after a restored backup it may be the only copy of somebody's day.)
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Select, delete, exists, select, update
from sqlalchemy.orm import Session, aliased

from app.models import BundleSeen, BundleSent, Centre, Installation, Upload
from app.sync import mailbox
from app.sync.carrying import Parcel, digest_of
from app.sync.manifest import BundleType
from app.sync.verifier import Role
from app.usecases.desk import Desk

OUTGOING: Final = "outgoing"


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A sealed file that is not wholly on the server. Sizes in bytes; ``prepared_at`` in UTC, ISO 8601."""

    rid: int
    to: str
    type: str
    size: int
    there: int
    prepared_at: str


def tray_of(desk: Desk) -> Path:
    """The folder of sealed files, made where it is missing."""
    folder = desk.store.path.parent / OUTGOING
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def adopt(desk: Desk) -> None:
    """Make the rows agree with the files: new ones are noted, and what a later bundle has overtaken is deleted."""
    folder = tray_of(desk)
    names = {path.name for path in folder.iterdir() if mailbox.is_bundle_name(path.name)}
    with desk.store.reading() as session:
        known = set(session.scalars(select(Upload.file_name)))
        told = set(session.scalars(select(BundleSent.file_name).where(BundleSent.file_name.in_(names - known))))
        old = set(session.scalars(select(Upload.file_name).where(Upload.sent_uid.in_(_overtaken()))))
    if not (told or old or known - names):
        return
    # Before the transaction: a large file takes seconds, and a save must not wait for them.
    measured = {name: ((folder / name).stat().st_size, digest_of(folder / name)) for name in sorted(told)}
    with desk.store.transaction() as session:
        for name, (size, sha256) in measured.items():
            _note_down(session, name, size, sha256, desk.author().stamp)
        session.execute(delete(Upload).where(Upload.file_name.in_(old | (known - names))))
    for name in old:
        (folder / name).unlink(missing_ok=True)


def in_tray(session: Session) -> list[WaitingFile]:
    """What waits, oldest first."""
    query = (
        select(Upload, BundleSent.type, Centre.name)
        .join(BundleSent, BundleSent.uid == Upload.sent_uid)
        .join(Installation, Installation.rid == BundleSent.to_rid)
        .join(Centre, Centre.rid == Installation.centre_rid)
        .order_by(Upload.rid)
    )
    return [
        WaitingFile(row.rid, name, type_, row.size, row.there, row.prepared_at)
        for row, type_, name in session.execute(query)
    ]


def parcel_of(session: Session, rid: int, folder: Path) -> Parcel | None:
    """The file of row ``rid``; None where it has gone meanwhile."""
    row = session.get(Upload, rid)
    return Parcel(folder / row.file_name, row.box, row.size, row.sha256) if row else None


def arrived(session: Session, rid: int) -> uuid.UUID:
    """The server has the whole file: the bundle counts as sent. Answers its id."""
    row = session.get_one(Upload, rid)
    sent = session.scalars(select(BundleSent).where(BundleSent.uid == row.sent_uid)).one()
    sent.file_name = row.file_name
    session.delete(row)
    return sent.uid


def came_to(session: Session, rid: int, there: int) -> None:
    """So many bytes of it are on the server."""
    if (row := session.get(Upload, rid)) is not None:
        row.there = min(there, row.size)


def begin_anew(session: Session) -> None:
    """Another shared folder: nothing of what waits is there."""
    session.execute(update(Upload).values(there=0))


def given_up(session: Session, rid: int) -> None:
    """The file will not go: what it held counts as never sent, and the next bundle or receipt tells it again."""
    row = session.get_one(Upload, rid)
    sent = session.scalars(select(BundleSent).where(BundleSent.uid == row.sent_uid)).one()
    if sent.type == BundleType.RECEIPT.value:
        told = (BundleSeen.from_rid == sent.to_rid) & (BundleSeen.receipt_seq == sent.seq)
        session.execute(update(BundleSeen).where(told).values(receipt_seq=None))
    session.delete(row)


def _note_down(session: Session, name: str, size: int, sha256: str, now: str) -> None:
    sent = session.scalars(select(BundleSent).where(BundleSent.file_name == name)).one()
    to = session.get_one(Installation, sent.to_rid)
    assert to.receive_key is not None
    box = mailbox.box_of(to.receive_key)
    session.add(
        Upload(file_name=name, box=box, size=size, sha256=sha256, sent_uid=sent.uid, prepared_at=now, there=0)
    )
    sent.file_name = ""


def _overtaken() -> Select[uuid.UUID]:
    """Bundles of records for the coordinator after which a later one went (on a stick): it holds the same and more.

    Going after it, the older one could bring back what was deleted in between.
    """
    later = aliased(BundleSent)
    return (
        select(BundleSent.uid)
        .join(Installation, Installation.rid == BundleSent.to_rid)
        .where(
            BundleSent.type == BundleType.RECORDS.value,
            Installation.role == Role.COORDINATOR.value,
            exists().where(
                later.to_rid == BundleSent.to_rid,
                later.type == BundleSent.type,
                later.sign_key == BundleSent.sign_key,
                later.seq > BundleSent.seq,
                later.file_name != "",
            ),
        )
    )
