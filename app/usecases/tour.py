"""Whether the tour of the first morning was closed: kept for each member of staff, so that it stays closed."""

from __future__ import annotations

from app.models import Setting
from app.usecases.desk import Desk


def close_tour(desk: Desk) -> None:
    """She wants no more of it."""
    with desk.store.transaction() as session:
        session.merge(Setting(name=_name(desk), value="closed"))


def tour_is_open(desk: Desk) -> bool:
    """Has she not closed it?"""
    with desk.store.transaction() as session:
        return session.get(Setting, _name(desk)) is None


def _name(desk: Desk) -> str:
    return f"tour/{desk.staff}"
