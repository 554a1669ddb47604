"""Reference documents (the list of centres, the directory of partners): the one count over all of them.

At the coordinator each change of any document takes the next number. What was told to a centre up to a number holds
every document with that number or a lower one.
"""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import ReferenceDocument


def newest(session: Session) -> int:
    """The number of the last change; 0 where nothing was ever kept."""
    return session.scalar(select(func.max(ReferenceDocument.number))) or 0


def next_number(session: Session) -> int:
    """The number of the next change."""
    return newest(session) + 1
