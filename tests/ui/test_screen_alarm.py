"""The alarm: what is known, what to ask, and three ways on, each asked once more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.models import Trust
from app.ui.screens.alarm import AlarmScreen
from app.ui.tasks import Tasks
from app.usecases.forks import Forks
from tests.e2e.desks import trust_of
from tests.e2e.forked import Fork, forked
from tests.ui.exchange_fixtures import DeskDouble


@pytest.fixture
def fork(tmp_path: Path) -> Fork:
    return forked(tmp_path)


@pytest.fixture
def window() -> Iterator[DeskDouble]:
    failures: list[BaseException] = []
    made = DeskDouble(Tasks(failures.append))
    yield made
    assert made.tasks.stop()
    assert not failures


def opened(qtbot: QtBot, window: DeskDouble, fork: Fork) -> AlarmScreen:
    made = AlarmScreen(window, Forks(fork.head.desk), fork.inst)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.entered()
    settle(qtbot, window)
    return made


def settle(qtbot: QtBot, window: DeskDouble) -> None:
    qtbot.waitUntil(lambda: not window.tasks.busy, timeout=20_000)


def answer(made: AlarmScreen, verb: str) -> None:
    next(one for one in made.confirm.findChildren(QPushButton) if one.text() == verb).click()


def test_both_histories_are_told_and_one_goes_on(qtbot: QtBot, window: DeskDouble, fork: Fork) -> None:
    made = opened(qtbot, window, fork)
    told = {one.text() for one in made.facts.findChildren(QLabel)}
    assert {"1 file", "1"} <= told
    assert made.sub.text() == "Віцебск"
    made.presses[1].click()
    assert trust_of(fork.head.desk, fork.inst) == Trust.STOPPED
    answer(made, "Trust it again")
    settle(qtbot, window)
    assert trust_of(fork.head.desk, fork.inst) == Trust.TRUSTED
    assert fork.head.receiving.aside() == []
    assert window.went == [("centres", {})]


def test_another_laptop_follows(qtbot: QtBot, window: DeskDouble, fork: Fork) -> None:
    made = opened(qtbot, window, fork)
    made.presses[0].click()
    answer(made, "Keep both")
    settle(qtbot, window)
    assert trust_of(fork.head.desk, fork.inst) == Trust.REVOKED
    assert fork.head.receiving.aside() == []
    assert window.went == [("replace_laptop", {})]


def test_after_a_theft_the_file_stays(qtbot: QtBot, window: DeskDouble, fork: Fork) -> None:
    made = opened(qtbot, window, fork)
    made.presses[2].click()
    answer(made, "Revoke")
    settle(qtbot, window)
    assert trust_of(fork.head.desk, fork.inst) == Trust.REVOKED
    assert len(fork.head.receiving.aside()) == 1


def test_a_decision_is_only_asked_for(qtbot: QtBot, window: DeskDouble, fork: Fork) -> None:
    made = opened(qtbot, window, fork)
    for press in made.presses:
        press.click()
        assert made.confirm.isVisible()
        assert made.step_back()
    assert trust_of(fork.head.desk, fork.inst) == Trust.STOPPED
    assert window.went == []
