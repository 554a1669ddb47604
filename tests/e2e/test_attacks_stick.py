"""Full and pulled sticks, and full disks: nothing under the final name, nothing claimed, and the next try works."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import UserError
from app.store.files import DISK_FULL
from app.sync import stick as sticks
from tests.e2e.conftest import Country, Pair
from tests.e2e.desks import Office, content_digest, copied
from tests.e2e.scene import make_scene, records
from tests.sync.crafting import build, row


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "small"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk is not allowed here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def fill(disk: Path, room: int) -> None:
    """Leave ``room`` bytes on ``disk``."""
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    (disk / "filler").write_bytes(bytes(free - room))


def a_day(office: Office) -> int:
    person = office.people.register({"sex": "female"}, {"names": [{"surname": "Коваль"}]}, sure=True)
    for _ in range(4):
        office.help(person, note="слово " * 2000)
    return office.sending.preview().records


def test_a_full_stick(pair: Pair, small_disk: Path) -> None:
    recorded = a_day(pair.nurse)
    fill(small_disk, 4096)
    with pytest.raises(UserError) as full:
        pair.nurse.send(small_disk)
    assert full.value.message == sticks.FULL
    check_not_sent(pair, small_disk, recorded)


@pytest.mark.parametrize("step", ["fsync", "rename", "read back"])
def test_a_pulled_stick(pair: Pair, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded = a_day(pair.nurse)
    pair.stick.mkdir()

    def pulled(*_arguments: object) -> None:
        raise OSError(errno.EIO, "pulled")

    with monkeypatch.context() as patch:
        if step == "fsync":
            patch.setattr(os, "fsync", pulled)
        elif step == "rename":
            patch.setattr(Path, "rename", pulled)
        else:
            patch.setattr(sticks, "hash_from_medium", lambda _path: bytes(32))
        with pytest.raises(UserError) as failed:
            pair.nurse.send(pair.stick)
    assert failed.value.message == (sticks.FALSE if step == "read back" else sticks.GONE)
    check_not_sent(pair, pair.stick, recorded)


def check_not_sent(pair: Pair, where: Path, recorded: int) -> None:
    assert [one.name for one in where.iterdir() if one.name != "filler"] == []
    preview = pair.nurse.sending.preview()
    assert (preview.records, preview.last_sent_at) == (recorded, "")
    assert pair.nurse.deliveries.summary().unsent == recorded
    (where / "filler").unlink(missing_ok=True)
    file = pair.nurse.send(where)
    (verdict,) = pair.boss.take(file)
    # Number 1 was burned on the stick that failed; number 2 holds everything.
    assert (verdict.answer, verdict.seq, verdict.added) == ("ACCEPTED", 2, recorded)
    pair.nurse.take(*pair.boss.receipts(pair.back))
    assert pair.nurse.sending.preview().records_total == 0


def test_no_room_on_the_own_disk_to_seal(country: Country, small_disk: Path, tmp_path: Path) -> None:
    nurse = copied(country.folder / "centre-0", small_disk / "nurse", 800)
    recorded = a_day(nurse)
    person = nurse.people.rows(nurse.people.find())[0].uid
    for _ in range(10):
        # What gzip cannot shrink, so that the spool needs room.
        nurse.help(person, note=os.urandom(9000).hex())
    before = content_digest(nurse.desk)
    fill(small_disk, 8192)
    with pytest.raises(UserError) as full:
        nurse.send(tmp_path / "stick")
    assert full.value.message == DISK_FULL
    assert list((tmp_path / "stick").iterdir()) == []
    assert content_digest(nurse.desk) == before
    (small_disk / "filler").unlink()
    assert nurse.sending.send(tmp_path / "stick", lambda _done, _all: None).rows == recorded + 10
    nurse.lock()


def test_no_room_on_the_own_disk_to_take_a_bundle(workshop: Path, small_disk: Path, tmp_path: Path) -> None:
    boss = copied(workshop / "boss", small_disk / "boss", 810)
    scene = make_scene(boss)
    file = tmp_path / "b.age"
    rows = [row(number, data={"note": os.urandom(500).hex()}) for number in range(7, 400)]
    file.write_bytes(build(scene.next, records(*rows)))
    before = content_digest(boss.desk)
    for room in (8192, 400_000):  # no room for the copy; room for the copy and not for its rows
        fill(small_disk, room)
        verdict = boss.receiving.take(file)
        assert (verdict.ok, verdict.answer) == (False, "UNREADABLE")
        assert "full" in verdict.sentence
        assert content_digest(boss.desk) == before
        (small_disk / "filler").unlink()
    assert boss.receiving.take(file).added == 393
    boss.lock()


def test_a_file_that_cannot_be_read(boss: Office, tmp_path: Path) -> None:
    before = content_digest(boss.desk)
    for path in (tmp_path / "gone.age", tmp_path):
        verdict = boss.receiving.take(path)
        assert (verdict.ok, verdict.answer) == (False, "UNREADABLE")
    assert content_digest(boss.desk) == before
