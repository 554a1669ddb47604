"""A real, unlocked centre for the screens about people, and a stand-in for the window around them.

Real SQLCipher stores and real use cases; invented people. The costs of Argon2 are small here, and nowhere else.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.clock import SteadyClock
from app.store.keyformat import KdfParams
from app.ui.screens.person import Sources as PersonSources
from app.ui.screens.service_edit import Sources
from app.ui.tasks import Tasks
from app.ui.widgets.banner import BannerKind
from app.usecases.access import Access, SetUp, lock
from app.usecases.assistance import Assistance
from app.usecases.attachments import Attachments
from app.usecases.cases import Cases
from app.usecases.delivery import Deliveries
from app.usecases.desk import Desk
from app.usecases.drafts import Drafts
from app.usecases.people import People
from app.usecases.planning import Planning
from app.usecases.referrals import Referrals

QUICK_KDF = KdfParams(memory_kib=64, lanes=1, passes=1, floor_kib=8)
STAFF = "Т. Саковіч"


class Window:
    """Implements ``routes.Desk`` by noting what the screens ask for."""

    def __init__(self, failed: Callable[[BaseException], object]) -> None:
        self.tasks = Tasks(failed)
        self.went: list[tuple[str, dict[str, object]]] = []
        self.backs = 0
        self.said: list[str] = []
        self.refreshed = 0

    def go(self, route: str, /, **arguments: object) -> None:
        self.went.append((route, arguments))

    def back(self) -> None:
        self.backs += 1

    def say(
        self, text: str, kind: BannerKind = "info", action: str = "", acted: Callable[[], object] | None = None
    ) -> None:
        self.said.append(text)

    def moved_on(self) -> None:
        """What was said before is over."""

    def tell(self, error: BaseException) -> None:
        raise error

    def refresh_status(self) -> None:
        self.refreshed += 1

    def lock(self) -> None:
        raise AssertionError


@dataclass
class Centre:
    """One unlocked installation with the use cases of its people."""

    desk: Desk
    clock: SteadyClock
    window: Window
    people: People
    assistance: Assistance
    cases: Cases
    deliveries: Deliveries
    drafts: Drafts

    def today(self) -> dt.date:
        return self.clock.today()

    @property
    def sources(self) -> Sources:
        return Sources(self.people, self.assistance, self.today)

    @property
    def person_sources(self) -> PersonSources:
        return PersonSources(
            self.people,
            self.assistance,
            self.cases,
            self.deliveries,
            Planning(self.desk),
            Referrals(self.desk),
            Attachments(self.desk),
            self.drafts,
            self.today,
        )

    def person(self, given: str = "Ганна", surname: str = "Кавалёва", **values: object) -> uuid.UUID:
        """A person who was registered."""
        names = [{"surname": surname, "given": given, "kind": "current", "language": "be"}]
        about = {"sex": "female", "birth": "1994-05-14", "oblast": "BY-HO"} | values
        return self.people.register(about, {"names": names}, sure=True)

    def agreed(self, given: str = "Ганна", surname: str = "Кавалёва", **values: object) -> uuid.UUID:
        """A person who was registered and agreed to the talk and to help."""
        person = self.person(given, surname, **values)
        for scope in ("interview", "services"):
            self.people.set_consent(person, {"scope": scope, "state": "given", "on": "2026-11-01"}, sure=True)
        return person

    def service(self, person: uuid.UUID, code: str, on: str, **values: object) -> uuid.UUID:
        """Help that was recorded."""
        whole = self.assistance.defaults(person, code) | {"on": on} | values
        return self.assistance.record_service(person, whole, service=self.assistance.new_service(), sure=True)

    def grant(self, person: uuid.UUID, approved: int = 150_000) -> uuid.UUID:
        """A grant that was approved, in kopecks."""
        values = {"grant_kind": "reintegration", "currency": "BYN", "approved": approved, "instalments": 3}
        return self.assistance.approve_grant(person, values, sure=True)


def open_centre(folder: Path, failed: Callable[[BaseException], object], *, role: str = "centre") -> Centre:
    """Set up and unlock an installation in ``folder``."""
    clock = SteadyClock(dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC), seed=7)
    access = Access(folder, clock, QUICK_KDF)
    phrase = access.new_passphrase()
    made = access.create(
        SetUp(role, False, "Крызісны пакой", "BY-HO", "", STAFF, "nurse"), phrase, lambda _what: None
    )
    access.prove_recovery(made.recovery_groups)
    if made.coordinator_recovery:
        access.prove_coordinator_recovery(made.coordinator_recovery)
    desk = access.unlock(phrase)
    return Centre(
        desk=desk,
        clock=clock,
        window=Window(failed),
        people=People(desk),
        assistance=Assistance(desk),
        cases=Cases(desk),
        deliveries=Deliveries(desk),
        drafts=Drafts(desk),
    )


def _never(error: BaseException) -> None:
    raise error


@contextmanager
def opened_centre(tmp_path: Path) -> Iterator[Centre]:
    """An empty centre, locked again at the end."""
    made = open_centre(tmp_path / "centre", _never)
    try:
        yield made
    finally:
        made.window.tasks.stop()
        lock(made.desk)


def show(qtbot: QtBot, screen: QWidget, width: int = 1100, height: int = 700) -> None:
    """Show ``screen`` as the window would."""
    qtbot.addWidget(screen)
    screen.resize(width, height)
    # Shortcuts are heard in the active window only.
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()


def save_by_keyboard(qtbot: QtBot, field: QWidget) -> None:
    """Ctrl+Enter in a field of a form."""
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
