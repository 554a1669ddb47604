"""Restoring from the window before unlock: by passphrase, by sheet, over a store that lies there. It names nobody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.clock import SteadyClock
from app.ui.screens.restore import Restore, Restorer
from app.ui.tasks import Tasks
from app.usecases.access import Access, SetUp, lock
from app.usecases.by_sheet import OpenedBySheet
from app.usecases.desk import Desk
from app.usecases.safekeeping import Safekeeping
from tests.ui.screen_fixtures import QUICK_KDF, STAFF, show

CENTRE = "Крызісны пакой"
NEW = "ранак дождж вецер поле возера бераг"


@dataclass
class Loss:
    """A backup on a shelf, and the window on a laptop."""

    screen: Restore
    restorer: Restorer
    shelf: Path
    phrase: str
    groups: tuple[str, ...]
    home: Path
    desks: list[Desk]
    backs: list[str]


def _access(folder: Path, seed: int = 1) -> Access:
    return Access(folder, SteadyClock(dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC), seed), QUICK_KDF)


def _fail(error: BaseException) -> None:
    raise error


@pytest.fixture
def loss(qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest) -> Loss:
    access = _access(tmp_path / "old")
    phrase = access.new_passphrase()
    made = access.create(SetUp("centre", False, CENTRE, "BY-HO", "", STAFF, "nurse"), phrase, lambda _what: None)
    access.prove_recovery(made.recovery_groups)
    desk = access.unlock(phrase)
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    Safekeeping(desk).back_up_to(shelf, lambda _done, _of: None)
    lock(desk)
    home = tmp_path / getattr(request, "param", "new")
    restorer = Restorer(lambda: _access(home, 9).restoring(), Tasks(_fail))
    desks: list[Desk] = []
    backs: list[str] = []
    restorer.opened.connect(desks.append)
    screen = Restore(restorer, lambda: backs.append("back"))
    show(qtbot, screen)
    screen.places.choose_place(shelf)
    qtbot.waitUntil(lambda: screen.backups.count() == 1, timeout=15_000)
    return Loss(screen, restorer, shelf, phrase, made.recovery_groups, home, desks, backs)


def test_by_the_passphrase_of_that_time(qtbot: QtBot, loss: Loss) -> None:
    assert "20 November 2026" in loss.screen.backups.currentText()
    assert loss.screen.aside.isHidden()
    loss.screen.secret.edit.line.setText(loss.phrase)
    loss.screen.go.click()
    qtbot.waitUntil(lambda: bool(loss.desks), timeout=20_000)
    assert loss.desks[0].staff_name == STAFF
    lock(loss.desks[0])


def test_a_wrong_passphrase_is_said_and_may_be_tried_again(qtbot: QtBot, loss: Loss) -> None:
    loss.screen.submit()
    assert loss.screen.error.text() == "Type the passphrase."
    loss.screen.secret.edit.line.setText("не та самая фраза вообще")
    loss.screen.go.click()
    qtbot.waitUntil(loss.screen.go.isEnabled, timeout=20_000)
    assert "opens nothing" in loss.screen.error.text()
    assert not (loss.home / "store.db").exists()
    loss.screen.secret.edit.line.setText(loss.phrase)
    loss.screen.go.click()
    qtbot.waitUntil(lambda: bool(loss.desks), timeout=20_000)
    lock(loss.desks[0])


def test_by_the_recovery_sheet(qtbot: QtBot, loss: Loss) -> None:
    """The sheet puts the backup in place and opens it to nobody yet: who she is is asked at unlock."""
    secret, sheets = loss.screen.secret, list[OpenedBySheet]()
    loss.restorer.proved.connect(sheets.append)
    secret.turn.click()
    loss.screen.submit()
    assert "8 groups" in loss.screen.error.text()
    secret.digits.set_digits("".join(loss.groups))
    loss.screen.submit()
    qtbot.waitUntil(lambda: bool(sheets), timeout=20_000)
    assert not loss.desks
    (who,) = sheets[0].candidates
    assert who.name == STAFF
    lock(sheets[0].enter(who.uid, NEW))
    lock(_access(loss.home).unlock(NEW))


@pytest.mark.parametrize("loss", ["old"], indirect=True)
def test_over_a_store_it_asks_first(qtbot: QtBot, loss: Loss) -> None:
    qtbot.waitUntil(lambda: not loss.screen.aside.isHidden(), timeout=15_000)
    loss.screen.secret.edit.line.setText(loss.phrase)
    loss.screen.submit()
    assert "put aside" in loss.screen.error.text()
    loss.screen.aside.setChecked(True)
    loss.screen.submit()
    qtbot.waitUntil(lambda: bool(loss.desks), timeout=20_000)
    lock(loss.desks[0])
    assert (loss.home / "replaced-1" / "store.db").exists()


def test_it_names_nobody_and_leads_back(loss: Loss) -> None:
    texts = [label.text() for label in loss.screen.findChildren(QLabel)]
    texts += [press.text() for press in loss.screen.findChildren(QPushButton)]
    assert not any(CENTRE in text or STAFF in text for text in texts)
    loss.screen.back.click()
    assert loss.backs == ["back"]


def test_it_fits_a_small_screen(loss: Loss) -> None:
    assert loss.screen.minimumSizeHint().width() <= 1024
    assert loss.screen.minimumSizeHint().height() <= 600
