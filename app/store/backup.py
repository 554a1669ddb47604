"""A backup: one folder with the encrypted store and its key file, whole under its name or not there at all.

Made while the program works: the store is copied beside itself first (fast, by SQLite's backup API in one step) and
proved there; then the two files go to their place, which may be a slow stick, under a temporary name. They are
flushed, read back past the cache, opened with the key, and only then the folder gets its name. So a pulled stick, a
full disk or a kill leaves nothing that looks like a backup, and the older ones are not touched.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlcipher3 import dbapi2

from app.errors import UserError
from app.i18n import N_
from app.store import keyformat, ring, troubles
from app.store.connection import connect, connect_reading
from app.store.copying import SPOOL_NAME, check_whole, discard
from app.store.engine import Store
from app.store.files import KEY_NAME, STORE_NAME, flush_folder, require_space
from app.store.key import STORE_ID_BYTES, StoreKey
from app.store.keyformat import STANDARD, KdfParams
from app.store.medium import INCOMPLETE, copy_flushed

Progress = Callable[[int, int], None]

_PART: Final = ".part"
_GONE: Final = ".gone"
_NAME: Final = re.compile(r"apora-backup-([0-9]{8})-([0-9]{4,})\Z")
_UNFINISHED: Final = re.compile(r"apora-backup-[0-9]{8}-[0-9]{4,}\.(?:part|gone)\Z")
_RESERVE: Final = 1_000_000
_LARGEST_KEY_FILE: Final = 4 * 1024 * 1024

FULL: Final = N_(
    "There is no room for the backup in that folder. The older backups are whole. "
    "Free some space there, or choose another folder."
)
GONE: Final = N_(
    "The backup could not be written: the stick was pulled out, is locked, or the folder cannot be written. "
    "The older backups are whole. Put the stick in again, or choose another folder."
)
DAMAGED: Final = N_("This backup is damaged and cannot be used. Take an older one, and make a new one now.")
UNREADABLE: Final = N_("The backup cannot be read: the stick was pulled out or is failing. Put it in again.")
FOREIGN: Final = N_(
    "This backup was made under other keys: by another laptop, or before the keys of this one were renewed. "
    "It can be restored with its own passphrase, but not checked from here."
)

_turn = threading.Lock()
"""One backup at a time: the one that is made by itself and the one of the button would share the copy."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A folder that has the name of a backup. ``day`` is what the clock said; ``number`` tells the order."""

    path: Path
    number: int
    day: dt.date | None
    size: int
    store_id: bytes
    """The head of its store; empty where that cannot be read."""


def listed(folder: Path) -> list[Backup]:
    """The backups in ``folder``, newest first. Nothing is checked but their names."""
    with _in_words(UNREADABLE):
        found = [_look(path, match) for path in folder.iterdir() if (match := _NAME.match(path.name))]
    return sorted(found, key=lambda one: one.number, reverse=True)


def make(
    store: Store, key_file: Path, key: StoreKey, folder: Path, day: dt.date, progress: Progress, kdf: KdfParams
) -> Backup:
    """Make a backup of the open ``store`` in ``folder``, proved before it has its name.

    ``progress`` (bytes written, of) may raise to stop. Raises UserError; the older backups are whole then.
    """
    spool = store.path.with_name(SPOOL_NAME)
    with _turn:
        discard(spool)
        require_space(spool.parent, 2 * store.path.stat().st_size + _RESERVE)
        try:
            store.copy_to(spool)
            with troubles.in_words(spool.parent), closing(connect(spool, key)) as connection:
                check_whole(connection)
            with _in_words(GONE):
                return _carry(spool, key_file, key, folder, day, progress, kdf)
        finally:
            discard(spool)


def prove(path: Path, key: StoreKey, kdf: KdfParams = STANDARD) -> None:
    """Open the backup with ``key`` and check every page and reference; raises UserError. Writes nothing."""
    with _in_words(UNREADABLE):
        store, key_file = path / STORE_NAME, path / KEY_NAME
        if not (store.is_file() and key_file.is_file()):
            raise UserError(INCOMPLETE)
        with key_file.open("rb") as file:
            generations = keyformat.decode(file.read(_LARGEST_KEY_FILE), kdf.floor_kib)
        head = _head(store)
        if not any(one.store_id == head for one in generations):
            raise UserError(DAMAGED)
        if head != key.store_id:
            raise UserError(FOREIGN)
        try:
            with closing(connect_reading(store, key)) as connection:
                check_whole(connection)
        except (dbapi2.Error, UserError) as error:
            raise UserError(DAMAGED) from error


def let_go(folder: Path, key: StoreKey, kdf: KdfParams = STANDARD) -> list[Backup]:
    """Remove what the ring no longer keeps; returns the backups of this store that turned out to be damaged.

    Nothing goes before the newest ones are proved: a damaged one neither counts nor pushes out a good one, and it
    stays where it is. Backups of other stores in the same folder are not looked at.
    """
    mine = [one for one in listed(folder) if one.store_id == key.store_id and one.day is not None]
    damaged = _damaged_among_newest(mine, key, kdf)
    good = [one for one in mine if one not in damaged]
    kept = ring.keep({one.number: one.day for one in good if one.day is not None})
    for one in good:
        if one.number not in kept:
            _remove(one.path)
    return damaged


def sweep(folder: Path, store_id: bytes) -> None:
    """Take away what an interrupted backup, or the removal of one, has left of this store in ``folder``."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if _UNFINISHED.match(path.name) and _head(path / STORE_NAME) in (b"", store_id):
                shutil.rmtree(path, ignore_errors=True)


def _carry(
    spool: Path, key_file: Path, key: StoreKey, folder: Path, day: dt.date, progress: Progress, kdf: KdfParams
) -> Backup:
    sweep(folder, key.store_id)
    size = spool.stat().st_size
    require_space(folder, size + _RESERVE)
    number = max((one.number for one in listed(folder)), default=0) + 1
    path = folder / f"apora-backup-{day:%Y%m%d}-{number:04d}"
    part = path.with_name(path.name + _PART)
    done = 0

    def moved(count: int) -> None:
        nonlocal done
        done += count
        progress(done, size)

    try:
        part.mkdir(mode=0o700)
        copy_flushed(spool, part / STORE_NAME, moved)
        copy_flushed(key_file, part / KEY_NAME)
        flush_folder(part)
        prove(part, key, kdf)
        part.rename(path)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    flush_folder(folder)
    return Backup(path, number, day, size, key.store_id)


def _damaged_among_newest(mine: list[Backup], key: StoreKey, kdf: KdfParams) -> list[Backup]:
    """The damaged ones, from the newest down to the third that is good."""
    damaged: list[Backup] = []
    good = 0
    for one in mine:
        try:
            prove(one.path, key, kdf)
        except UserError as error:
            if error.message == UNREADABLE:
                raise
            damaged.append(one)
            continue
        good += 1
        if good == ring.NEWEST:
            break
    return damaged


def _remove(path: Path) -> None:
    """First the name, in one step, then the files: half a backup never has the name of one."""
    gone = path.with_name(path.name + _GONE)
    with _in_words(GONE):
        path.rename(gone)
        flush_folder(path.parent)
        shutil.rmtree(gone, ignore_errors=True)


def _look(path: Path, match: re.Match[str]) -> Backup:
    try:
        day = dt.datetime.strptime(match[1], "%Y%m%d").replace(tzinfo=dt.UTC).date()
    except ValueError:
        day = None
    store = path / STORE_NAME
    return Backup(path, int(match[2]), day, store.stat().st_size if store.is_file() else 0, _head(store))


def _head(store: Path) -> bytes:
    try:
        with store.open("rb") as file:
            return file.read(STORE_ID_BYTES)
    except OSError:
        return b""


@contextmanager
def _in_words(otherwise: str) -> Iterator[None]:
    """Turn errors of the disk into sentences that say that the older backups are whole."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
        raise UserError(FULL if full else otherwise) from error


__all__ = ["Backup", "Progress", "let_go", "listed", "make", "prove", "sweep"]
