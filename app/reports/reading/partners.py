"""Meetings of the task forces, what they decided, and who is party to a memorandum, out of the store."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.forms.memorandum import was_party
from app.models import Decision, Meeting, Record, ReferenceDocument
from app.reports.facts.work_documents import Document, codes, number, read, rows, text
from app.reports.facts.work_kinds import Decided, Met, Party
from app.reports.reading.periods import candidates, within
from app.reports.table import Scope

_DIRECTORY: Final = "partners"
"""The reference document with the memoranda (``app.sync.partners``)."""
_OPEN: Final = frozenset({"", "open", "in_progress"})


def meetings(session: Session, scope: Scope, today: dt.date) -> tuple[tuple[Met, ...], tuple[Decided, ...]]:
    """The meetings held in ``scope``, and what they decided. One that is still to come is not counted.

    Meetings belong to no donor: where one donor is asked about there are none.
    """
    if scope.donor or scope.centre:
        return (), ()
    query = select(Meeting, Record.uid, Record.data).join(Record, Record.rid == Meeting.rid)
    query = query.where(candidates(Meeting.month, scope)).order_by(Meeting.rid)
    held: dict[uuid.UUID, Met] = {}
    for row, uid, data in session.execute(query):
        is_held = (row.on_date or "") <= today.isoformat()
        if is_held and scope.oblast in ("", row.oblast or "") and within(row.month, row.on_date, scope, today):
            held[uid] = Met(row.month, row.oblast or "", _attendees(read(data)))
    return tuple(held.values()), _decisions(session, held, today)


def _attendees(document: Document) -> tuple[tuple[str, int | None], ...]:
    """The organisations that came, with how many people where that is known; chair and panel are among them."""
    came: dict[str, int | None] = {}
    for row in (*rows(document, "attendees"), *rows(document, "guests")):
        if agency := text(row, "agency"):
            before, count = came.get(agency), number(row, "count")
            came[agency] = before if count is None else (before or 0) + count
    for agency in (text(document, "chair_agency"), *codes(document, "panel")):
        if agency:
            came.setdefault(agency, None)
    return tuple(came.items())


def _decisions(session: Session, held: dict[uuid.UUID, Met], today: dt.date) -> tuple[Decided, ...]:
    query = select(Decision, Record.data).join(Record, Record.rid == Decision.rid).order_by(Decision.rid)
    found = []
    for row, data in session.execute(query):
        if row.meeting_uid is None or (meeting := held.get(row.meeting_uid)) is None:
            continue
        overdue = row.status in _OPEN and bool(row.due) and str(row.due) < today.isoformat()[: len(str(row.due))]
        found.append(
            Decided(meeting.oblast, meeting.month, row.responsible, text(read(data), "type"), row.status, overdue)
        )
    return tuple(found)


def parties(session: Session, scope: Scope, today: dt.date) -> tuple[Party, ...]:
    """Who is bound by a memorandum on the last day of the period: a party of two memoranda stands here twice."""
    row = session.get(ReferenceDocument, _DIRECTORY)
    if row is None or scope.donor or scope.centre:
        return ()
    last = min(_last_day(scope.last), today) if scope.last else today
    return tuple(
        Party(text(party, "agency"), oblast)
        for memorandum in rows(read(row.document), "memoranda")
        if scope.oblast in ("", oblast := text(memorandum, "oblast"))
        for party in rows(memorandum, "parties")
        if text(party, "agency") and was_party(party, last)
    )


def _last_day(month: str) -> dt.date:
    year, number = int(month[:4]), int(month[5:7])
    return dt.date(year + number // 12, number % 12 + 1, 1) - dt.timedelta(days=1)
