"""The place to return to after a lock: kept at the lock, given out once.

After a kill there is none: then the drafts in Today are the way back. Whoever unlocks as another member of staff
starts at home, not in her colleague's form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.models import Setting
from app.usecases.desk import Desk
from app.usecases.kept_values import pack, unpack

_NAME: Final = "last_place"


@dataclass(frozen=True, slots=True)
class LastPlace:
    """A route, what it was opened with, and what the screen said of its own state."""

    route: str
    arguments: Mapping[str, Any]
    state: Mapping[str, Any]


def keep_place(desk: Desk, place: LastPlace) -> None:
    """Remember where one was when the program was locked."""
    kept = {"staff": desk.staff, "route": place.route, "arguments": place.arguments, "state": place.state}
    with desk.store.transaction() as session:
        session.merge(Setting(name=_NAME, value=pack(kept)))


def take_place(desk: Desk) -> LastPlace | None:
    """Where this member of staff was at the last lock; asked a second time, nothing."""
    with desk.store.transaction() as session:
        row = session.get(Setting, _NAME)
        if row is None:
            return None
        kept = unpack(row.value)
        session.delete(row)
    if kept.get("staff") != desk.staff:
        return None
    arguments, state = kept.get("arguments"), kept.get("state")
    if not isinstance(arguments, dict) or not isinstance(state, dict):
        return None
    return LastPlace(str(kept.get("route", "")), arguments, state)
