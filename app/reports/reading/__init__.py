"""The one door from the store to figures: what a question needs is read once, everything after it is pure."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.reports.facts import Facts
from app.reports.facts.wanted import Wanted
from app.reports.reading import people, work
from app.reports.reading.places import donors
from app.reports.table import Scope

__all__ = ["donors", "load"]


def load(session: Session, scope: Scope, today: dt.date, wanted: Wanted = Wanted.PEOPLE) -> Facts:
    """Read what indicators over ``scope`` need: what is ``wanted`` of people, and all work.

    The data themselves (``Wanted.QUALITY``) are looked at only where that is asked for: it takes long.
    """
    quality = bool(wanted & Wanted.QUALITY)
    return Facts(scope, people.load(session, scope, today, wanted), work.load(session, scope, today, quality=quality))
