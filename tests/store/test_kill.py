"""Killed at random instants, the store keeps every save that was acknowledged; a small real disk fills up."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from app.errors import UserError
from app.store import connection as driver
from app.store.copying import check_whole
from app.store.files import DISK_FULL
from tests.store.bench import Bench, names, new_bench, save


def _save_until_killed(bench: Bench, start: int, acknowledge: int) -> None:
    """In the child: save, and only then say so."""
    store = bench.open()
    number = start
    while True:
        with store.transaction() as session:
            for half in "ab":
                session.execute(text("INSERT INTO parent(name) VALUES (:n)"), {"n": f"{number}{half}" + "x" * 3000})
        os.write(acknowledge, f"{number}\n".encode())
        number += 1


@pytest.mark.parametrize("kills", [20, pytest.param(500, marks=pytest.mark.slow)])
def test_no_acknowledged_save_is_lost_to_a_kill(bench: Bench, kills: int) -> None:
    chance, acknowledged = random.Random(7), 0
    for round_ in range(kills):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                _save_until_killed(bench, round_ * 1_000_000, writing)
            finally:
                os._exit(1)
        os.close(writing)
        time.sleep(0.04 + chance.random() * 0.08)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(reading) as pipe:
            acks = [line.strip() for line in pipe if line.endswith("\n")]
        store = bench.open()
        kept = [name.rstrip("x") for name in names(store)]
        with store.transaction() as session:
            session.execute(text("DELETE FROM parent"))
        store.close()
        assert {f"{ack}{half}" for ack in acks for half in "ab"} <= set(kept)
        assert len(kept) % 2 == 0, "half a save"
        acknowledged += len(acks)
    with closing(driver.connect(bench.database, bench.unlock().key)) as connection:
        check_whole(connection)
    assert acknowledged > kills, "the children hardly ever came to save"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk is not allowed here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_loses_nothing_and_the_next_save_works_when_there_is_room(small_disk: Path) -> None:
    bench = new_bench(small_disk, "s")
    filler = small_disk / "filler"
    store = bench.open()
    saved = 0
    for room in range(0, 120_000, 12_000):
        filler.write_bytes(b"")
        _fill(filler, os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize - room)
        refusal = None
        while refusal is None:
            try:
                save(store, "x" * 3000)
                saved += 1
            except UserError as error:
                refusal = error.message
        assert refusal == DISK_FULL
        assert len(names(store)) == saved
        filler.unlink()
        save(store, "after")
        saved += 1
    store.close()
    assert saved > 20
    with closing(driver.connect(bench.database, bench.unlock().key)) as connection:
        check_whole(connection)


def _fill(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.write(bytes(max(size, 0)))
