"""Two histories of one laptop: what the other one holds, and what is done with it once a person has decided.

The first history stands in the register. The files of the other lie set aside, sealed as they came. Nothing of either
is lost: what the other one alone holds can come in, and where both speak of one record the other version becomes a
question with both values. Whether the laptop goes on, is followed by another or is revoked, a person decides.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.codelists import RecordState
from app.errors import UserError
from app.i18n import N_
from app.models import BundleSeen, Installation, Record, Trust
from app.sync.canonical import encode_again
from app.sync.errors import Answer, BundleRefused
from app.sync.importer import Taken, ask_about_late, keep_attachment, merge, prepare
from app.sync.manifest import BundleType
from app.sync.rows import Row
from app.sync.stream import StreamKey, StreamState
from app.sync.verifier import Reader, Verified, announced, verify
from app.usecases.audit import note
from app.usecases.desk import Desk
from app.usecases.enrolment import Enrolment, installation_row
from app.usecases.inbox.aside import Aside, AsideFile
from app.usecases.inbox.heap import Copied, local_copy
from app.usecases.receiving import Receiving
from app.usecases.trust_list import TrustList

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class OtherHistory:
    """What the files of the other history hold, beside the register."""

    centre: str
    last_seq: int
    """The last bundle of the history that was taken, and when that was."""
    last_at: str
    files: int
    unreadable: int
    """Files that are not kept any more, or cannot be read: the centre has to send them again."""
    more: int
    """Records that this history alone has."""
    other: int
    """Records of which it says something else."""
    same: int


@dataclass(slots=True)
class _Rows:
    """The rows of one file, by what the register has of them."""

    more: list[Row] = field(default_factory=list)
    other: list[Row] = field(default_factory=list)
    same: int = 0


class Forks:
    """The use cases about two histories, at the coordinator's."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._aside = Aside(desk)

    def other(self, inst: uuid.UUID) -> OtherHistory:
        """What the set-aside files of the other history would bring. Changes nothing."""
        read, unreadable = 0, 0
        more: set[uuid.UUID] = set()
        other: set[uuid.UUID] = set()
        same = 0
        for one in self._files(inst):
            with self._opened(one) as bundle:
                if bundle is None:
                    unreadable += 1
                    continue
                with self._desk.store.reading() as session:
                    found = _sorted_out(session, bundle)
                read += 1
                more |= {row.id for row in found.more}
                other |= {row.id for row in found.other}
                same = max(same, found.same)
        with self._desk.store.reading() as session:
            row = installation_row(session, inst)
            last = select(BundleSeen).where(
                BundleSeen.sign_key == row.sign_key, BundleSeen.type == BundleType.RECORDS.value
            )
            seen = session.scalars(last.order_by(BundleSeen.seq.desc()).limit(1)).one_or_none()
            last_seq, last_at = (seen.seq, seen.received_at) if seen else (0, "")
        name = TrustList(self._desk).name_of(inst)
        return OtherHistory(name, last_seq, last_at, read, unreadable, len(more), len(other), same)

    def keep_both(self, inst: uuid.UUID) -> None:
        """Take in what the other history alone has; ask the centre about records of which it says something else.

        Each file in one transaction; a file that went in is no longer set aside. The laptop stays stopped.
        """
        for one in self._files(inst):
            with self._opened(one) as bundle:
                if bundle is None:
                    continue
                with self._desk.store.transaction() as session:
                    self._keep(session, bundle)
            with suppress(UserError):
                self._aside.let_go(one.id)

    def go_on(self, inst: uuid.UUID) -> None:
        """One laptop goes on alone: it is trusted again, and what came from it meanwhile is taken."""
        ids = [one.id for one in self._continuing(inst)]
        Enrolment(self._desk).resume(inst)
        if ids:
            Receiving(self._desk).try_again(ids)

    def revoke(self, inst: uuid.UUID) -> None:
        """Take nothing more from it: it was stolen, or another laptop follows. What is set aside stays there."""
        Enrolment(self._desk).revoke(inst)

    def _files(self, inst: uuid.UUID) -> list[AsideFile]:
        """The files of the other history: those that contradict what was taken."""
        return [one for one in self._forked(inst) if not self._continues(one)]

    def _continuing(self, inst: uuid.UUID) -> list[AsideFile]:
        """Files of the first history that came while the laptop was stopped."""
        return [one for one in self._forked(inst) if self._continues(one)]

    def _forked(self, inst: uuid.UUID) -> list[AsideFile]:
        found = [one for one in self._aside.of(inst) if one.answer == Answer.FORK]
        return sorted(found, key=lambda one: (one.seq, one.id))

    def _continues(self, one: AsideFile) -> bool:
        """Would it be taken, were the laptop not stopped?"""
        with self._copy(one) as (copied, reader):
            return _verified(copied, reader) is not None

    @contextmanager
    def _opened(self, one: AsideFile) -> Iterator[Verified | None]:
        """The verified file, whatever its place in the stream; None where it cannot be had."""
        with self._copy(one) as (copied, reader):
            if copied is None:
                yield None
                return
            yield _verified(copied, replace(reader, stream=partial(_anywhere, copied, reader)))

    @contextmanager
    def _copy(self, one: AsideFile) -> Iterator[tuple[Copied | None, Reader]]:
        """The file as it was kept, and a reader that hears its sender although it is stopped."""
        reader = TrustList(self._desk).reader()
        heard = {key: replace(sender, stopped=False) for key, sender in reader.senders.items()}
        paths = self._aside.paths([one.id])
        if not paths:
            yield None, reader
            return
        with local_copy(self._desk, paths[0]) as copied:
            yield copied, replace(reader, senders=heard)

    def _keep(self, session: Session, bundle: Verified) -> None:
        sender = installation_row(session, bundle.sender.inst)
        if sender.trust != Trust.STOPPED:
            raise UserError(N_("This laptop is not stopped: there is nothing to decide."))
        now, schema = self._desk.author().stamp, bundle.manifest.schema
        found, today = _sorted_out(session, bundle), dt.date.fromisoformat(self._desk.author().stamp[:10])
        ready = [prepare(row, schema, today) for row in found.more]
        new_id = self._desk.clock.new_id
        merge(session, ready, sender.uid, sender.rid, schema, Taken(), now=now, new_id=new_id)
        ask_about_late(session, found.other, now, new_id)
        came = {row.id for row in found.more}
        for index, part in bundle.attachments():
            if part.id in came and part.id is not None:
                keep_attachment(session, part.id, sender.rid, bundle.attachment(index))
        note(session, self._desk.author(), "both_kept", bundle.manifest.id)


def _anywhere(copied: Copied, reader: Reader, _key: StreamKey) -> StreamState:
    """A stream in which this file stands well: nothing was seen but what it stands on."""
    base = announced(copied.file, reader).manifest.base
    return StreamState({base.seq: base.manifest}) if base else StreamState()


def _verified(copied: Copied | None, reader: Reader) -> Verified | None:
    if copied is None:
        return None
    try:
        return verify(copied.file, reader)
    except BundleRefused:
        return None


def _sorted_out(session: Session, bundle: Verified) -> _Rows:
    """The rows of a file of the other history, by what the register holds.

    A record that has gone to another owner or is no longer live is left alone: the decision about it is older.
    """
    found = _Rows()
    rows = [row for row, _line in bundle.rows()]
    held = _held(session, [row.id for row in rows])
    for row in rows:
        known = held.get(row.id)
        if known is None:
            found.more.append(row)
        elif known == (row.owner, RecordState.LIVE, encode_again(dict(row.data)).decode()):
            found.same += 1
        elif known[:2] == (row.owner, RecordState.LIVE) and row.state.value == RecordState.LIVE:
            found.other.append(row)
    return found


def _held(session: Session, uids: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[uuid.UUID, str, str]]:
    """Owner, state and document of those records that are here."""
    found: dict[uuid.UUID, tuple[uuid.UUID, str, str]] = {}
    query = select(Record.uid, Installation.uid, Record.state, Record.data)
    query = query.join(Installation, Installation.rid == Record.owner_rid)
    for start in range(0, len(uids), _CHUNK):
        for uid, owner, state, data in session.execute(query.where(Record.uid.in_(uids[start : start + _CHUNK]))):
            found[uid] = (owner, state, data)
    return found
