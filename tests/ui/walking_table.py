"""What lies on the coordinator's table in the walk: a pair to decide about, a question, a torn file, an alarm."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

from sqlalchemy import select

from app.models import Installation, Trust
from app.reports.table import Audience, Scope
from app.usecases import practice
from app.usecases.activities import Activities
from app.usecases.desk import Desk
from app.usecases.entered import EnteredFigures, Figure
from app.usecases.packs import Packs
from app.usecases.people import People
from app.usecases.questions import Questions
from app.usecases.receiving import Receiving
from app.usecases.same_person import SamePersons
from app.usecases.sending import Sending
from app.usecases.statistics import Question, Statistics
from app.usecases.task_force import TaskForce

AUTUMN = practice.Span(dt.date(2026, 9, 1), 2)
NAMES_MAY_GO = {
    "scope": "coordinator_identifiable",
    "state": "given",
    "on": "2026-10-01",
    "given_by": "individual",
    "language": "ru",
    "evidence": "paper",
}


def may_be_named(desk: Desk, person: uuid.UUID) -> None:
    """The person agrees that her name goes; in Latin letters it would look like English that was left."""
    people = People(desk)
    identity = people.identity(person)
    identity["names"] = [form for form in identity["names"] if form.get("language") in {"ru", "be"}]
    people.change_identity(person, identity, sure=True)
    people.set_consent(person, NAMES_MAY_GO, sure=True)


def work_together(desk: Desk) -> tuple[uuid.UUID, uuid.UUID]:
    """A lecture, a call, and a meeting of the task force with a decision that is overdue. Returns the call and the
    meeting.
    """
    activities, task_force = Activities(desk), TaskForce(desk)
    lecture = {
        "activity": "lecture",
        "on": "2026-10-05",
        "title": "Безопасный выезд",
        "sessions": 2,
        "attendances": 54,
    }
    call = {"activity": "hotline_operation", "topic": "work_abroad"}
    for values in (lecture, call):
        recorded = activities.save(values, activity=activities.new_id(), sure=True)
    held = {"on": "2026-09-15", "oblast": "BY-BR", "place": "Облисполком", "attendees": [{"agency": "brcs"}]}
    meeting = task_force.save_meeting(held, sure=True)
    decided = {"text": "Провести занятия в школах", "responsible": "brcs", "due": "2026-10-01"}
    task_force.save_decision(meeting, decided, sure=True)
    return recorded, meeting


def tell_something(coordinator: Desk) -> None:
    """A number that was entered, a question that is kept, a pack that left."""
    before = Figure("assisted_before", "", "", "2002-09", "2015-12", 1125, "Отчёт программы")
    EnteredFigures(coordinator).save(before)
    Statistics(coordinator).save("Помощь по группам", Question("table_services", ("group",), Scope()))
    packs = Packs(coordinator)
    packs.release(packs.task_force("", "2026-07", "2026-09", Audience.TASK_FORCE))


def set_the_table(coordinator: Desk, centre: Desk, other: Desk, person: uuid.UUID, folder: Path) -> uuid.UUID:
    """The centre's person was helped at ``other`` too. Returns the installation from which two histories came."""
    people = People(centre)
    values = {name: value for name, value in people.person(person).items() if name != "code"}
    identity = {name: value for name, value in people.identity(person).items() if name != "person"}
    twin = People(other).register(values, identity, [NAMES_MAY_GO], sure=True)
    practice.Performer(other).perform(practice.plan(8, AUTUMN, 1, people=2))
    good = Sending(other).send(folder, _unwatched).file
    torn = folder / "torn.age"
    torn.write_bytes(good.read_bytes()[:-500])
    Receiving(coordinator).take_all([good, torn], _unwatched)
    SamePersons(coordinator).look_for(_unwatched)
    Questions(coordinator).ask(twin, "birth", "Год рождения верен?", "1975")
    with coordinator.store.transaction() as session:
        row = session.scalars(select(Installation).where(Installation.uid == other.me.uid)).one()
        row.trust = Trust.STOPPED
    return other.me.uid


def _unwatched(_done: int, _of: int) -> None:
    """Nobody watches."""
