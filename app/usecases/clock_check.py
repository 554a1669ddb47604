"""Is the clock of this laptop clearly wrong? A flat battery puts it to 1970, a slip of the hand to 2040.

Nothing is refused for it and no order depends on it; but forms begin with today's date, so it is said at once.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from sqlalchemy import func, select

from app.models import Record
from app.sync.ledger import SELF_RID
from app.usecases.desk import Desk

RELEASED: Final = dt.date(2025, 1, 1)
"""No day of use of this version lies before it."""
_LAST: Final = dt.date(RELEASED.year + 12, 1, 1)
"""Nobody works with a version as old as this."""
_LOOKED_AT: Final = 500


def wrong_clock(desk: Desk) -> dt.date | None:
    """The day that the clock shows, if it is clearly wrong; None where it may be right.

    It cannot be more than a day before the newest own record, unless that was written by a clock as wrong itself.
    """
    today = desk.clock.today()
    if not RELEASED <= today < _LAST:
        return today
    newest = _newest_day(desk)
    return today if newest is not None and newest - today > dt.timedelta(days=1) else None


def _newest_day(desk: Desk) -> dt.date | None:
    """The latest day on which an own record was changed, among the last by their sequence (which no clock moves).

    Among the last only, by the index: it is asked after each save.
    """
    last = (
        select(Record.changed_at)
        .where(Record.owner_rid == SELF_RID)
        .order_by(Record.changed_seq.desc())
        .limit(_LOOKED_AT)
        .subquery()
    )
    with desk.store.reading() as session:
        newest = session.scalar(select(func.max(last.c.changed_at)).where(last.c.changed_at < _LAST.isoformat()))
    return dt.date.fromisoformat(newest[:10]) if newest else None
