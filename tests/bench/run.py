"""Speed as ratios, all measured in one run on one machine: ``python -m tests.bench.run [big]``.

``big``: the coordinator's register with 200,000 persons and 1,000,000 services, and 100 centres × 500 bundles in any
order; that takes about half an hour.
Plain seconds say little on another machine, so each figure stands beside the least that could do the same: plain
``executemany`` of the same records into SQLCipher (same pragmas) and into plain SQLite, a bare commit, a bare window.
Nothing is asserted.
"""

from __future__ import annotations

import os
import resource
import secrets
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.i18n import set_language
from app.models import Record
from app.store import connection as driver
from app.store.key import StoreKey
from app.sync.ledger import SELF_RID, Author, put
from tests.bench import figures, nurse, register, shuffled, taking
from tests.e2e.desks import TODAY, Office, enrol, new_office

Out = Callable[[str], object]
ROWS = 20_000
REGISTER = (20_000, 100_000)
SHUFFLED = (10, 30)
ROUNDS = 3
SAVES = 40
WINDOW = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication(sys.argv)
window = QWidget()
window.show()
QTimer.singleShot(0, app.quit)
app.exec()
"""
UNLOCK = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from app.bootstrap import Program
from app.settings import Look
from app.ui.application import create_application

class EndAtFirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched.isWindowType():
            os._exit(0)
        return False

app = create_application(["apora"])
end = EndAtFirstPaint()
app.installEventFilter(end)
program = Program(app, Path(os.environ["APORA_HOME"]), Look())
program.start()
app.exec()
"""
DESK = "import app.ui.composition"
COLUMNS = (
    "uid", "kind", "owner_rid", "epoch", "revision", "changed_seq", "changed_at", "changed_by", "state",
    "schema_version", "data", "digest", "former_owners", "problems",
)  # fmt: skip


@contextmanager
def stopwatch(into: list[float]) -> Iterator[None]:
    start = time.perf_counter()
    yield
    into.append(time.perf_counter() - start)


def fill(centre: Office, rows: int) -> None:
    """Persons with names, consent and services of the four headline groups, as a busy centre has them."""
    desk, codes = centre.desk, ("medical_examination", "legal_civil", "psych_counselling", "social_support")
    with desk.store.transaction() as session:
        author, done = Author(desk.staff, TODAY), 0
        while done < rows:
            person = desk.clock.new_id()
            of = {"person": str(person)}
            put(session, author, "person", person, {"sex": "female", "birth": "1996-05", "birth_year": 1996,
                "citizenships": ["BY"], "code": "ABCD-EFG", "oblast": "BY-VI"})  # fmt: skip
            put(session, author, "identity", desk.clock.new_id(), {**of, "names": [
                {"surname": "Каваленка", "given": "Ганна", "kind": "current"}]})  # fmt: skip
            put(session, author, "consent", desk.clock.new_id(), {**of, "scope": "coordinator_identifiable",
                "state": "given", "on": "2026-01-10", "given_by": "individual"})  # fmt: skip
            for number in range(min(17, max(rows - done - 3, 0))):
                put(session, author, "service", desk.clock.new_id(), {**of, "centre": str(desk.me.centre),
                    "service": codes[number % 4], "on": f"2026-0{1 + number % 6}-1{number % 10}",
                    "outcome": "provided", "oblast": "BY-VI", "provider_person": "Тамара",
                    "note": "Прыйшла сама, размова спакойная, дамовіліся пра наступны раз."})  # fmt: skip
                done += 1
            done += 3


def plain_rows(centre: Office) -> list[tuple[Any, ...]]:
    """The records of a centre as tuples for ``executemany``."""
    table = Record.__table__
    with centre.desk.store.reading() as session:
        found = session.execute(select(*(table.c[name] for name in COLUMNS)).where(table.c.owner_rid == SELF_RID))
        return [tuple(value.bytes if isinstance(value, uuid.UUID) else value for value in values) for values in found]


SCHEMA = (
    f"CREATE TABLE record (rid INTEGER PRIMARY KEY, {', '.join(COLUMNS)})",
    "CREATE UNIQUE INDEX one ON record (uid)",
    "CREATE INDEX two ON record (owner_rid, changed_seq)",
)
INSERT = f"INSERT INTO record ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"


def executemany(connection: Any, rows: list[tuple[Any, ...]]) -> float:
    for statement in SCHEMA:
        connection.execute(statement)
    start = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(INSERT, rows)
    connection.execute("COMMIT")
    return time.perf_counter() - start


def into_sqlcipher(folder: Path, rows: list[tuple[Any, ...]]) -> float:
    path = folder / f"{secrets.token_hex(4)}.db"
    key = StoreKey.random()
    connection = driver.connect_new(path, key)
    try:
        return executemany(connection, rows)
    finally:
        connection.close()


def into_sqlite(folder: Path, rows: list[tuple[Any, ...]]) -> float:
    connection = sqlite3.connect(folder / f"{secrets.token_hex(4)}.db", isolation_level=None)
    for pragma in ("journal_mode = TRUNCATE", "synchronous = EXTRA", "temp_store = MEMORY", "cache_size = -65536"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    try:
        return executemany(connection, rows)
    finally:
        connection.close()


def exporting(folder: Path, rows: int) -> tuple[float, list[tuple[Any, ...]]]:
    """The export of one bundle by a full centre, and its records."""
    centre = new_office(folder / "centre", "centre", "Витебск", seed=1)
    fill(centre, rows)
    exports: list[float] = []
    for round_ in range(ROUNDS):
        boss = new_office(folder / f"boss-{round_}", "coordinator", "Минск", seed=10 + round_)
        enrol(centre, boss)
        stick = folder / f"stick-{round_}"
        stick.mkdir()
        with stopwatch(exports):
            centre.sending.send(stick, lambda _done, _all: None)
        centre.enrolment.revoke(boss.desk.me.uid)
        boss.lock()
    found = plain_rows(centre)
    centre.lock()
    return min(exports), found


def saving(folder: Path) -> tuple[float, float]:
    """Save of one service through the use case, and a bare commit of one row with the same pragmas."""
    office = new_office(folder / "saving", "centre", "Витебск", seed=3)
    person = office.people.register({"sex": "female"}, {"names": [{"surname": "Коваль"}]}, sure=True)
    connection = driver.connect_new(folder / "bare.db", StoreKey.random())
    connection.execute("CREATE TABLE t (rid INTEGER PRIMARY KEY, data TEXT)")
    saves: list[float] = []
    commits: list[float] = []
    for number in range(SAVES):
        values = office.assistance.defaults(person, "medical_examination")
        service = office.assistance.new_service()
        with stopwatch(saves):
            office.assistance.record_service(person, values, service=service, sure=True)
        with stopwatch(commits):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO t (data) VALUES (?)", [f"{number}" * 300])
            connection.execute("COMMIT")
    connection.close()
    office.lock()
    return statistics.median(saves), statistics.median(commits)


def cpu_of(command: list[str], environment: dict[str, str]) -> float | None:
    """User and system time of a command that ends by itself; None where it fails."""
    best: float | None = None
    for _ in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        try:
            done = subprocess.run(command, env=environment, capture_output=True, timeout=20, check=False)
        except subprocess.TimeoutExpired:
            return None
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode:
            return None
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = used if best is None else min(best, used)
    return best


def windows(folder: Path) -> list[tuple[str, float | None]]:
    """CPU until the unlock window stands, and of loading what the desk behind it is made of, beside a bare window
    and KeePassXC's.
    """
    home = folder / "home"
    new_office(home, "centre", "Витебск", seed=5).lock()
    shared = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ours = {**shared, "APORA_HOME": str(home)}
    found = [
        ("bare window", cpu_of([sys.executable, "-c", WINDOW], shared)),
        ("unlock window", cpu_of([sys.executable, "-c", UNLOCK], ours)),
        ("desk", cpu_of([sys.executable, "-c", DESK], shared)),
    ]
    if other := shutil.which("keepassxc"):
        found.append(("KeePassXC", _until_killed([other], shared)))
    return found


def _until_killed(command: list[str], environment: dict[str, str]) -> float | None:
    """CPU of a program that does not end by itself, after it has had three seconds to show its window."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(3)
    try:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except OSError:
        return None
    finally:
        process.kill()
        process.wait()


def row(what: str, seconds: float | None, *against: tuple[str, float | None]) -> str:
    if seconds is None:
        return f"{what:<34} not measured"
    ratios = "   ".join(
        f"{seconds / other:6.2f} x {name} ({other * 1000:.1f} ms)" if other else f"no {name}"
        for name, other in against
    )
    return f"{what:<34}{seconds * 1000:10.1f} ms   {ratios}"


def nurses_desk(out: Out) -> None:
    """Export, Save, the first window; then the nurse's lists and searches."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        export, plain = exporting(folder, ROWS)
        cipher = min(into_sqlcipher(folder, plain) for _ in range(ROUNDS))
        bare = min(into_sqlite(folder, plain) for _ in range(ROUNDS))
        save, commit = saving(folder)
        shown = dict(windows(folder))
    out(f"{len(plain)} rows; best of {ROUNDS}; each line: our time, then how many times the plain one")
    out(row("Export of a bundle", export, ("executemany into SQLCipher", cipher), ("into SQLite", bare)))
    out(row("Save of one service", save, ("bare SQLCipher commit", commit)))
    others = [(name, value) for name, value in shown.items() if name not in ("unlock window", "desk")]
    out(row("CPU until the unlock window", shown["unlock window"], *others))
    out(row("CPU of loading the desk", shown["desk"], *others))
    with tempfile.TemporaryDirectory() as name:
        for line in nurse.measure(Path(name), nurse.PERSONS, nurse.SERVICES):
            out(line)


def coordinators_desk(out: Out, *, big: bool) -> None:
    """Bundles taken in, in any order too; then the register of all centres, and the figures over it."""
    taking.main(ROWS, out)
    with tempfile.TemporaryDirectory() as name:
        for line in shuffled.run(Path(name), *(shuffled.FULL if big else SHUFFLED)):
            out(line)
    size = (register.PERSONS, register.SERVICES) if big else REGISTER
    register.main(*size, out)
    figures.main(*size, out)


def main(out: Out, *, big: bool) -> None:
    """Measure everything and print the table."""
    set_language("en")
    nurses_desk(out)
    coordinators_desk(out, big=big)


if __name__ == "__main__":
    main(lambda line: print(line, flush=True), big=sys.argv[1:] == ["big"])
