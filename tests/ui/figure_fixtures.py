"""A coordinator's desk with sixty invented persons, for the screens about figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.ui.tasks import Tasks
from app.usecases.packs import Packs
from app.usecases.releases import Releases
from app.usecases.statistics import Statistics
from tests.e2e.desks import Office, new_office
from tests.ui.exchange_fixtures import DeskDouble

PERSONS = 60
REFUSED = 12
FEW = 2
"""So many men: too few to be told."""


class Figures:
    """The desk, its use cases and the window around a screen."""

    def __init__(self, office: Office, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.office = office
        self.desk = DeskDouble(Tasks(self._failed))
        self.statistics, self.packs = Statistics(office.desk), Packs(office.desk)
        self.releases = Releases(office.desk)
        self.failures: list[BaseException] = []

    def _failed(self, error: BaseException) -> None:
        self.failures.append(error)

    @property
    def today(self) -> dt.date:
        return self.office.desk.clock.today()

    def wait(self) -> None:
        """Until all background work is done and delivered."""
        self._qtbot.waitUntil(lambda: not self.desk.tasks.busy, timeout=30_000)

    def fill(self) -> None:
        """Sixty persons helped in the second half of 2025; two of those who agreed are men."""
        for number in range(PERSONS):
            sex = "male" if number < FEW else "female"
            person = self.office.people.register(
                {"sex": sex, "birth": str(1960 + number % 45)}, {"names": [{"given": "Ганна"}]}, sure=True
            )
            state = "refused" if number >= PERSONS - REFUSED else "given"
            self.office.people.set_consent(
                person, {"scope": "reporting", "state": state, "on": "2025-07-01"}, sure=True
            )
            self.office.help(person, "food_meals", on=f"2025-{7 + number % 6:02}-03", oblast="BY-VI")


@contextmanager
def figures_at(folder: Path, qtbot: QtBot) -> Iterator[Figures]:
    """A filled desk for one test; work that failed unseen fails the test."""
    made = Figures(new_office(folder / "office", "coordinator", "Минск", practice=True), qtbot)
    made.fill()
    yield made
    assert made.desk.tasks.stop()
    made.office.lock()
    assert not made.failures, made.failures
    assert not made.desk.failures, made.desk.failures
