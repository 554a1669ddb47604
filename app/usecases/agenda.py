"""What is to be done today: appointments, follow-ups, steps of plans, instalments, decisions of the task force.

Of this laptop's own records, and of those it had before it was restored.

A follow-up is due on the day that a service names for what comes next, unless it is followed already: by a later
service under the same tile, or by an appointment made after it. Whose cases are all closed is not waited for.
"""

from __future__ import annotations

import calendar
import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from app import codelists
from app.codelists import CaseStatus
from app.forms import partial
from app.models import Appointment, Case, Grant, Identity, Need, OfPerson, Person, Record, Service
from app.usecases.desk import Desk
from app.usecases.identity import ours
from app.usecases.task_force import TaskForce, due_decisions
from app.usecases.task_force_rows import DecisionRow

APPOINTMENT: Final = "appointment"
FOLLOW_UP: Final = "follow_up"
STEP: Final = "step"
INSTALMENT: Final = "instalment"
_OPEN: Final = (CaseStatus.ACTIVE, CaseStatus.FOLLOW_UP)
_LISTS: Final = {APPOINTMENT: "services", FOLLOW_UP: "services", STEP: "service_groups", INSTALMENT: "grant_kinds"}


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One thing to be done: for whom, what (in words), and by when."""

    person: uuid.UUID
    code: str
    """The case code."""
    name: str
    what: str
    on: str
    """A day, or a moment for an appointment; for a step perhaps only the month or the year."""
    kind: str
    record: uuid.UUID
    overdue: bool


@dataclass(frozen=True, slots=True)
class AgendaDay:
    """All that is due on ``day`` or before, each kind in the order of its days."""

    day: str
    appointments: tuple[AgendaRow, ...]
    follow_ups: tuple[AgendaRow, ...]
    steps: tuple[AgendaRow, ...]
    instalments: tuple[AgendaRow, ...]
    decisions: tuple[DecisionRow, ...] = ()
    """Of the task force, about no single person; also those due within the next two weeks."""

    @property
    def count(self) -> int:
        """How many things there are."""
        return sum(map(len, (self.appointments, self.follow_ups, self.steps, self.instalments, self.decisions)))


@dataclass(frozen=True, slots=True)
class _Due:
    """A record that is due, and what it says of it in words (or nothing)."""

    rid: int
    uid: uuid.UUID
    person_rid: int
    on: str
    code: str
    words: str


class Agenda:
    """The use cases about what is to be done. Each public method is one transaction."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def today(self) -> AgendaDay:
        """What is due today or overdue."""
        today = self._desk.clock.today()
        with self._desk.store.reading() as session:
            return AgendaDay(
                day=today.isoformat(),
                appointments=_rows(session, APPOINTMENT, _appointments(session, "", _after(today)), today),
                follow_ups=_rows(session, FOLLOW_UP, _follow_ups(session, today), today),
                steps=_rows(session, STEP, _steps(session, today), today),
                instalments=_rows(session, INSTALMENT, _instalments(session, today), today),
                decisions=tuple(due_decisions(session, today)),
            )

    def coming(self, days: int = 7) -> tuple[AgendaRow, ...]:
        """The appointments of the next ``days`` days, from tomorrow on."""
        today = self._desk.clock.today()
        with self._desk.store.reading() as session:
            found = _appointments(session, _after(today), _after(today + dt.timedelta(days=days)))
            return _rows(session, APPOINTMENT, found, today)

    def mark_decision(self, decision: uuid.UUID, status: str) -> None:
        """Say how far a decision of the task force is (``TaskForce.mark``)."""
        TaskForce(self._desk).mark(decision, status)


def _after(day: dt.date) -> str:
    return (day + dt.timedelta(days=1)).isoformat()


def _own(model: type[OfPerson], on: Any, code: Any, *words: str) -> Select[int, uuid.UUID, int, str, str, str]:
    """Rows of ``model`` that this laptop owns, whose person is known here; ``words`` name fields of the document.

    The store reads the words from the document itself: decoding hundreds of them here costs ten times as much.
    """
    written = func.coalesce(*(func.json_extract(Record.data, f"$.{name}") for name in words), "")
    return (
        select(model.rid, Record.uid, model.person_rid, on, code, written)
        .join(Record, Record.rid == model.rid)
        .where(_is_ours(), model.person_rid.is_not(None))
    )


def _is_ours() -> ColumnElement[bool]:
    """Does this laptop own the record, or did it before it was restored? Helping goes on until the handover."""
    return Record.owner_rid.in_(ours())


def _found(session: Session, query: Select[int, uuid.UUID, int, str, str, str]) -> list[_Due]:
    return [_Due(rid, uid, who, on, code, words) for rid, uid, who, on, code, words in session.execute(query)]


def _appointments(session: Session, first: str, before: str) -> list[_Due]:
    """The planned ones whose day begins at ``first`` or later and before ``before``."""
    query = _own(Appointment, Appointment.at, Appointment.code, "what")
    return _found(
        session,
        query.where(Appointment.state == "planned", Appointment.at >= first, Appointment.at < before),
    )


def _follow_ups(session: Session, today: dt.date) -> list[_Due]:
    later = aliased(Service)
    followed = exists().where(
        later.person_rid == Service.person_rid,
        later.tile == Service.tile,
        or_(later.on_date > Service.on_date, and_(later.on_date == Service.on_date, later.rid > Service.rid)),
    )
    agreed = exists().where(
        Appointment.person_rid == Service.person_rid,
        Appointment.state != "moved",
        func.substr(Appointment.at, 1, 10) > Service.on_date,
    )
    query = _own(Service, Service.next_on, Service.code, "next_step").where(Service.next_on <= today.isoformat())
    query = query.where(Service.grant_uid.is_(None), _waited_for(Service.person_rid), ~followed, ~agreed)
    return [due for due in _found(session, query) if _has_come(due.on, today)]


def _waited_for(person_rid: ColumnElement[int | None] | Any) -> ColumnElement[bool]:
    """Has the person a case that goes on, or none at all? Two lists made once, not a look-up for each row."""
    cases = select(Case.person_rid).where(Case.person_rid.is_not(None))
    going_on = cases.where(or_(Case.status.is_(None), Case.status.in_(_OPEN)))
    return or_(person_rid.in_(going_on), person_rid.not_in(cases))


def _steps(session: Session, today: dt.date) -> list[_Due]:
    query = _own(Need, Need.due, Need.category, "step", "goal", "need").where(
        Need.progress == "in_progress", Need.due <= today.isoformat(), _waited_for(Need.person_rid)
    )
    return [due for due in _found(session, query) if _has_come(due.on, today)]


def _has_come(on: str, today: dt.date) -> bool:
    """A step for March is due when March is over."""
    days = partial.bounds(on)
    return days is not None and days[1] <= today


def _instalments(session: Session, today: dt.date) -> list[_Due]:
    """Grants with something left to pay in a planned instalment whose day has come.

    Its day is the one that the last payment names as the next; else a month after that payment; the first one is
    due from the approval on.
    """
    paid = (
        select(
            Service.grant_uid,
            func.count().label("payments"),
            func.coalesce(func.sum(Service.amount_minor), 0).label("sum"),
            func.max(Service.on_date).label("last"),
            func.max(Service.next_on).label("next"),
        )
        .where(Service.grant_uid.is_not(None))
        .group_by(Service.grant_uid)
        .subquery()
    )
    query = (
        select(Grant.rid, Record.uid, Grant.person_rid, Grant.approved_on, Grant.kind, paid.c.last, paid.c.next)
        .join(Record, Record.rid == Grant.rid)
        .outerjoin(paid, paid.c.grant_uid == Record.uid)
        .where(_is_ours(), Grant.person_rid.is_not(None))
        .where(Grant.instalments > func.coalesce(paid.c.payments, 0))
        .where(Grant.approved_minor > func.coalesce(paid.c.sum, 0))
        .where(_waited_for(Grant.person_rid))
    )
    found = []
    for rid, uid, person_rid, approved_on, kind, last, following in session.execute(query):
        on = following if following and following > (last or "") else _month_later(last) or approved_on
        if on and _has_come(on, today):
            found.append(_Due(rid, uid, person_rid, on, kind or "", ""))
    return found


def _month_later(on: str | None) -> str:
    """The same day of the next month, or its last one; empty where the day is not known."""
    day = partial.day(on)
    if day is None:
        return ""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1])).isoformat()


def _rows(session: Session, kind: str, found: Iterable[_Due], today: dt.date) -> tuple[AgendaRow, ...]:
    due = sorted(found, key=lambda one: (one.on, one.rid))
    persons = _persons(session, {one.person_rid for one in due})
    return tuple(
        AgendaRow(
            *persons[one.person_rid],
            what=one.words or codelists.get(_LISTS[kind]).label(one.code),
            on=one.on,
            kind=kind,
            record=one.uid,
            overdue=one.on[:10] < today.isoformat(),
        )
        for one in due
        if one.person_rid in persons
    )


def _persons(session: Session, rids: Iterable[int]) -> dict[int, tuple[uuid.UUID, str, str]]:
    """Id, case code and name by key; whoever is no longer here is left out."""
    found: dict[int, tuple[uuid.UUID, str, str]] = {}
    keys = sorted(rids)
    for start in range(0, len(keys), 500):
        query = (
            select(Person.rid, Record.uid, Person.code, func.max(Identity.display_name))
            .join(Record, Record.rid == Person.rid)
            .outerjoin(Identity, Identity.person_rid == Person.rid)
            .where(Person.rid.in_(keys[start : start + 500]))
            .group_by(Person.rid)
        )
        found |= {rid: (uid, code, name or "") for rid, uid, code, name in session.execute(query)}
    return found
