"""Type-ahead and "already known?" with many people, each beside the bare SQLCipher query of the same answer.

``measure(desk)`` for a desk that is open and has people in it; nothing is asserted.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import sqlite

from app.matching.find_words import sought
from app.models import Identity, Record
from app.usecases.desk import Desk
from app.usecases.finding import question
from app.usecases.likely import Likely
from app.usecases.people import People

PAGE = 100
PEOPLE = 60
_ROWS = (
    "SELECT p.rid, p.code, p.sex, p.birth_year, p.oblast, r.uid, i.display_name, "
    "(SELECT count(*) FROM service s WHERE s.person_rid = p.rid), "
    "(SELECT max(on_date) FROM service s WHERE s.person_rid = p.rid) "
    "FROM person p JOIN record r ON r.rid = p.rid LEFT JOIN identity i ON i.person_rid = p.rid "
    "WHERE p.rid IN (SELECT value FROM json_each(?))"
)


@dataclass(frozen=True)
class Spread:
    """How long something took, in seconds, at the median, the 95th and the 99th percentile; ``bare``: the 95th."""

    name: str
    median: float
    p95: float
    p99: float
    bare: float | None = None

    def __str__(self) -> str:
        beside = "" if self.bare is None else f"   {self.p95 / self.bare:5.2f} x bare ({self.bare * 1000:.1f} ms)"
        told = f"median {self.median * 1000:6.1f}   p95 {self.p95 * 1000:6.1f}   p99 {self.p99 * 1000:6.1f} ms"
        return f"{self.name:<40}{told}{beside}"


def measure(desk: Desk, seed: int = 1) -> list[Spread]:
    """The list of people as it opens, every key of typed names, and the question whether somebody is known."""
    people, chance = People(desk), Random(seed)
    identities = _identities(desk)
    chosen = chance.sample(identities, min(PEOPLE, len(identities)))
    typed = [text for identity in chosen for text in _keystrokes(identity["names"][0])]
    return [
        _people_list(desk, people),
        _type_ahead(desk, people, typed),
        _already_known(desk, chosen),
    ]


def _people_list(desk: Desk, people: People) -> Spread:
    ours = [_seconds(lambda: people.rows(people.find()[:PAGE])) for _ in range(20)]
    return spread("Opening the list of people", ours, [_bare(desk, "") for _ in range(20)])


def _type_ahead(desk: Desk, people: People, typed: Sequence[str]) -> Spread:
    def answer(text: str) -> None:
        page = people.find(text)[:PAGE]
        people.rows(page)
        people.found_by(text, page)

    ours = [_seconds(lambda text=text: answer(text)) for text in typed]  # type: ignore[misc]  # bound at once
    return spread("Type-ahead, each key, with its rows", ours, [_bare(desk, text) for text in typed])


def _already_known(desk: Desk, identities: Sequence[dict[str, Any]]) -> Spread:
    likely, born = Likely(desk), Random(2)
    asked = [({"birth": f"{born.randint(1950, 2010)}-05-14"}, {"names": one["names"]}) for one in [*identities] * 5]
    ours = [_seconds(lambda pair=pair: likely.of(*pair)) for pair in asked]  # type: ignore[misc]  # bound at once
    return spread("Already known?", ours)


def _keystrokes(form: dict[str, str]) -> Iterator[str]:
    """What stands in the field after each key: surname, blank, the beginning of the given name."""
    whole = f"{form['surname']} {form['given'][:3]}"
    yield from (whole[:length] for length in range(1, len(whole) + 1))


def _bare(desk: Desk, text: str) -> float:
    """The same people and the same columns by the driver alone: what no program on SQLCipher can be below."""
    compiled = question(sought(text), "recent").compile(
        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}
    )
    with desk.store.reading() as session:
        driver: Any = session.connection().connection.driver_connection

        def ask() -> None:
            rids = [row[0] for row in driver.execute(str(compiled)).fetchall()]
            driver.execute(_ROWS, [json.dumps(rids[:PAGE])]).fetchall()

        return _seconds(ask)


def _identities(desk: Desk) -> list[dict[str, Any]]:
    with desk.store.reading() as session:
        documents = session.scalars(select(Record.data).join(Identity, Identity.rid == Record.rid))
        found = [json.loads(one) for one in documents]
    return [one for one in found if one.get("names") and {"surname", "given"} <= set(one["names"][0])]


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def spread(name: str, ours: Sequence[float], bare: Sequence[float] = ()) -> Spread:
    """The percentiles of ``ours`` (seconds), and the 95th of ``bare``."""

    def at(values: Sequence[float], percent: int) -> float:
        return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]

    return Spread(name, statistics.median(ours), at(ours, 95), at(ours, 99), at(bare, 95) if bare else None)
