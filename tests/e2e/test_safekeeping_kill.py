"""Killed at random instants of backup and restore: the old ones stay whole, and nothing half has a final name."""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.clock import SteadyClock
from app.models import Record
from app.store.backup import listed
from app.store.files import KEY_NAME, STORE_NAME
from app.usecases.access import Access, lock
from app.usecases.restoring import Restoring
from app.usecases.safekeeping import Safekeeping
from tests.e2e.desks import PHRASE, QUICK, TODAY, Office, count_of, new_office, reopened, silent

ROUNDS = [pytest.param(4, id="few"), pytest.param(100, marks=pytest.mark.slow, id="many")]


def killed(work: Callable[[int], None], after: float, *, once_begun: bool = False) -> list[str]:
    """Run ``work`` in a child, kill it; what it told until then. ``once_begun``: ``after`` its first word."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            work(writing)
        finally:
            os._exit(1)
    os.close(writing)
    first = os.read(reading, 1).decode() if once_begun else ""
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading) as pipe:
        return [line.strip() for line in (first + pipe.read()).splitlines(keepends=True) if line.endswith("\n")]


@pytest.mark.parametrize("kills", ROUNDS)
def test_killed_in_backups(tmp_path: Path, kills: int) -> None:
    home, shelf = tmp_path / "centre", tmp_path / "shelf"
    shelf.mkdir()
    office = new_office(home, "centre", "Гродно")
    Safekeeping(office.desk).choose_folder(shelf)
    Safekeeping(office.desk).back_up(silent)
    office.lock()
    chance = random.Random(11)
    made = 0

    def work(seed: int) -> Callable[[int], None]:
        def back_up_and_save(acknowledge: int) -> None:
            # Another day each time, so that the ring lets old ones go.
            clock = SteadyClock(TODAY + dt.timedelta(days=20 * seed), 1000 + seed)
            desk = Access(home, clock, QUICK).unlock(PHRASE)
            here, keeping = Office(home, desk), Safekeeping(desk)
            while True:
                here.people.register({"sex": "female"}, {}, sure=True)
                os.write(acknowledge, b"saved\n")
                clock.set(clock.moment + dt.timedelta(days=1))
                name = keeping.back_up(silent).path.name
                os.write(acknowledge, f"{name}\n".encode())

        return back_up_and_save

    saved = 0
    for number in range(kills):
        told = killed(work(number), chance.random() * 0.4, once_begun=True)
        saved += told.count("saved")
        names = [line for line in told if line != "saved"]
        made += len(names)
        again = reopened(home, 5000 + number)
        assert count_of(again.desk, Record) >= saved
        keeping = Safekeeping(again.desk)
        rows = keeping.list()
        for row in rows:
            keeping.verify(row.path)  # whatever has the name of a backup is one
        assert rows
        assert {row.name for row in rows} >= set(names[-3:])
        again.lock()
    assert made >= kills // 2, "the children hardly ever came to make one"
    again = reopened(home, 9999)
    Safekeeping(again.desk).back_up(silent)
    again.lock()
    assert all(path.name.startswith("apora-backup-") and not path.suffix for path in shelf.iterdir())


@pytest.mark.parametrize("kills", ROUNDS)
def test_killed_in_a_restore(tmp_path: Path, kills: int) -> None:
    home, shelf = tmp_path / "centre", tmp_path / "shelf"
    shelf.mkdir()
    office = new_office(home, "centre", "Гродно")
    office.people.register({"sex": "female"}, {}, sure=True)
    Safekeeping(office.desk).back_up_to(shelf, silent)
    then = count_of(office.desk, Record)
    office.people.register({"sex": "female"}, {}, sure=True)
    now, former = count_of(office.desk, Record), office.desk.me.uid
    office.lock()
    source = listed(shelf)[0].path
    untouched = _bytes(source)
    present = _bytes(home)
    pristine = tmp_path / "pristine"
    shutil.copytree(home, pristine)
    chance = random.Random(12)
    outcomes = set()
    for number in range(kills):
        shutil.rmtree(home)
        shutil.copytree(pristine, home)

        def restore(acknowledge: int, number: int = number) -> None:
            Restoring(home, SteadyClock(TODAY, 100 + number), QUICK).restore(source, PHRASE, silent, replace=True)
            os.write(acknowledge, b"restored\n")
            time.sleep(5)

        told = killed(restore, chance.random() * 0.25)
        assert _bytes(source) == untouched
        desk = Access(home, SteadyClock(TODAY, 7000 + number), QUICK).unlock(PHRASE)
        is_new = desk.me.uid != former
        records = count_of(desk, Record)
        lock(desk)
        if told:
            assert is_new
        asides = list(home.glob("replaced-*"))
        if is_new:
            assert records == then
            assert [_bytes(aside) for aside in asides] == [present]
        else:
            assert records == now
            assert not asides
        outcomes.add((is_new, bool(told)))
    assert len(outcomes) >= 2 or kills < 20, "the kills must fall before and after"


def _bytes(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in (STORE_NAME, KEY_NAME)}
