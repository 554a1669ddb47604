"""Unlock as a nurse meets it in the morning, and as a thief does: it names nobody."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.clock import SteadyClock
from app.ui.screens.unlock import Opener, Unlock
from app.ui.tasks import Tasks
from app.usecases.access import Access, SetUp, lock
from app.usecases.desk import Desk
from tests.ui.screen_fixtures import QUICK_KDF, STAFF, show

CENTRE = "Крызісны пакой"


@dataclass
class Door:
    """A locked laptop."""

    screen: Unlock
    opener: Opener
    phrase: str
    groups: tuple[str, ...]
    folder: Path
    desks: list[Desk]


def _access(folder: Path) -> Access:
    return Access(folder, SteadyClock(dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)), QUICK_KDF)


def _fail(error: BaseException) -> None:
    raise error


@pytest.fixture
def door(qtbot: QtBot, tmp_path: Path) -> Door:
    access = _access(tmp_path)
    phrase = access.new_passphrase()
    made = access.create(SetUp("centre", False, CENTRE, "BY-HO", "", STAFF, "nurse"), phrase, lambda _what: None)
    access.prove_recovery(made.recovery_groups)
    lock(access.unlock(phrase))
    opener = Opener(lambda: _access(tmp_path), Tasks(_fail))
    desks: list[Desk] = []
    opener.opened.connect(desks.append)
    screen = Unlock(opener)
    show(qtbot, screen)
    return Door(screen, opener, phrase, made.recovery_groups, tmp_path, desks)


def test_the_passphrase_opens(qtbot: QtBot, door: Door) -> None:
    edit = door.screen.by_passphrase.edit.line
    qtbot.waitUntil(edit.hasFocus)
    edit.setText(door.phrase.upper())
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert not door.screen.by_passphrase.open.isEnabled()
    qtbot.waitUntil(lambda: bool(door.desks), timeout=15_000)
    assert door.desks[0].staff_name == STAFF
    lock(door.desks[0])


def test_a_wrong_passphrase_is_said_and_may_be_tried_again(qtbot: QtBot, door: Door) -> None:
    pane = door.screen.by_passphrase
    pane.edit.line.setText("не та самая фраза вообще")
    pane.submit()
    qtbot.waitUntil(lambda: not pane.error.isHidden(), timeout=15_000)
    assert pane.error.text()
    assert pane.open.isEnabled()
    pane.edit.line.setText(door.phrase)
    pane.submit()
    qtbot.waitUntil(lambda: bool(door.desks), timeout=15_000)
    lock(door.desks[0])


def test_nothing_typed_asks_for_the_passphrase_without_trying(door: Door) -> None:
    door.screen.by_passphrase.submit()
    assert door.screen.by_passphrase.error.text()
    assert not door.opener.busy


def test_the_window_names_nobody(door: Door) -> None:
    door.screen.show_sheet()
    texts = [label.text() for label in door.screen.findChildren(QLabel)]
    texts += [press.text() for press in door.screen.findChildren(QPushButton)]
    assert texts
    assert not any(CENTRE in text or STAFF in text for text in texts)


def test_the_recovery_sheet_opens_and_gives_a_new_passphrase(qtbot: QtBot, door: Door) -> None:
    door.screen.by_passphrase.forgotten.click()
    pane = door.screen.by_sheet
    qtbot.waitUntil(lambda: len(pane.phrase.text().split()) == 6)
    new = pane.phrase.text()
    pane.digits.set_digits("".join(door.groups))
    pane.again.line.setText(new)
    pane.submit()
    qtbot.waitUntil(lambda: bool(door.desks), timeout=15_000)
    lock(door.desks[0])
    again = _access(door.folder).unlock(new)
    assert again.me.centre_name == CENTRE
    lock(again)


def test_a_mistyped_group_is_marked(qtbot: QtBot, door: Door) -> None:
    door.screen.show_sheet()
    pane = door.screen.by_sheet
    qtbot.waitUntil(lambda: bool(pane.phrase.text()))
    groups = list(door.groups)
    groups[2] = f"{(int(groups[2]) + 1) % 1_000_000:06d}"
    pane.digits.set_digits("".join(groups))
    pane.again.line.setText(pane.phrase.text())
    pane.submit()
    qtbot.waitUntil(lambda: not pane.digits_error.isHidden(), timeout=15_000)
    assert [at for at, box in enumerate(pane.digits.boxes, 1) if box.property("invalid")] == [3]
    assert not door.desks


def test_the_new_passphrase_must_be_typed_as_drawn(qtbot: QtBot, door: Door) -> None:
    door.screen.show_sheet()
    pane = door.screen.by_sheet
    qtbot.waitUntil(lambda: bool(pane.phrase.text()))
    pane.digits.set_digits("".join(door.groups))
    pane.again.line.setText("нечто другое")
    pane.submit()
    assert pane.again_error.text()
    assert not door.opener.busy


def test_the_window_is_painted_before_the_database_library_is_read() -> None:
    told = """
import sys
from PySide6.QtWidgets import QApplication
from app.ui import theme
app = QApplication([])
theme.apply(app)
from app.ui.screens.unlock import Opener, Unlock
from app.ui.tasks import Tasks
class Access:
    def new_passphrase(self):
        return ""
made = []
def make():
    made.append("sqlalchemy" in sys.modules)
    return Access()
tasks = Tasks(print)
screen = Unlock(Opener(make, tasks))
screen.show()
assert not made
while not made:
    app.processEvents()
assert screen._painted and made == [False], made
tasks.stop()
"""
    root = Path(__file__).resolve().parents[2]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(root)}
    done = subprocess.run(
        [sys.executable, "-c", told], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


def test_it_fits_a_small_screen(door: Door) -> None:
    door.screen.show_sheet()
    assert door.screen.minimumSizeHint().width() <= 1024
    assert door.screen.minimumSizeHint().height() <= 600
