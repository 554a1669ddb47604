"""A large store in little time: records as the use cases write them, in bulk and past the forms."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.forms.code import new_code
from app.models import SCHEMA_VERSION, Record, Setting
from app.sync.ledger import SELF_RID, Author, document_text, last_seq
from app.sync.projection import Changed, project
from app.usecases.practice.names import Name, draw
from tests.e2e.desks import TODAY, Office

_CHUNK = 5_000
_NAMES = 1_500
_CODES = ("medical_examination", "legal_civil", "psych_counselling", "food_meals", "social_support")
_OBLASTS = ("BY-BR", "BY-VI", "BY-HO", "BY-HR", "BY-MI", "BY-MA", "BY-HM")

New = tuple[str, uuid.UUID, dict[str, Any]]


def stock(office: Office, persons: int, services: int, seed: int = 1) -> None:
    """Add so many persons, each with a name and a consent, and so many services spread over them."""
    desk, chance = office.desk, random.Random(seed)
    names = [draw(chance, chance.choice(("female", "male")), chance.randint(1950, 2010)) for _ in range(_NAMES)]
    pending: list[New] = []
    for new in _records(office, chance, names, persons, services):
        pending.append(new)
        if len(pending) >= _CHUNK:
            _write(office, Author(desk.staff, TODAY), pending)
            pending = []
    _write(office, Author(desk.staff, TODAY), pending)


def _records(office: Office, chance: random.Random, names: list[Name], persons: int, services: int) -> Iterator[New]:
    new_id = office.desk.clock.new_id
    for number in range(persons):
        uid = new_id()
        of = {"person": str(uid)}
        year, oblast = chance.randint(1950, 2012), chance.choice(_OBLASTS)
        yield "person", uid, {
            "code": new_code(chance.randbytes), "sex": chance.choice(("female", "male")),
            "birth": f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}", "birth_year": year,
            "oblast": oblast,
        }  # fmt: skip
        yield "identity", new_id(), {**of, "names": _forms(chance, names)}
        yield "consent", new_id(), {**of, "scope": "services", "state": "given", "on": "2025-01-10"}
        for _ in range(services * (number + 1) // persons - services * number // persons):
            day = TODAY.date() - dt.timedelta(days=chance.randint(0, 1500))
            yield "service", new_id(), {
                **of, "centre": str(office.desk.me.centre), "service": chance.choice(_CODES), "on": day.isoformat(),
                "outcome": "provided", "oblast": oblast, "note": "Прыйшла сама, дамовіліся пра наступны раз.",
            }  # fmt: skip


def _forms(chance: random.Random, names: list[Name]) -> list[dict[str, str]]:
    """The parts of three people's names put together: as many different names as there are people."""
    one, two, three = chance.choice(names), chance.choice(names), chance.choice(names)
    current = {"surname": one.surname.ru, "given": two.given.ru, "patronymic": three.patronymic.ru, "kind": "current"}
    if chance.random() < 0.3:
        return [current, {"surname": one.surname.latin, "given": two.given.latin, "kind": "current"}]
    return [current]


def _write(office: Office, author: Author, news: list[New]) -> None:
    if not news:
        return
    with office.desk.store.transaction() as session:
        rid, number = int(session.scalar(select(func.max(Record.rid))) or 0), last_seq(session)
        rows, changes = [], []
        for at, (kind, uid, values) in enumerate(news, 1):
            rows.append({
                "rid": rid + at, "uid": uid, "kind": kind, "owner_rid": SELF_RID, "epoch": 0, "revision": 1,
                "changed_seq": number + at, "changed_at": author.stamp, "changed_by": author.staff, "state": "live",
                "schema_version": SCHEMA_VERSION, "data": document_text(values), "digest": b"",
            })  # fmt: skip
            changes.append(Changed(rid + at, uid, kind, "live", values, SELF_RID))
        session.execute(insert(Record), rows)
        project(session, changes)
        _count_on(session, number + len(news))


def _count_on(session: Session, number: int) -> None:
    session.merge(Setting(name="changed_seq", value=str(number)))
