"""The index of people made anew after an update of the program that keeps other words, keys or features of them.

In small transactions, so that a save made meanwhile waits for one slice alone; cut short, it goes on from there the
next time. Until then everybody is still found and compared by what was kept before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.models import Unmatched
from app.sync import bulk
from app.sync.search_index import is_current, renew_some
from app.sync.verifier import Role
from app.usecases.desk import Desk

_AT_ONCE: Final = 200
"""Persons made anew in one transaction: about 60 ms."""
_UNMATCHED: Final = bulk.insert_text(Unmatched, ("person_rid",), or_ignore=True)


def renew_index(desk: Desk, cancelled: Callable[[], bool] = lambda: False) -> None:
    """Make the index anew where an earlier program made it; costs one look-up where not.

    At the coordinator's everybody whose rows were made anew is looked at again, for she may be like somebody else.
    """
    with desk.store.reading() as session:
        done = is_current(session)
    while not done and not cancelled():
        with desk.store.transaction() as session:
            rids = renew_some(session, _AT_ONCE)
            if desk.me.role == Role.COORDINATOR:
                bulk.run(session, _UNMATCHED, [(rid,) for rid in rids])
            done = is_current(session)
