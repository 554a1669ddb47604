"""From the store to rows that may leave: all own changes above the acknowledged ones, each as its form allows.

A field's form says whether it leaves: ``never``, ``identified`` (only with the person's consent
``coordinator_identifiable``) or ``always``. This file obeys that and nothing else; a record of which nothing may
leave travels as ``withheld``, without a word of it (bundle format, section 5).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from app.codelists import ConsentScope, ConsentState, RecordState
from app.forms.catalogue import form_for_record
from app.forms.validate import outgoing
from app.models import AttachmentContent, Consent, Installation, Record
from app.sync import rows
from app.sync.canonical import decode_object
from app.sync.ledger import SELF_RID
from app.sync.projection import as_uid
from app.sync.rows import Row, RowState

_PIECE = 64 * 1024
# Kinds that are nothing but identity: without consent not even an empty shell of their fields leaves.
_ATTACHMENT = "attachment"
_WHOLLY_IDENTIFIED = frozenset({"identity", _ATTACHMENT})


@dataclass(slots=True)
class Outgoing:
    """What the next bundle holds: encoded rows, attachments with their readers, and what to tell the nurse."""

    through: int
    lines: list[bytes] = field(default_factory=list)
    attachments: list[tuple[uuid.UUID, Callable[[], Iterable[bytes]]]] = field(default_factory=list)
    persons: dict[uuid.UUID, int] = field(default_factory=dict)
    """The persons concerned, each with the number of the latest change that is hers."""
    counts: dict[uuid.UUID, list[int]] = field(default_factory=dict)
    """By person the numbers of the changes that are hers: how many rows go, and how many of them are new."""
    told: list[int] = field(default_factory=list)
    """The numbers of the changes that say something to the reader: what the nurse is told as "records"."""
    agreed: frozenset[uuid.UUID] = frozenset()
    """All who have agreed that their names go to the coordinator."""
    held_back: set[uuid.UUID] = field(default_factory=set)
    """Persons of whom something is held back, because they have not agreed that their names go."""

    def rows_of(self, person: uuid.UUID, since: int = 0) -> int:
        """How many rows of this person go; ``since``: how many of them changed after that number."""
        return sum(number > since for number in self.counts.get(person, ()))

    def told_since(self, number: int) -> int:
        """How many of the told rows changed after ``number``."""
        return sum(changed > number for changed in self.told)

    def persons_since(self, number: int) -> int:
        """Of how many persons something changed after ``number``."""
        return sum(latest > number for latest in self.persons.values())


def told_records(session: Session, since: int, left: int) -> int:
    """How many own records changed after ``since`` and say something to the reader, as ``collect`` tells them.

    Documents are read only of the kind that may stay here.
    """
    mine = (_goes_from_here(session.get_one(Installation, SELF_RID).uid), Record.changed_seq > since)
    goes = and_(Record.state == RecordState.LIVE, Record.kind != _ATTACHMENT)
    buried = and_(Record.state == RecordState.DELETED, Record.rid <= left)
    count = int(session.scalar(select(func.count()).where(*mine, or_(goes, buried))) or 0)
    files = select(Record.uid).where(*mine, Record.state == RecordState.LIVE, Record.kind == _ATTACHMENT)
    uids = list(session.scalars(files))
    return count + len(uids) - len(staying(session, uids))


def staying(session: Session, uids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these are live files that are not to leave, or may not."""
    query = select(Record.uid, Record.state, Record.data)
    query = query.where(Record.uid.in_(uids), Record.kind == _ATTACHMENT, Record.state == RecordState.LIVE)
    found = list(session.execute(query)) if uids else []
    agreed = persons_who_agreed(session) if found else frozenset()
    stay = set()
    for uid, state, data in found:
        document = decode_object(data.encode(), sort_keys=True)
        identified = as_uid(document.get("person")) in agreed
        if may_leave(_ATTACHMENT, state, document, identified=identified)[0] is RowState.WITHHELD:
            stay.add(uid)
    return stay


def collect(session: Session, me: uuid.UUID, since: int, left: int = 0) -> Outgoing:
    """All own records changed after ``since``, in the order of their change, as they may leave.

    ``me`` is this installation's id: the owner named in every row. ``left``: no record with a higher key was in a
    bundle before; what was made and deleted since then says nothing to the reader, though its tombstone goes (a
    bundle may have reached the stick without our knowing).

    What was handed over before it was sent goes all the same, as we last wrote it and in the epoch in which it was
    ours: the reader asks the new owner about it. Nothing that was written down is lost.
    """
    agreed = persons_who_agreed(session)
    found = Outgoing(through=since, agreed=agreed)
    # Two readings rather than one: each comes out of the index in the order of the changes.
    for which in (Record.owner_rid == SELF_RID, was_ours(me)):
        for values in session.execute(_COLUMNS.where(which, Record.changed_seq > since)):
            record = _Own._make(values)
            found.through = max(found.through, record.changed_seq)
            _add(session, found, record, me, left)
    return found


_COLUMNS: Final = (
    select(
        Record.rid,
        Record.kind,
        Record.uid,
        Record.state,
        Record.data,
        Record.epoch,
        Record.revision,
        Record.changed_seq,
        Record.changed_at,
        Record.changed_by,
        Record.owner_rid,
    )
    .order_by(Record.changed_seq)
    .execution_options(yield_per=1000)
)


class _Own(NamedTuple):
    """What an own record says, as columns: the ORM's objects cost more than all that is done with them here."""

    rid: int
    kind: str
    uid: uuid.UUID
    state: str
    data: str
    epoch: int
    revision: int
    changed_seq: int
    changed_at: str
    changed_by: uuid.UUID | None
    owner_rid: int

    @property
    def my_epoch(self) -> int:
        """The epoch in which it was (or still is) ours: a handover raises it by one."""
        return self.epoch if self.owner_rid == SELF_RID else self.epoch - 1


def was_ours(me: uuid.UUID) -> ColumnElement[bool]:
    """Handed over to somebody else, and nothing of the new owner came since: it stands as we left it."""
    former = and_(Record.owner_rid != SELF_RID, Record.former_owners.contains(str(me), autoescape=True))
    return and_(former, Record.digest == b"")


def _goes_from_here(me: uuid.UUID) -> ColumnElement[bool]:
    """Said of each owner, so that the index of owner and number is used: the line below counts after every save."""
    known = Record.owner_rid.in_(select(Installation.rid))
    return and_(known, or_(Record.owner_rid == SELF_RID, was_ours(me)))


def persons_who_agreed(session: Session) -> frozenset[uuid.UUID]:
    """The persons whose identifiable record may go to the coordinator.

    Where two answers stand side by side (taken over from another laptop, say), both must be yes. What another
    centre says of a consent does not count: it could open what the person never opened.
    """
    me = session.get_one(Installation, SELF_RID).uid
    query = (
        select(Consent.person_uid, Consent.state)
        .join(Record, Record.rid == Consent.rid)
        .where(Consent.scope == ConsentScope.COORDINATOR_IDENTIFIABLE, _goes_from_here(me))
    )
    answers: dict[uuid.UUID, set[str]] = {}
    for uid, state in session.execute(query):
        if uid is not None:
            answers.setdefault(uid, set()).add(state)
    return frozenset(uid for uid, states in answers.items() if states == {ConsentState.GIVEN})


def _add(session: Session, found: Outgoing, record: _Own, me: uuid.UUID, left: int) -> None:
    document = decode_object(record.data.encode(), sort_keys=True)
    person = record.uid if record.kind == "person" else as_uid(document.get("person"))
    identified = person in found.agreed
    state, data = may_leave(record.kind, record.state, document, identified=identified)
    told = _is_told(record, state, left)
    if told:
        found.told.append(record.changed_seq)
    if person is not None:
        if told:
            found.persons[person] = max(found.persons.get(person, 0), record.changed_seq)
            found.counts.setdefault(person, []).append(record.changed_seq)
        # An attachment that is not ticked stays here too, but not for want of consent.
        if not identified and (state is RowState.WITHHELD or record.kind == "person"):
            found.held_back.add(person)
    found.lines.append(_line(record, me, state, data))
    if record.kind == _ATTACHMENT and state is RowState.LIVE:
        found.attachments.append((record.uid, partial(content_of, session, record.uid)))


def _line(record: _Own, me: uuid.UUID, state: RowState, data: dict[str, Any]) -> bytes:
    return rows.encode(
        Row(
            kind=record.kind,
            id=record.uid,
            owner=me,
            epoch=record.my_epoch,
            revision=record.revision,
            changed_seq=record.changed_seq,
            changed_at=record.changed_at,
            changed_by=str(record.changed_by) if record.changed_by else "",
            state=state,
            data=data,
        )
    )


def _is_told(record: _Own, state: RowState, left: int) -> bool:
    """Not a file that stays here, nor what was made and deleted before any bundle could hold it."""
    if state is RowState.DELETED:
        return record.rid <= left
    return not (state is RowState.WITHHELD and record.kind == _ATTACHMENT)


def may_leave(
    kind: str, state: str, document: dict[str, Any], *, identified: bool
) -> tuple[RowState, dict[str, Any]]:
    """State and values with which a record leaves. A tombstone carries its reason alone."""
    if state == RecordState.DELETED:
        return RowState.DELETED, document
    if state == RecordState.WITHHELD or (kind in _WHOLLY_IDENTIFIED and not identified):
        return RowState.WITHHELD, {}
    if kind == _ATTACHMENT and document.get("for_coordinator") != "yes":
        return RowState.WITHHELD, {}
    data = outgoing(form_for_record(kind, document), document, identified=identified)
    if kind == "person":
        data["code"] = document["code"]  # the pseudonym: not a question of the form, and always sent
    return RowState.LIVE, data


def content_of(session: Session, uid: uuid.UUID) -> Iterator[bytes]:
    """The bytes of an attachment, piece by piece."""
    content = session.scalar(select(AttachmentContent.content).where(AttachmentContent.uid == uid)) or b""
    for start in range(0, len(content), _PIECE):
        yield content[start : start + _PIECE]
