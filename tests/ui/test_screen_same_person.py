"""Same person: decided by the keys where the focus stands; undoing among the decided leads nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.screens.same_person import SamePersonScreen
from app.usecases.same_person import SamePersons
from tests.ui.exchange_fixtures import House, World, befriend, open_world

WOMAN = {"sex": "female", "birth": "1994-05-14", "oblast": "BY-VI"}
NAME = {"surname": "Каваленка", "given": "Ганна", "patronymic": "Пятроўна", "kind": "current"}
AGREED = {"scope": "coordinator_identifiable", "state": "given", "on": "2026-01-10", "given_by": "individual"}


@pytest.fixture
def world(tmp_path: Path, qtbot: QtBot) -> Iterator[World]:
    with open_world(tmp_path, qtbot) as made:
        yield made


def with_a_pair(world: World) -> House:
    """A coordinator to whom two centres sent one human being."""
    one, coordinator = world.pair()
    other = world.centre("Брэст")
    befriend(other, coordinator)
    for house in (one, other):
        house.people.register(WOMAN, {"names": [NAME]}, [AGREED], sure=True)
        assert coordinator.receiving.take(world.put_on_stick(house)).ok
    return coordinator


def opened(world: World, qtbot: QtBot, house: House) -> SamePersonScreen:
    made = SamePersonScreen(world.desk, SamePersons(house.desk))
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.entered()
    world.wait()
    world.wait()
    return made


def test_the_keys_decide_where_the_focus_stands(world: World, qtbot: QtBot) -> None:
    coordinator = with_a_pair(world)
    made = opened(world, qtbot, coordinator)
    assert len(made.pairs.rows.pairs) == 1
    QTest.keyClick(made.pairs, Qt.Key.Key_1)
    world.wait()
    assert world.desk.said[-1].startswith("They count as one person")
    assert SamePersons(coordinator.desk).counts().groups == 1


def test_what_is_undone_among_the_decided_leaves_her_there(world: World, qtbot: QtBot) -> None:
    coordinator = with_a_pair(world)
    made = opened(world, qtbot, coordinator)
    made.decide("different")
    world.wait()
    made.tabs[1].click()
    assert made.decided.undo.isEnabled(), "the newest decision is marked"
    made.decided.undo.click()
    world.wait()
    world.wait()
    assert made.pairs.pair() is not None, "the pair waits again"
    assert made.stack.currentIndex() == 1
