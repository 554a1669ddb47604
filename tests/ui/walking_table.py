"""What lies on the coordinator's table in the walk: a pair to decide about, a question, a torn file, an alarm."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

from sqlalchemy import select

from app.models import Installation, Trust
from app.usecases import practice
from app.usecases.desk import Desk
from app.usecases.people import People
from app.usecases.questions import Questions
from app.usecases.receiving import Receiving
from app.usecases.same_person import SamePersons
from app.usecases.sending import Sending

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
