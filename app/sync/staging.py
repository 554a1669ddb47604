"""Large bundles on their way in: weighed against the register without writing, laid down, and merged in slices.

Each function is one short step inside a transaction of the caller; who calls them in which order is told in
``app.usecases.inbox.large`` and decided in docs/adr/0008.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections import ChainMap, deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.codelists import RecordState
from app.forms.checks import Finding
from app.models import Attachment, AttachmentContent, Installation, Record, StagedBundle, StagedContent, StagedRow
from app.sync import bulk
from app.sync import merge as merging
from app.sync.canonical import encode
from app.sync.errors import Answer, BundleRefused
from app.sync.importer import Prepared, Taken, keep_attachment, known_records, merge, prepare
from app.sync.merge import Head
from app.sync.rows import Row
from app.sync.rows import decode as decode_row

_LONGEST_NAME = 80
_SWEPT_AT_ONCE = 2000
_LAY = bulk.insert_text(StagedRow, ("bundle_rid", "line"))


class Stage(StrEnum):
    """How far a staged bundle is."""

    LAYING = "laying"
    """Nothing counts yet: what a cut leaves is thrown away."""
    MERGING = "merging"
    """Taken for good: what a cut leaves is finished."""


@dataclass(frozen=True, slots=True)
class _Made:
    """What a row would make of its record."""

    head: Head
    problems: tuple[Finding, ...]


@dataclass(slots=True)
class Weighed:
    """What the bundles of one sender would do, found out without writing anything.

    It remembers what each row would make of its record, so that a record which comes twice is judged as the merge
    will judge it: within a bundle, and over a heap of them.
    """

    sender: uuid.UUID
    made: ChainMap[uuid.UUID, _Made] = field(default_factory=ChainMap)
    promised: ChainMap[uuid.UUID, object] = field(default_factory=ChainMap)
    """For an attachment whose record would be written: the digest that the record would name."""

    def branch(self) -> Weighed:
        """One that goes on from here and leaves this one as it is, for a bundle that may yet be refused."""
        return Weighed(self.sender, self.made.new_child(), self.promised.new_child())

    def join(self, branch: Weighed) -> None:
        """The bundle of ``branch`` would be taken: what it makes counts here too."""
        self.made.update(branch.made.maps[0])
        self.promised.update(branch.promised.maps[0])

    def rows(self, session: Session, batch: Sequence[Prepared], schema: int, taken: Taken) -> None:
        """Count in ``taken`` what ``batch`` would do. Raises BundleRefused exactly where the merge would."""
        known = known_records(session, [one.row.id for one in batch])
        heads = {uid: one.head for uid, one in known.items()}
        problems = {uid: tuple(one.problems) for uid, one in known.items()}
        for one in batch:
            if (made := self.made.get(one.row.id)) is not None:
                heads[one.row.id], problems[one.row.id] = made.head, made.problems
        plan = merging.plan([one.row for one in batch], heads, self.sender, schema)
        if plan.forks:
            raise BundleRefused(Answer.FORK, "the same revision with other contents")
        found_in = {one.row.digest: one.problems for one in batch}
        taken.rows += len(batch)
        for row in plan.take:
            self._count(taken, row, known=row.id in heads)
            self._remember(row, found_in[row.digest], schema)
        taken.passed_over |= {row.id for row in (*plan.late, *plan.stale)}
        told = {row.id: found_in[row.digest] for row in plan.take}
        told |= {row.id: problems[row.id] for row in plan.unchanged if row.id in problems}
        for uid, found in told.items():
            taken.flagged += [{"id": str(uid), "reason": code, "field": name[:_LONGEST_NAME]} for name, code in found]

    def attachment(self, session: Session, uid: uuid.UUID, digest: str) -> None:
        """Raises BundleRefused where bytes of this SHA-256 would not be taken under the id ``uid``."""
        known = session.scalar(select(AttachmentContent.sha256).where(AttachmentContent.uid == uid))
        if known is not None and known != digest:
            raise BundleRefused(Answer.ATTACHMENT_EXISTS, "other contents under a known id")
        if uid in self.promised:
            promised = self.promised[uid]
        else:
            promised = session.scalar(
                select(Attachment.sha256)
                .join(Record, Record.rid == Attachment.rid)
                .join(Installation, Installation.rid == Record.owner_rid)
                .where(Record.uid == uid, Installation.uid == self.sender)
            )
        if promised != digest:
            raise BundleRefused(Answer.DIGEST, "an attachment that its record does not name")

    def _count(self, taken: Taken, row: Row, *, known: bool) -> None:
        if row.state.value == RecordState.DELETED:
            taken.deleted += 1
        elif known:
            taken.changed += 1
        else:
            taken.added += 1

    def _remember(self, row: Row, problems: tuple[Finding, ...], schema: int) -> None:
        head = Head(row.kind, row.owner, row.epoch, row.revision, row.digest, schema)
        self.made[row.id] = _Made(head, problems)
        if row.kind == "attachment":
            self.promised[row.id] = row.data.get("sha256") if row.state.value == RecordState.LIVE else None


def begin(session: Session, uid: uuid.UUID, sender_rid: int, schema: int) -> int:
    """A place for the bundle ``uid``; returns its key."""
    staged = StagedBundle(
        uid=uid, from_rid=sender_rid, schema_version=schema, state=Stage.LAYING.value, taken=_counts(0)
    )
    session.add(staged)
    session.flush()
    return staged.rid


def lay_rows(session: Session, staged: int, lines: Sequence[bytes]) -> None:
    """Lay some rows down, as they came."""
    bulk.run(session, _LAY, [(staged, line) for line in lines])


def lay_content(session: Session, staged: int, uid: uuid.UUID, content: bytes, digest: str) -> None:
    """Lay the bytes of one attachment down; ``digest``: their SHA-256."""
    session.add(StagedContent(bundle_rid=staged, uid=uid, sha256=digest, content=content))


def seal(session: Session, staged: int) -> None:
    """From this commit on the bundle is taken. The caller remembers it as seen in the same transaction."""
    session.get_one(StagedBundle, staged).state = Stage.MERGING.value


def left_over(session: Session, stage: Stage) -> list[int]:
    """The staged bundles that have come so far, oldest first."""
    query = select(StagedBundle.rid).where(StagedBundle.state == stage.value).order_by(StagedBundle.rid)
    return list(session.scalars(query))


@dataclass(frozen=True, slots=True)
class Slice:
    """Some staged rows, made ready for the merge; their keys; and of whom they are."""

    sender_uid: uuid.UUID
    sender_rid: int
    schema: int
    keys: list[int]
    rows: list[Prepared]


def next_slice(session: Session, staged: int, size: int, today: dt.date, prepared: deque[Prepared]) -> Slice:
    """The next ``size`` rows of a bundle that is being merged, oldest first; no rows where all are merged.

    ``prepared`` are all of them, where who laid them down still has them ready: they are taken from it. Where it is
    empty they are made ready from what was laid down.
    """
    bundle = session.get_one(StagedBundle, staged)
    some = StagedRow.bundle_rid == staged
    if prepared:
        keys = list(session.scalars(select(StagedRow.rid).where(some).order_by(StagedRow.rid).limit(size)))
        rows = [prepared.popleft() for _key in keys]
    else:
        query = select(StagedRow.rid, StagedRow.line).where(some).order_by(StagedRow.rid).limit(size)
        found = session.execute(query).all()
        keys = [rid for rid, _line in found]
        rows = [prepare(decode_row(line), bundle.schema_version, today) for _rid, line in found]
    sender = session.get_one(Installation, bundle.from_rid).uid
    return Slice(sender_uid=sender, sender_rid=bundle.from_rid, schema=bundle.schema_version, keys=keys, rows=rows)


def merge_slice(session: Session, staged: int, some: Slice, *, now: str, new_id: Callable[[], uuid.UUID]) -> None:
    """Merge these rows and take them from the pile, in one transaction: a row is never merged twice nor lost."""
    taken = Taken()
    merge(session, some.rows, some.sender_uid, some.sender_rid, some.schema, taken, now=now, new_id=new_id)
    # Keys are given out in the order of laying, so those merged are all up to the last of them.
    session.execute(delete(StagedRow).where(StagedRow.bundle_rid == staged, StagedRow.rid <= some.keys[-1]))
    bundle = session.get_one(StagedBundle, staged)
    bundle.taken = _counts(_rows(bundle) + taken.rows)


def merge_content(session: Session, staged: int) -> bool:
    """Keep the next attachment of a bundle whose rows are merged; False where there is none left.

    One whose record has gone to another owner since it was weighed is passed over, as the late row itself is.
    """
    content = session.scalars(select(StagedContent).where(StagedContent.bundle_rid == staged).limit(1)).one_or_none()
    if content is None:
        return False
    sender = session.get_one(StagedBundle, staged).from_rid
    with suppress(BundleRefused):
        keep_attachment(session, content.uid, sender, [content.content])
    session.delete(content)
    session.flush()
    return True


def end(session: Session, staged: int) -> None:
    """The bundle has gone in wholly: its place is free."""
    session.delete(session.get_one(StagedBundle, staged))


def sweep(session: Session, staged: int) -> bool:
    """Throw some of a bundle away that does not count; False when all of it is gone."""
    for table in (StagedRow, StagedContent):
        at_once = _SWEPT_AT_ONCE if table is StagedRow else 1
        some = select(table.rid).where(table.bundle_rid == staged).order_by(table.rid).limit(at_once)
        if keys := list(session.scalars(some)):
            session.execute(delete(table).where(table.bundle_rid == staged, table.rid <= keys[-1]))
            return True
    end(session, staged)
    return False


def _counts(rows: int) -> str:
    return encode({"rows": rows}).decode()


def _rows(bundle: StagedBundle) -> int:
    return int(json.loads(bundle.taken)["rows"])
