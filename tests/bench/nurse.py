"""The nurse's desk with 20,000 people and 200,000 services: search, the list, scrolling, Save.

``python -m tests.bench.nurse [people services]``; also a part of ``make bench``. Each figure stands beside the bare
SQLCipher query or commit of the same result; nothing is asserted.
"""

from __future__ import annotations

import secrets
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.i18n import set_language
from app.store import connection as driver
from app.store.key import StoreKey
from app.ui.tables.model import PAGE
from app.usecases.people import People
from tests.bench import search
from tests.bench.search import Spread, spread
from tests.bench.stock import stock
from tests.e2e.desks import Office, new_office

PERSONS, SERVICES = 20_000, 200_000
SAVES = 60


def measure(folder: Path, persons: int, services: int) -> Iterator[str]:
    """The lines of the table."""
    office = new_office(folder / "nurse", "centre", "Витебск", seed=7)
    stock(office, persons, services)
    yield f"{persons} people, {services} services"
    for line in search.measure(office.desk):
        yield str(line)
    yield str(_scrolling(office))
    yield str(_saving(office, folder))
    office.lock()


def _scrolling(office: Office) -> Spread:
    """What a list asks for as one scrolls from its beginning to its end: a page of rows at a time."""
    people = People(office.desk)
    ids = people.find()
    pages = [ids[at : at + PAGE] for at in range(0, len(ids), PAGE)]
    return spread("Scrolling: a page of 100 rows", [_seconds_of_rows(people, page) for page in pages])


def _seconds_of_rows(people: People, page: Sequence[int]) -> float:
    start = time.perf_counter()
    people.rows(page)
    return time.perf_counter() - start


def _saving(office: Office, folder: Path) -> Spread:
    """Save of one medical service, and a bare commit of a row of the same size with the same pragmas."""
    person = People(office.desk).register({"sex": "female"}, {"names": [{"surname": "Коваль"}]}, sure=True)
    connection = driver.connect_new(folder / "bare-nurse.db", StoreKey.random())
    connection.execute("CREATE TABLE t (rid INTEGER PRIMARY KEY, data TEXT)")
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(SAVES):
        values = office.assistance.defaults(person, "medical_examination")
        service = office.assistance.new_service()
        start = time.perf_counter()
        office.assistance.record_service(person, values, service=service, sure=True)
        ours.append(time.perf_counter() - start)
        start = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO t (data) VALUES (?)", [secrets.token_hex(300)])
        connection.execute("COMMIT")
        bare.append(time.perf_counter() - start)
    connection.close()
    return spread("Save of one service", ours, bare)


if __name__ == "__main__":
    set_language("en")
    wanted = [int(one) for one in sys.argv[1:3]] or [PERSONS, SERVICES]
    with tempfile.TemporaryDirectory() as scratch:
        for line in measure(Path(scratch), *wanted):
            print(line, flush=True)
