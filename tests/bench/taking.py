"""How fast the coordinator takes bundles in, beside a plain ``executemany`` of the same rows: ``make bench``.

Alone: ``python -m tests.bench.taking [rows]``. "The same rows" are those that stand in the register afterwards:
records, nouns and the index of people, with the same indexes, in the same kind of SQLCipher file and in the order
of their keys. Our own time holds all the rest too: copying from the stick, decryption, signature, unpacking, reading
strictly, the checks of every form, the merge, and the proof that each bundle leaves. Nothing is asserted.
"""

from __future__ import annotations

import re
import secrets
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.i18n import set_language
from app.models import Base, Installation, MatchKey, OwnKeys, Portrait, Record, SearchWord, Unmatched
from app.store import connection as driver
from app.store.key import StoreKey
from app.sync import bundle
from app.sync.age import Recipient
from app.sync.bundle import Draft
from app.sync.exporter import collect
from app.sync.ledger import SELF_RID, Author, put
from app.sync.manifest import BundleType
from app.sync.projection import NOUNS
from tests.bench.stock import stock
from tests.e2e.desks import TODAY, Office, enrol, new_office

ROWS = 20_000
SMALL = 10
"""Rows of a small bundle: a quiet week of a small centre."""
SERVICES = 5
ROUNDS = 3
_OF_PERSON = 4 + SERVICES  # with her names and two answers
MODELS: tuple[type[Base], ...] = (Record, *NOUNS.values(), SearchWord, MatchKey, Portrait, Unmatched)
TABLES = tuple(model.__tablename__ for model in MODELS)


@dataclass(frozen=True, slots=True)
class Taking:
    """One way of bringing the rows, and the plain way, in seconds; memory in MiB."""

    bundles: int
    rows: int
    seconds: float
    plain: float
    peak: float

    def line(self, what: str) -> str:
        return (
            f"{what:<34}{self.seconds:8.2f} s   {self.rows / self.seconds:8.0f} rows/s   "
            f"{self.bundles / self.seconds:6.1f} bundles/s   {self.plain / self.seconds:5.2f} of the speed of "
            f"executemany into SQLCipher ({self.plain:.2f} s)   peak {self.peak:.0f} MiB"
        )


def centre_lines(folder: Path, rows: int) -> tuple[Office, list[bytes]]:
    """A centre, and what it has to say: persons who agreed that their names go, each with five services."""
    centre = new_office(folder / "centre", "centre", "Витебск", seed=1)
    stock(centre, rows // _OF_PERSON, rows // _OF_PERSON * SERVICES)
    with centre.desk.store.transaction() as session:
        for person in session.scalars(select(Record.uid).where(Record.kind == "person")).all():
            answer = {"scope": "coordinator_identifiable", "state": "given", "on": "2026-01-10"}
            of = {"person": str(person), "given_by": "individual"}
            put(session, Author(centre.desk.staff, TODAY), "consent", centre.desk.clock.new_id(), {**of, **answer})
    with centre.desk.store.reading() as session:
        return centre, collect(session, centre.desk.me.uid, 0).lines


def written(centre: Office, boss: Office, lines: Sequence[bytes], size: int, stick: Path) -> list[Path]:
    """The rows in bundles of ``size``, one stream in its order, each sealed and signed as the centre's are."""
    stick.mkdir()
    with centre.desk.store.reading() as session:
        me, seed = session.get_one(Installation, SELF_RID), session.scalars(select(OwnKeys.sign_seed)).one()
        to = session.scalars(select(Installation).where(Installation.uid == boss.desk.me.uid)).one()
        assert to.receive_key
        assert to.recovery_key
        recipients = (Recipient(to.receive_key), Recipient(to.recovery_key))
    files: list[Path] = []
    prev: str | None = None
    for seq, start in enumerate(range(0, len(lines), size), 1):
        draft = Draft(
            type=BundleType.RECORDS, id=uuid.uuid4(), practice=me.practice, inst=me.uid, centre=centre.desk.me.centre,
            addressee=to.uid, seq=seq, prev=prev, base=None, created="2026-06-01T08:00:00Z", app="0", schema=1,
        )  # fmt: skip
        files.append(stick / f"{seq:06}.age")
        with files[-1].open("wb") as sink:
            part = bundle.records_part(lines[start : start + size])
            prev = bundle.write_bundle(sink, draft, [part], seed, recipients).manifest_hash
    return files


def taken(folder: Path, centre: Office, lines: Sequence[bytes], size: int, seed: int) -> Taking:
    """The rows in bundles of ``size`` into an empty register, and the same plainly."""
    boss = new_office(folder / f"boss-{seed}", "coordinator", "Минск", seed=seed)
    enrol(centre, boss)
    files = written(centre, boss, lines, size, folder / f"stick-{seed}")
    forget_peak()
    start = time.perf_counter()
    verdicts = boss.receiving.take_all(files, lambda _done, _all: None)
    seconds, peak = time.perf_counter() - start, peak_memory()
    if {verdict.answer for verdict in verdicts} != {"ACCEPTED"} or sum(one.added for one in verdicts) != len(lines):
        raise SystemExit(f"not all was taken: { ({verdict.answer for verdict in verdicts}) }")
    plain = plainly(folder, boss)
    centre.enrolment.revoke(boss.desk.me.uid)
    boss.lock()
    return Taking(len(files), len(lines), seconds, plain, peak)


def plainly(folder: Path, boss: Office) -> float:
    """The least that could bring what stands in the register now into an empty file of the same build."""
    with boss.desk.store.reading() as session:
        schema = _schema(session)
        found = {name: _rows(session, name) for name in TABLES}
    connection: Any = driver.connect_new(folder / f"{secrets.token_hex(4)}.db", StoreKey.random())
    try:
        for statement in schema:
            connection.execute(statement)
        start = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        for name, rows in found.items():
            if rows:
                connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        connection.execute("COMMIT")
        return time.perf_counter() - start
    finally:
        connection.close()


def _schema(session: Session) -> list[str]:
    """The statements that made these tables and their indexes; without what points to other tables."""
    names = ", ".join(f"'{name}'" for name in TABLES)
    query = f"SELECT sql FROM sqlite_master WHERE tbl_name IN ({names}) AND sql IS NOT NULL ORDER BY type DESC"
    return [re.sub(r",\s*CONSTRAINT \S+ FOREIGN KEY[^\n]*", "", sql) for (sql,) in session.execute(text(query))]


def _rows(session: Session, name: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in session.execute(text(f"SELECT * FROM {name}"))]


def forget_peak() -> None:
    """Begin to measure the peak of memory anew (Linux)."""
    Path("/proc/self/clear_refs").write_text("5")


def peak_memory() -> float:
    """The most memory that this process had in use since ``forget_peak``, in MiB."""
    found = re.search(r"VmHWM:\s*([0-9]+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def main(rows: int = ROWS, out: Callable[[str], object] = print) -> None:
    """Measure both ways and print a line for each: the best of some rounds."""
    set_language("en")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        centre, lines = centre_lines(folder, rows)
        for what, size, rounds in (("One large bundle", len(lines), ROUNDS), (f"Bundles of {SMALL} rows", SMALL, 1)):
            ways = [taken(folder, centre, lines, size, seed=size * 10 + round_) for round_ in range(rounds)]
            out(max(ways, key=lambda way: way.plain / way.seconds).line(what))
        centre.lock()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
