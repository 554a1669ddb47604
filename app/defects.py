"""A defect of the program gets a number, and an entry in the log that tells nothing of any record.

The log gets the kinds of the exceptions and the places in our files, never their texts: the text of an exception
may hold the contents of a record (a database error quotes its parameters).
"""

from __future__ import annotations

import logging
import secrets
import traceback
from pathlib import Path
from typing import Final

_LOG: Final = logging.getLogger("apora.defects")


def number_of(error: BaseException) -> str:
    """Write the defect to the log; returns the number of the entry, to be told to people."""
    number = secrets.token_hex(3).upper()
    _LOG.error("defect %s: %s", number, outline(error))
    return number


def outline(error: BaseException) -> str:
    """The kinds of ``error`` and its causes, and the places they came through; no texts, no values, no folders."""
    parts: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(parts) < 8:
        places = [
            f"{Path(frame.filename).name}:{frame.lineno}:{frame.name}"
            for frame in traceback.extract_tb(seen.__traceback__)
        ]
        parts.append(f"{type(seen).__module__}.{type(seen).__qualname__} at {' > '.join(places[-12:]) or '?'}")
        seen = seen.__cause__ or seen.__context__
    return " | from ".join(parts)
