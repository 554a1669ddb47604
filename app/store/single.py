"""One copy of the program for one store, held by a lock of the kernel.

The lock is on the open file, not the file itself: it goes when the process goes, however it ends. So neither a lock
file left behind by a crash nor one copied from another laptop can lock anybody out.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from app.errors import UserError
from app.i18n import N_
from app.store.files import LOCK_NAME, sentence_for

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class AlreadyRunning(UserError):
    """Another copy of the program has this store."""


class SingleInstance:
    """Holds the store's folder for this process from ``acquire`` to ``release`` (or as a context)."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK_NAME
        self._handle: int | None = None

    def acquire(self) -> None:
        """Take the folder (made if missing); raises AlreadyRunning when another copy has it."""
        if self._handle is not None:
            return
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise sentence_for(error) from error
        try:
            _lock(handle)
        except OSError as error:
            os.close(handle)
            raise AlreadyRunning(
                N_("The program is already open on this laptop. Go to its window, or close it first.")
            ) from error
        self._handle = handle

    def release(self) -> None:
        """Let the folder go. The file stays: taking it away would let two copies lock two different files."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.release()


def _lock(handle: int) -> None:
    """Take the kernel's lock at once or raise OSError."""
    if sys.platform == "win32":
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
