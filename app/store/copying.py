"""A checked copy of a store under the same key or another, and putting it in the store's place.

Migration and rekey both work on a copy: the store itself is not written until the copy is proved, and then it is
replaced in one rename. So at each instant a whole store lies under the store's name.
"""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from typing import Final

from app.errors import UserError
from app.i18n import N_
from app.store.connection import Connection, connect, connect_new
from app.store.files import STORE_NAME, flush_file, flush_folder, replace_file, require_space
from app.store.key import StoreKey

COPY_NAME: Final = STORE_NAME + ".copy"
FORMER_NAME: Final = STORE_NAME + ".former"
SPOOL_NAME: Final = STORE_NAME + ".backup"
"""The copy that a backup is made of, before it goes to its place."""
_COMPANIONS: Final = ("", "-journal", "-wal", "-shm")
_RESERVE: Final = 16_000_000
FAULTY: Final = N_(
    "The copy of the store did not pass its check, so the store was left as it was. "
    "Make a backup and tell the coordinator."
)


class CopyFaulty(UserError):
    """The copy is not what the store is; the store was not touched."""


def copy_store(folder: Path, key: StoreKey, target_key: StoreKey) -> Path:
    """Copy the store page by page to ``store.db.copy`` under ``target_key``. The store must not be in use.

    Opening the source in TRUNCATE mode first takes in what an interrupted session left in a journal or a WAL, so
    that nothing of it can fall upon the copy once that has the store's name.
    """
    source_path, target_path = folder / STORE_NAME, folder / COPY_NAME
    discard(target_path)
    require_space(folder, 3 * source_path.stat().st_size + _RESERVE)
    source = connect(source_path, key)
    try:
        target = connect_new(target_path, target_key)
        try:
            source.backup(target, pages=-1)
        finally:
            target.close()
    finally:
        source.close()
    return target_path


def check_whole(connection: Connection) -> None:
    """SQLite's full check and the check of references; raises CopyFaulty."""
    sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    if not sound or connection.execute("PRAGMA foreign_key_check").fetchall():
        raise CopyFaulty(FAULTY)


def put_in_place(folder: Path, *, keep_former: bool) -> None:
    """Rename ``store.db.copy`` over ``store.db``; with ``keep_former`` the old one stays as ``store.db.former``."""
    store, copy = folder / STORE_NAME, folder / COPY_NAME
    flush_file(copy)
    if keep_former:
        discard(folder / FORMER_NAME)
        _second_name(store, folder / FORMER_NAME)
    for path in (store, copy):
        _remove_empty_companions(path)
    flush_folder(folder)
    replace_file(copy, store)


def discard(path: Path) -> None:
    """Remove a database that is no longer needed, with whatever SQLite put beside it."""
    for ending in _COMPANIONS:
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _remove_empty_companions(path: Path) -> None:
    """In TRUNCATE mode an empty journal stays behind. One with contents would be rolled into the new file: refuse."""
    for ending in _COMPANIONS[1:]:
        companion = path.with_name(path.name + ending)
        if companion.exists():
            if companion.stat().st_size:
                raise CopyFaulty(FAULTY)
            companion.unlink()


def _second_name(path: Path, name: Path) -> None:
    """Keep ``path`` under ``name`` as well: as a hard link, or where the disk has none (FAT) as a copy."""
    with contextlib.suppress(OSError, NotImplementedError):
        name.hardlink_to(path)
        return
    part = name.with_name(name.name + ".part")
    shutil.copyfile(path, part)
    flush_file(part)
    replace_file(part, name)
