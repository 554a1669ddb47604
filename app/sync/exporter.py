"""From the store to rows that may leave: all own changes above the acknowledged ones, each as its form allows.

A field's form says whether it leaves: ``never``, ``identified`` (only with the person's consent
``coordinator_identifiable``) or ``always``. This file obeys that and nothing else; a record of which nothing may
leave travels as ``withheld``, without a word of it (bundle format, section 5).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.codelists import ConsentScope, ConsentState, RecordState
from app.forms.catalogue import form_for_record
from app.forms.validate import outgoing
from app.models import AttachmentContent, Consent, Record
from app.sync import rows
from app.sync.canonical import decode_object
from app.sync.ledger import SELF_RID
from app.sync.projection import as_uid
from app.sync.rows import Row, RowState

_PIECE = 64 * 1024
# Kinds that are nothing but identity: without consent not even an empty shell of their fields leaves.
_WHOLLY_IDENTIFIED = frozenset({"identity", "attachment"})


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
    agreed: frozenset[uuid.UUID] = frozenset()
    """All who have agreed that their names go to the coordinator."""
    held_back: set[uuid.UUID] = field(default_factory=set)
    """Persons of whom something is held back, because they have not agreed that their names go."""

    def rows_of(self, person: uuid.UUID, since: int = 0) -> int:
        """How many rows of this person go; ``since``: how many of them changed after that number."""
        return sum(number > since for number in self.counts.get(person, ()))

    def persons_since(self, number: int) -> int:
        """Of how many persons something changed after ``number``."""
        return sum(latest > number for latest in self.persons.values())


def changed_records(session: Session, since: int) -> int:
    """How many own records changed after ``since``."""
    query = select(func.count()).where(Record.owner_rid == SELF_RID, Record.changed_seq > since)
    return int(session.scalar(query) or 0)


def collect(session: Session, me: uuid.UUID, since: int) -> Outgoing:
    """All own records changed after ``since``, in the order of their change, as they may leave.

    ``me`` is this installation's id: the owner named in every row.
    """
    agreed = persons_who_agreed(session)
    found = Outgoing(through=since, agreed=agreed)
    query = (
        select(
            Record.kind,
            Record.uid,
            Record.state,
            Record.data,
            Record.epoch,
            Record.revision,
            Record.changed_seq,
            Record.changed_at,
            Record.changed_by,
        )
        .where(Record.owner_rid == SELF_RID, Record.changed_seq > since)
        .order_by(Record.changed_seq)
        .execution_options(yield_per=1000)
    )
    for values in session.execute(query):
        record = _Own(*values)
        found.through = record.changed_seq
        _add(session, found, record, me, agreed)
    return found


class _Own(NamedTuple):
    """What an own record says, as columns: the ORM's objects cost more than all that is done with them here."""

    kind: str
    uid: uuid.UUID
    state: str
    data: str
    epoch: int
    revision: int
    changed_seq: int
    changed_at: str
    changed_by: uuid.UUID | None


def persons_who_agreed(session: Session) -> frozenset[uuid.UUID]:
    """The persons whose identifiable record may go to the coordinator.

    Where two answers stand side by side (taken over from another laptop, say), both must be yes.
    """
    query = select(Consent.person_uid, Consent.state).where(Consent.scope == ConsentScope.COORDINATOR_IDENTIFIABLE)
    answers: dict[uuid.UUID, set[str]] = {}
    for uid, state in session.execute(query):
        if uid is not None:
            answers.setdefault(uid, set()).add(state)
    return frozenset(uid for uid, states in answers.items() if states == {ConsentState.GIVEN})


def _add(session: Session, found: Outgoing, record: _Own, me: uuid.UUID, agreed: frozenset[uuid.UUID]) -> None:
    document = decode_object(record.data.encode(), sort_keys=True)
    person = record.uid if record.kind == "person" else as_uid(document.get("person"))
    identified = person in agreed
    state, data = may_leave(record.kind, record.state, document, identified=identified)
    if person is not None:
        found.persons[person] = record.changed_seq
        found.counts.setdefault(person, []).append(record.changed_seq)
        # An attachment that is not ticked stays here too, but not for want of consent.
        if not identified and (state is RowState.WITHHELD or record.kind == "person"):
            found.held_back.add(person)
    found.lines.append(
        rows.encode(
            Row(
                kind=record.kind,
                id=record.uid,
                owner=me,
                epoch=record.epoch,
                revision=record.revision,
                changed_seq=record.changed_seq,
                changed_at=record.changed_at,
                changed_by=str(record.changed_by) if record.changed_by else "",
                state=state,
                data=data,
            )
        )
    )
    if record.kind == "attachment" and state is RowState.LIVE:
        found.attachments.append((record.uid, partial(_content, session, record.uid)))


def may_leave(
    kind: str, state: str, document: dict[str, Any], *, identified: bool
) -> tuple[RowState, dict[str, Any]]:
    """State and values with which a record leaves. A tombstone carries its reason alone."""
    if state == RecordState.DELETED:
        return RowState.DELETED, document
    if state == RecordState.WITHHELD or (kind in _WHOLLY_IDENTIFIED and not identified):
        return RowState.WITHHELD, {}
    if kind == "attachment" and document.get("for_coordinator") != "yes":
        return RowState.WITHHELD, {}
    data = outgoing(form_for_record(kind, document), document, identified=identified)
    if kind == "person":
        data["code"] = document["code"]  # the pseudonym: not a question of the form, and always sent
    return RowState.LIVE, data


def _content(session: Session, uid: uuid.UUID) -> Iterator[bytes]:
    content = session.scalar(select(AttachmentContent.content).where(AttachmentContent.uid == uid)) or b""
    for start in range(0, len(content), _PIECE):
        yield content[start : start + _PIECE]
