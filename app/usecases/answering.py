"""Answers to the coordinator's questions: each a record of its own, that travels with the next bundle.

An answer is given once for each question: given again, it replaces the one before.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.forms.answer import ANSWER
from app.forms.validate import Context
from app.i18n import N_
from app.models import Answer, Question, Record
from app.sync import asking
from app.sync.ledger import SELF_RID, document, put
from app.sync.projection import as_uid
from app.usecases.audit import note
from app.usecases.checking import accept
from app.usecases.desk import Desk

ACCEPTED: Final = asking.ACCEPTED
CHANGED: Final = "changed"
KEPT: Final = "kept"
UNKNOWN: Final = "unknown"


def put_answer(session: Session, desk: Desk, question: Question, said: str, words: str = "") -> None:
    """Write the answer ``said`` (a code of the list ``answers``), and the question no longer waits here.

    Raises UserError where the record is another's now: then its new owner is asked.
    """
    record = session.scalars(select(Record).where(Record.uid == question.record_uid)).one_or_none()
    if record is None or record.owner_rid != SELF_RID:
        raise UserError(N_("This record has another owner now, who will be asked. You need not answer."))
    values = document(session, record.uid) or {}
    if said == KEPT and question.proposed and values.get(question.field) == asking.value_of(question.proposed):
        said = ACCEPTED  # it stands there already
    known = _known(session, question.uid)
    # Of a deleted record only the reason is left: then nobody's consent is known, and words stay here.
    person = record.uid if record.kind == "person" else as_uid(values.get("person")) or record.uid
    today = desk.clock.today()
    answer = {
        "person": str(person),
        "question": str(question.uid),
        "record": str(record.uid),
        "answer": said,
        "words": words,
        "answered_on": today.isoformat(),
    }
    clean = accept(ANSWER, answer, Context(today=today), sure=True)
    if put(session, desk.author(), "answer", known or desk.clock.new_id(), clean).changed:
        note(session, desk.author(), "answered", question.uid)
    question.state, question.closed_at = asking.SETTLED, desk.author().stamp
    session.flush()


def question_of(session: Session, uid: uuid.UUID) -> Question:
    """A question that was asked here; raises UserError where there is none."""
    query = select(Question).where(Question.uid == uid, Question.to_rid == SELF_RID)
    found = session.scalars(query).one_or_none()
    if found is None:
        raise UserError(N_("This question is no longer here."))
    return found


def said_by(kind: str, question: Question, before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """What a change of the record answers to the question; empty where it says nothing about what is asked."""
    if question.reason == asking.LATE:
        form, other = asking.form_of(kind, now), asking.quoted(question.document)
        if all(before.get(name) == now.get(name) for name in asking.differing(form, before, other)):
            return ""
        return CHANGED if asking.differing(form, now, other) else ACCEPTED
    if not question.field:
        return CHANGED if dict(before) != dict(now) else ""
    if before.get(question.field) == now.get(question.field):
        return ""
    proposed = asking.value_of(question.proposed)
    return ACCEPTED if proposed is not None and now.get(question.field) == proposed else CHANGED


def _known(session: Session, question: uuid.UUID) -> uuid.UUID | None:
    query = (
        select(Record.uid)
        .join(Answer, Answer.rid == Record.rid)
        .where(Answer.question_uid == question, Record.owner_rid == SELF_RID)
        .order_by(Record.rid)
        .limit(1)
    )
    return session.scalar(query)
