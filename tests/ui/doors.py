"""The screens before a desk is open: each step of the first start, unlocking both ways, restoring a backup."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.clock import SteadyClock
from app.ui.application import ApplicationShell, Preferences
from app.ui.opening_window import OpeningWindow
from app.ui.screens.first_start import FirstStart, Journey
from app.ui.screens.first_start.draft import Draft, Stop
from app.ui.screens.restore import Restore, Restorer
from app.ui.screens.unlock import Opener, Unlock
from app.ui.tasks import Tasks
from app.usecases.access import Access
from tests.ui.walking import QUICK_KDF, SIZE, settle


@dataclass(frozen=True)
class Door:
    """One screen: its name, and what builds it."""

    name: str
    build: Callable[[], QWidget]


def doors(folder: Path, tasks: Tasks) -> Iterator[Door]:
    """All of them. The answers of the first start are given, as if one had come so far."""
    access = Access(folder, SteadyClock(dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)), QUICK_KDF)
    journey = Journey(access, tasks)
    journey.draft = Draft(
        role="coordinator",
        practice=True,
        centre_name="Учебный координатор",
        oblast="BY-HO",
        staff_name="Мария Станкевич",
        staff_role="coordinator",
        passphrase="абзац яхта снег атомный берег ячейка",
        recovery_groups=("123456",) * 8,
        coordinator_recovery="AGE-SECRET-KEY-PQ-1" + "QPZRY9X8GF" * 6,
    )

    def first_start(stop: Stop) -> QWidget:
        journey.stop = stop
        return FirstStart(journey, _ignore)

    def unlock(*, sheet: bool) -> QWidget:
        made = Unlock(opener, _ignore)
        if sheet:
            made.show_sheet()
        return made

    opener = Opener(lambda: access, tasks)
    yield from (Door(f"first start: {stop}", partial(first_start, stop)) for stop in Stop)
    yield Door("unlock", lambda: unlock(sheet=False))
    yield Door("unlock by the sheet", lambda: unlock(sheet=True))
    restorer = Restorer(access.restoring, tasks)
    yield Door("restore", lambda: Restore(restorer, _ignore))


@contextmanager
def opened(app: QApplication, door: Door, tasks: Tasks, look: Preferences) -> Iterator[OpeningWindow]:
    """``door`` in its window, in one look."""
    shell = ApplicationShell(app, look, save=_ignore, end=_ignore)
    shell.show_opening(door.build)
    window = shell.window
    assert isinstance(window, OpeningWindow)
    window.showNormal()
    window.resize(*SIZE)
    try:
        settle(app, tasks)
        yield window
    finally:
        window.close()
        window.deleteLater()
        shell.deleteLater()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _ignore(*_arguments: object) -> None:
    """Nothing is kept, nothing follows."""
