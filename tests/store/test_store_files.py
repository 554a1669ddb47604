"""A file is wholly old or wholly new, and the disk's troubles have sentences."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from app.errors import UserError
from app.store import files


def test_new_bytes_replace_old_ones_and_nothing_is_left_beside(tmp_path: Path) -> None:
    path = tmp_path / "ключ"
    files.write_atomically(path, b"one")
    files.write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, files.DISK_FULL),
        (errno.EDQUOT, files.DISK_FULL),
        (errno.EIO, files.DISK_FAILING),
        (errno.EROFS, files.READ_ONLY),
    ],
)
def test_a_disk_that_refuses_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, sentence: str
) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"old")

    def refuse(*_: object) -> None:
        raise OSError(number, "no")

    owner: object = os if step == "fsync" else Path
    monkeypatch.setattr(owner, step, refuse)
    with pytest.raises(UserError) as refused:
        files.write_atomically(path, b"new")
    monkeypatch.undo()
    assert refused.value.message == sentence
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_file_before_rename_before_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def noted_fsync(handle: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def noted_replace(source: Path, target: Path) -> Path:
        steps.append("rename")
        return replace(source, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    files.write_atomically(tmp_path / "f", b"x")
    assert steps == ["file", "rename", "folder"]


@pytest.mark.parametrize(("times", "patience", "works"), [(3, 2.5, True), (10_000, 0.2, False)])
def test_a_file_held_on_windows_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int, patience: float, works: bool
) -> None:
    left, replace = [times], Path.replace

    def held(source: Path, target: Path) -> Path:
        if left[0]:
            left[0] -= 1
            error = PermissionError(errno.EACCES, "held")
            error.winerror = 32  # type: ignore[attr-defined,unused-ignore] # the attribute exists on Windows alone
            raise error
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(files, "_PATIENCE", patience)
    if works:
        files.write_atomically(tmp_path / "f", b"x")
        assert (tmp_path / "f").read_bytes() == b"x"
        return
    with pytest.raises(UserError) as refused:
        files.write_atomically(tmp_path / "f", b"x")
    assert refused.value.message == files.HELD_BY_ANOTHER


def test_space_is_asked_for_beforehand(tmp_path: Path) -> None:
    files.require_space(tmp_path, 1)
    with pytest.raises(UserError) as refused:
        files.require_space(tmp_path, 10**18)
    assert "1000000000000 MB" in refused.value.sentence()
