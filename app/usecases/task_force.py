"""The task forces: their meetings, what they decided, who is to do it by when.

At a centre they are its own and travel with its next bundle; the coordinator sees those of all centres, and changes
those that she recorded herself.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.forms import partial
from app.forms.catalogue import form_for_kind
from app.forms.decision import OPEN
from app.forms.memorandum import party_of
from app.forms.spec import Context
from app.i18n import N_
from app.models import Decision, Meeting, Record, Release
from app.reports.paper.blocks import Paper
from app.sync import partners
from app.sync.ledger import bury, document, put, values_of
from app.sync.projection import as_uid
from app.sync.verifier import Role
from app.usecases.checking import accept
from app.usecases.desk import Desk
from app.usecases.identity import ours
from app.usecases.minutes import minutes_of
from app.usecases.task_force_rows import DecisionRow, MeetingRow, ReleasedRow, decision_row, is_overdue, meeting_row

Values = Mapping[str, Any]
AHEAD: Final = 14
"""Days before a decision is due from which one is reminded of it."""
_DONE: Final = "done"
_NO_NUMBER: Final = 1_000


class TaskForce:
    """The use cases about meetings and their decisions. Each public method is one transaction, or reads alone."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def travels(self) -> bool:
        """Does what is recorded here go to somebody? (The coordinator's own stays with her.)"""
        return self._desk.me.role != Role.COORDINATOR

    def new_id(self) -> uuid.UUID:
        """An id for a meeting or decision about to be made: saving the same form twice is then one record."""
        return self._desk.clock.new_id()

    def meetings(self, oblast: str = "") -> tuple[MeetingRow, ...]:
        """All meetings (of one oblast), the latest first."""
        query = select(Record.uid, Record.data, Record.owner_rid.in_(ours())).join(Meeting, Meeting.rid == Record.rid)
        if oblast:
            query = query.where(Meeting.oblast == oblast)
        with self._desk.store.reading() as session:
            found = session.execute(query).all()
            counts = self._counts(session)
        rows = [meeting_row(uid, values_of(data), own, counts.get(uid, (0, 0, 0))) for uid, data, own in found]
        return tuple(sorted(rows, key=lambda row: (row.on, row.time), reverse=True))

    def meeting(self, uid: uuid.UUID) -> dict[str, Any]:
        """The values of one meeting."""
        return self._record(uid)

    def is_ours(self, uid: uuid.UUID) -> bool:
        """Was it recorded at this desk? Only then it is changed here."""
        with self._desk.store.reading() as session:
            query = select(Record.rid).where(Record.uid == uid, Record.owner_rid.in_(ours()))
            return session.scalar(query) is not None

    def defaults(self) -> dict[str, Any]:
        """What a new meeting starts with: today, in the oblast of this centre."""
        me = self._desk.me
        known = {"on": self._desk.clock.today().isoformat(), "oblast": me.oblast}
        return {name: value for name, value in known.items() if value}

    def save_meeting(self, values: Values, *, meeting: uuid.UUID | None = None, sure: bool = False) -> uuid.UUID:
        """Record a meeting, or change it. Who of those who came was a party to the memorandum that day is filled in.

        Raises NotAccepted, NeedsConfirmation.
        """
        desk, uid = self._desk, meeting or self._desk.clock.new_id()
        with desk.store.transaction() as session:
            whole = {"centre": str(desk.me.centre), **values}
            if rows := _with_parties(session, whole):
                whole["attendees"] = rows
            put(
                session,
                desk.author(),
                "meeting",
                uid,
                accept(form_for_kind("meeting"), whole, self._now(), sure=sure),
            )
        return uid

    def delete_meeting(self, meeting: uuid.UUID, reason: str) -> None:
        """Delete a meeting with its decisions; tombstones with the reason (a code) remain and travel."""
        with self._desk.store.transaction() as session:
            query = select(Record.uid).join(Decision, Decision.rid == Record.rid)
            for uid in session.scalars(query.where(Decision.meeting_uid == meeting)).all():
                bury(session, self._desk.author(), uid, reason)
            bury(session, self._desk.author(), meeting, reason)

    def decisions(self, meeting: uuid.UUID | None = None, oblast: str = "") -> tuple[DecisionRow, ...]:
        """The decisions of one meeting in their order; of all (of one oblast) the open ones first, by their day."""
        with self._desk.store.reading() as session:
            found = [one for one in self._decisions(session) if meeting in (None, one.meeting)]
        if meeting is not None:
            return tuple(sorted(found, key=lambda one: (one.number or _NO_NUMBER, str(one.uid))))
        rows = [one for one in found if oblast in ("", one.oblast)]
        return tuple(sorted(rows, key=lambda one: (not one.is_open, one.due or "9999", one.number)))

    def decision(self, uid: uuid.UUID) -> dict[str, Any]:
        """The values of one decision."""
        return self._record(uid)

    def decision_defaults(self, meeting: uuid.UUID) -> dict[str, Any]:
        """What a new decision starts with: the next number of its meeting; it is open."""
        last = max((one.number for one in self.decisions(meeting)), default=0)
        return {"number": last + 1, "status": "open"}

    def save_decision(
        self, meeting: uuid.UUID, values: Values, *, decision: uuid.UUID | None = None, sure: bool = False
    ) -> uuid.UUID:
        """Record what a meeting decided, or change it. Raises NotAccepted, NeedsConfirmation."""
        desk, uid = self._desk, decision or self._desk.clock.new_id()
        with desk.store.transaction() as session:
            _known(session, meeting)
            whole = {"status": "open", **values, "meeting": str(meeting)}
            clean = accept(form_for_kind("decision"), whole, self._now(), sure=sure)
            put(session, desk.author(), "decision", uid, clean)
        return uid

    def mark(self, decision: uuid.UUID, status: str) -> None:
        """Say how far a decision is; one that is done is done today. Saying the same once more changes nothing."""
        desk = self._desk
        with desk.store.transaction() as session:
            told = {name: value for name, value in _known(session, decision).items() if name != "done_on"}
            if status == _DONE:
                told["done_on"] = desk.clock.today().isoformat()
            clean = accept(form_for_kind("decision"), {**told, "status": status}, self._now(), sure=True)
            put(session, desk.author(), "decision", decision, clean)

    def delete_decision(self, decision: uuid.UUID, reason: str) -> None:
        """Delete a decision; a tombstone with the reason (a code) remains and travels."""
        with self._desk.store.transaction() as session:
            bury(session, self._desk.author(), decision, reason)

    def overdue(self) -> int:
        """How many open decisions are overdue: of all centres at the coordinator's, of this one at a centre."""
        today = self._desk.clock.today()
        query = select(Record.data).join(Decision, Decision.rid == Record.rid).where(*_open_until(today))
        with self._desk.store.reading() as session:
            return sum(is_overdue(values_of(data), today) for data in session.scalars(query))

    def next_meeting(self, oblast: str = "") -> MeetingRow | None:
        """The first meeting from today on."""
        today = self._desk.clock.today().isoformat()
        return min((one for one in self.meetings(oblast) if one.on >= today), key=lambda one: one.on, default=None)

    def released(self) -> tuple[ReleasedRow, ...]:
        """The tables that left, the newest first: only such are shown at a meeting. A centre has none."""
        with self._desk.store.reading() as session:
            found = session.scalars(select(Release).order_by(Release.at.desc(), Release.rid.desc())).all()
        return tuple(ReleasedRow(one.uid, one.what, one.area, one.first, one.last) for one in found)

    def minutes(self, meeting: uuid.UUID, language: str) -> Paper:
        """The minutes of a meeting, in ``language``."""
        return minutes_of(self._desk, self.meeting(meeting), self.decisions(meeting), language)

    def _record(self, uid: uuid.UUID) -> dict[str, Any]:
        with self._desk.store.reading() as session:
            return _known(session, uid)

    def _now(self) -> Context:
        return Context(today=self._desk.clock.today())

    def _counts(self, session: Session) -> dict[uuid.UUID, tuple[int, int, int]]:
        """By meeting: decisions, open ones, overdue ones."""
        counts: dict[uuid.UUID, tuple[int, int, int]] = {}
        for one in self._decisions(session):
            if one.meeting is not None:
                whole, is_open, late = counts.get(one.meeting, (0, 0, 0))
                counts[one.meeting] = whole + 1, is_open + one.is_open, late + one.overdue
        return counts

    def _decisions(self, session: Session) -> list[DecisionRow]:
        query = select(Record.uid, Record.data, Record.owner_rid.in_(ours())).join(
            Decision, Decision.rid == Record.rid
        )
        held = dict(session.execute(select(Record.uid, Record.data).join(Meeting, Meeting.rid == Record.rid)).all())
        meetings = {uid: values_of(data) for uid, data in held.items()}
        today = self._desk.clock.today()
        rows = []
        for uid, data, own in session.execute(query):
            values = values_of(data)
            of = as_uid(values.get("meeting"))
            rows.append(decision_row(uid, values, of, meetings.get(of, {}) if of else {}, own=own, today=today))
        return rows


def due_decisions(session: Session, today: dt.date) -> list[DecisionRow]:
    """The open decisions recorded at this desk that are overdue or due within ``AHEAD`` days, by their day."""
    last = today + dt.timedelta(days=AHEAD)
    query = (
        select(Record.uid, Record.data, Decision.meeting_uid)
        .join(Decision, Decision.rid == Record.rid)
        .where(*_open_until(last), Record.owner_rid.in_(ours()))
    )
    found = []
    for uid, data, meeting in session.execute(query):
        values = values_of(data)
        days = partial.bounds(values.get("due"))
        if days is not None and days[1] <= last:
            of = document(session, meeting) if meeting else None
            found.append(decision_row(uid, values, meeting, of or {}, own=True, today=today))
    return sorted(found, key=lambda one: (one.due, one.number))


def _open_until(last: dt.date) -> tuple[ColumnElement[bool], ...]:
    """The open decisions that may be due by ``last``: a month or a year, too, stands before its own last day."""
    return Decision.status.in_(sorted(OPEN)), Decision.due <= last.isoformat()


def _known(session: Session, uid: uuid.UUID) -> dict[str, Any]:
    values = document(session, uid)
    if values is None:
        raise UserError(N_("This record is no longer here."))
    return values


def _with_parties(session: Session, values: Values) -> list[dict[str, Any]]:
    """The rows of who came, each with whether it was a party that day; unsaid where no memorandum is known."""
    rows = values.get("attendees")
    days, memoranda = partial.bounds(values.get("on")), partners.held(session).memoranda
    oblast = str(values.get("oblast", ""))
    memorandum = memoranda.get(oblast) or memoranda.get("")
    found = []
    for row in rows if isinstance(rows, list) else ():
        told = {name: value for name, value in row.items() if name != "party"}
        if memorandum is not None and days is not None and row.get("agency"):
            is_party = party_of(memorandum.get("parties", ()), str(row["agency"]), days[1])
            told["party"] = "yes" if is_party else "no"
        found.append(told)
    return found
