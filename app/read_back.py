"""What a medium really holds: a fake or failing stick accepts everything and gives other bytes back."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final

_PIECE: Final = 1 << 20


def hash_from_medium(path: Path) -> bytes:
    """SHA-256 of what the medium holds: the pages in memory are dropped first, where the system can."""
    running = hashlib.sha256()
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while piece := file.read(_PIECE):
            running.update(piece)
    return running.digest()
