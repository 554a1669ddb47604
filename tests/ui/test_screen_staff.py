"""Staff and passphrases on the screen: added, forgotten, changed, taken out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.ui.screens.staff import StaffScreen
from app.usecases.members import Members
from tests.ui.exchange_fixtures import World, open_world

ROLES = [("nurse", "Nurse"), ("lawyer", "Lawyer")]


@pytest.fixture
def world(tmp_path: Path, qtbot: QtBot) -> Iterator[World]:
    with open_world(tmp_path, qtbot) as made:
        yield made


@pytest.fixture
def members(world: World) -> Members:
    return Members(world.centre().desk)


@pytest.fixture
def screen(world: World, members: Members, qtbot: QtBot) -> StaffScreen:
    made = StaffScreen(world.desk, members, ROLES)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.entered()
    world.wait()
    return made


def add(world: World, screen: StaffScreen, name: str) -> str:
    """A new colleague; her passphrase."""
    screen.new.click()
    phrase = screen.panel.phrase.text()
    screen.panel.name.setText(name)
    screen.panel.role.setCurrentIndex(1)
    screen.panel.again.line.setText(phrase.upper())
    screen.panel.submit()
    world.wait()
    return phrase


def test_a_new_colleague(world: World, screen: StaffScreen, members: Members) -> None:
    assert screen.table.lines.rowCount() == 1
    phrase = add(world, screen, "Ганна П.")
    assert len(phrase.split()) == 6
    assert screen.panel.isHidden()
    assert "Ганна П." in screen.banner.text()
    assert [(one.name, one.role) for one in members.list()][1] == ("Ганна П.", "lawyer")
    assert screen.table.lines.rowCount() == 2
    assert not screen.panel.phrase.text(), "the words do not stay on the screen"


def test_the_phrase_must_be_typed_back_and_the_name_given(world: World, screen: StaffScreen) -> None:
    screen.new.click()
    screen.panel.submit()
    assert "name" in screen.panel.error.text()
    screen.panel.name.setText("Ганна")
    screen.panel.again.line.setText("нечто другое")
    screen.panel.submit()
    assert "not the new passphrase" in screen.panel.error.text()
    assert not world.desk.tasks.busy


def test_for_oneself_nothing_can_be_set_or_taken_out(world: World, screen: StaffScreen) -> None:
    screen.table.selectRow(0)
    assert not screen.anew.isEnabled()
    assert not screen.out.isVisible()
    screen.mine.click()
    screen.panel.present.line.setText("не та самая фраза")
    screen.panel.again.line.setText(screen.panel.phrase.text())
    screen.panel.submit()
    world.wait()
    assert "present passphrase" in screen.panel.error.text()
    assert screen.panel.save.isEnabled()


def test_a_forgotten_one_is_set_anew_and_one_who_leaves_is_taken_out(
    world: World, screen: StaffScreen, members: Members
) -> None:
    add(world, screen, "Ганна П.")
    screen.table.selectRow(1)
    screen.anew.click()
    assert "Ганна П." in screen.panel.heading.text()
    screen.panel.again.line.setText(screen.panel.phrase.text())
    screen.panel.submit()
    world.wait()
    assert "new passphrase" in screen.banner.text()
    screen.table.selectRow(1)
    screen.out.click()
    assert all(one.active for one in members.list()), "asked first"
    members.deactivate(members.list()[1].uid)
    screen.entered()
    world.wait()
    screen.table.selectRow(1)
    assert screen.anew.isEnabled(), "who comes back gets a new passphrase"
    assert not screen.out.isVisible()


def test_leaving_forgets_the_words(screen: StaffScreen) -> None:
    screen.new.click()
    screen.leaving()
    assert not screen.panel.phrase.text()
    assert screen.panel.isHidden()
