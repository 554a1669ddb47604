"""From the passphrase to the desk: a defect on the way leads back to unlock, and the sheet's new phrase is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import bootstrap
from app.bootstrap import Program
from app.clock import SteadyClock
from app.settings import Look
from app.ui import composition, theme
from app.ui.main_window import MainWindow
from app.ui.opening_window import OpeningWindow
from app.ui.screens.unlock import Unlock
from app.usecases.access import Access, SetUp, lock
from tests.ui.screen_fixtures import QUICK_KDF, STAFF


@dataclass
class Laptop:
    """A program in front of a store that is locked."""

    program: Program
    phrase: str
    groups: tuple[str, ...]

    def unlock(self) -> Unlock:
        window = self.program.shell.window
        assert isinstance(window, OpeningWindow)
        assert isinstance(window.screen_shown, Unlock)
        return window.screen_shown

    def is_open(self) -> bool:
        return isinstance(self.program.shell.window, MainWindow)

    def said(self) -> str:
        window = self.program.shell.window
        assert isinstance(window, OpeningWindow | MainWindow)
        return window.line.text()


@pytest.fixture
def laptop(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Laptop]:
    clock = SteadyClock(dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC))
    access = Access(tmp_path, clock, QUICK_KDF)
    phrase = access.new_passphrase()
    made = access.create(SetUp("centre", False, "Пакой", "BY-HO", "", STAFF, "nurse"), phrase, lambda _what: None)
    access.prove_recovery(made.recovery_groups)
    lock(access.unlock(phrase))
    program = Program(qapp, tmp_path, Look(language="en"))
    monkeypatch.setattr(program, "_access", lambda: Access(tmp_path, clock, QUICK_KDF))
    program.start()
    yield Laptop(program, phrase, made.recovery_groups)
    program.close()
    if program.shell.window is not None:
        program.shell.window.hide()
        program.shell.window.deleteLater()
    program.shell.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.apply(qapp)


def test_the_desk_is_read_while_the_passphrase_is_typed(
    qtbot: QtBot, laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    monkeypatch.setattr(bootstrap, "_bring_in_desk", lambda: read.append("desk"))
    laptop.program.start()
    qtbot.waitUntil(lambda: read == ["desk"] and not laptop.program.tasks.busy, timeout=15_000)
    assert laptop.unlock().by_passphrase.edit.isEnabled()


def test_a_desk_that_cannot_be_built_leads_back_to_unlock_with_words(
    qtbot: QtBot, laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def defect(*_arguments: object) -> None:
        raise RuntimeError("a defect")

    whole, said = composition.compose, list[str]()
    monkeypatch.setattr(composition, "compose", defect)
    monkeypatch.setattr(laptop.program.shell, "say", lambda text, *_kind: said.append(text))
    before = laptop.unlock()
    before.by_passphrase.edit.line.setText(laptop.phrase)
    before.by_passphrase.submit()
    qtbot.waitUntil(lambda: any("could not be opened" in line for line in said), timeout=15_000)
    again = laptop.unlock()
    assert again is not before
    assert again.by_passphrase.open.isEnabled()
    monkeypatch.setattr(composition, "compose", whole)
    again.by_passphrase.edit.line.setText(laptop.phrase)
    again.by_passphrase.submit()
    qtbot.waitUntil(laptop.is_open, timeout=15_000)


def test_after_the_sheet_it_is_told_as_whom_one_works(qtbot: QtBot, laptop: Laptop) -> None:
    unlock = laptop.unlock()
    unlock.show_sheet()
    unlock.by_sheet.digits.set_digits("".join(laptop.groups))
    unlock.by_sheet.submit()
    qtbot.waitUntil(lambda: bool(unlock.new_phrase.phrase.text()), timeout=15_000)
    unlock.new_phrase.again.line.setText(unlock.new_phrase.phrase.text())
    unlock.new_phrase.submit()
    qtbot.waitUntil(laptop.is_open, timeout=15_000)
    assert STAFF in laptop.said()
    assert "new passphrase is set" in laptop.said()


def test_a_restore_by_the_sheet_goes_on_with_who_she_is(qtbot: QtBot, laptop: Laptop) -> None:
    laptop.program._go_on_with_sheet(laptop.program._access().open_by_sheet(laptop.groups))
    assert not laptop.unlock().new_phrase.isHidden()
    laptop.unlock().new_phrase.back.click()
    assert not laptop.unlock().by_passphrase.isHidden()
