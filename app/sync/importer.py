"""Pass 2: a verified bundle's rows into the store, in the one transaction that the caller holds.

Any ``BundleRefused`` from here means: roll back, nothing is kept. A row that is well formed but breaks a rule of
its form is kept verbatim, flagged, and named in the receipt: one bad row never blocks the rest.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import Table, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from app.codelists import RecordState
from app.forms.catalogue import form_for_record
from app.forms.validate import Context, validate
from app.models import Attachment, AttachmentContent, Installation, Question, Record
from app.sync import canonical, merge
from app.sync.errors import Answer, BundleRefused
from app.sync.merge import Head, MergePlan
from app.sync.projection import Changed, project
from app.sync.rows import Row
from app.sync.verifier import Verified

BATCH = 2000
_LONGEST_NAME = 80  # an unknown question may have any name
MAX_ATTACHMENT = 20 * 1024 * 1024


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


def take_records(session: Session, bundle: Verified, *, now: str, new_id: Callable[[], uuid.UUID]) -> Taken:
    """Merge all rows and attachments of a ``records`` bundle. Raises BundleRefused (ROW, COUNT, FORK, …)."""
    taken = Taken()
    sender = session.scalars(select(Installation).where(Installation.uid == bundle.sender.inst)).one()
    for batch in _batches(row for row, _line in bundle.rows()):
        _take_batch(session, batch, bundle, sender.rid, taken, now, new_id)
    for index, part in bundle.attachments():
        assert part.id is not None
        if part.id in taken.passed_over:
            continue
        _take_attachment(session, part.id, sender.rid, bundle.attachment(index))
        taken.attachments += 1
    return taken


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    stream = iter(rows)
    while batch := list(islice(stream, BATCH)):
        yield batch


def _take_batch(
    session: Session,
    batch: Sequence[Row],
    bundle: Verified,
    sender_rid: int,
    taken: Taken,
    now: str,
    new_id: Callable[[], uuid.UUID],
) -> None:
    schema = bundle.manifest.schema
    known = _known(session, [row.id for row in batch])
    plan = merge.plan(batch, {uid: one.head for uid, one in known.items()}, bundle.sender.inst, schema)
    if plan.forks:
        raise BundleRefused(Answer.FORK, "the same revision with other contents")
    rids = {uid: one.rid for uid, one in known.items()}
    today = dt.date.fromisoformat(now[:10])
    problems = {row.id: _problems(row, today) for row in plan.take}
    _write(session, plan, rids, problems, sender_rid, schema)
    _ask_about_late(session, plan, now, new_id)
    taken.passed_over |= {row.id for row in (*plan.late, *plan.stale)}
    taken.rows += len(batch)
    taken.deleted += sum(row.state.value == RecordState.DELETED for row in plan.take)
    taken.added += sum(row.id not in rids and row.state.value != RecordState.DELETED for row in plan.take)
    taken.changed += sum(row.id in rids and row.state.value != RecordState.DELETED for row in plan.take)
    # A row that came before is named again: the receipt that told of it may be lost.
    problems |= {row.id: known[row.id].problems for row in plan.unchanged if row.id in known}
    for uid, found in problems.items():
        taken.flagged += [{"id": str(uid), "reason": code, "field": name[:_LONGEST_NAME]} for name, code in found]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the store holds of a record: its key, its head, and what was found wrong with it."""

    rid: int
    head: Head
    problems: list[tuple[str, str]]


def _known(session: Session, uids: Sequence[uuid.UUID]) -> dict[uuid.UUID, _Known]:
    found: dict[uuid.UUID, _Known] = {}
    for start in range(0, len(uids), 500):
        query = (
            select(
                Record.uid,
                Record.rid,
                Record.kind,
                Installation.uid,
                Record.epoch,
                Record.revision,
                Record.digest,
                Record.schema_version,
                Record.former_owners,
                Record.problems,
            )
            .join(Installation, Installation.rid == Record.owner_rid)
            .where(Record.uid.in_(uids[start : start + 500]))
        )
        for uid, rid, kind, owner, epoch, revision, digest, schema, former, problems in session.execute(query):
            earlier = frozenset(uuid.UUID(one) for one in former.split())
            head = Head(kind, owner, epoch, revision, digest.hex(), schema, earlier)
            found[uid] = _Known(rid, head, _told(problems))
    return found


def _told(problems: str | None) -> list[tuple[str, str]]:
    """The findings as they were kept with the record."""
    found = json.loads(problems) if problems else []
    return [(one["field"], one["code"]) for one in found]


def _problems(row: Row, today: dt.date) -> list[tuple[str, str]]:
    """What a domain rule finds wrong with a row: (field, code). The row is kept as it is all the same."""
    if row.state.value != RecordState.LIVE:
        return []
    values = {key: value for key, value in row.data.items() if not (row.kind == "person" and key == "code")}
    checked = validate(form_for_record(row.kind, values), values, Context(today=today, imported=True))
    return [(problem.field, problem.code) for problem in checked.problems]


def _write(
    session: Session,
    plan: MergePlan,
    rids: dict[uuid.UUID, int],
    problems: dict[uuid.UUID, list[tuple[str, str]]],
    sender_rid: int,
    schema: int,
) -> None:
    table = Record.__table__
    assert isinstance(table, Table)
    new = [row for row in plan.take if row.id not in rids]
    # The transaction holds the write lock, so the next keys are ours: giving them out saves asking for them.
    highest = int(session.scalar(select(func.max(Record.rid))) or 0)
    keys = rids | {row.id: highest + number for number, row in enumerate(new, 1)}
    known = [row for row in plan.take if row.id in rids]
    if new:
        added = [_columns(row, sender_rid, schema, problems[row.id]) for row in new]
        whole = [{"rid": keys[row.id], "uid": row.id, **one} for row, one in zip(new, added, strict=True)]
        session.execute(insert(table), whole)
    if known:
        replaced = [_columns(row, sender_rid, schema, problems[row.id]) for row in known]
        session.execute(
            update(table).where(table.c.rid == bindparam("one")),
            [{"one": rids[row.id], **one} for row, one in zip(known, replaced, strict=True)],
        )
    project(
        session,
        [Changed(keys[row.id], row.id, row.kind, row.state.value, dict(row.data), sender_rid) for row in plan.take],
    )


def _columns(row: Row, owner_rid: int, schema: int, problems: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "owner_rid": owner_rid,
        "epoch": row.epoch,
        "revision": row.revision,
        "changed_seq": row.changed_seq,
        "changed_at": row.changed_at,
        "changed_by": _staff(row.changed_by),
        "state": row.state.value,
        "schema_version": schema,
        "data": canonical.encode_again(dict(row.data)).decode(),
        "digest": bytes.fromhex(row.digest),
        "problems": canonical.encode([{"code": code, "field": name} for name, code in problems]).decode()
        if problems
        else None,
    }


@lru_cache(maxsize=256)
def _staff(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _ask_about_late(session: Session, plan: MergePlan, now: str, new_id: Callable[[], uuid.UUID]) -> None:
    """A row written by an earlier owner after a handover is not merged: the new owner is asked about it.

    Asked once, and only where it says something else than the record does: a bundle repeats what came before.
    """
    for row in plan.late:
        document = canonical.encode_again(dict(row.data)).decode()
        owner, held = session.execute(select(Record.owner_rid, Record.data).where(Record.uid == row.id)).one()
        asked = select(Question.rid).where(Question.record_uid == row.id, Question.document == document)
        if document == held or session.scalars(asked).first() is not None:
            continue
        session.add(
            Question(
                uid=new_id(),
                record_uid=row.id,
                to_rid=owner,
                reason="late_row",
                field="",
                document=document,
                state="open",
                asked_at=now,
            )
        )


def _take_attachment(session: Session, uid: uuid.UUID, sender_rid: int, pieces: Iterable[bytes]) -> None:
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
    promised = session.scalar(
        select(Attachment.sha256)
        .join(Record, Record.rid == Attachment.rid)
        .where(Record.uid == uid, Record.owner_rid == sender_rid)
    )
    if promised != digest:
        raise BundleRefused(Answer.DIGEST, "an attachment that its record does not name")
    if known is None:
        session.add(AttachmentContent(uid=uid, sha256=digest, content=bytes(content)))
