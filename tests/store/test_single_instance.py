"""Two copies never work on one store, and no stale lock keeps anybody out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.store.files import LOCK_NAME
from app.store.single import AlreadyRunning, SingleInstance

_HOLD = """
import sys
from pathlib import Path
from app.store.single import AlreadyRunning, SingleInstance
lock = SingleInstance(Path(sys.argv[1]))
try:
    lock.acquire()
except AlreadyRunning:
    print("refused", flush=True)
else:
    print("held", flush=True)
    sys.stdin.read()
"""
ROOT = Path(__file__).resolve().parents[2]


def _other(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def _says(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_the_second_process_is_refused_until_the_first_is_killed(tmp_path: Path) -> None:
    with _other(tmp_path) as first:
        assert _says(first) == "held"
        with _other(tmp_path) as second:
            assert _says(second) == "refused"
        with pytest.raises(AlreadyRunning):
            SingleInstance(tmp_path).acquire()
        first.kill()
    with SingleInstance(tmp_path), _other(tmp_path) as third:
        assert _says(third) == "refused"


def test_a_lock_file_copied_from_another_laptop_does_not_block(tmp_path: Path) -> None:
    (tmp_path / LOCK_NAME).write_bytes(b"pid 4711 on another laptop")
    with SingleInstance(tmp_path):
        pass


def test_a_released_folder_can_be_taken_again_and_the_file_stays(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    first, second = SingleInstance(folder), SingleInstance(folder)
    for _ in range(2):
        first.acquire()
        first.acquire()
        with pytest.raises(AlreadyRunning):
            second.acquire()
        first.release()
        with second:
            pass
    assert (folder / LOCK_NAME).exists()
