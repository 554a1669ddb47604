"""Putting a backup in the place of the store: proved aside first, then moved in, and nothing is ever overwritten.

1. The two files are copied into ``restore.part`` and read back. All that changes them (migration, new keys) is done
   there, while the store that lies in the folder is not touched. A kill leaves a folder that is swept away.
2. ``restore.part`` is renamed to ``restore.ready``: from this moment the restore counts.
3. What lies in the store's place goes aside into ``replaced-1`` (2, 3 …), the new files take its place. A kill here
   is finished by the next start (``finish``), which must come before anything is opened.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from app.errors import UserError
from app.i18n import N_
from app.store.files import STORE_NAME, flush_file, flush_folder, require_space, sentence_for
from app.store.medium import BACKED_UP, INCOMPLETE, copy_flushed

STAGE_NAME: Final = "restore.part"
READY_NAME: Final = "restore.ready"
_ASIDE_PART: Final = "replaced.part"
_ASIDE: Final = "replaced-"
_COMPANIONS: Final = ("-journal", "-wal", "-shm")
_ROOM: Final = 16_000_000

ITSELF: Final = N_("This is the store that is in use here, not a backup. Choose the folder of a backup.")


def stage(backup: Path, home: Path) -> Path:
    """Copy the two files of ``backup`` to ``restore.part`` in ``home``; returns that folder. Raises UserError."""
    if backup.resolve() == home.resolve():
        raise UserError(ITSELF)
    if not all((backup / name).is_file() for name in BACKED_UP):
        raise UserError(INCOMPLETE)
    target = home / STAGE_NAME
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.rmtree(target, ignore_errors=True)
        # Twice: an old form is migrated on a copy of its own.
        require_space(home, 4 * (backup / STORE_NAME).stat().st_size + _ROOM)
        target.mkdir(mode=0o700)
        for name in BACKED_UP:
            copy_flushed(backup / name, target / name)
        flush_folder(target)
    except OSError as error:
        drop(home)
        raise sentence_for(error) from error
    except BaseException:
        drop(home)
        raise
    return target


def drop(home: Path) -> None:
    """Forget a restore that has not counted yet."""
    shutil.rmtree(home / STAGE_NAME, ignore_errors=True)


def take_effect(home: Path) -> Path | None:
    """Let the staged store count, and move it in; returns the folder where the former one was put, if any."""
    staged = home / STAGE_NAME
    try:
        for name in BACKED_UP:
            flush_file(staged / name)
        flush_folder(staged)
        staged.rename(home / READY_NAME)
        flush_folder(home)
    except OSError as error:
        raise sentence_for(error) from error
    return finish(home)


def is_pending(home: Path) -> bool:
    """Whether a restore counts that has not been moved in wholly."""
    return (home / READY_NAME).is_dir()


def finish(home: Path) -> Path | None:
    """Move a restore in that counts, and sweep one away that does not yet. Raises UserError when the disk refuses.

    While a file is in ``restore.ready``, what has its name in ``home`` is the former one.
    """
    ready, aside = home / READY_NAME, home / _ASIDE_PART
    drop(home)
    try:
        if ready.is_dir():
            for name in BACKED_UP:
                if (ready / name).exists():
                    _put_aside(home, name, aside)
                    (ready / name).rename(home / name)
                    flush_folder(home)
            shutil.rmtree(ready)
            flush_folder(home)
        if not aside.is_dir():
            return None
        path = _free_name(home)
        aside.rename(path)
        flush_folder(home)
    except OSError as error:
        raise sentence_for(error) from error
    return path


def _put_aside(home: Path, name: str, aside: Path) -> None:
    """Move a former file away, its companions first: a journal left behind would be rolled into the new store."""
    companions = _COMPANIONS if name == STORE_NAME else ()
    for ending in (*companions, ""):
        former = home / (name + ending)
        if former.exists():
            aside.mkdir(mode=0o700, exist_ok=True)
            former.rename(aside / former.name)
    if aside.is_dir():
        flush_folder(aside)
    flush_folder(home)


def _free_name(home: Path) -> Path:
    taken = [path.name.removeprefix(_ASIDE) for path in home.glob(f"{_ASIDE}*")]
    highest = max((int(one) for one in taken if one.isdecimal()), default=0)
    return home / f"{_ASIDE}{highest + 1}"
