"""Questions of the coordinator: what a receipt says of them, and when one is over.

A question goes to whoever owns its record now, in every receipt until it is over or answered: a lost stick loses
none, and after a handover the new owner is asked. Whether it is over follows from the records alone, whatever the
order in which answer and corrected record came.

What a question quotes is of that very record, or written by the coordinator. Where the person takes her consent
back, it goes as the value itself goes.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.codelists import ConsentScope, ConsentState, RecordState
from app.forms.catalogue import form_for_record
from app.forms.spec import Form, Leaves
from app.forms.validate import outgoing
from app.models import Answer, BundleSent, Consent, Installation, Question, Record
from app.sync.canonical import Json, NotCanonical, decode, decode_object, encode
from app.sync.errors import Answer as Verdict
from app.sync.errors import BundleRefused
from app.sync.ledger import SELF_RID, document_text
from app.sync.manifest import BundleType
from app.sync.projection import as_uid

OPEN, CLOSED = "open", "closed"
"""The states at the coordinator."""
RECEIVED, SETTLED = "received", "settled"
"""The states at the centre."""
ASKED, LATE = "asked", "late_row"
ACCEPTED = "accepted"
MOST_WORDS: Final = 2000
MOST_VALUE: Final = 4000
"""Letters of a value as JSON; a longer text is quoted by its beginning."""
_QUOTED: Final = 1000
_ROOM: Final = 1 << 21
_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class Reply:
    """What the owner of the record answered: a code of the list ``answers``, words, the day."""

    answer: str
    words: str
    on: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A question with its record as it is now (``values`` are empty where it is not live) and its answer."""

    question: Question
    record: Record | None
    values: Mapping[str, Any]
    reply: Reply | None

    @property
    def over(self) -> bool:
        """Is there nothing more to ask or to look at?"""
        question = self.question
        if question.state == CLOSED:
            return True
        if self.record is None:
            return False
        if self.record.state != RecordState.LIVE:
            return True
        if self.reply is not None and self.reply.answer != ACCEPTED:
            return False
        if question.reason == LATE:
            return not differing(form_of(self.record.kind, self.values), self.values, quoted(question.document))
        return bool(question.proposed) and value_of(question.proposed) == self.values.get(question.field)


def standings(session: Session, *where: ColumnElement[bool]) -> list[Standing]:
    """The questions of the coordinator that fulfil ``where``, the newest first."""
    query = select(Question, Record).outerjoin(Record, Record.uid == Question.record_uid).where(*where)
    found = session.execute(query.order_by(Question.rid.desc())).all()
    replies = _replies(session, [(question, record) for question, record in found])
    return [Standing(question, record, _values(record), replies.get(question.uid)) for question, record in found]


def receipt_of(session: Session, question: Question) -> int | None:
    """The number of the first receipt that told ``to_rid`` of it and reached a stick; None where none did."""
    if question.told_after is None:
        return None
    return session.scalar(
        select(func.min(BundleSent.seq)).where(
            BundleSent.to_rid == question.to_rid,
            BundleSent.type == BundleType.RECEIPT.value,
            BundleSent.rid > question.told_after,
            BundleSent.file_name != "",
        )
    )


def is_told(session: Session, standing: Standing) -> bool:
    """Has the present owner been told?"""
    owner = standing.record.owner_rid if standing.record else standing.question.to_rid
    return owner == standing.question.to_rid and receipt_of(session, standing.question) is not None


def to_be_told(session: Session) -> set[int]:
    """The installations (keys) for which a receipt is to be written because of a question alone."""
    found: set[int] = set()
    for one in standings(session, Question.state == OPEN):
        if not one.over and one.reply is None and not is_told(session, one):
            found.add(one.record.owner_rid if one.record else one.question.to_rid)
    return found - {SELF_RID}


def compose(session: Session, to: Installation) -> tuple[list[Json], bool]:
    """What is asked of ``to``, newest first, and whether that is all of it (else the part has no more room).

    Who is told is kept with the question; the receipt counts once it reaches a stick.
    """
    forget_withdrawn(session)
    newest = int(session.scalar(select(func.max(BundleSent.rid))) or 0)
    told: list[Json] = []
    room = _ROOM
    asked_of = func.coalesce(Record.owner_rid, Question.to_rid)
    for one in standings(session, Question.state == OPEN, asked_of == to.rid):
        if one.over or one.reply is not None:
            continue
        question = one.question
        said = _told(question)
        room -= len(encode(said, sort_keys=True))
        if room < 0:
            return told, False
        told.append(said)
        if question.told_after is None or question.to_rid != to.rid:
            question.to_rid, question.told_after = to.rid, newest
    session.flush()
    return told, True


def _told(question: Question) -> Json:
    return {
        "id": str(question.uid),
        "record": str(question.record_uid),
        "reason": question.reason,
        "field": question.field,
        "document": question.document,
        "held": _short(question.held),
        "proposed": question.proposed,
        "words": question.words,
    }


def _short(text: str) -> str:
    """A long text by its beginning, for showing; what else is too long is not quoted."""
    if len(text) <= MOST_VALUE:
        return text
    value = value_of(text)
    return value_text(value[:_QUOTED] + "…") if isinstance(value, str) else ""


def take(session: Session, told: Json, *, whole: bool, now: str) -> None:
    """At the centre: keep what is asked. What is no longer asked in a ``whole`` list is over.

    Raises BundleRefused (MANIFEST) where it is not well formed, KeyError or ValueError too.
    """
    if not isinstance(told, list):
        raise _refuse()
    listed = [_read(one, now) for one in told]
    known = {one.uid: one for one in session.scalars(select(Question).where(Question.to_rid == SELF_RID))}
    for one in listed:
        held = known.get(one.uid)
        if held is None:
            known[one.uid] = one
            session.add(one)
        else:
            # It may have been over here by a mistake, or by a program that had no answers to give.
            held.state, held.closed_at = RECEIVED, None
    if whole:
        still = {one.uid for one in listed}
        for question in known.values():
            if question.uid not in still and question.state == RECEIVED:
                question.state, question.closed_at = SETTLED, now
    session.flush()


def ours() -> ColumnElement[bool]:
    """That a record is of this installation, where few records are looked at.

    The sum keeps SQLite from going by the index on the owner: that would read each record that was ever made here.
    """
    return Record.owner_rid + 0 == SELF_RID


def answered_here(session: Session) -> set[uuid.UUID]:
    """The questions to which a live answer of this installation stands."""
    query = select(Answer.question_uid).join(Record, Record.rid == Answer.rid).where(ours())
    return {uid for uid in session.scalars(query) if uid is not None}


def _read(one: Json, now: str) -> Question:
    if not isinstance(one, dict):
        raise _refuse()
    return Question(
        uid=uuid.UUID(str(one["id"])),
        record_uid=uuid.UUID(str(one["record"])),
        to_rid=SELF_RID,
        reason=str(one["reason"])[:40],
        field=str(one["field"])[:80],
        document=str(one["document"]),
        held=_value(one.get("held", "")),
        proposed=_value(one.get("proposed", "")),
        words=_words(one.get("words", "")),
        state=RECEIVED,
        asked_at=now,
    )


def _value(text: Json) -> str:
    if not isinstance(text, str) or len(text) > MOST_VALUE:
        raise _refuse()
    try:
        decode(text.encode(), sort_keys=True) if text else None
    except NotCanonical:
        raise _refuse() from None
    return text


def _words(text: Json) -> str:
    if not isinstance(text, str):
        raise _refuse()
    return text[:MOST_WORDS]


def _refuse() -> BundleRefused:
    return BundleRefused(Verdict.MANIFEST, "not a receipt")


def forget_withdrawn(session: Session) -> None:
    """Let go of what questions quote and the person no longer agrees to: it went from the record too.

    A question that quoted such a value has nothing left to ask.
    """
    quoting = or_(Question.held != "", Question.document != "", Question.words != "")
    query = select(Question, Record).join(Record, Record.uid == Question.record_uid).where(quoting)
    found = [(question, record) for question, record in session.execute(query) if _is_identified(question, record)]
    agreed = _agreed(session, {_person(record) for _question, record in found})
    for question, record in found:
        if record.state == RecordState.LIVE and _person(record) in agreed:
            continue
        if question.reason == LATE and record.state == RecordState.LIVE:
            document = quoted(question.document)
            form = form_of(record.kind, document)
            question.document = document_text(outgoing(form, document, identified=False)) if document else ""
        elif record.state != RecordState.LIVE or question.held:
            question.held = question.proposed = question.document = question.words = ""
            question.state = CLOSED
    session.flush()


def _is_identified(question: Question, record: Record) -> bool:
    """May it quote what leaves with consent alone?"""
    if question.reason == LATE or record.state != RecordState.LIVE:
        return True
    fields = {one.name: one for one in form_of(record.kind, _values(record)).fields}
    return question.field in fields and fields[question.field].leaves is Leaves.IDENTIFIED


def _person(record: Record) -> uuid.UUID | None:
    return record.uid if record.kind == "person" else as_uid(_values(record).get("person"))


def _agreed(session: Session, persons: Iterable[uuid.UUID | None]) -> set[uuid.UUID]:
    """Who of these has agreed that her name goes to the coordinator; all answers must be yes."""
    answers: dict[uuid.UUID, set[str]] = {}
    wanted = [uid for uid in persons if uid is not None]
    for chunk in _chunks(wanted):
        query = select(Consent.person_uid, Consent.state).where(
            Consent.scope == ConsentScope.COORDINATOR_IDENTIFIABLE, Consent.person_uid.in_(chunk)
        )
        for uid, state in session.execute(query):
            if uid is not None:
                answers.setdefault(uid, set()).add(state)
    return {uid for uid, states in answers.items() if states == {ConsentState.GIVEN}}


def _replies(session: Session, asked: Sequence[tuple[Question, Record | None]]) -> dict[uuid.UUID, Reply]:
    """The answer to each question: of the record's owner, else of one who owned it before; the last word of it.

    Nobody else's counts. It is the same whatever the order in which answers came.
    """
    owners = dict(session.execute(select(Installation.rid, Installation.uid)).all())
    records = {question.uid: record for question, record in asked}
    best: dict[uuid.UUID, tuple[tuple[bool, str, int, str], Reply]] = {}
    for chunk in _chunks(list(records)):
        query = (
            select(Answer.question_uid, Record.uid, Record.owner_rid, Record.changed_seq, Record.data)
            .join(Record, Record.rid == Answer.rid)
            .where(Answer.question_uid.in_(chunk))
        )
        for uid, own, owner_rid, seq, data in session.execute(query):
            record = records.get(uid) if uid is not None else None
            if uid is None or record is None:
                continue
            present = record.owner_rid == owner_rid
            if not present and str(owners.get(owner_rid)) not in record.former_owners.split():
                continue
            values = decode_object(data.encode(), sort_keys=True)
            on = str(values.get("answered_on", ""))
            reply = Reply(str(values.get("answer", "")), str(values.get("words", "")), on)
            rank = (present, on, seq, str(own))
            if uid not in best or rank > best[uid][0]:
                best[uid] = (rank, reply)
    return {uid: reply for uid, (_rank, reply) in best.items()}


def differing(form: Form, held: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """The fields in which a late row says something else; what never left its centre says nothing."""
    if not other:
        return []
    always = {field.name for field in form.fields if field.leaves is Leaves.ALWAYS}
    names = [name for name in dict.fromkeys((*held, *other)) if name in other or name in always]
    return [name for name in names if held.get(name) != other.get(name)]


def form_of(kind: str, values: Mapping[str, Any]) -> Form:
    """The form of a record; of a kind that this program does not know, an empty one."""
    try:
        return form_for_record(kind, values)
    except KeyError:
        return Form(kind, "", ())


def quoted(text: str) -> dict[str, Any]:
    """The record that a question quotes; nothing where it is none (it came from outside)."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def value_of(text: str) -> Any:
    """A value that was kept as canonical JSON; None where there is none, or nonsense."""
    try:
        return decode(text.encode(), sort_keys=True) if text else None
    except NotCanonical:
        return None


def value_text(value: object) -> str:
    """A value as canonical JSON; empty for none."""
    return "" if value is None else encode(value, sort_keys=True).decode()


def _values(record: Record | None) -> dict[str, Any]:
    if record is None or record.state != RecordState.LIVE:
        return {}
    return decode_object(record.data.encode(), sort_keys=True)


def _chunks(items: Sequence[uuid.UUID]) -> Iterable[Sequence[uuid.UUID]]:
    return (items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK))
