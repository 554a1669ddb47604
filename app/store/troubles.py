"""What an error of the database means for a person, and which error it is.

SQLite's result codes: https://www.sqlite.org/rescode.html. Anything that is not in the table is a defect of the
program and goes up as it is (without contents: the engine hides parameters).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from app.errors import UserError
from app.i18n import N_
from app.store import files
from app.store.files import DISK_FAILING, DISK_FULL, READ_ONLY, free_bytes

DAMAGED: Final = N_(
    "The store is damaged. Nothing was changed and nothing was repaired. Restore your latest backup; "
    "keep the damaged file for the coordinator."
)
TRUNCATED: Final = N_(
    "The store is cut short: a part of the file is missing. Nothing was changed. Restore your latest backup; "
    "keep the short file for the coordinator."
)
EMPTY: Final = N_("The store is an empty file. Nothing was changed. Restore your latest backup.")
PLAIN: Final = N_(
    "The file in the place of the store is not encrypted, so it is not a store of this program. "
    "It was not opened. Restore your latest backup."
)
MISSING: Final = N_(
    "The store is missing from its folder. It was not made anew, so that nothing is hidden. "
    "Find the file, or restore your latest backup."
)
FOREIGN: Final = N_(
    "The key file and the store do not belong together. Nothing was changed. "
    "Put back the two files that were saved together."
)
LOCKED: Final = N_(
    "The store is busy: another program works on it. Nothing was saved. Wait a minute, then try again."
)
CANNOT_OPEN: Final = N_(
    "The store's file cannot be opened. Check that the disk is connected and that you may read the folder."
)

_ALMOST_FULL: Final = 1_000_000
_SQLITE_IOERR: Final = 10
_SENTENCES: Final = {
    5: LOCKED,  # SQLITE_BUSY
    6: LOCKED,  # SQLITE_LOCKED
    8: READ_ONLY,  # SQLITE_READONLY
    _SQLITE_IOERR: DISK_FAILING,
    11: DAMAGED,  # SQLITE_CORRUPT
    13: DISK_FULL,  # SQLITE_FULL
    14: CANNOT_OPEN,  # SQLITE_CANTOPEN
    26: DAMAGED,  # SQLITE_NOTADB: here the key is known to be right, so the first page does not match its seal
}


class CommitUncertain(UserError):
    """The disk failed while saving and cannot be read: nobody knows whether the save was kept."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "The disk failed while saving, and it cannot be seen whether the record was kept. "
                "Close the program, open it again and look before you enter it a second time."
            )
        )


@contextmanager
def in_words(folder: Path, *, reading: bool = False) -> Iterator[None]:
    """Turn errors of disk and database into sentences. A write while ``reading`` is a defect and stays one."""
    try:
        yield
    except (DBAPIError, dbapi2.Error, OSError) as error:
        sentence = sentence_for(error, folder)
        if sentence is None or (reading and sentence.message == READ_ONLY):
            raise
        raise sentence from error


def sentence_for(error: Exception, folder: Path) -> UserError | None:
    """The sentence for an error of the disk, the driver or SQLAlchemy; None for a defect of the program."""
    if isinstance(error, OSError):
        return files.sentence_for(error)
    driver_error = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(driver_error, dbapi2.Error):
        return None
    primary = getattr(driver_error, "sqlite_errorcode", 0) & 0xFF
    if primary == _SQLITE_IOERR and _is_full(folder):
        return UserError(DISK_FULL)
    sentence = _SENTENCES.get(primary)
    return UserError(sentence) if sentence else None


def _is_full(folder: Path) -> bool:
    """A full disk is sometimes reported as a failed write or flush."""
    try:
        return free_bytes(folder) < _ALMOST_FULL
    except OSError:
        return False
