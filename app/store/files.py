"""Files that are either wholly old or wholly new, and the sentences for a disk that is full or failing.

Plain writing left a short file under the final name in 18 of 25 pulled sticks; a temporary file, flushed to the
disk and renamed, in none. The names of the store's own files are kept here, since each room needs some of them.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import time
from pathlib import Path
from typing import Final

from app.errors import UserError
from app.i18n import N_

STORE_NAME: Final = "store.db"
KEY_NAME: Final = "store.key"
LOCK_NAME: Final = "store.lock"

_BUSY_ON_WINDOWS: Final = (5, 32, 33)
"""ERROR_ACCESS_DENIED, SHARING_VIOLATION, LOCK_VIOLATION: an antivirus looks at the file for a moment."""
_PATIENCE: Final = 2.5

DISK_FULL: Final = N_("The disk is full, so nothing was saved. Free some space on it, then save again.")
DISK_FAILING: Final = N_(
    "The disk did not take what was written. It may be failing. Try again; if it happens again, "
    "make a backup on another disk before you go on."
)
READ_ONLY: Final = N_(
    "This folder can be read but not written, so nothing was saved. "
    "Move the program's data to a disk that can be written, or ask for the right to write here."
)
HELD_BY_ANOTHER: Final = N_(
    "Another program holds the file, so nothing was saved. Close other programs or wait a minute, then try again."
)


def sentence_for(error: OSError) -> UserError:
    """What an error of the file system means for a person."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return UserError(DISK_FULL)
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return UserError(HELD_BY_ANOTHER if _held(error) else READ_ONLY)
    return UserError(DISK_FAILING)


def write_atomically(path: Path, data: bytes) -> None:
    """Put ``data`` under ``path``, readable by this user alone. Afterwards the file is wholly old or wholly new.

    Raises UserError when the disk refuses; the old file is then untouched.
    """
    part = path.with_name(path.name + ".part")
    try:
        try:
            _write_flushed(part, data)
            replace_file(part, path)
        except OSError:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise sentence_for(error) from error


def replace_file(source: Path, target: Path) -> None:
    """Rename ``source`` over ``target`` and flush the folder. Waits up to 2.5 s while Windows holds the file."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            source.replace(target)
            break
        except PermissionError as error:
            if not _held(error) or time.monotonic() >= deadline:
                raise
            time.sleep(0.05)
    flush_folder(target.parent)


def flush_file(path: Path) -> None:
    """Wait until the file's bytes are on the disk."""
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())


def flush_folder(folder: Path) -> None:
    """Wait until the folder's entries are on the disk. Windows has no such call: there a rename is journalled."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def free_bytes(folder: Path) -> int:
    """How many bytes may still be written into ``folder``."""
    return shutil.disk_usage(folder).free


def require_space(folder: Path, needed: int) -> None:
    """Raise UserError unless ``needed`` bytes are free: better before a long piece of work than in its middle."""
    free = free_bytes(folder)
    if free < needed:
        raise UserError(
            N_(
                "This needs {needed} MB of free space and the disk has {free} MB. "
                "Free some space, then try again. Nothing was changed."
            ),
            needed=-(-needed // 1_000_000),
            free=free // 1_000_000,
        )


def _write_flushed(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _held(error: OSError) -> bool:
    return getattr(error, "winerror", None) in _BUSY_ON_WINDOWS
