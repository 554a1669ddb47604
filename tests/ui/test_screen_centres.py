"""Cards and trust: save my card, take theirs in, type the digits, revoke, trust again after an alarm."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from app.ui.screens.centres import CentresScreen
from tests.ui.exchange_fixtures import House, World, drop, open_world, stopped


@pytest.fixture
def world(tmp_path: Path, qtbot: QtBot) -> Iterator[World]:
    with open_world(tmp_path, qtbot) as made:
        yield made


def screen(world: World, qtbot: QtBot, house: House) -> CentresScreen:
    coordinator = house.desk.me.role == "coordinator"
    made = CentresScreen(world.desk, house.enrolment, house.sending, coordinator=coordinator)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.entered()
    world.wait()
    return made


def answer(made: CentresScreen, verb: str) -> None:
    press = next(one for one in made.confirm.findChildren(QPushButton) if one.text() == verb)
    press.click()


def test_my_digits_are_shown_in_four_groups_and_my_card_goes_to_the_stick(world: World, qtbot: QtBot) -> None:
    centre, coordinator = world.centre(), world.coordinator()
    made = screen(world, qtbot, centre)
    assert tuple(label.text() for label in made.mine.groups) == centre.enrolment.my_digits()
    made.mine.save.click()
    (file,) = world.stick.iterdir()
    assert coordinator.enrolment.receive(file.read_bytes()).centre_name == "Гомель"


def test_enrolment_by_typed_digits_marks_the_wrong_group_and_then_trusts(world: World, qtbot: QtBot) -> None:
    centre, coordinator = world.centre(), world.coordinator()
    card = world.stick / "their.card"
    card.write_bytes(coordinator.enrolment.my_card())
    made = screen(world, qtbot, centre)
    assert drop(made.zone, card)
    (pending,) = made.pending
    assert not pending.press.isEnabled()
    right = coordinator.enrolment.my_digits()
    wrong = [right[0], "00000" if right[1] != "00000" else "11111", right[2], right[3]]
    pending.digits.set_digits("".join(wrong))
    pending.press.click()
    world.wait()
    assert [box.property("invalid") for box in pending.digits.boxes] == [False, True, False, False]
    assert pending.wrong.text().startswith("Group 2 is different")
    assert centre.enrolment.coordinator() is None
    pending.digits.set_digits("".join(right))
    assert not pending.wrong.isVisible()
    pending.press.click()
    world.wait()
    assert made.banner.text().startswith("The digits agree")
    assert centre.enrolment.coordinator() is not None
    assert made.pending == []
    assert made.known.isVisible()
    made.banner.acted.emit()
    assert world.desk.went == [("send", {})]


@pytest.mark.parametrize("contents", [b"", b"a holiday picture", b"{}", b"x" * 100_000])
def test_what_is_no_card_is_told_and_nothing_is_kept(world: World, qtbot: QtBot, contents: bytes) -> None:
    centre = world.centre()
    file = world.stick / "file.bin"
    file.write_bytes(contents)
    made = screen(world, qtbot, centre)
    made.take_in([file])
    assert made.told.property("banner") == "error"
    assert made.told.text()
    assert centre.enrolment.peers() == []
    made.take_in([world.stick / "not there"])
    assert made.told.text().startswith("This file cannot be read")


def test_my_own_card_and_another_centre_are_refused_in_words(world: World, qtbot: QtBot) -> None:
    centre, other = world.centre(), world.centre("Брэст")
    made = screen(world, qtbot, centre)
    for house, words in ((centre, "of this laptop"), (other, "another centre")):
        card = world.stick / "some.card"
        card.write_bytes(house.enrolment.my_card())
        made.take_in([card])
        assert words in made.told.text()


def test_a_card_may_be_thrown_away_before_it_is_confirmed(world: World, qtbot: QtBot) -> None:
    centre, coordinator = world.centre(), world.coordinator()
    centre.enrolment.receive(coordinator.enrolment.my_card())
    made = screen(world, qtbot, centre)
    made.pending[0]._thrown()
    assert made.pending == []
    assert centre.enrolment.peers() == []


def test_half_typed_digits_survive_a_second_look(world: World, qtbot: QtBot) -> None:
    centre, coordinator = world.centre(), world.coordinator()
    centre.enrolment.receive(coordinator.enrolment.my_card())
    made = screen(world, qtbot, centre)
    made.pending[0].digits.set_digits("1234512")
    made.entered()
    assert made.pending[0].groups() == ["12345", "12", "", ""]


def test_revoking_asks_above_the_screen_with_the_verb_on_the_button(world: World, qtbot: QtBot) -> None:
    centre, _coordinator = world.pair()
    made = screen(world, qtbot, centre)
    made.table.setCurrentIndex(QModelIndex())  # the table has the focus, and with it the first line
    assert not made.revoke.isVisible()
    made.table.selectRow(0)
    made.revoke.click()
    assert made.confirm.isVisible()
    answer(made, "Leave as it is")
    assert centre.enrolment.peers()[0].trust == "trusted"
    made.revoke.click()
    answer(made, "Revoke")
    assert centre.enrolment.peers()[0].trust == "revoked"
    assert not made.revoke.isVisible()


def test_an_alarm_is_explained_and_a_person_decides(world: World, qtbot: QtBot) -> None:
    centre, coordinator = world.pair()
    stopped(centre, coordinator)
    made = screen(world, qtbot, centre)
    assert made.alarm.isVisible()
    assert "two different histories" in made.alarm.text()
    made.table.selectRow(0)
    made.resume.click()
    answer(made, "Trust again")
    assert centre.enrolment.peers()[0].trust == "trusted"
    assert not made.alarm.isVisible()


def test_the_coordinator_enrols_here_and_looks_after_her_centres_elsewhere(world: World, qtbot: QtBot) -> None:
    _centre, coordinator = world.pair()
    assert screen(world, qtbot, coordinator).known.isHidden()


def test_it_fits_a_small_laptop_without_scrolling_sideways(world: World, qtbot: QtBot) -> None:
    centre, coordinator = world.pair()
    coordinator.enrolment.receive(world.centre("Цэнтр з вельмі доўгай назвай у Віцебску").enrolment.my_card())
    centre.record(1)
    coordinator.receiving.take(world.put_on_stick(centre))
    made = screen(world, qtbot, coordinator)
    made.resize(940, 520)  # 1024×600 less the folded bar, the top and the status line
    qtbot.waitUntil(lambda: made.width() == 940)
    column = made.findChild(QScrollArea)
    assert column is not None
    assert column.horizontalScrollBar().maximum() == 0
