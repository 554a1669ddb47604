"""Figures over the coordinator's register: a quarter's pack, all indicators, and one count beside plain SQLite.

``python -m tests.bench.figures [persons services]``; also a part of ``make bench``. Nothing is asserted.
"""

from __future__ import annotations

import gc
import random
import sqlite3
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from app.codelists import get
from app.i18n import set_language
from app.models import Person, Record, Service
from app.reports import reading, statistics
from app.reports.facts.wanted import Wanted
from app.reports.indicators import INDICATORS
from app.reports.statistics import Dimension, Period
from app.reports.table import Audience, Scope
from app.sync.ledger import Author
from app.usecases.packs import Packs
from tests.bench import stock
from tests.e2e.desks import TODAY, Office, new_office

PERSONS, SERVICES = 200_000, 1_000_000
_CHUNK = 5_000
_ROUNDS = 3
_QUARTER = Scope("2026-01", "2026-03", reporting=True)
_OBLAST = "BY-VI"  # of the centre that keeps the cases
_COLUMNS = ("month", "service_group", "centre_uid", "sex", "age_group", "counted_uid")
_FIVE = (Dimension.MONTH, Dimension.GROUP, Dimension.CENTRE, Dimension.SEX, Dimension.AGE)
_GROUP_BY = """
    SELECT month, service_group, centre_uid, sex, age_group, COUNT(DISTINCT counted_uid), COUNT(*) FROM service
    GROUP BY month, service_group, centre_uid, sex, age_group ORDER BY 1, 2, 3, 4, 5
"""


def main(persons: int = PERSONS, services: int = SERVICES, out: Callable[[str], object] = print) -> None:
    """Fill a coordinator's store and measure it."""
    with tempfile.TemporaryDirectory() as folder:
        office = new_office(Path(folder) / "boss", "coordinator", "Минск", seed=9)
        begun = time.perf_counter()
        fill(office, persons, services)
        out(f"Figures: {persons} persons, {services} services (filled in {time.perf_counter() - begun:.0f} s)")
        measure(office, Path(folder), out)
        office.lock()


def measure(office: Office, folder: Path, out: Callable[[str], object]) -> None:
    """What people wait for, then one count by five dimensions beside the same in plain SQLite; best of three.

    Seconds by the clock, and of the processor: only the latter say anything while others use the machine.
    """
    for name, oblast in (("the whole country", ""), ("one oblast", _OBLAST)):
        out(f"A quarter's pack, {name:18} {_shown(min(_pack(office, oblast) for _ in range(_ROUNDS)))}")
    out(f"All indicators of one quarter        {_shown(min(_all_indicators(office) for _ in range(_ROUNDS)))}")
    first, again, plain = _five_beside(office, folder / "plain.db")
    for name, ours in (("the first time", first), ("once more", again)):
        out(f"By five dimensions, {name:16} {_shown(ours)}   {ours.cpu / plain.cpu:.2f} x plain SQLite")


class Time(NamedTuple):
    """Seconds of the processor, and by the clock."""

    cpu: float
    wall: float


def _shown(time_: Time) -> str:
    return f"{time_.wall:6.2f} s by the clock, {time_.cpu:6.2f} s of the processor"


@contextmanager
def _timed(into: list[Time]) -> Iterator[None]:
    """In the program the collector runs in the interface's thread, never in the one that counts."""
    gc.disable()
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    into.append(Time(time.process_time() - cpu, time.perf_counter() - wall))
    gc.enable()
    gc.collect()


def _pack(office: Office, oblast: str) -> Time:
    """The draft of a task force's pack, protected as for its readers."""
    taken: list[Time] = []
    with _timed(taken):
        draft = Packs(office.desk).task_force(oblast, _QUARTER.first, _QUARTER.last, Audience.TASK_FORCE)
    assert draft.protection is not None
    return taken[0]


def _all_indicators(office: Office) -> Time:
    taken: list[Time] = []
    with _timed(taken):
        with office.desk.store.reading() as session:
            found = reading.load(session, _QUARTER, TODAY.date(), Wanted.PEOPLE)
        for indicator in INDICATORS.values():
            if not indicator.reads & Wanted.QUALITY:
                indicator.count(found, ())
    return taken[0]


def _five_beside(office: Office, file: Path) -> tuple[Time, Time, Time]:
    """Our count the first time and at best, and the same rows with the same index in a plain file asked the same.

    The first time all pages of the index are deciphered; then they are in the cache, as for the next breakdown.
    """
    ours: list[Time] = []
    with _timed(ours), office.desk.store.reading() as session:
        assert statistics.count(session, _FIVE, Period())
    with office.desk.store.reading() as session, closing(sqlite3.connect(file)) as plain:
        plain.execute(f"CREATE TABLE service ({', '.join(_COLUMNS)})")
        rows = session.execute(select(*(getattr(Service, name) for name in _COLUMNS)))
        marks = ", ".join("?" * len(_COLUMNS))
        plain.executemany(
            f"INSERT INTO service VALUES ({marks})",
            ([value.bytes if isinstance(value, uuid.UUID) else value for value in row] for row in rows),
        )
        plain.execute(f"CREATE INDEX ix ON service ({', '.join(_COLUMNS)})")
        plain.commit()
    theirs: list[Time] = []
    with closing(sqlite3.connect(file)) as plain:
        for _round in range(_ROUNDS):
            with _timed(ours), office.desk.store.reading() as session:
                assert statistics.count(session, _FIVE, Period())
            with _timed(theirs):
                assert plain.execute(_GROUP_BY).fetchall()
    return ours[0], min(ours), min(theirs)


def fill(office: Office, persons: int, services: int) -> None:
    """Persons and services as in the other measurements; a case for each, her word on statistics, some more."""
    stock.stock(office, persons, services)
    chance = random.Random(5)
    with office.desk.store.reading() as session:
        uids = list(session.scalars(select(Record.uid).join(Person, Person.rid == Record.rid)))
    pending: list[stock.New] = []
    for uid in uids:
        pending += _of_one(office, chance, uid)
        if len(pending) >= _CHUNK:
            stock._write(office, Author(office.desk.staff, TODAY), pending)
            pending = []
    stock._write(office, Author(office.desk.staff, TODAY), pending)


def _of_one(office: Office, chance: random.Random, person: uuid.UUID) -> Iterator[stock.New]:
    new_id, of = office.desk.clock.new_id, {"person": str(person)}
    agreed = "given" if chance.random() < 0.8 else "refused"
    yield "consent", new_id(), {**of, "scope": "reporting", "state": agreed, "on": "2025-01-10"}
    opened, closed = f"{chance.randint(2022, 2025)}-{chance.randint(1, 12):02}-11", chance.random() < 0.7
    ended = {"status": "Closed", "closed_on": f"2026-0{chance.randint(1, 6)}-15", "closure_reason": "needs_met"}
    yield "case", new_id(), {
        **of, "opened_on": opened, "referral_source": chance.choice(get("referral_sources").codes),
        "exploitation": chance.sample(get("exploitation_types").codes, 2), "formal_status": "possible",
        "means_of_control": chance.sample(get("means_of_control").codes, 3), "border": "cross_border",
        "recruitment": ["friends"], "recruiter": ["acquaintance"], "exploitation_countries": ["RU"],
        "age_at_start": chance.randint(10, 50), **(ended if closed else {"status": "Active"}),
    }  # fmt: skip
    if chance.random() < 0.3:
        day = f"2026-0{chance.randint(1, 5)}-07"
        yield "need", new_id(), {**of, "category": "legal", "agreed_on": day, "progress": "in_progress"}
        yield "referral", new_id(), {
            **of, "service": "legal_civil", "agency": "iom", "sent_on": day, "status": "waiting",
        }  # fmt: skip


if __name__ == "__main__":
    set_language("en")
    main(*(map(int, sys.argv[1:3]) if len(sys.argv) > 2 else (PERSONS, SERVICES)))
