"""A backup holds all that was saved up to its moment, is proved before it counts, and pushes nothing good out."""

from __future__ import annotations

import datetime as dt
import errno
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import UserError
from app.store import backup, medium, places
from app.store.backup import Backup
from app.store.connection import connect_reading
from app.store.copying import SPOOL_NAME
from app.store.engine import Store
from app.store.files import KEY_NAME, STORE_NAME
from app.store.key import StoreKey
from tests.store.bench import QUICK, Bench, names, save

DAY = dt.date(2026, 11, 22)


def quiet(_done: int, _of: int) -> None:
    """Nobody watches."""


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "полка"
    folder.mkdir()
    return folder


@pytest.fixture
def store(bench: Bench) -> Iterator[Store]:
    with closing(bench.open()) as opened:
        yield opened


def key_of(bench: Bench) -> StoreKey:
    return bench.unlock().key


def make(bench: Bench, store: Store, shelf: Path, day: dt.date = DAY) -> Backup:
    return backup.make(store, bench.key_path, key_of(bench), shelf, day, quiet, QUICK)


def rows_in(path: Path, key: StoreKey) -> set[str]:
    with closing(connect_reading(path / STORE_NAME, key)) as connection:
        return {str(name) for (name,) in connection.execute("SELECT name FROM parent").fetchall()}


def test_a_backup_in_a_storm_of_saves_has_all_that_was_acknowledged_before_its_moment(
    bench: Bench, store: Store, shelf: Path
) -> None:
    acknowledged: list[str] = []
    refused: list[BaseException] = []
    stop = threading.Event()

    def storm(who: int) -> None:
        number = 0
        while not stop.is_set():
            try:
                save(store, name := f"{who}-{number}" + "x" * 2000)
            except UserError as error:
                refused.append(error)
            acknowledged.append(name)
            number += 1

    threads = [threading.Thread(target=storm, args=(who,)) for who in range(3)]
    for thread in threads:
        thread.start()
    made = []
    for number in range(6):
        while len(acknowledged) < 15 * (number + 1):
            time.sleep(0.001)
        before = list(acknowledged)
        made.append((make(bench, store, shelf), before))
    stop.set()
    for thread in threads:
        thread.join()
    assert not refused, "no save is turned away while a backup is made"
    assert len(acknowledged) >= 90
    grown = 0
    for one, before in made:
        held = rows_in(one.path, key_of(bench))
        assert set(before) <= held <= set(acknowledged)
        backup.prove(one.path, key_of(bench), QUICK)
        grown += len(held) > len(before)
    assert [one.number for one, _before in made] == [1, 2, 3, 4, 5, 6]
    assert grown, "the storm went on while backups were made"


def test_it_is_one_folder_with_two_files_and_nothing_readable(bench: Bench, store: Store, shelf: Path) -> None:
    save(store, "КАНАРЕЙКА")
    made = make(bench, store, shelf)
    assert made.path.name == "apora-backup-20261122-0001"
    assert sorted(path.name for path in made.path.iterdir()) == [STORE_NAME, KEY_NAME]
    assert (made.path / KEY_NAME).read_bytes() == bench.key_path.read_bytes()
    for path in made.path.iterdir():
        assert "КАНАРЕЙКА".encode() not in path.read_bytes()
    assert backup.listed(shelf) == [made]
    assert not store.path.with_name(SPOOL_NAME).exists()


@pytest.mark.parametrize("where", [20, 5000, 9000, -10])
def test_a_damaged_backup_is_found_and_its_file_is_not_touched(
    bench: Bench, store: Store, shelf: Path, where: int
) -> None:
    for number in range(20):
        save(store, str(number) + "x" * 3000)
    made = make(bench, store, shelf)
    path = made.path / STORE_NAME
    data = bytearray(path.read_bytes())
    data[where] ^= 1
    path.write_bytes(data)
    with pytest.raises(UserError) as refused:
        backup.prove(made.path, key_of(bench), QUICK)
    assert refused.value.message == backup.DAMAGED
    assert path.read_bytes() == data


@pytest.mark.parametrize("name", [STORE_NAME, KEY_NAME])
def test_half_a_backup_is_told(bench: Bench, store: Store, shelf: Path, name: str) -> None:
    made = make(bench, store, shelf)
    (made.path / name).unlink()
    with pytest.raises(UserError) as refused:
        backup.prove(made.path, key_of(bench), QUICK)
    assert refused.value.message == medium.INCOMPLETE


def test_a_backup_of_other_keys_is_no_damage(bench: Bench, store: Store, shelf: Path) -> None:
    made = make(bench, store, shelf)
    with pytest.raises(UserError) as refused:
        backup.prove(made.path, StoreKey.random(), QUICK)
    assert refused.value.message == backup.FOREIGN


def fill(bench: Bench, store: Store, shelf: Path, days: int, start: dt.date = DAY) -> list[Backup]:
    """A backup a day without turning the ring."""
    return [make(bench, store, shelf, start + n * dt.timedelta(days=1)) for n in range(days)]


@pytest.mark.parametrize("bad", [0, 1, 3])
def test_damaged_newest_ones_push_no_good_one_out(bench: Bench, store: Store, shelf: Path, bad: int) -> None:
    made = fill(bench, store, shelf, 12)
    for one in made[-bad:] if bad else []:
        with (one.path / STORE_NAME).open("r+b") as file:
            file.seek(5000)
            file.write(b"rot")
    damaged = backup.let_go(shelf, key_of(bench), QUICK)
    assert {one.number for one in damaged} == {one.number for one in made[-bad:]} if bad else not damaged
    left = {one.number for one in backup.listed(shelf)}
    assert {one.number for one in damaged} <= left, "a damaged one stays where it is, to be looked at"
    good = [one.number for one in made if one not in damaged]
    assert set(good[-7:]) <= left
    assert len(left) < 12 or bad, "the ring does turn"


def test_all_but_the_oldest_damaged_leaves_the_oldest(bench: Bench, store: Store, shelf: Path) -> None:
    made = fill(bench, store, shelf, 9)
    for one in made[1:]:
        (one.path / KEY_NAME).unlink()
    assert len(backup.let_go(shelf, key_of(bench), QUICK)) == 8
    backup.prove(made[0].path, key_of(bench), QUICK)


def test_backups_of_another_store_in_the_same_folder_are_left_alone(
    bench: Bench, store: Store, shelf: Path, tmp_path: Path
) -> None:
    made = fill(bench, store, shelf, 10)
    other = StoreKey.random()
    for one in made:
        path = one.path / STORE_NAME
        path.write_bytes(other.store_id + path.read_bytes()[16:])
    assert backup.let_go(shelf, key_of(bench), QUICK) == []
    assert len(backup.listed(shelf)) == 10
    assert make(bench, store, shelf).number == 11


def test_wrong_clocks_lose_nothing(bench: Bench, store: Store, shelf: Path) -> None:
    fill(bench, store, shelf, 7)
    for day in (dt.date(1970, 1, 1), dt.date(2040, 1, 1), dt.date(1970, 1, 1)):
        make(bench, store, shelf, day)
        backup.let_go(shelf, key_of(bench), QUICK)
    left = [one.number for one in backup.listed(shelf)]
    assert left[:3] == [10, 9, 8]
    assert len(left) >= 7


@pytest.mark.parametrize("step", ["mkdir", "copy", "flush", "prove", "rename"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_a_disk_that_refuses_leaves_older_ones_whole_and_no_half_one(
    bench: Bench, store: Store, shelf: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    old = make(bench, store, shelf)
    before = {path: path.read_bytes() for path in old.path.iterdir()}

    def refuse(*_arguments: object, **_options: object) -> None:
        raise OSError(number, os.strerror(number))

    owner, name = {
        "mkdir": (Path, "mkdir"),
        "copy": (backup, "copy_flushed"),
        "flush": (backup, "flush_folder"),
        "prove": (backup, "prove"),
        "rename": (Path, "rename"),
    }[step]
    monkeypatch.setattr(owner, name, refuse)
    with pytest.raises(UserError) as refused:
        make(bench, store, shelf)
    monkeypatch.undo()
    assert refused.value.message == (backup.FULL if number == errno.ENOSPC else backup.GONE)
    assert [path.name for path in shelf.iterdir()] == [old.path.name]
    assert {path: path.read_bytes() for path in old.path.iterdir()} == before
    save(store, "after")
    assert make(bench, store, shelf).number == 2


def test_a_stick_that_gives_other_bytes_back_is_not_trusted(
    bench: Bench, store: Store, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(medium, "hash_from_medium", lambda _path: b"other")
    with pytest.raises(UserError) as refused:
        make(bench, store, shelf)
    assert refused.value.message == medium.FALSE
    assert list(shelf.iterdir()) == []


def test_what_an_interrupted_one_left_is_swept_by_the_next(bench: Bench, store: Store, shelf: Path) -> None:
    made = make(bench, store, shelf)
    shutil.copytree(made.path, shelf / "apora-backup-20261121-0009.part")
    (shelf / "apora-backup-20261121-0008.gone").mkdir()
    foreign = shelf / "apora-backup-20261121-0007.part"
    shutil.copytree(made.path, foreign)
    (foreign / STORE_NAME).write_bytes(bytes(5000))
    make(bench, store, shelf)
    left = {path.name for path in shelf.iterdir()}
    assert left == {made.path.name, "apora-backup-20261122-0002", foreign.name}


def test_a_full_small_disk(bench: Bench, store: Store, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk is not allowed here")
    try:
        old = make(bench, store, disk)
        save(store, "x" * 2_200_000)
        with pytest.raises(UserError):
            make(bench, store, disk)
        (disk / "filler").write_bytes(bytes(1_000_000))
        monkey = pytest.MonkeyPatch()
        monkey.setattr(backup, "require_space", lambda *_: None)
        with pytest.raises(UserError) as refused:
            make(bench, store, disk)
        monkey.undo()
        assert refused.value.message == backup.FULL
        assert sorted(path.name for path in disk.iterdir()) == [old.path.name, "filler"]
        backup.prove(old.path, key_of(bench), QUICK)
        assert len(names(store)) == 1
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize(
    "name", ["OneDrive", "OneDrive - Centre", "Dropbox", "Google Drive", "Яндекс.Диск", "Nextcloud", "CloudStorage"]
)
def test_folders_of_cloud_services_are_known(tmp_path: Path, name: str) -> None:
    inside = tmp_path / name / "копии"
    inside.mkdir(parents=True)
    assert places.is_in_cloud(inside, {})
    assert not places.is_in_cloud(tmp_path / "copies", {})


def test_clouds_are_known_by_marks_and_by_the_system(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert not places.is_in_cloud(tmp_path / "a" / "b", {})
    assert places.is_in_cloud(tmp_path / "a" / "b", {"OneDrive": str(tmp_path / "a")})
    (tmp_path / "a" / ".dropbox.cache").mkdir()
    assert places.is_in_cloud(tmp_path / "a" / "b", {})


def test_conflict_copies_are_found_and_ours_are_not_taken_for_them(tmp_path: Path) -> None:
    strange = ("store (conflicted copy 2026-11-22).db", "store-DESKTOP.db", "store (1).key")
    for name in (*strange, "store.db", "store.key", "store.db-journal", "store.db.former", "look.json"):
        (tmp_path / name).touch()
    assert places.conflict_copies(tmp_path) == sorted(strange)
