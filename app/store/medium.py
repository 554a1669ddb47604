"""Copying a file to another medium so that it counts only when the medium has given the same bytes back.

Nothing of the database is imported here: the start of the program finishes an interrupted restore before its window
is painted.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.errors import UserError
from app.i18n import N_
from app.read_back import hash_from_medium
from app.store.files import KEY_NAME, STORE_NAME

BACKED_UP: Final = (STORE_NAME, KEY_NAME)
"""What a backup holds, and what a restore puts in place."""

FALSE: Final = N_(
    "What was read back is not what was written, so nothing was replaced. "
    "Do not trust this stick or disk: take another one."
)
INCOMPLETE: Final = N_("This is no whole backup: the store or the key file is missing. Take another one.")
_PIECE: Final = 1 << 20


def copy_flushed(source: Path, target: Path, progress: Callable[[int], None] | None = None) -> None:
    """Copy a file, where none may be, flush it, and read it back past the cache.

    ``progress`` gets the bytes of each piece and may raise to stop. Raises UserError where it reads differently.
    """
    running = hashlib.sha256()
    with source.open("rb") as read, target.open("xb") as written:
        target.chmod(0o600)
        while piece := read.read(_PIECE):
            running.update(piece)
            written.write(piece)
            if progress is not None:
                progress(len(piece))
        written.flush()
        os.fsync(written.fileno())
    if hash_from_medium(target) != running.digest():
        raise UserError(FALSE)
