"""Real installations for the screens of exchange: SQLCipher stores, cards exchanged, help recorded, a stick.

Invented data only. The costs of Argon2 are small here, and nowhere else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.clock import SteadyClock
from app.models import Installation, Trust
from app.store.keyformat import KdfParams
from app.sync.card import DigitParams
from app.ui.tasks import Tasks
from app.ui.widgets.banner import BannerKind
from app.usecases.access import Access, SetUp, lock
from app.usecases.assistance import Assistance
from app.usecases.delivery import Deliveries
from app.usecases.desk import Desk
from app.usecases.enrolment import Enrolment
from app.usecases.people import People
from app.usecases.receiving import Receiving
from app.usecases.reporting import Reporting
from app.usecases.sending import Sending

QUICK_KDF = KdfParams(memory_kib=64, lanes=1, passes=1, floor_kib=8)
QUICK_DIGITS = DigitParams(memory_kib=64, iterations=1, lanes=1)
NAMES = (("Іваноўская", "Марыя"), ("Петров", "Олег"), ("Kavaleuskaya", "Hanna"), ("Сідарэнка", "Уладзімір"))
SERVICES = ("medical_examination", "legal_civil", "psych_counselling", "food_meals", "social_support")


@dataclass
class House:
    """One installation, unlocked, with its use cases."""

    desk: Desk
    clock: SteadyClock
    enrolment: Enrolment
    sending: Sending
    receiving: Receiving
    deliveries: Deliveries
    reporting: Reporting
    people: People
    assistance: Assistance

    def record(self, count: int, *, months: int = 1) -> None:
        """``count`` services, several for each person, spread over the last ``months``."""
        for number in range(0, count, len(SERVICES)):
            last, first = NAMES[number // len(SERVICES) % len(NAMES)]
            person = self.people.register(
                {"sex": "female" if number % 2 else "male", "birth": str(1970 + number % 35), "oblast": "BY-HO"},
                {"names": [{"kind": "legal", "surname": last, "given": first}]},
                sure=True,
            )
            for at, code in enumerate(SERVICES[: count - number]):
                values = self.assistance.defaults(person, code)
                month = (self.clock.moment.month - 1 - (number + at) % months) % 12 + 1
                values |= {"on": f"2026-{month:02}-0{1 + at}"}
                self.assistance.record_service(person, values, service=self.assistance.new_service(), sure=True)


def house(folder: Path, name: str, stick: Path, *, role: str = "centre", seed: int = 1) -> House:
    """Set up and unlock an installation in ``folder``."""
    clock = SteadyClock(dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC), seed=seed)
    access = Access(folder, clock, QUICK_KDF)
    phrase = access.new_passphrase()
    setup = SetUp(role, False, name, "BY-HO", "", "Т. Саковіч", "nurse" if role == "centre" else "coordinator")
    made = access.create(setup, phrase, lambda _phase: None)
    access.prove_recovery(made.recovery_groups)
    if made.coordinator_recovery:
        access.prove_coordinator_recovery(made.coordinator_recovery)
    desk = access.unlock(phrase)
    return House(
        desk=desk,
        clock=clock,
        enrolment=Enrolment(desk, QUICK_DIGITS),
        sending=WithStick(desk, stick),
        receiving=Receiving(desk),
        deliveries=Deliveries(desk),
        reporting=Reporting(desk),
        people=People(desk),
        assistance=Assistance(desk),
    )


def befriend(one: House, other: House) -> None:
    """Exchange cards and compare digits in both directions."""
    for mine, theirs in ((one, other), (other, one)):
        view = mine.enrolment.receive(theirs.enrolment.my_card())
        mine.enrolment.confirm(view.inst, theirs.enrolment.my_digits())


@dataclass
class DeskDouble:
    """The window around a screen, reduced to what it was asked for. The tasks are the real ones."""

    tasks: Tasks
    went: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    failures: list[BaseException] = field(default_factory=list)
    refreshed: int = 0

    def go(self, route: str, /, **arguments: object) -> None:
        self.went.append((route, arguments))

    def back(self) -> None:
        self.went.append(("back", {}))

    def say(
        self, text: str, kind: BannerKind = "info", action: str = "", acted: Callable[[], object] | None = None
    ) -> None:
        self.said.append(text)

    def moved_on(self) -> None:
        """What was said before is over."""

    def tell(self, error: BaseException) -> None:
        self.failures.append(error)

    def refresh_status(self) -> None:
        self.refreshed += 1

    def lock(self) -> None:
        self.went.append(("lock", {}))


class WithStick(Sending):
    """The real sending, on a machine where one stick is put in: a folder."""

    def __init__(self, desk: Desk, stick: Path) -> None:
        super().__init__(desk)
        self._stick = stick

    def removable_folders(self) -> list[Path]:
        return [self._stick] if self._stick.is_dir() else []


class World:
    """A folder with installations, a window's stand-in, and a stick. ``wait`` lets the background work end."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self._folder = folder
        self._qtbot = qtbot
        self._houses: list[House] = []
        self._failures: list[BaseException] = []
        self.desk = DeskDouble(Tasks(self._failures.append))
        self.stick = folder / "stick"
        self.stick.mkdir()

    def centre(self, name: str = "Гомель") -> House:
        """A centre that knows nobody."""
        return self._add(name, "centre")

    def coordinator(self, name: str = "Мінск") -> House:
        """A coordinator that knows nobody."""
        return self._add(name, "coordinator")

    def pair(self) -> tuple[House, House]:
        """A centre and a coordinator that trust each other."""
        centre, coordinator = self.centre(), self.coordinator()
        befriend(centre, coordinator)
        return centre, coordinator

    def wait(self) -> None:
        """Until all background work is done and delivered."""
        self._qtbot.waitUntil(lambda: not self.desk.tasks.busy, timeout=20_000)

    def put_on_stick(self, house: House) -> Path:
        """Write a bundle without any screen."""
        return house.sending.send(self.stick, lambda _count, _total: None).file

    def close(self) -> None:
        """Lock everything; work that failed unseen fails the test."""
        assert self.desk.tasks.stop()
        for one in self._houses:
            lock(one.desk)
        assert not self._failures, self._failures

    def _add(self, name: str, role: str) -> House:
        number = len(self._houses) + 1
        made = house(self._folder / f"laptop{number}", name, self.stick, role=role, seed=number)
        self._houses.append(made)
        return made


@contextmanager
def open_world(folder: Path, qtbot: QtBot) -> Iterator[World]:
    """A world for one test."""
    made = World(folder, qtbot)
    yield made
    made.close()


def drop(target: QWidget, *paths: Path) -> bool:
    """Drag files and folders onto ``target`` and let go; says whether they were accepted."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, no = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    centre = target.rect().center()
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    enter = QDragEnterEvent(centre, actions, mime, left, no)
    QApplication.sendEvent(target, enter)
    if not enter.isAccepted():
        return False
    event = QDropEvent(QPointF(centre), actions, mime, left, no)
    QApplication.sendEvent(target, event)
    return event.isAccepted()


def stopped(house: House, other: House) -> None:
    """``house`` has seen a fork of ``other``."""
    with house.desk.store.transaction() as session:
        row = session.scalars(select(Installation).where(Installation.uid == other.desk.me.uid)).one()
        row.trust = Trust.STOPPED
