"""The one door from the store to figures: what a scope needs is read once, everything after it is pure."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.reports.facts import Facts, work
from app.reports.reading import people
from app.reports.reading.rows import donors
from app.reports.table import Scope

__all__ = ["donors", "load"]


def load(session: Session, scope: Scope, today: dt.date, *, quality: bool = False) -> Facts:
    """Read what the indicators of ``scope`` need; with ``quality`` the data themselves too, which takes long."""
    return Facts(scope, people.load(session, scope, today), work.load(session, scope, today, quality=quality))
