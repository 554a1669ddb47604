"""Refused files, kept as they came until a person has decided: sealed ciphertext under neutral names.

They lie in a folder beside the store and take part in nothing else: neither in backups nor in what is sent. The
folder is bounded; when it is full the oldest go, those of two histories (FORK) last.
"""

from __future__ import annotations

import hashlib
import shutil
import uuid
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.i18n import N_
from app.models import Centre, Installation, SetAside
from app.store.files import flush_file, flush_folder, free_bytes
from app.sync.errors import Answer, BundleRefused
from app.sync.stick import random_name
from app.sync.verifier import Role
from app.usecases.desk import Desk

FOLDER: Final = "aside"
MOST_BYTES: Final = 512 << 20
MOST_FILES: Final = 2000
_RESERVE: Final = 256 << 20
"""Bytes that must stay free on the disk: what is recorded goes before what was refused."""
_AGE: Final = b"age-encryption.org/v1\n"
"""Only what at least begins as a sealed file is copied: anything else might be readable."""
_NOT_KEPT: Final = frozenset({Answer.ALREADY_IMPORTED, Answer.OLD, Answer.NOT_FOR_US})

GONE: Final = N_("This file is no longer in the list of files set aside.")


@dataclass(frozen=True, slots=True)
class AsideFile:
    """A file that was set aside. ``kept`` is false where there was no room: then it can only be brought again."""

    id: int
    sender: str
    inst: uuid.UUID | None
    seq: int
    answer: str
    sentence: str
    missing: str
    size: int
    set_aside_at: str
    kept: bool


class Aside:
    """The files set aside at a coordinator's. At a centre nothing is: a stick that goes round is full of others'."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._folder = desk.store.path.parent / FOLDER
        self._digests: set[bytes] | None = None

    def listed(self) -> list[AsideFile]:
        """All of them, those of one sender together, newest first."""
        return self._select(None)

    def of(self, inst: uuid.UUID) -> list[AsideFile]:
        """Those that ``inst`` has signed: the other history, where two came from it."""
        return self._select(inst)

    def paths(self, ids: Sequence[int]) -> list[Path]:
        """The kept files among ``ids``."""
        with self._desk.store.reading() as session:
            names = session.scalars(select(SetAside.kept_as).where(SetAside.rid.in_(ids), SetAside.kept_as != ""))
            return [path for name in names if (path := self._folder / name).is_file()]

    def waiting(self, senders: Collection[uuid.UUID]) -> list[Path]:
        """The kept files of these senders for which earlier bundles were missing."""
        if not self._known():
            return []
        query = (
            select(SetAside.rid)
            .join(Installation, Installation.rid == SetAside.from_rid)
            .where(Installation.uid.in_(senders), SetAside.answer == Answer.GAP.value)
        )
        with self._desk.store.reading() as session:
            ids = list(session.scalars(query))
        return self.paths(ids)

    def put(self, path: Path, digest: bytes, refusal: BundleRefused, seq: int | None) -> None:
        """Keep the file at ``path`` (its bytes: ``digest``), or what is known of it where there is no room."""
        if self._desk.me.role != Role.COORDINATOR.value or refusal.answer in _NOT_KEPT:
            return
        with self._desk.store.reading() as session:
            held = session.scalars(select(SetAside).where(SetAside.digest == digest)).one_or_none()
            kept_as = held.kept_as if held is not None else ""
        if not (kept_as and (self._folder / kept_as).is_file()):
            kept_as = self._copy(path, digest)
        with self._desk.store.transaction() as session:
            self._write(session, digest, kept_as, refusal, seq)
            let_go = self._bounded(session)
        self._unlink(let_go)
        self._digests = None

    def settled(self, digest: bytes) -> None:
        """The file with this SHA-256 was taken, or has nothing new: it need not be kept."""
        if digest in self._known():
            with self._desk.store.transaction() as session:
                names = self._drop(session, SetAside.digest == digest)
            self._unlink(names)
            self._digests = None

    def let_go(self, one: int) -> None:
        """Delete a file set aside. Raises UserError where it is gone already."""
        with self._desk.store.transaction() as session:
            names = self._drop(session, SetAside.rid == one)
            if not names:
                raise UserError(GONE)
        self._unlink(names)
        self._digests = None

    def sweep(self) -> None:
        """Delete what lies in the folder and is named nowhere: a copy whose program was cut off."""
        with self._desk.store.reading() as session:
            named = set(session.scalars(select(SetAside.kept_as)))
        with suppress(OSError):
            self._unlink([path.name for path in self._folder.iterdir() if path.name not in named])

    def _select(self, inst: uuid.UUID | None) -> list[AsideFile]:
        query = (
            select(SetAside, Installation.uid, Centre.name)
            .outerjoin(Installation, Installation.rid == SetAside.from_rid)
            .outerjoin(Centre, Centre.rid == Installation.centre_rid)
            .order_by(Centre.name, SetAside.rid.desc())
        )
        if inst is not None:
            query = query.where(Installation.uid == inst)
        with self._desk.store.reading() as session:
            return [self._told(row, uid, name) for row, uid, name in session.execute(query)]

    def _told(self, row: SetAside, inst: uuid.UUID | None, name: str | None) -> AsideFile:
        sentence = BundleRefused(Answer(row.answer), missing=row.missing or "?").sentence()
        kept = bool(row.kept_as) and (self._folder / row.kept_as).is_file()
        return AsideFile(
            id=row.rid,
            sender=name or "",
            inst=inst,
            seq=row.seq or 0,
            answer=row.answer,
            sentence=sentence,
            missing=row.missing,
            size=row.size,
            set_aside_at=row.set_aside_at,
            kept=kept,
        )

    def _known(self) -> set[bytes]:
        """The digests of what is set aside, read once for a heap."""
        if self._digests is None:
            with self._desk.store.reading() as session:
                self._digests = set(session.scalars(select(SetAside.digest)))
        return self._digests

    def _copy(self, path: Path, digest: bytes) -> str:
        """Copy a sealed file; its new name, or nothing where there is no room or it is not what was looked at."""
        name = random_name(self._desk.clock.random_bytes(10))
        target = self._folder / name
        try:
            with path.open("rb") as file:
                if file.read(len(_AGE)) != _AGE or not self._has_room(path.stat().st_size):
                    return ""
            self._folder.mkdir(mode=0o700, exist_ok=True)
            shutil.copyfile(path, target)
            with target.open("rb") as file:
                same = hashlib.file_digest(file, "sha256").digest() == digest
            if same:
                flush_file(target)
                flush_folder(self._folder)
                return name
        except OSError:
            # A pulled stick or a full disk: the verdict stands all the same, and the list says that it is not kept.
            same = False
        self._unlink([name])
        return ""

    def _has_room(self, size: int) -> bool:
        return size <= MOST_BYTES and free_bytes(self._folder.parent) > size + _RESERVE

    def _write(self, session: Session, digest: bytes, kept_as: str, refusal: BundleRefused, seq: int | None) -> None:
        row = session.scalars(select(SetAside).where(SetAside.digest == digest)).one_or_none() or SetAside(
            digest=digest, set_aside_at=self._desk.author().stamp
        )
        sender = select(Installation.rid).where(Installation.uid == refusal.sender)
        path = self._folder / kept_as
        row.kept_as, row.answer, row.missing = kept_as, refusal.answer.value, refusal.missing
        row.from_rid, row.seq = session.scalar(sender) if refusal.sender else None, seq
        row.size = path.stat().st_size if kept_as else 0
        session.add(row)
        session.flush()

    def _bounded(self, session: Session) -> list[str]:
        """Let the oldest go until the rest is within bounds, two histories last; returns the names of their files."""
        rows = list(session.scalars(select(SetAside).order_by(SetAside.rid.desc())))
        rows.sort(key=lambda row: row.answer != Answer.FORK.value)
        size, gone = 0, []
        for number, row in enumerate(rows):
            size += row.size if row.kept_as else 0
            if size > MOST_BYTES and row.kept_as:
                size -= row.size
                gone.append(row.kept_as)
                row.kept_as = ""
            if number >= MOST_FILES:
                gone += [row.kept_as] if row.kept_as else []
                session.delete(row)
        session.flush()
        return gone

    def _drop(self, session: Session, which: ColumnElement[bool]) -> list[str]:
        """Delete these rows; the names of their files, empty for one that was not kept."""
        names = list(session.scalars(select(SetAside.kept_as).where(which)))
        session.execute(delete(SetAside).where(which))
        return names

    def _unlink(self, names: Sequence[str]) -> None:
        """After the commit: a file without a row is swept away later, a row without its file would be a lie."""
        for name in names:
            if name:
                with suppress(OSError):
                    (self._folder / name).unlink(missing_ok=True)
