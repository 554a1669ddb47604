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
from app.usecases.members import Members
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


def _access(folder: Path, seed: int = 1) -> Access:
    return Access(folder, SteadyClock(dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC), seed), QUICK_KDF)


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


def prove(qtbot: QtBot, door: Door) -> None:
    """Type the sheet; its proof opens the page after it."""
    door.screen.by_passphrase.forgotten.click()
    door.screen.by_sheet.digits.set_digits("".join(door.groups))
    door.screen.by_sheet.submit()
    qtbot.waitUntil(lambda: len(door.screen.new_phrase.phrase.text().split()) == 6, timeout=15_000)


def test_the_recovery_sheet_opens_and_gives_a_new_passphrase(qtbot: QtBot, door: Door) -> None:
    prove(qtbot, door)
    pane = door.screen.new_phrase
    (alone,) = pane.names.values()
    assert alone.isHidden(), "where one works alone, nothing is asked"
    assert STAFF in pane.question.text()
    new = pane.phrase.text()
    pane.again.line.setText(new)
    pane.submit()
    qtbot.waitUntil(lambda: bool(door.desks), timeout=15_000)
    assert door.opener.set_anew
    lock(door.desks[0])
    again = _access(door.folder).unlock(new)
    assert again.me.centre_name == CENTRE
    lock(again)


def test_one_of_several_says_who_she_is(qtbot: QtBot, door: Door) -> None:
    desk = _access(door.folder, 2).unlock(door.phrase)
    hers = Members(desk).add("Ганна", "lawyer", "ранак дождж вецер поле возера бераг")
    lock(desk)
    prove(qtbot, door)
    pane = door.screen.new_phrase
    assert [radio.text() for radio in pane.names.values() if not radio.isHidden()] == [STAFF, "Ганна"]
    pane.again.line.setText(pane.phrase.text())
    pane.submit()
    assert pane.name_error.text()
    assert not door.opener.busy
    pane.names[hers].click()
    pane.submit()
    qtbot.waitUntil(lambda: bool(door.desks), timeout=15_000)
    assert door.desks[0].staff_name == "Ганна"
    lock(door.desks[0])
    lock(_access(door.folder).unlock(door.phrase))


def test_another_language_in_between_keeps_the_proof(qtbot: QtBot, door: Door) -> None:
    prove(qtbot, door)
    again = Unlock(door.opener)
    show(qtbot, again)
    assert not again.new_phrase.isHidden()
    assert again.by_sheet.isHidden()
    again.new_phrase.back.click()
    assert door.opener.sheet is None
    assert not again.by_passphrase.isHidden()
    assert not again.new_phrase.names
    lock(_access(door.folder).unlock(door.phrase))


def test_who_proves_the_sheet_and_goes_away_leaves_no_names(qtbot: QtBot, door: Door) -> None:
    prove(qtbot, door)
    assert door.opener._patience.isActive()
    door.opener._patience.start(0)
    qtbot.waitUntil(lambda: door.opener.sheet is None)
    assert not door.screen.by_passphrase.isHidden()
    texts = [label.text() for label in door.screen.findChildren(QLabel)]
    assert not any(STAFF in text for text in texts)


def test_a_mistyped_group_is_marked(qtbot: QtBot, door: Door) -> None:
    door.screen.show_sheet()
    pane = door.screen.by_sheet
    groups = list(door.groups)
    groups[2] = f"{(int(groups[2]) + 1) % 1_000_000:06d}"
    pane.digits.set_digits("".join(groups))
    pane.submit()
    qtbot.waitUntil(lambda: not pane.error.isHidden(), timeout=15_000)
    assert [at for at, box in enumerate(pane.digits.boxes, 1) if box.property("invalid")] == [3]
    assert door.opener.sheet is None


def test_the_new_passphrase_must_be_typed_as_drawn(qtbot: QtBot, door: Door) -> None:
    prove(qtbot, door)
    pane = door.screen.new_phrase
    pane.again.line.setText("нечто другое")
    pane.submit()
    assert pane.again_error.text()
    assert not door.opener.busy
    door.opener.leave_sheet()


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
def bring_in():
    assert made
    made.append("desk")
    raise RuntimeError("told when the desk is shown")
refused = []
opener = Opener(make, tasks, bring_in)
opener.refused.connect(refused.append)
screen = Unlock(opener)
screen.show()
assert not made
while len(made) < 2 or tasks.busy:
    app.processEvents()
assert screen._painted and made == [False, "desk"] and not refused, (made, refused)
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
