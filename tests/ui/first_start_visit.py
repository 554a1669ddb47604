"""A person who goes through the first start, for the tests of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.clock import SteadyClock
from app.ui.screens.first_start import FirstStart, Journey
from app.ui.screens.first_start.choices import ChoiceStep
from app.ui.screens.first_start.draft import Stop
from app.ui.screens.first_start.passphrase import TypedBackStep
from app.ui.screens.first_start.prove import ProveKeyStep, ProveSheetStep
from app.ui.screens.first_start.who import CentreStep, StaffStep
from app.ui.tasks import Tasks
from app.usecases.access import Access
from tests.ui.screen_fixtures import QUICK_KDF, show

NAME = "Крызісны пакой"


class Visit:
    """One person in front of the first-start window of a real, still empty folder."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.access = Access(folder, SteadyClock(dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)), QUICK_KDF)
        self.journey = Journey(self.access, Tasks(self._fail))
        self.desks: list[object] = []
        self.left = 0
        self.languages: list[str] = []
        self.journey.opened.connect(self.desks.append)
        self.journey.given_up.connect(self._leave)
        self.screen = self.window()

    def window(self) -> FirstStart:
        screen = FirstStart(self.journey, self.languages.append)
        show(self.qtbot, screen)
        return screen

    def choose(self, key: str) -> None:
        step = self.screen.step
        assert isinstance(step, ChoiceStep)
        next(made for made in step.answers.buttons if made.answer.key == key).click()

    def to(self, stop: Stop, role: str = "centre") -> None:
        """Answer everything until ``stop`` is shown."""
        for _round in range(20):
            if self.screen.stop is stop:
                return
            self.answer(role)
        raise AssertionError(stop)

    def answer(self, role: str = "centre") -> None:
        screen, step = self.screen, self.screen.step
        if screen.stop is Stop.ROLE:
            self.choose(role)
        elif screen.stop is Stop.PURPOSE:
            self.choose("real")
        elif isinstance(step, CentreStep):
            step.name_line.setText(NAME)
            step.oblasts.setCurrentIndex(step.oblasts.findData("BY-HO"))
            step.raions.setCurrentIndex(1)
        elif isinstance(step, StaffStep):
            step.name_line.setText("Т. Саковіч")
            step.roles.setCurrentIndex(1)
        elif isinstance(step, TypedBackStep):
            step.edit.line.setText(screen.draft.passphrase.upper())
        elif isinstance(step, ProveSheetStep):
            step.edit.set_digits(" ".join(screen.draft.recovery_groups))
        elif isinstance(step, ProveKeyStep):
            step.edit.setPlainText(screen.draft.coordinator_recovery.lower())
        before = screen.stop
        screen.on.click()
        if before is Stop.TYPED_BACK:
            self.qtbot.waitUntil(lambda: screen.stop is Stop.SHEET)

    def now(self) -> Stop:
        return self.screen.stop

    def _leave(self) -> None:
        self.left += 1

    @staticmethod
    def _fail(error: BaseException) -> None:
        raise error
