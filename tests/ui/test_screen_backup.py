"""The backup screen, as a nurse uses it: a place, a button, a verdict; and work that is done by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.store.files import STORE_NAME
from app.ui.application import Preferences
from app.ui.automatic_backup import AutomaticBackup
from app.ui.safety import safety_status
from app.ui.screens.backup import BackupScreen
from app.ui.screens.settings import Changes, SettingsScreen, Who
from app.usecases.safekeeping import NO_FOLDER, Safekeeping
from tests.ui.exchange_fixtures import House, World, open_world


@pytest.fixture
def world(tmp_path: Path, qtbot: QtBot) -> Iterator[World]:
    with open_world(tmp_path, qtbot) as made:
        yield made


@pytest.fixture
def centre(world: World) -> House:
    return world.centre()


@pytest.fixture
def keeping(world: World, centre: House) -> Safekeeping:
    return Safekeeping(centre.desk, lambda: [world.stick] if world.stick.is_dir() else [])


@pytest.fixture
def screen(world: World, keeping: Safekeeping, qtbot: QtBot) -> BackupScreen:
    made = BackupScreen(world.desk, keeping)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.entered()
    world.wait()
    return made


def test_the_first_backup_is_one_press(world: World, screen: BackupScreen, keeping: Safekeeping) -> None:
    assert "never" in screen.last.text()
    assert "Make one now" in screen.problem.text()
    assert "no folder" not in screen.problem.text(), "a stick is marked"
    assert not screen.table.isVisible()
    assert screen.places.place() == world.stick, "the stick that is in is marked"
    screen.now.click()
    world.wait()
    assert "made and checked" in screen.done.text()
    assert keeping.state().folder == world.stick
    assert screen.table.lines.rowCount() == 1
    assert "never" not in screen.last.text()
    assert screen.now.isEnabled()
    assert world.desk.refreshed == 1


def test_a_folder_that_is_chosen_counts_at_once(
    world: World, screen: BackupScreen, keeping: Safekeeping, tmp_path: Path
) -> None:
    assert keeping.state().problem == NO_FOLDER
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    screen.places.choose_place(shelf)
    world.wait()
    assert keeping.state().folder is None, "marked for her is not chosen by her"
    screen.places._folder_chosen(shelf)
    world.wait()
    assert keeping.state().folder == shelf
    assert keeping.state().due, "and backups are made there by themselves"
    assert "no backup yet" in screen.problem.text()


def test_a_damaged_one_is_told_when_it_is_checked(world: World, screen: BackupScreen, keeping: Safekeeping) -> None:
    screen.now.click()
    world.wait()
    (row,) = keeping.list()
    screen.table.selectRow(0)
    assert screen.test.isEnabled()
    screen.test.click()
    world.wait()
    assert "is whole" in screen.verdict.text()
    with (row.path / STORE_NAME).open("r+b") as file:
        file.seek(7000)
        file.write(b"rot")
    screen.test.click()
    world.wait()
    assert "damaged" in screen.verdict.text()
    assert screen.table.verdict(row.path)


def test_a_stick_pulled_out_is_a_sentence(world: World, screen: BackupScreen) -> None:
    place = world.stick
    screen.places.choose_place(place)
    place.rename(place.with_name("out"))
    screen.now.click()
    world.wait()
    assert screen.done.text()
    assert "made and checked" not in screen.done.text()
    place.with_name("out").rename(place)


def test_the_status_line_tells_the_age_and_the_handover(world: World, centre: House, keeping: Safekeeping) -> None:
    assert [(item.text, item.overdue) for item in safety_status(keeping)] == [("No backup yet", True)]
    keeping.back_up_to(world.stick, lambda _done, _of: None)
    assert [(item.text, item.overdue) for item in safety_status(keeping)] == [("Last backup: 20.11.2026", False)]
    centre.clock.set(centre.clock.moment + dt.timedelta(days=5))
    assert safety_status(keeping)[0].overdue


class Told:
    """What work by itself has said."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.changes = 0
        self.failures: list[BaseException] = []

    def changed(self) -> None:
        self.changes += 1


def test_by_itself_once_a_day_and_a_failure_is_told_once(
    world: World, centre: House, keeping: Safekeeping, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Told()
    by_itself = AutomaticBackup(keeping, told.said.append, told.changed, told.failures.append)

    def look() -> None:
        by_itself.look()
        qtbot.waitUntil(lambda: not by_itself.tasks.busy, timeout=20_000)

    look()
    assert (told.changes, told.failures) == (0, []), "no place is chosen: nothing to do, nothing to say"
    keeping.choose_folder(world.stick)
    look()
    look()
    assert told.changes == 1
    assert len(keeping.list()) == 1
    centre.clock.set(centre.clock.moment + dt.timedelta(days=1))

    def refuse(*_: object) -> None:
        raise OSError(5, "gone")

    monkeypatch.setattr("app.store.backup.copy_flushed", refuse)
    look()
    look()
    assert len(told.failures) == 1
    monkeypatch.undo()
    look()
    assert told.changes == 2
    by_itself.stop()


def test_it_fits_a_small_screen(screen: BackupScreen) -> None:
    assert screen.minimumSizeHint().width() <= 1024
    assert screen.minimumSizeHint().height() <= 600


def test_settings_lead_to_backups_and_to_the_staff(world: World, qtbot: QtBot) -> None:
    who = Who("Т. Саковіч", "Гомель", "centre", "01a1f84a", practice=True, version="0.1.0")
    made = SettingsScreen(world.desk, who, Preferences("en"), 10, Changes(print, print, print, print))
    qtbot.addWidget(made)
    made.backup.click()
    made.staff.click()
    assert [route for route, _arguments in world.desk.went] == ["backup", "staff"]
