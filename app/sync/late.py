"""Rows written by an earlier owner after a handover: they are not merged, the new owner is asked about them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.codelists import RecordState
from app.models import Question, Record
from app.sync import canonical
from app.sync.ledger import SELF_RID
from app.sync.rows import Row


def ask_about_late(session: Session, late: Iterable[Row], now: str, new_id: Callable[[], uuid.UUID]) -> None:
    """Ask once, and only where a row says something else than the record does: a bundle repeats what came before.

    A record that is no longer live is not asked about: a question would keep what was erased.
    """
    for row in late:
        document = row.document or canonical.encode_again(dict(row.data)).decode()
        head = select(Record.owner_rid, Record.data, Record.state).where(Record.uid == row.id)
        owner, held, state = session.execute(head).one()
        asked = select(Question.rid).where(Question.record_uid == row.id, Question.document == document)
        if document == held or state != RecordState.LIVE or session.scalars(asked).first() is not None:
            continue
        session.add(
            Question(
                uid=new_id(),
                record_uid=row.id,
                to_rid=owner,
                reason="late_row",
                field="",
                document=document,
                # Between centres the late row comes to the new owner herself: it is on her desk at once.
                state="received" if owner == SELF_RID else "open",
                asked_at=now,
            )
        )
    session.flush()
