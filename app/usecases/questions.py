"""Questions to the centres: the coordinator asks about a field of a record that is not hers, and never changes it.

What became of a question follows from the records (``sync.asking``); here it is put into words that a person reads.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.codelists import RecordState
from app.errors import UserError
from app.forms.catalogue import form_for_kind
from app.forms.derived import typed_in
from app.forms.reading import Unreadable, read
from app.forms.spec import Field, Kind, Values
from app.forms.text import clean
from app.i18n import N_
from app.models import Centre, Identity, Installation, Person, Question, Record
from app.sync import asking
from app.sync.asking import Standing
from app.sync.columns import OF_NOBODY
from app.sync.ledger import SELF_RID, values_of
from app.sync.projection import as_uid
from app.sync.verifier import Role
from app.usecases.audit import note
from app.usecases.desk import Desk
from app.usecases.doubts import PAGELESS, Difference

_NOT_PROPOSED: Final = frozenset({Kind.ROWS, Kind.REF})


class QuestionState(StrEnum):
    """Where a question has got to."""

    TO_TELL = "to_tell"
    ASKED = "asked"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question with all that is known of it. Values are plain, as in the record (None: none); days are ISO text.

    ``held`` stood there when it was asked, ``now`` stands there now. ``field`` is empty where the whole record is
    meant. ``values`` are the record's, empty where it is no longer here.
    """

    uid: uuid.UUID
    state: QuestionState
    record: uuid.UUID
    kind: str
    about: str
    """The code of a service, the purpose of a consent."""
    person: uuid.UUID | None
    code: str
    name: str
    centre: str
    reason: str
    field: str
    label: str
    """The field's label: marked text."""
    held: Any
    proposed: Any
    now: Any
    words: str
    asked_on: str
    receipt: int | None
    """The receipt that told the centre."""
    answer: str = ""
    """A code of the list ``answers``."""
    answer_words: str = ""
    answered_on: str = ""
    closed_on: str = ""
    differences: tuple[Difference, ...] = ()
    """Of a late row: what the record says, and what the earlier owner wrote."""
    values: Values = dataclasses.field(default_factory=dict)

    @property
    def of_nobody(self) -> bool:
        """Is it about no single person (an activity, a meeting)?"""
        return self.kind in OF_NOBODY

    @property
    def late(self) -> bool:
        """Did it come up by itself, from what an earlier owner wrote late?"""
        return self.reason == asking.LATE


def askable(kind: str, values: Values) -> list[Field]:
    """The fields of a record that can be asked about: those with a value first, each in the order of the form.

    A derived one (the year of birth) where that from which it comes is not known here.
    """
    fields = [one for one in asking.form_of(kind, values).fields if one.special != "hidden"]
    fields = [one for one in fields if one.special != "derived" or typed_in(one.name) not in values]
    return [one for one in fields if one.name in values] + [one for one in fields if one.name not in values]


def can_propose(field: Field) -> bool:
    """Is it a field for which one value can be typed?"""
    return field.kind not in _NOT_PROPOSED


class Questions:
    """The use cases of asking. Each public method is one transaction."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ask(
        self,
        record: uuid.UUID,
        field: str,
        words: str = "",
        proposed: Any = None,  # Any: a plain JSON value of any kind
    ) -> uuid.UUID:
        """Ask the owner of ``record`` about ``field`` (empty: about the whole record). It goes with the next receipt.

        The same question while it is open is the first one. Raises UserError: an own record, one that is gone, a
        value that cannot stand there, nothing asked.
        """
        with self._desk.store.transaction() as session:
            found = self._askable(session, record)
            values = values_of(found.data)
            value = self._proposed(found.kind, field, values, proposed)
            said = _words(words)
            if not (field or said):
                raise UserError(N_("Say in words what you ask about this record, or choose a field."))
            known = select(Question.uid).where(
                Question.record_uid == record,
                Question.field == field,
                Question.proposed == value,
                Question.words == said,
                Question.reason == asking.ASKED,
                Question.state == asking.OPEN,
            )
            for first in session.scalars(known.order_by(Question.rid)):
                if not any(one.over for one in asking.standings(session, Question.uid == first)):
                    return first
            return self._add(session, found, field, asking.value_text(values.get(field)), value, said)

    def today(self) -> dt.date:
        """The day by this laptop's clock, for dates that are typed."""
        return self._desk.clock.today()

    def open(self) -> list[QuestionRow]:
        """What waits for the centres: to be told, and told."""
        return self._rows(QuestionState.TO_TELL, QuestionState.ASKED)

    def answered(self) -> list[QuestionRow]:
        """What was answered and waits for her look."""
        return self._rows(QuestionState.ANSWERED)

    def closed(self, most: int = 200) -> list[QuestionRow]:
        """What is over, the newest question first."""
        return self._rows(QuestionState.CLOSED)[:most]

    def waiting(self) -> int:
        """How many answers wait for her look."""
        return len(self.answered())

    def about(self, record: uuid.UUID) -> list[QuestionRow]:
        """All that was asked about one record, the newest first."""
        return self._rows(*QuestionState, record=record)

    def close(self, uid: uuid.UUID) -> None:
        """She has seen the answer: the question is over. A second time changes nothing."""
        self._close(uid, "question_closed")

    def take_back(self, uid: uuid.UUID) -> None:
        """It need not be answered any more; with the next receipt it goes from the nurse's desk."""
        self._close(uid, "question_taken_back")

    def ask_again(self, uid: uuid.UUID, words: str) -> uuid.UUID:
        """The answer does not settle it: the same is asked once more, with these words; the old one is over."""
        with self._desk.store.transaction() as session:
            old = _question(session, uid)
            found = self._askable(session, old.record_uid)
            said = _words(words)
            now = asking.value_text(values_of(found.data).get(old.field)) if old.field else ""
            self._end(session, old, "question_closed")
            return self._add(session, found, old.field, now, old.proposed, said, old.reason, old.document)

    def _askable(self, session: Session, record: uuid.UUID) -> Record:
        if self._desk.me.role != Role.COORDINATOR:
            raise UserError(N_("Only the coordinator asks about records of other centres."))
        found = session.scalars(select(Record).where(Record.uid == record)).one_or_none()
        if found is None or found.state != RecordState.LIVE:
            raise UserError(N_("This record is no longer here, so nothing can be asked about it."))
        if found.owner_rid == SELF_RID:
            raise UserError(N_("This record is your own: there is nobody else to ask. Change it yourself."))
        if found.kind in PAGELESS:
            raise UserError(N_("Nothing can be asked about this record. Ask about one that it speaks of."))
        return found

    def _proposed(self, kind: str, name: str, values: Values, proposed: Any) -> str:
        """What she thinks right, as canonical JSON; empty for none."""
        field = next((one for one in askable(kind, values) if one.name == name), None)
        if name and field is None:
            raise UserError(N_("This record has no such field."))
        if proposed is None or proposed == "" or field is None:
            return ""
        if not can_propose(field):
            raise UserError(N_("For this field no value can be proposed. Say in words what you think."))
        try:
            value = read(field, proposed, values, self.today())
        except Unreadable:
            raise UserError(N_("What you propose cannot stand in this field. Please check it.")) from None
        text = asking.value_text(value)
        if len(text) > asking.MOST_VALUE:
            raise UserError(N_("What you propose is too long for a question."))
        if value == values.get(name):
            raise UserError(N_("What you propose stands there already."))
        return text

    def _add(
        self,
        session: Session,
        record: Record,
        field: str,
        held: str,
        proposed: str,
        words: str,
        reason: str = asking.ASKED,
        document: str = "",
    ) -> uuid.UUID:
        author = self._desk.author()
        question = Question(
            uid=self._desk.clock.new_id(),
            record_uid=record.uid,
            to_rid=record.owner_rid,
            reason=reason,
            field=field,
            document=document,
            held=held,
            proposed=proposed,
            words=words,
            state=asking.OPEN,
            asked_at=author.stamp,
            asked_by=author.staff,
        )
        session.add(question)
        note(session, author, "asked", question.uid)
        return question.uid

    def _close(self, uid: uuid.UUID, action: str) -> None:
        with self._desk.store.transaction() as session:
            self._end(session, _question(session, uid), action)

    def _end(self, session: Session, question: Question, action: str) -> None:
        if question.state != asking.CLOSED:
            question.state, question.closed_at = asking.CLOSED, self._desk.author().stamp
            note(session, self._desk.author(), action, question.uid)

    def _rows(self, *states: QuestionState, record: uuid.UUID | None = None) -> list[QuestionRow]:
        with self._desk.store.reading() as session:
            only = [] if QuestionState.CLOSED in states else [Question.state == asking.OPEN]
            only += [] if record is None else [Question.record_uid == record]
            found = [(one, _state(session, one)) for one in asking.standings(session, *only)]
            wanted = [(one, state) for one, state in found if state in states]
            people = _people(session, {_person(one) for one, _state in wanted})
            centres = dict(
                session.execute(
                    select(Installation.rid, Centre.name).join(Centre, Centre.rid == Installation.centre_rid)
                ).all()
            )
            return [_row(session, one, state, people, centres) for one, state in wanted]


def _words(words: str) -> str:
    said = clean(words)
    if len(said) > asking.MOST_WORDS:
        raise UserError(N_("These words are too long for a question. Please say it in fewer."))
    return said


def _question(session: Session, uid: uuid.UUID) -> Question:
    found = session.scalars(select(Question).where(Question.uid == uid)).one_or_none()
    if found is None:
        raise UserError(N_("This question is no longer here."))
    return found


def _state(session: Session, one: Standing) -> QuestionState:
    if one.over:
        return QuestionState.CLOSED
    if one.reply is not None:
        return QuestionState.ANSWERED
    return QuestionState.ASKED if asking.is_told(session, one) else QuestionState.TO_TELL


def _person(one: Standing) -> uuid.UUID | None:
    if one.record is not None and one.record.kind == "person":
        return one.record.uid
    return as_uid(one.values.get("person"))


def _people(session: Session, uids: Iterable[uuid.UUID | None]) -> Mapping[uuid.UUID, tuple[str, str]]:
    """Case code and name (where it may be known here) of these persons."""
    found: dict[uuid.UUID, tuple[str, str]] = {}
    wanted = [uid for uid in uids if uid is not None]
    for start in range(0, len(wanted), 500):
        query = (
            select(Record.uid, Person.code, func.max(Identity.display_name))
            .join(Person, Person.rid == Record.rid)
            .outerjoin(Identity, Identity.person_rid == Person.rid)
            .where(Record.uid.in_(wanted[start : start + 500]))
            .group_by(Record.uid, Person.code)
        )
        found |= {uid: (code, name or "") for uid, code, name in session.execute(query)}
    return found


def _row(
    session: Session,
    one: Standing,
    state: QuestionState,
    people: Mapping[uuid.UUID, tuple[str, str]],
    centres: Mapping[int, str],
) -> QuestionRow:
    question, values, person = one.question, one.values, _person(one)
    kind = one.record.kind if one.record else ""
    form = asking.form_of(kind, values) if kind else form_for_kind("person")
    label = next((field.label for field in form.fields if field.name == question.field), "")
    code, name = people.get(person, ("", "")) if person else ("", "")
    other = asking.quoted(question.document)
    names = asking.differing(form, values, other) if values else []
    told = state in (QuestionState.ASKED, QuestionState.ANSWERED)
    by_itself = state is QuestionState.CLOSED and question.closed_at is None and one.reply is not None
    return QuestionRow(
        uid=question.uid,
        state=state,
        record=question.record_uid,
        kind=kind,
        about=str(values.get({"service": "service", "consent": "scope"}.get(kind, ""), "")),
        person=person,
        code=code,
        name=name,
        centre=centres.get(one.record.owner_rid if one.record else question.to_rid, ""),
        reason=question.reason,
        field=question.field,
        label=label,
        held=asking.value_of(question.held),
        proposed=asking.value_of(question.proposed),
        now=values.get(question.field) if question.field else None,
        words=question.words,
        asked_on=question.asked_at[:10],
        receipt=asking.receipt_of(session, question) if told else None,
        answer=one.reply.answer if one.reply else "",
        answer_words=one.reply.words if one.reply else "",
        answered_on=one.reply.on if one.reply else "",
        closed_on=(question.closed_at or "")[:10] or (one.reply.on if by_itself and one.reply else ""),
        differences=tuple(Difference(name, values.get(name), other.get(name)) for name in names),
        values=values,
    )
