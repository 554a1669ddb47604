"""Writing a bundle of any type: the next number of its stream, its recipients, the stick, and the memory of it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app import __version__
from app.models import SCHEMA_VERSION, BundleSent, Installation, OwnKeys, Record, Upload
from app.store import troubles
from app.sync import sshsig
from app.sync.age import Recipient
from app.sync.bundle import Draft, PartSource, json_part, write_bundle
from app.sync.canonical import Json
from app.sync.ledger import stamp
from app.sync.manifest import Base, BundleType, PartKind
from app.sync.stick import random_name, write_to_stick
from app.sync.verifier import Role
from app.usecases.audit import note
from app.usecases.desk import Desk

Progress = Callable[[int, int], None]
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Letter:
    """What a bundle is to hold, and for whom. ``through``, ``rows`` and ``persons`` are remembered with it.

    ``seed`` is another signing seed than the one in use: the old one, when a rotation is announced.
    ``anew``: the bundle stands on nothing that was acknowledged (the reader may have lost it all).
    """

    to: Installation
    type: BundleType
    parts: Sequence[PartSource]
    through: int = 0
    rows: int = 0
    persons: int = 0
    seed: bytes | None = None
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Dispatched:
    """A bundle that was written and read back. ``size`` in bytes."""

    seq: int
    file: Path
    rows: int
    persons: int
    size: int


def own_keys(session: Session) -> OwnKeys:
    """The keys in use: the newest."""
    return session.scalars(select(OwnKeys).order_by(OwnKeys.rid.desc()).limit(1)).one()


def acknowledged(session: Session, to: Installation, sign_key: bytes) -> BundleSent | None:
    """The last ``records`` bundle of the stream to ``to`` that its receipt has named."""
    query = (
        _stream(to, sign_key, BundleType.RECORDS)
        .where(BundleSent.acked_at.is_not(None))
        .order_by(BundleSent.seq.desc())
        .limit(1)
    )
    return session.scalars(query).one_or_none()


def dispatch(desk: Desk, compose: Callable[[Session], Letter], folder: Path, progress: Progress) -> Dispatched:
    """Seal a letter, remember it, and only then write it into ``folder``.

    The order matters. The sealed file is made in the store's folder (ciphertext only), its number and manifest
    are committed, and then it goes to the stick. A cut in between burns a number, which the next bundle heals;
    the other order would use one number twice, which the reader must take for a fork.
    Raises UserError where the stick cannot be written; the letter then counts as not sent.
    """
    home = desk.store.path.parent
    with troubles.in_words(home), tempfile.TemporaryFile(dir=home) as spool:
        with desk.store.transaction() as session:
            letter = compose(session)
            progress(1, 3)
            sent = _seal(session, desk, letter, spool)
            spool.flush()  # a full disk must show before the number is used
        progress(2, 3)

        def copy(sink: BinaryIO) -> None:
            spool.seek(0)
            shutil.copyfileobj(spool, sink, _PIECE)

        file = write_to_stick(folder, copy, random_name(desk.clock.random_bytes(10)))
    with desk.store.transaction() as session:
        session.get_one(BundleSent, sent.rid).file_name = file.path.name
        note(session, desk.author(), "sent", sent.uid)
    progress(3, 3)
    return Dispatched(sent.seq, file.path, sent.rows, sent.persons, file.size)


def announce(
    desk: Desk,
    readers: Sequence[int],
    kind: BundleType,
    content: dict[str, Json],
    folder: Path,
    *,
    seed: bytes | None = None,
    through: int = 0,
) -> list[Path]:
    """Write the same word (one JSON object) for each of ``readers`` (keys of installations), a file each.

    ``through`` is remembered with it: up to which decision or version of ours it tells.
    """
    part = json_part(PartKind(kind.value), content)

    def compose(session: Session, reader: int) -> Letter:
        return Letter(session.get_one(Installation, reader), kind, [part], through, seed=seed)

    return [dispatch(desk, partial(compose, reader=reader), folder, unwatched).file for reader in readers]


def unwatched(_done: int, _all: int) -> None:
    """The progress of what is so small that nobody waits for it."""


def records_sent(session: Session) -> list[BundleSent]:
    """The bundles of records for the coordinator that reached a stick, oldest first. A receipt proves it, whatever
    we remember. (A person's records for another centre are no delivery: they go to the coordinator all the same.)
    """
    query = (
        select(BundleSent)
        .join(Installation, Installation.rid == BundleSent.to_rid)
        .where(
            BundleSent.type == BundleType.RECORDS.value,
            Installation.role == Role.COORDINATOR.value,
            (BundleSent.file_name != "") | BundleSent.acked_at.is_not(None),
        )
    )
    return list(session.scalars(query.order_by(BundleSent.rid)))


def newest_sent(session: Session) -> int:
    """The key of the newest record that a bundle for the coordinator may hold: one of ``records_sent``, or one that
    waits for the line (the server may have it whole, and only its answer was lost).
    """
    query = (
        select(func.max(BundleSent.newest))
        .join(Installation, Installation.rid == BundleSent.to_rid)
        .where(
            BundleSent.type == BundleType.RECORDS.value,
            Installation.role == Role.COORDINATOR.value,
            (BundleSent.file_name != "")
            | BundleSent.acked_at.is_not(None)
            | BundleSent.uid.in_(select(Upload.sent_uid)),
        )
    )
    return session.scalar(query) or 0


def _seal(session: Session, desk: Desk, letter: Letter, spool: BinaryIO) -> BundleSent:
    to, seed = letter.to, letter.seed or own_keys(session).sign_seed
    sign_key = sshsig.public_key(seed)
    last = session.scalars(_stream(to, sign_key, letter.type).order_by(BundleSent.seq.desc()).limit(1)).one_or_none()
    follows = letter.type is BundleType.RECORDS and not letter.anew
    base = acknowledged(session, to, sign_key) if follows else None
    draft = Draft(
        type=letter.type,
        id=desk.clock.new_id(),
        practice=desk.me.practice,
        inst=desk.me.uid,
        centre=desk.me.centre,
        addressee=to.uid,
        seq=last.seq + 1 if last else 1,
        prev=last.manifest_hash.hex() if last else None,
        base=Base(base.seq, base.manifest_hash.hex()) if base else None,
        created=stamp(desk.clock.now()),
        app=__version__,
        schema=SCHEMA_VERSION,
        between_centres=letter.type is BundleType.RECORDS and to.role != Role.COORDINATOR.value,
    )
    written = write_bundle(spool, draft, letter.parts, seed, _recipients(to, letter.type))
    sent = BundleSent(
        uid=draft.id,
        type=letter.type.value,
        to_rid=to.rid,
        sign_key=sign_key,
        seq=draft.seq,
        manifest_hash=bytes.fromhex(written.manifest_hash),
        through=letter.through,
        rows=letter.rows,
        persons=letter.persons,
        newest=session.scalar(select(func.max(Record.rid))) or 0,
        created_at=draft.created,
        file_name="",
    )
    session.add(sent)
    session.flush()
    return sent


def _stream(to: Installation, sign_key: bytes, type_: BundleType) -> Select[BundleSent]:
    return select(BundleSent).where(
        BundleSent.to_rid == to.rid, BundleSent.sign_key == sign_key, BundleSent.type == type_.value
    )


def _recipients(to: Installation, type_: BundleType) -> list[Recipient]:
    """Records go to the coordinator's daily key and her offline recovery key; all else, and records for another
    centre, to the one installation.
    """
    assert to.receive_key is not None
    keys = [Recipient(to.receive_key)]
    if type_ is BundleType.RECORDS and to.recovery_key is not None:
        keys.append(Recipient(to.recovery_key))
    return keys
