"""Pass 2: the rows of a verified bundle into the store, in the write transaction that the caller holds.

What needs no store (the checks of a row's form, its columns) is done before, by ``prepare``, so that nobody waits
for it. Any ``BundleRefused`` from here means: roll back, nothing of the bundle is kept. A row that is well formed but
breaks a rule of its form is kept verbatim, flagged, and named in the receipt: one bad row never blocks the rest.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.codelists import RecordState
from app.forms.checks import Finding, findings_of_imported
from app.models import Attachment, AttachmentContent, Installation, Record, Unmatched
from app.sync import awaited, bulk, canonical
from app.sync.asking import forget_withdrawn
from app.sync.erasure import erase, restore
from app.sync.errors import Answer, BundleRefused
from app.sync.late import ask_about_late
from app.sync.merge import Head, plan
from app.sync.projection import Changed, project
from app.sync.rows import Row

__all__ = ["Judged", "Pile", "Prepared", "Taken", "ask_about_late", "keep_attachment", "merge", "prepare"]

_NOBODY: Final[frozenset[uuid.UUID]] = frozenset()
_LONGEST_NAME = 80  # an unknown question may have any name
MAX_ATTACHMENT = 20 * 1024 * 1024

_OF_ROW: Final = (
    "kind", "epoch", "revision", "changed_seq", "changed_at", "changed_by", "state", "schema_version", "data",
    "digest", "problems",
)  # fmt: skip
COLUMNS: Final = ("rid", "uid", "former_owners", "owner_rid", *_OF_ROW)
"""All that is written of a record that is new here."""
_INSERT: Final = bulk.insert_text(Record, COLUMNS)
_UPDATE: Final = bulk.update_text(Record, ("owner_rid", *_OF_ROW), "rid")
_UNMATCHED: Final = bulk.insert_text(Unmatched, ("person_rid",), or_ignore=True)
_KNOWN: Final = """
    SELECT record.uid, record.rid, record.kind, installation.uid, record.epoch, record.revision, record.digest,
           record.schema_version, record.former_owners, record.problems, record.state
    FROM record JOIN installation ON installation.rid = record.owner_rid WHERE record.uid IN ({})
"""


@dataclass(slots=True)
class Taken:
    """What came of a bundle's rows."""

    rows: int = 0
    added: int = 0
    changed: int = 0
    deleted: int = 0
    attachments: int = 0
    flagged: list[dict[str, str]] = field(default_factory=list)
    """``{"id", "reason", "field"}`` for each finding, as the receipt tells it."""
    passed_over: set[uuid.UUID] = field(default_factory=set)
    """Records whose row was late or stale: what belongs to it (an attachment's bytes) is not taken either."""


class Prepared(NamedTuple):
    """A row on its way into the store: what was found wrong with it, and the columns of its record."""

    row: Row
    state: str
    problems: tuple[Finding, ...]
    columns: tuple[Any, ...]
    """By ``_OF_ROW``."""


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """What the store holds of a record: its key, its head, its state, and what was found wrong with it."""

    rid: int
    head: Head
    state: str
    problems: Sequence[Finding]


def prepare(row: Row, schema: int, today: dt.date) -> Prepared:
    """All of a row that can be made ready without the store. Never refuses: ``problems`` says what is odd."""
    state = row.state.value
    problems = _problems(row, today) if state == RecordState.LIVE else ()
    columns = (
        row.kind,
        row.epoch,
        row.revision,
        row.changed_seq,
        row.changed_at,
        _staff(row.changed_by),
        state,
        schema,
        row.document or canonical.encode_again(dict(row.data)).decode(),
        bytes.fromhex(row.digest),
        _kept(problems) if problems else None,
    )
    return Prepared(row, state, problems, columns)


def _problems(row: Row, today: dt.date) -> tuple[Finding, ...]:
    """What a domain rule finds wrong with a live row. The row is kept as it is all the same."""
    values = row.data
    if row.kind == "person":
        values = {key: value for key, value in values.items() if key != "code"}  # no question of the form
    return findings_of_imported(row.kind, values, today)


def _kept(problems: Iterable[Finding]) -> str:
    return canonical.encode([{"code": code, "field": name} for name, code in problems]).decode()


@lru_cache(maxsize=256)
def _staff(text: str) -> bytes | None:
    try:
        return uuid.UUID(text).bytes
    except ValueError:
        return None


def merge(
    session: Session,
    batch: Sequence[Prepared],
    sender_uid: uuid.UUID,
    sender_rid: int,
    schema: int,
    taken: Taken,
    *,
    now: str,
    new_id: Callable[[], uuid.UUID],
) -> None:
    """Bring rows of one sender, of bundles with this ``schema``, into the register, and count them in ``taken``.

    Raises BundleRefused (FORK, SENDER_MISMATCH, ROW); ``taken`` is then as it was. Nothing is remembered between two
    calls, so a savepoint around one may be rolled back.
    """
    pile = Pile(session, [one.row.id for one in batch])
    judged = pile.judge(batch, sender_uid, schema)
    pile.join(judged, sender_rid, taken)
    pile.write(now)
    ask_about_late(session, judged.late, now, new_id)


class Judged(NamedTuple):
    """What the rows of one bundle would do; nothing of it is done yet."""

    rows: int
    takes: list[Prepared]
    late: list[Row]
    stale: list[Row]
    problems: dict[uuid.UUID, Sequence[Finding]]
    """Of each record that the receipt names."""
    schema: int


class Pile:
    """Rows of one bundle or of several, judged bundle after bundle in memory and written at once.

    A bundle is judged as if those that joined before were in the store already. One that is refused has not joined:
    it leaves no trace. The caller asks ``has_room`` before she lets a second bundle join.
    """

    def __init__(self, session: Session, uids: Iterable[uuid.UUID]) -> None:
        """``uids``: the records of all rows that will be judged."""
        self._session = session
        self._known = known_records(session, uids)
        self._heads = {uid: one.head for uid, one in self._known.items()}
        self._problems = {uid: one.problems for uid, one in self._known.items()}
        self._takes: dict[uuid.UUID, tuple[Prepared, int]] = {}

    def judge(self, batch: Sequence[Prepared], sender: uuid.UUID, schema: int) -> Judged:
        """What these rows would do. Raises BundleRefused (FORK, SENDER_MISMATCH, ROW)."""
        planned = plan([one.row for one in batch], self._heads, sender, schema)
        if planned.forks:
            raise BundleRefused(Answer.FORK, "the same revision with other contents")
        by_digest = {one.row.digest: one for one in batch}
        takes = [by_digest[row.digest] for row in planned.take]
        problems: dict[uuid.UUID, Sequence[Finding]] = {one.row.id: one.problems for one in takes if one.problems}
        # A row that came before is named again: the receipt that told of it may be lost.
        problems |= {row.id: self._problems[row.id] for row in planned.unchanged if row.id in self._problems}
        return Judged(len(batch), takes, planned.late, planned.stale, problems, schema)

    def has_room(self, judged: Judged) -> bool:
        """Whether the bundle can join those before it. A question about a late row looks at what is in the store.
        A record is written once, so nothing that lies between may leave a trace: no erasure, nothing brought back.
        """
        return not judged.late and all(self._leaves_no_trace(one) for one in judged.takes)

    def _leaves_no_trace(self, one: Prepared) -> bool:
        before = self._takes.get(one.row.id)
        if before is None:
            return True
        held = self._known.get(one.row.id)
        was_live = held is not None and held.state == RecordState.LIVE
        return before[0].state == RecordState.LIVE and (was_live or one.state == RecordState.LIVE)

    def join(self, judged: Judged, sender_rid: int, taken: Taken) -> None:
        """These rows will be written; they are counted in ``taken`` now."""
        taken.rows += judged.rows
        for one in judged.takes:
            uid = one.row.id
            _count(taken, one, known=uid in self._heads)
            before = self._heads.get(uid)
            former = before.former if before else _NOBODY
            row = one.row
            self._takes[uid] = one, sender_rid
            self._heads[uid] = Head(row.kind, row.owner, row.epoch, row.revision, row.digest, judged.schema, former)
            self._problems[uid] = one.problems
        taken.passed_over |= {row.id for row in (*judged.late, *judged.stale)}
        for uid, found in judged.problems.items():
            taken.flagged += [{"id": str(uid), "reason": code, "field": name[:_LONGEST_NAME]} for name, code in found]

    def write(self, now: str) -> None:
        """Write all that has joined, once."""
        if self._takes:
            changes = _write(self._session, list(self._takes.values()), self._known)
            _follow(self._session, changes, self._known, now)


def known_records(session: Session, uids: Iterable[uuid.UUID]) -> dict[uuid.UUID, KnownRecord]:
    found: dict[uuid.UUID, KnownRecord] = {}
    asked = {uid.bytes: uid for uid in uids}
    for one in bulk.look_up(session, _KNOWN, asked):
        uid, rid, kind, owner, epoch, revision, digest, schema, former, problems, state = one
        earlier = frozenset(map(uuid.UUID, former.split())) if former else _NOBODY
        head = Head(kind, _uid(owner), epoch, revision, digest.hex(), schema, earlier)
        found[asked[uid]] = KnownRecord(rid, head, state, _told(problems))
    return found


@lru_cache(maxsize=1024)
def _uid(of_owner: bytes) -> uuid.UUID:
    return uuid.UUID(bytes=of_owner)


def _told(problems: str | None) -> Sequence[Finding]:
    """The findings as they were kept with the record."""
    return [(one["field"], one["code"]) for one in json.loads(problems)] if problems else ()


def _count(taken: Taken, one: Prepared, *, known: bool) -> None:
    if one.state == RecordState.DELETED:
        taken.deleted += 1
    elif known:
        taken.changed += 1
    else:
        taken.added += 1


def _write(
    session: Session, takes: Sequence[tuple[Prepared, int]], known: Mapping[uuid.UUID, KnownRecord]
) -> list[Changed]:
    """The records themselves, each with the key of its owner."""
    # The transaction holds the write lock, so the next keys are ours: giving them out saves asking for them.
    rid = int(session.scalar(select(func.max(Record.rid))) or 0)
    added: list[tuple[Any, ...]] = []
    replaced: list[tuple[Any, ...]] = []
    changes: list[Changed] = []
    for one, owner_rid in takes:
        row = one.row
        held = known.get(row.id)
        if held is None:
            rid += 1
            added.append((rid, row.id.bytes, "", owner_rid, *one.columns))
            changes.append(Changed(rid, row.id, row.kind, one.state, row.data, owner_rid, fresh=True))
        else:
            replaced.append((owner_rid, *one.columns, held.rid))
            changes.append(Changed(held.rid, row.id, row.kind, one.state, row.data, owner_rid))
    bulk.run(session, _INSERT, added)
    bulk.run(session, _UPDATE, replaced)
    return changes


def _follow(session: Session, changes: Sequence[Changed], known: Mapping[uuid.UUID, KnownRecord], now: str) -> None:
    """All that follows from records that were written."""
    persons = project(session, changes)
    bulk.run(session, _UNMATCHED, [(person,) for person in sorted(persons)])
    awaited.carry_out(session, [change.uid for change in changes if change.fresh])
    held = [(change, known[change.uid].state == RecordState.LIVE) for change in changes if not change.fresh]
    erase(session, [change for change, live in held if live and change.state != RecordState.LIVE], now)
    restore(session, [change for change, live in held if not live and change.state == RecordState.LIVE])
    if any(change.kind == "consent" for change in changes):
        # What a question quotes of a live record goes too, the moment it is no longer agreed to.
        forget_withdrawn(session)


def keep_attachment(session: Session, uid: uuid.UUID, sender_rid: int, pieces: Iterable[bytes]) -> None:
    """Keep the bytes of an attachment whose record the sender owns. Existing bytes are never overwritten."""
    content = bytearray()
    for piece in pieces:
        content += piece
        if len(content) > MAX_ATTACHMENT:
            raise BundleRefused(Answer.TOO_BIG, "attachment")
    digest = hashlib.sha256(content).hexdigest()
    known = session.scalar(select(AttachmentContent.sha256).where(AttachmentContent.uid == uid))
    if known is not None and known != digest:
        raise BundleRefused(Answer.ATTACHMENT_EXISTS, "other contents under a known id")
    # A word that was waiting may have given the record to its next owner the moment it was written.
    sender = session.get_one(Installation, sender_rid).uid
    promised = session.scalar(
        select(Attachment.sha256)
        .join(Record, Record.rid == Attachment.rid)
        .where(Record.uid == uid, (Record.owner_rid == sender_rid) | Record.former_owners.contains(str(sender)))
    )
    if promised != digest:
        raise BundleRefused(Answer.DIGEST, "an attachment that its record does not name")
    if known is None:
        session.add(AttachmentContent(uid=uid, sha256=digest, content=bytes(content)))
