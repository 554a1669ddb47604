"""Putting a backup in place: whatever happens on the way, a whole store lies there, and the former one is kept."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import UserError
from app.store import backup, files, medium, restore
from app.store.files import DISK_FULL, KEY_NAME, STORE_NAME
from tests.store.bench import QUICK, Bench, names, save
from tests.store.test_backup import quiet


@pytest.fixture
def kept(bench: Bench, tmp_path: Path) -> Path:
    """A backup of a store that says ``then``; the store has gone on to say ``now``."""
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    store = bench.open()
    save(store, "then")
    made = backup.make(store, bench.key_path, bench.unlock().key, shelf, dt.date(2026, 11, 22), quiet, QUICK)
    save(store, "now")
    store.close()
    return made.path


def lying(folder: Path) -> dict[str, bytes]:
    """The files of ``folder``, without what lies in folders below it."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.stat().st_size}


def said(bench: Bench, folder: Path | None = None) -> list[str]:
    one = Bench(folder or bench.folder, bench.recovery, bench.migrations)
    store = one.open()
    try:
        return names(store)
    finally:
        store.close()


def test_into_an_empty_folder(bench: Bench, kept: Path, tmp_path: Path) -> None:
    home = tmp_path / "new laptop" / "data"
    restore.stage(kept, home)
    assert restore.take_effect(home) is None
    assert said(bench, home) == ["then"]
    assert sorted(path.name for path in home.iterdir() if path.stat().st_size) == [STORE_NAME, KEY_NAME]


def test_over_a_store_puts_that_one_aside_with_its_journal(bench: Bench, kept: Path) -> None:
    (bench.folder / "store.db-journal").write_bytes(b"hot")
    before = lying(bench.folder)
    restore.stage(kept, bench.folder)
    assert lying(bench.folder) == before
    aside = restore.take_effect(bench.folder)
    assert aside == bench.folder / "replaced-1"
    assert {path.name: path.read_bytes() for path in aside.iterdir()} == before
    assert said(bench) == ["then"]
    restore.stage(kept, bench.folder)
    assert restore.take_effect(bench.folder) == bench.folder / "replaced-2"


@pytest.mark.parametrize("missing", [STORE_NAME, KEY_NAME])
def test_half_a_backup_is_refused(bench: Bench, kept: Path, missing: str) -> None:
    (kept / missing).unlink()
    before = lying(bench.folder)
    with pytest.raises(UserError) as refused:
        restore.stage(kept, bench.folder)
    assert refused.value.message == medium.INCOMPLETE
    assert lying(bench.folder) == before


def test_the_store_itself_is_no_backup(bench: Bench) -> None:
    with pytest.raises(UserError) as refused:
        restore.stage(bench.folder, bench.folder)
    assert refused.value.message == restore.ITSELF


def test_a_full_disk_leaves_all_as_it_was(bench: Bench, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = lying(bench.folder)
    monkeypatch.setattr(files, "free_bytes", lambda _: 1000)
    with pytest.raises(UserError):
        restore.stage(kept, bench.folder)
    monkeypatch.undo()

    def refuse(*_: object) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr(restore, "copy_flushed", refuse)
    with pytest.raises(UserError) as refused:
        restore.stage(kept, bench.folder)
    assert refused.value.message == DISK_FULL
    assert lying(bench.folder) == before


class Cut(BaseException):
    """The power goes."""


def operations(owner: type, name: str, monkeypatch: pytest.MonkeyPatch, at: int) -> Callable[[], int]:
    """Let the ``at``-th call of ``owner.name`` from ``restore`` be the last thing that happens."""
    real, count = getattr(owner, name), 0

    def counted(*arguments: object, **options: object) -> object:
        nonlocal count
        count += 1
        if count == at:
            raise Cut
        return real(*arguments, **options)

    monkeypatch.setattr(owner, name, counted)
    return lambda: count


@pytest.mark.parametrize("existing", [True, False])
@pytest.mark.parametrize("step", ["rename", "flush"])
def test_cut_at_every_step_of_moving_in_the_next_start_finishes(
    bench: Bench, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, *, existing: bool
) -> None:
    cuts = 0
    for at in range(1, 40):
        home = tmp_path / f"home-{step}-{at}"
        if existing:
            shutil.copytree(bench.folder, home)
            (home / "store.db-journal").write_bytes(b"")
        restore.stage(kept, home)
        owner: type = Path if step == "rename" else restore  # type: ignore[assignment]  # a module serves as well
        with monkeypatch.context() as patch:
            operations(owner, "rename" if step == "rename" else "flush_folder", patch, at)
            try:
                restore.take_effect(home)
            except Cut:
                cuts += 1
            else:
                break
        counted = (
            restore.is_pending(home) or (home / "replaced.part").exists() or not (home / "restore.part").exists()
        )
        restore.finish(home)
        if not existing and not counted:
            assert not (home / STORE_NAME).exists()
            continue
        assert said(bench, home) == (["then"] if counted else ["then", "now"])
        asides = list(home.glob("replaced-*"))
        if counted and existing:
            assert (asides[0] / STORE_NAME).read_bytes() == bench.database.read_bytes()
        assert not restore.is_pending(home)
    assert cuts >= 3
