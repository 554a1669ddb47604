"""Receiving: looking into a bundle, taking it in, and writing receipts."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.errors import UserError
from app.i18n import N_, _
from app.models import BundleSeen, BundleSent, Centre, Installation, Setting, Trust
from app.store import troubles
from app.sync import directives, receipts
from app.sync.bundle import json_part
from app.sync.canonical import encode
from app.sync.errors import Answer, BundleRefused
from app.sync.importer import Taken, take_records
from app.sync.ledger import SELF_RID
from app.sync.manifest import BundleType, PartKind
from app.sync.stick import copy_from_stick
from app.sync.verifier import Role, Verified, verify
from app.usecases.audit import note
from app.usecases.desk import Desk
from app.usecases.outbox import Letter, announce, dispatch, unwatched
from app.usecases.trust_list import reader_of

ACCEPTED = "ACCEPTED"
UNREADABLE = "UNREADABLE"
SUFFIX = ".age"

_WORDS = {
    BundleType.RECORDS: N_("Taken in: {added} new, {changed} changed, {deleted} deleted, {flagged} need attention."),
    BundleType.RECEIPT: N_("Receipt read: {rows} bundles arrived at the coordinator."),
    BundleType.TRUST: N_("The keys were checked and are in order."),
    BundleType.HANDOVER: N_("Handover carried out: {changed} records have a new owner."),
    BundleType.REFERENCE: N_("The lists of the coordinator were taken in."),
}
_WOULD = N_("In order. It holds {rows} records: {added} new, {changed} changed, {deleted} deleted.")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one file, in a code for scripts and in words for people."""

    file_name: str
    ok: bool
    answer: str
    sentence: str
    sender: str = ""
    seq: int = 0
    type: str = ""
    rows: int = 0
    added: int = 0
    changed: int = 0
    deleted: int = 0
    flagged: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """A bundle that was taken in."""

    inst: uuid.UUID
    sender: str
    seq: int
    type: str
    received_at: str
    rows: int
    added: int
    changed: int
    deleted: int
    flagged: int
    receipt_seq: int | None


class _OnlyLooking(Exception):
    """Raised at the end of an inspection, so that nothing is kept."""


class Receiving:
    """The use cases of receiving. Each bundle is one transaction: wholly in or wholly out."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def inspect(self, file: Path) -> Verdict:
        """What taking the file in would do. Takes nothing, whatever it holds."""
        return self._judge(file, keep=False)

    def take(self, file: Path) -> Verdict:
        """Take one file in. A refused one changes nothing, and the verdict says why."""
        return self._judge(file, keep=True)

    def take_all(
        self,
        paths: Sequence[Path],
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool] = lambda: False,
    ) -> list[Verdict]:
        """Take files and folders in; cancelling takes effect between two bundles."""
        files = list(bundle_files(paths))
        verdicts: list[Verdict] = []
        for number, file in enumerate(files, 1):
            if cancelled():
                break
            verdicts.append(self.take(file))
            progress(number, len(files))
        return verdicts

    def seen(self, limit: int = 200) -> list[Seen]:
        """The bundles taken in, newest first."""
        query = (
            select(BundleSeen, Installation.uid, Centre.name)
            .join(Installation, Installation.rid == BundleSeen.from_rid)
            .join(Centre, Centre.rid == Installation.centre_rid)
            .order_by(BundleSeen.rid.desc())
            .limit(limit)
        )
        with self._desk.store.reading() as session:
            return [
                Seen(
                    inst=inst,
                    sender=name,
                    seq=row.seq,
                    type=row.type,
                    received_at=row.received_at,
                    rows=row.rows,
                    added=row.added,
                    changed=row.changed,
                    deleted=row.deleted,
                    flagged=row.flagged,
                    receipt_seq=row.receipt_seq,
                )
                for row, inst, name in session.execute(query)
            ]

    def receipts_due(self) -> int:
        """For how many installations a receipt is to be written."""
        with self._desk.store.reading() as session:
            return len({row.rid for row in [*_receipts_due(session), *_not_greeted(session)]})

    def write_receipts(self, folder: Path) -> list[Path]:
        """Write a receipt for each installation with news, and a first greeting to each new one, into ``folder``."""
        with self._desk.store.reading() as session:
            due = [row.rid for row in _receipts_due(session)]
            new = [row.rid for row in _not_greeted(session)]
            # A test word sealed to a newly enrolled key, so that a broken key is found that day.
            greeting = directives.trust_content(_trust_version(session))
        greeted = announce(self._desk, new, BundleType.TRUST, greeting, folder)
        return greeted + [self._answer(rid, folder) for rid in due]

    def _answer(self, rid: int, folder: Path) -> Path:
        told: list[int] = []

        def compose(session: Session) -> Letter:
            to = session.get_one(Installation, rid)
            told.extend(seen.rid for seen in receipts.untold(session, to))
            part = json_part(PartKind.RECEIPT, receipts.compose(session, to, _trust_version(session)))
            return Letter(to, BundleType.RECEIPT, [part])

        sent = dispatch(self._desk, compose, folder, unwatched)
        with self._desk.store.transaction() as session:
            session.execute(update(BundleSeen).where(BundleSeen.rid.in_(told)).values(receipt_seq=sent.seq))
        return sent.file

    def _judge(self, file: Path, *, keep: bool) -> Verdict:
        verified: Verified | None = None
        try:
            with self._verified(file) as verified:
                taken = self._trial(verified) if not keep else self._take(verified)
                return self._accepted(file, verified, taken, keep=keep)
        except BundleRefused as refused:
            sender = refused.sender or (verified.sender.inst if verified else None)
            if refused.answer is Answer.FORK and keep:
                self._stop(sender)
            if refused.answer is Answer.ALREADY_IMPORTED and keep:
                self._tell_again(sender)
            return _refused(file, refused.answer.value, refused)
        except UserError as error:
            return _refused(file, UNREADABLE, error)

    def _take(self, bundle: Verified) -> Taken:
        with self._desk.store.transaction() as session:
            return self._carry_out(session, bundle)

    def _trial(self, bundle: Verified) -> Taken:
        """Carry it out and roll it back: the counts are the true ones, and nothing is kept."""
        taken = Taken()
        with suppress(_OnlyLooking), self._desk.store.transaction() as session:
            taken = self._carry_out(session, bundle)
            raise _OnlyLooking
        return taken

    @contextmanager
    def _verified(self, file: Path) -> Iterator[Verified]:
        """The verified bundle; it lives as long as the local copy of the ciphertext."""
        home = self._desk.store.path.parent
        with troubles.in_words(home), tempfile.TemporaryFile(dir=home) as local:
            copy_from_stick(file, local)
            with self._desk.store.reading() as session:
                reader = reader_of(session, self._desk)
            yield verify(local, reader)

    def _carry_out(self, session: Session, bundle: Verified) -> Taken:
        sender = session.scalars(select(Installation).where(Installation.uid == bundle.sender.inst)).one()
        if sender.trust == Trust.REVOKED and bundle.manifest.type is not BundleType.RECORDS:
            # Its last good number is one of the records stream; a thief would announce a key of his own instead.
            raise BundleRefused(Answer.REVOKED, "only records of before")
        now, taken = self._desk.author().stamp, Taken()
        match bundle.manifest.type:
            case BundleType.RECORDS:
                taken = take_records(session, bundle, now=now, new_id=self._desk.clock.new_id)
            case BundleType.RECEIPT:
                content = bundle.json_part(PartKind.RECEIPT)
                taken.rows = receipts.take(session, sender, content, now)
            case BundleType.TRUST:
                directives.take_trust(session, bundle, sender, bundle.json_part(PartKind.TRUST))
            case BundleType.HANDOVER:
                taken.changed = directives.take_handover(session, sender, bundle.json_part(PartKind.HANDOVER))
            case BundleType.REFERENCE:
                directives.take_reference(session, bundle.json_part(PartKind.REFERENCE))
        self._remember(session, bundle, sender, taken)
        return taken

    def _remember(self, session: Session, bundle: Verified, sender: Installation, taken: Taken) -> None:
        """The bundle was seen: manifest and signature are kept as proof, in the same transaction as its rows."""
        manifest = bundle.manifest
        sender.app_version, sender.accepts_schema = manifest.app[:40], sender.accepts_schema or manifest.schema
        session.add(
            BundleSeen(
                uid=manifest.id,
                type=manifest.type.value,
                from_rid=sender.rid,
                sign_key=bundle.sender.sign,
                seq=manifest.seq,
                manifest_hash=bytes.fromhex(bundle.manifest_hash),
                prev=bytes.fromhex(manifest.prev) if manifest.prev else None,
                manifest=bundle.manifest_bytes,
                signature=bundle.signature,
                received_at=self._desk.author().stamp,
                rows=taken.rows,
                attachments=taken.attachments,
                added=taken.added,
                changed=taken.changed,
                deleted=taken.deleted,
                flagged=len({flag["id"] for flag in taken.flagged}),
                flags=encode(taken.flagged[: receipts.MOST_FLAGS]).decode(),
            )
        )
        note(session, self._desk.author(), "taken_in", manifest.id)

    def _stop(self, inst: uuid.UUID | None) -> None:
        """After a fork nothing more is taken from this sender until a person decides."""
        if inst is None:
            return
        with self._desk.store.transaction() as session:
            row = session.scalars(select(Installation).where(Installation.uid == inst)).one_or_none()
            if row is not None and row.trust == Trust.TRUSTED:
                row.trust = Trust.STOPPED
                note(session, self._desk.author(), "stopped", inst)

    def _tell_again(self, inst: uuid.UUID | None) -> None:
        """Who sends the same bundle again has no receipt: the newest of its bundles is told once more."""
        with self._desk.store.transaction() as session:
            newest = (
                select(BundleSeen.rid)
                .join(Installation, Installation.rid == BundleSeen.from_rid)
                .where(Installation.uid == inst, BundleSeen.type == BundleType.RECORDS.value)
                .order_by(BundleSeen.rid.desc())
                .limit(1)
            )
            again = update(BundleSeen).where(BundleSeen.rid.in_(newest)).values(receipt_seq=None)
            session.execute(again, execution_options={"synchronize_session": False})

    def _accepted(self, file: Path, bundle: Verified, taken: Taken, *, keep: bool) -> Verdict:
        manifest = bundle.manifest
        flagged = len({flag["id"] for flag in taken.flagged})
        words = _WORDS[manifest.type] if keep or manifest.type is not BundleType.RECORDS else _WOULD
        with self._desk.store.reading() as session:
            name = session.scalar(
                select(Centre.name)
                .join(Installation, Installation.centre_rid == Centre.rid)
                .where(Installation.uid == manifest.inst)
            )
        return Verdict(
            file_name=file.name,
            ok=True,
            answer=ACCEPTED,
            sentence=_(words).format(
                rows=taken.rows, added=taken.added, changed=taken.changed, deleted=taken.deleted, flagged=flagged
            ),
            sender=name or "",
            seq=manifest.seq,
            type=manifest.type.value,
            rows=taken.rows,
            added=taken.added,
            changed=taken.changed,
            deleted=taken.deleted,
            flagged=flagged,
        )


def _refused(file: Path, answer: str, error: UserError) -> Verdict:
    harmless = answer in (Answer.ALREADY_IMPORTED, Answer.OLD)
    return Verdict(file_name=file.name, ok=harmless, answer=answer, sentence=error.sentence())


def bundle_files(paths: Sequence[Path]) -> Iterator[Path]:
    """The bundle files among ``paths``; a folder gives those directly in it."""
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.iterdir() if one.suffix == SUFFIX and one.is_file())
        else:
            yield path


def _receipts_due(session: Session) -> list[Installation]:
    told = select(BundleSeen.from_rid).where(
        BundleSeen.type == BundleType.RECORDS.value, BundleSeen.receipt_seq.is_(None)
    )
    query = select(Installation).where(Installation.rid.in_(told), Installation.trust == Trust.TRUSTED)
    return list(session.scalars(query.order_by(Installation.rid)))


def _not_greeted(session: Session) -> list[Installation]:
    """Trusted centres to whom nothing of type ``trust`` was ever written; only the coordinator greets."""
    if session.get_one(Installation, SELF_RID).role != Role.COORDINATOR.value:
        return []
    greeted = select(BundleSent.to_rid).where(BundleSent.type == BundleType.TRUST.value, BundleSent.file_name != "")
    query = select(Installation).where(
        Installation.rid != SELF_RID, Installation.trust == Trust.TRUSTED, Installation.rid.not_in(greeted)
    )
    return list(session.scalars(query.order_by(Installation.rid)))


def _trust_version(session: Session) -> int:
    setting = session.get(Setting, "trust_version")
    return int(setting.value) if setting else int(session.scalar(select(func.count(Installation.rid))) or 0)
