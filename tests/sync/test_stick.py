"""Sticks: full, pulled, false; never a short file under the final name."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path
from typing import BinaryIO

import pytest

from app.errors import UserError
from app.sync import stick
from app.sync.errors import Answer, BundleRefused
from app.sync.stick import copy_from_stick, random_name, write_to_stick

DATA = os.urandom(3_000_000)


def write(sink: BinaryIO) -> str:
    sink.write(DATA[:1_000_000])
    sink.write(DATA[1_000_000:])
    return "done"


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_written_and_read_back(tmp_path: Path) -> None:
    found = write_to_stick(tmp_path, write, "abc.age")
    assert (found.path, found.size, found.result) == (tmp_path / "abc.age", len(DATA), "done")
    assert found.path.read_bytes() == DATA
    assert found.path.stat().st_mtime == 0
    assert files(tmp_path) == ["abc.age"]
    local = io.BytesIO()
    assert copy_from_stick(found.path, local) == len(DATA)
    assert local.read() == DATA


@pytest.mark.parametrize(
    ("code", "message"),
    [(errno.ENOSPC, stick.FULL), (errno.EIO, stick.GONE), (errno.EROFS, stick.GONE), (errno.ENODEV, stick.GONE)],
)
def test_full_or_pulled_while_writing(tmp_path: Path, code: int, message: str) -> None:
    def fail(sink: BinaryIO) -> None:
        sink.write(DATA)
        raise OSError(code, "x")

    with pytest.raises(UserError) as failed:
        write_to_stick(tmp_path, fail, "abc.age")
    assert failed.value.message == message
    assert files(tmp_path) == []


@pytest.mark.parametrize("step", ["fsync", "utime", "rename"])
def test_pulled_at_a_later_step(tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise OSError(errno.EIO, "x")

    monkeypatch.setattr(f"pathlib.Path.{step}" if step == "rename" else f"os.{step}", fail)
    if step == "utime":
        # A stick that keeps no times is a good stick.
        assert write_to_stick(tmp_path, write, "abc.age").size == len(DATA)
        return
    with pytest.raises(UserError) as failed:
        write_to_stick(tmp_path, write, "abc.age")
    assert failed.value.message == stick.GONE
    assert files(tmp_path) == []


def test_a_stick_that_forgets_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def lose(descriptor: int) -> None:
        real(descriptor)
        part = tmp_path / "abc.age.part"
        if part.exists() and part.stat().st_size:
            part.write_bytes(DATA[:-1] + bytes([DATA[-1] ^ 1]))

    monkeypatch.setattr(os, "fsync", lose)
    with pytest.raises(UserError) as failed:
        write_to_stick(tmp_path, write, "abc.age")
    assert failed.value.message == stick.FALSE
    assert files(tmp_path) == []


def test_no_stick_a_taken_name_and_a_cancelled_job(tmp_path: Path) -> None:
    with pytest.raises(UserError) as failed:
        write_to_stick(tmp_path / "gone", write, "abc.age")
    assert failed.value.message == stick.GONE
    (tmp_path / "abc.age").write_bytes(b"other")
    with pytest.raises(UserError) as taken:
        write_to_stick(tmp_path, write, "abc.age")
    assert taken.value.message == stick.EXISTS
    assert (tmp_path / "abc.age").read_bytes() == b"other"

    def cancelled(sink: BinaryIO) -> None:
        sink.write(b"x")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_to_stick(tmp_path, cancelled, "new.age")
    assert files(tmp_path) == ["abc.age"]


def test_a_real_full_device() -> None:
    """Linux keeps a device that is always full."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("wb", buffering=0) as full, pytest.raises(OSError) as failed:  # noqa: PT011 - errno is the point
        full.write(b"x")
    assert stick._user_error(failed.value).message == stick.FULL


def test_reading_fails_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError) as failed:
        copy_from_stick(tmp_path / "gone.age", io.BytesIO())
    assert failed.value.message == stick.UNREADABLE
    (tmp_path / "big.age").write_bytes(b"x" * 100)
    monkeypatch.setattr(stick, "MAX_FILE", 99)
    with pytest.raises(BundleRefused) as refused:
        copy_from_stick(tmp_path / "big.age", io.BytesIO())
    assert refused.value.answer is Answer.TOO_BIG


def test_names_tell_nothing() -> None:
    name = random_name(bytes(range(10)))
    assert name == "aaaqeayeaudaocaj.age"
    assert len(name) == 20
    assert len({random_name(os.urandom(10)) for _ in range(100)}) == 100
