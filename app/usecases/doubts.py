"""What the coordinator asks about: records with a finding, and records of which another version came late.

A finding speaks of a record as it was sent; a later change answers it. A question waits until it is answered
(``answering``) or the coordinator no longer asks it.
"""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.codelists import RecordState
from app.forms.derived import typed_in
from app.i18n import N_, _
from app.models import Flag, Identity, Question, Record
from app.sync import asking
from app.sync.columns import OF_NOBODY
from app.sync.exporter import persons_who_agreed
from app.sync.ledger import SELF_RID, document
from app.sync.projection import as_uid
from app.usecases import answering
from app.usecases.audit import note
from app.usecases.desk import Desk

LATE, ASKED = asking.LATE, asking.ASKED
PAGELESS: Final = frozenset({"answer", "transfer"})
"""Kinds of record that no page changes: what is asked about them is answered where it is listed."""
_REASONS = {
    "required": N_("something is missing"),
    "unknown_code": N_("an answer that is not in the list"),
    "out_of_range": N_("a number out of range"),
    "not_a_date": N_("a date that cannot be"),
    "future": N_("a date in the future"),
    "before_birth": N_("a date before the birth"),
    "before_case": N_("a date before the case was opened"),
    LATE: N_("the centre that kept it before wrote something else"),
    "transfer_declined": N_("the transfer to another centre was not granted"),
}
_BY_HER = N_("the coordinator asks to look at it")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field and its two values, plain as in the record; None where there is none."""

    field: str
    held: Any
    other: Any


@dataclass(frozen=True, slots=True)
class AskedHere:
    """One question of the coordinator: the field (empty: the whole record), what she thinks right, and her words.

    ``held`` is what stood there when she asked. For a late row ``differences`` holds what the earlier owner wrote.
    """

    uid: uuid.UUID
    reason: str
    field: str
    held: Any
    proposed: Any
    words: str
    differences: tuple[Difference, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields in which it is answered; nothing where the whole record is meant."""
        names = (self.field,) if self.field else tuple(one.field for one in self.differences)
        return tuple(dict.fromkeys(typed_in(name) for name in names))


@dataclass(frozen=True, slots=True)
class Doubt:
    """A record that the coordinator asks to look at: whose it is, which, where in it, and why.

    ``fields`` names what is asked about, the first first; ``differences`` holds both values where both are known.
    """

    person: uuid.UUID
    code: str
    record: uuid.UUID
    kind: str
    reason: str
    fields: tuple[str, ...]
    differences: tuple[Difference, ...] = ()
    about: str = ""
    """What it is about: the code of a service, the purpose of a consent."""
    asked: tuple[AskedHere, ...] = ()
    """The questions that wait for an answer; none where it is only a finding of the check."""
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """The record as it is now; empty where it was deleted."""
    name: str = ""
    """The person's name where it is known here."""
    agreed: bool = False
    """Has the person agreed that her name goes? Else words stay here."""

    @property
    def of_nobody(self) -> bool:
        """Is it about no single person (an activity, a meeting)? Then ``person`` is the record itself."""
        return self.kind in OF_NOBODY

    @property
    def field(self) -> str:
        """Where to look first; empty where the whole record is meant."""
        return self.fields[0] if self.fields else ""

    @property
    def gone(self) -> bool:
        """Was the record deleted since?"""
        return not self.values

    @property
    def why(self) -> str:
        """Why, in the language chosen now."""
        return why(self.reason)


def why(reason: str) -> str:
    """A finding's code in words."""
    return _(_REASONS.get(reason, _BY_HER))


def flags(session: Session) -> dict[uuid.UUID, list[tuple[str, str]]]:
    """(reason, field) by record, where the record is still as the coordinator saw it; the newest record first."""
    query = (
        select(Flag.record_uid, Flag.reason, Flag.field)
        .join(Record, Record.uid == Flag.record_uid)
        .where(Record.revision == Flag.revision, Record.state == RecordState.LIVE)
        .order_by(Flag.rid.desc())
    )
    found: dict[uuid.UUID, list[tuple[str, str]]] = {}
    for uid, reason, field in session.execute(query):
        found.setdefault(uid, []).insert(0, (reason, field))
    return found


def questions(session: Session) -> dict[uuid.UUID, list[Question]]:
    """What waits for an answer, by own record (a deleted one too), the first asked first."""
    query = (
        select(Question)
        .join(Record, Record.uid == Question.record_uid)
        .where(Question.to_rid == SELF_RID, Question.state == asking.RECEIVED, asking.ours())
        .order_by(Question.rid)
    )
    answered = asking.answered_here(session)
    found: dict[uuid.UUID, list[Question]] = {}
    for question in session.scalars(query):
        if question.uid not in answered:
            found.setdefault(question.record_uid, []).append(question)
    return found


def attention(session: Session) -> dict[uuid.UUID, str]:
    """Why, by record that needs a look."""
    found = {uid: asked[-1].reason for uid, asked in questions(session).items()}
    return found | {uid: named[0][0] for uid, named in flags(session).items()}


def doubts(session: Session, among: Collection[uuid.UUID] | None = None, most: int | None = None) -> list[Doubt]:
    """The records that need a look: those asked about, then findings, the newest first of each; only those
    ``among``, and no more than ``most``."""
    flagged, asked = flags(session), questions(session)
    uids = [*reversed(asked), *(uid for uid in flagged if uid not in asked)]
    wanted = [uid for uid in uids if among is None or uid in among][:most]
    agreed = persons_who_agreed(session) if asked else frozenset()
    return [_doubt(session, uid, flagged.get(uid, []), asked.get(uid, []), agreed) for uid in wanted]


def settle(session: Session, desk: Desk, record: uuid.UUID, words: str = "") -> None:
    """She has looked, and the record is right as it is: that is her answer to what is asked about it.

    Nothing of it changes; that she looked is noted.
    """
    for question in questions(session).get(record, []):
        answering.put_answer(session, desk, question, answering.KEPT, words)
    session.execute(delete(Flag).where(Flag.record_uid == record))
    note(session, desk.author(), "looked_at", record)


def _doubt(
    session: Session,
    uid: uuid.UUID,
    flagged: Iterable[tuple[str, str]],
    asked: Iterable[Question],
    agreed: Collection[uuid.UUID],
) -> Doubt:
    values = document(session, uid) or {}
    kind = session.scalar(select(Record.kind).where(Record.uid == uid)) or ""
    person = as_uid(values.get("person")) or uid
    code = str((document(session, person) or {}).get("code", ""))
    name = session.scalar(
        select(func.max(Identity.display_name))
        .join(Record, Record.rid == Identity.person_rid)
        .where(Record.uid == person)
    )
    about = str(values.get({"service": "service", "consent": "scope"}.get(kind, ""), ""))
    findings = list(flagged)
    here = tuple(_asked(kind, values, question) for question in asked)
    reasons = [reason for reason, _field in findings] or [one.reason for one in here]
    fields = [*(name for one in here for name in one.fields), *(name for _reason, name in findings if name)]
    return Doubt(
        person,
        code,
        uid,
        kind,
        reasons[0],
        tuple(dict.fromkeys(fields)),
        tuple(one for each in here for one in each.differences),
        about,
        here,
        values,
        name or "",
        person in agreed,
    )


def _asked(kind: str, values: Mapping[str, Any], question: Question) -> AskedHere:
    other = asking.quoted(question.document)
    names = asking.differing(asking.form_of(kind, values), values, other) if values else []
    return AskedHere(
        question.uid,
        question.reason,
        question.field,
        asking.value_of(question.held),
        asking.value_of(question.proposed),
        question.words,
        tuple(Difference(name, values.get(name), other.get(name)) for name in names),
    )
