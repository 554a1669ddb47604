"""The coordinator's register with 200,000 persons and 1,000,000 services: list, page, type-ahead, candidates.

``python -m tests.bench.register [persons services]``; also a part of ``make bench``. Each figure stands beside the
bare SQLCipher query of the same answer, where there is one; nothing is asserted.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update

from app.forms.code import new_code
from app.i18n import set_language
from app.models import Candidate, Identity, Installation, OfPerson, Person, Record
from app.sync.ledger import Author
from app.sync.projection import NOUNS
from app.ui.screens.person.sources import Sources, read
from app.ui.tables.model import PAGE
from app.usecases.drafts import Drafts
from app.usecases.practice.names import Name, Spelling, draw
from app.usecases.same_person import SamePersons
from app.usecases.same_person.looking import compare_all
from tests.bench import search, stock
from tests.bench.search import Spread, spread
from tests.e2e.desks import TODAY, Office, enrol_party, new_office, silent
from tests.sync.crafting import NURSE

PERSONS, SERVICES = 200_000, 1_000_000
_ASKED = 60
_LINKS = 200
_OF_PERSON = (model.__tablename__ for model in NOUNS.values() if issubclass(model, OfPerson))
_PAGE_OF_ONE = "SELECT r.uid, r.kind, r.state, r.data FROM record r WHERE r.rid IN (SELECT ?1{others})".format(
    others="".join(f" UNION ALL SELECT rid FROM {table} WHERE person_rid = ?1" for table in _OF_PERSON)
)


def main(persons: int = PERSONS, services: int = SERVICES, out: Callable[[str], object] = print) -> None:
    """Fill a coordinator's store and measure it."""
    with tempfile.TemporaryDirectory() as folder:
        office = new_office(Path(folder) / "boss", "coordinator", "Минск", seed=9)
        begun = time.perf_counter()
        stock.stock(office, persons, services)
        out(f"The register: {persons} persons, {services} services (filled in {time.perf_counter() - begun:.0f} s)")
        _record_some_twice(office, persons // 100)
        _give_all_to_a_centre(office)
        for spread_of_one in _lists(office):
            out(str(spread_of_one))
        for line in _same_person(office):
            out(line)
        office.lock()


def _record_some_twice(office: Office, many: int) -> None:
    """As another centre would: the surname with a slip of the pen, no patronymic."""
    desk = office.desk
    news: list[stock.New] = []
    for rid, _uid in _some(office, many):
        with desk.store.reading() as session:
            person = session.scalars(select(Record.data).where(Record.rid == rid)).one()
            named = select(Record.data).join(Identity, Identity.rid == Record.rid).where(Identity.person_rid == rid)
            form = json.loads(session.scalars(named).first() or "{}")["names"][0]
        again = desk.clock.new_id()
        slip = {"surname": form["surname"][:3] + form["surname"][4:], "given": form["given"], "kind": "current"}
        news.append(("person", again, {**json.loads(person), "code": new_code(desk.clock.random_bytes)}))
        news.append(("identity", desk.clock.new_id(), {"person": str(again), "names": [slip]}))
    stock._write(office, Author(desk.staff, TODAY), news)


def _give_all_to_a_centre(office: Office) -> None:
    """A coordinator owns next to nothing of what she holds."""
    enrol_party(office, NURSE)
    with office.desk.store.transaction() as session:
        centre = session.scalars(select(Installation.rid).where(Installation.uid == NURSE.inst)).one()
        session.execute(update(Record).values(owner_rid=centre), execution_options={"synchronize_session": False})


def _lists(office: Office) -> Iterator[Spread]:
    people, desk = office.people, office.desk
    ours = [_seconds(lambda: people.rows(people.find()[:PAGE])) for _ in range(20)]
    yield spread("First page of the register", ours, [search._bare(desk, "") for _ in range(20)])
    yield _page_of_one(office)
    for spelling, typed in _typed().items():
        ours = [_seconds(_answer, office, text) for text in typed]
        yield spread(f"Type-ahead, each key: {spelling}", ours, [search._bare(desk, text) for text in typed])


def _answer(office: Office, text: str) -> None:
    """What the screen asks for after each key."""
    page = office.people.find(text)[:PAGE]
    office.people.rows(page)
    office.people.found_by(text, page)


def _page_of_one(office: Office) -> Spread:
    sources = Sources(
        people=office.people,
        assistance=office.assistance,
        cases=office.cases,
        deliveries=office.deliveries,
        planning=office.planning,
        referrals=office.referrals,
        attachments=office.attachments,
        drafts=Drafts(office.desk),
        today=office.desk.clock.today,
        group=SamePersons(office.desk).group_of,
    )
    chosen = _some(office, _ASKED)
    ours = [_seconds(read, sources, uid) for _rid, uid in chosen]
    return spread("A person's page", ours, [_bare_page(office, rid) for rid, _uid in chosen])


def _bare_page(office: Office, rid: int) -> float:
    with office.desk.store.reading() as session:
        driver: Any = session.connection().connection.driver_connection
        return _seconds(lambda: driver.execute(_PAGE_OF_ONE, [rid]).fetchall())


def _typed() -> dict[str, list[str]]:
    """What stands in the field after each key, for some of the names of the stock, in four spellings."""
    chance = random.Random(1)
    names = [draw(chance, chance.choice(("female", "male")), chance.randint(1950, 2010)) for _ in range(_ASKED)]
    return {
        "Russian": _keystrokes(names, lambda name: name.ru),
        "Belarusian": _keystrokes(names, lambda name: name.be),
        "Latin": _keystrokes(names, lambda name: name.latin),
        "a slip of the pen": _keystrokes(names, lambda name: name.ru[:2] + name.ru[3:]),
    }


def _keystrokes(names: Sequence[Name], spell: Callable[[Spelling], str]) -> list[str]:
    whole = (f"{spell(name.surname)} {spell(name.given)[:3]}" for name in names)
    return [text[:length] for text in whole for length in range(1, len(text) + 1)]


def _same_person(office: Office) -> Iterator[str]:
    same = SamePersons(office.desk)
    new = [_seconds(_look_for_one, office, rid) for rid, _uid in _some(office, 200)]
    yield str(spread("Candidates of one new person", new))
    begun = time.perf_counter()
    found = same.look_through_all(silent)
    whole = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield f"{'The whole register with itself':<40}{whole:8.1f} s, {found} candidates, {memory:.0f} MB at most"
    decided = [_seconds(same.decide, one.one, one.other, "same") for one in same.waiting(min(_LINKS, found // 2))]
    yield str(spread("A decision", decided))
    yield str(spread("The pairs that wait", [_seconds(same.waiting) for _ in range(20)], _bare_pairs(office)))
    yield str(spread("How many wait", [_seconds(same.counts) for _ in range(20)]))
    shown = [_seconds(same.pair, one.one, one.other) for one in same.waiting(_ASKED)]
    yield str(spread("Two side by side", shown))


def _look_for_one(office: Office, rid: int) -> None:
    with office.desk.store.reading() as session:
        compare_all(session, [rid])


def _bare_pairs(office: Office) -> list[float]:
    with office.desk.store.reading() as session:
        driver: Any = session.connection().connection.driver_connection
        table = Candidate.__table__.name  # type: ignore[attr-defined]  # it is a Table
        query = f"SELECT one_uid, other_uid, score FROM {table} ORDER BY score DESC LIMIT 200"
        return [_seconds(lambda: driver.execute(query).fetchall()) for _ in range(20)]


def _some(office: Office, many: int) -> list[tuple[int, uuid.UUID]]:
    with office.desk.store.reading() as session:
        query = select(Person.rid, Record.uid).join(Record, Record.rid == Person.rid)
        return [(rid, uid) for rid, uid in session.execute(query.order_by(func.random()).limit(many))]


def _seconds(work: Callable[..., object], *arguments: object) -> float:
    start = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - start


if __name__ == "__main__":
    set_language("en")
    asked_for = [int(one) for one in sys.argv[1:3]] or [PERSONS, SERVICES]
    main(asked_for[0], asked_for[1], lambda line: print(line, flush=True))
