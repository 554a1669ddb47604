"""Centres as the coordinator watches over them: what is wrong stands first, in words, with what to do about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.ui.screens.watched import WatchedScreen
from app.usecases.watch import USUAL_DAYS, Watch
from tests.ui.exchange_fixtures import House, World, befriend, open_world, stopped


@pytest.fixture
def world(tmp_path: Path, qtbot: QtBot) -> Iterator[World]:
    with open_world(tmp_path, qtbot) as made:
        yield made


def screen(world: World, qtbot: QtBot, house: House) -> WatchedScreen:
    made = WatchedScreen(world.desk, Watch(house.desk), house.enrolment)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.entered()
    world.wait()
    return made


def cells(made: WatchedScreen, column: int) -> list[str]:
    model = made.table.lines
    return [str(model.data(model.index(row, column))) for row in range(model.rowCount())]


def press(made: WatchedScreen, verb: str) -> None:
    next(one for one in made.confirm.findChildren(QPushButton) if one.text() == verb).click()


def later(house: House, days: int) -> None:
    house.clock.moment += dt.timedelta(days=days)


def test_alarm_gap_and_silence_stand_first_in_words(world: World, qtbot: QtBot) -> None:
    first, coordinator = world.pair()
    second, third = world.centre("Брэст"), world.centre("Віцебск")
    for house in (second, third):
        befriend(house, coordinator)
    later(coordinator, USUAL_DAYS + 1)
    first.record(1)
    coordinator.receiving.take(world.put_on_stick(first))
    stopped(coordinator, third)
    made = screen(world, qtbot, coordinator)
    assert cells(made, 0) == ["Віцебск", "Брэст", "Гомель"]
    assert cells(made, 1) == ["Alarm: two histories", f"Silent for {USUAL_DAYS + 1} days", "In order"]
    assert made.sub.text() == "3 laptops · 2 want a call"
    assert made.about.decide.isVisible()
    made.about.decide.click()
    assert world.desk.went == [("alarm", {"inst": third.desk.me.uid})]


def test_silence_is_what_was_agreed(world: World, qtbot: QtBot) -> None:
    centre, coordinator = world.pair()
    later(coordinator, 10)
    made = screen(world, qtbot, coordinator)
    assert cells(made, 1) == ["Nothing has come yet"]
    assert not made.about.agree.isEnabled()
    made.about.days.setValue(7)
    made.about.agree.click()
    world.wait()
    assert cells(made, 1) == ["Silent for 10 days"]
    assert "at least every 7 days" in made.about.advice.text()
    watch = Watch(coordinator.desk)
    assert watch.calls() == 1
    watch.agree(USUAL_DAYS, centre.desk.me.uid)
    assert watch.calls() == 0
    assert not watch.centres()[0].own_agreement
    watch.agree(5)
    assert watch.calls() == 1
    with pytest.raises(UserError):
        watch.agree(0)


def test_revoking_asks_and_takes_nothing_more(world: World, qtbot: QtBot) -> None:
    centre, coordinator = world.pair()
    made = screen(world, qtbot, coordinator)
    made.about.revoke.click()
    press(made, "Leave as it is")
    assert coordinator.enrolment.peers()[0].trust == "trusted"
    made.about.revoke.click()
    press(made, "Revoke")
    world.wait()
    assert cells(made, 1) == ["Revoked"]
    assert not made.about.revoke.isVisible()
    centre.record(1)
    assert coordinator.receiving.take(world.put_on_stick(centre)).answer == "REVOKED"


def test_without_centres_it_says_what_to_do_first_and_a_waiting_card_is_told(world: World, qtbot: QtBot) -> None:
    coordinator = world.coordinator()
    made = screen(world, qtbot, coordinator)
    assert made.nobody.isVisible()
    made.nobody.acted.emit()
    assert world.desk.went == [("enrol", {})]
    coordinator.enrolment.receive(world.centre().enrolment.my_card())
    made.refresh()
    world.wait()
    assert made.banner.text() == "1 card waits for its digits."


def test_it_fits_a_small_laptop_without_scrolling_sideways(world: World, qtbot: QtBot) -> None:
    centre, coordinator = world.pair()
    centre.record(1)
    coordinator.receiving.take(world.put_on_stick(centre))
    made = screen(world, qtbot, coordinator)
    made.resize(940, 520)
    qtbot.waitUntil(lambda: made.width() == 940)
    column = made.findChild(QScrollArea)
    assert column is not None
    assert column.horizontalScrollBar().maximum() == 0
