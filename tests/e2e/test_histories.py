"""Whatever is linked, undone, imported and handed over, in whatever order: groups are the classes of the decisions
that stand, each record has one owner, and nobody and nothing is counted twice.

Done when 4 of the coordinator's desk. One real store serves all histories and is emptied in between, so that
``APORA_HISTORIES=5000`` takes some minutes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import delete

from app.models import Base
from tests.e2e.desks import Office, copied
from tests.e2e.histories import BEGINNING, STEPS, Life

HISTORIES = int(os.environ.get("APORA_HISTORIES", "60"))
_STAY = frozenset({"installation", "centre", "own_keys", "staff", "setting"})


@pytest.fixture(scope="module")
def coordinator(workshop: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The workshop's coordinator, for all histories one after the other."""
    office = copied(workshop / "boss", tmp_path_factory.mktemp("histories") / "boss", 900)
    yield office
    office.lock()


def emptied(office: Office) -> Office:
    """Without a record, a bundle or a decision: who is known stays."""
    with office.desk.store.transaction() as session:
        for table in reversed(Base.metadata.sorted_tables):
            if table.name not in _STAY:
                session.execute(delete(table))
    return office


@pytest.mark.parametrize("tenth", range(10))
def test_groups_owners_and_figures_are_right_after_any_history(coordinator: Office, tenth: int) -> None:
    """Seeded by number: a failing history is found again by its steps, which stand in the message."""
    for number in range(tenth, HISTORIES, 10):
        chance = Random(number)
        history = [(chance.choice(STEPS), chance.randrange(10_000)) for _ in range(chance.randint(8, 32))]
        life = Life(emptied(coordinator))
        try:
            for name, at in (*BEGINNING, *history):
                life.step(name, at)
            life.check()
        except Exception as error:
            error.add_note(f"history {number}: {history}")
            raise
