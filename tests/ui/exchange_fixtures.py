"""Real installations for the screens of exchange: SQLCipher stores, cards exchanged, help recorded, a stick.

Invented data only. The costs of Argon2 are small here, and nowhere else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app import i18n
from app.clock import SteadyClock
from app.store.keyformat import KdfParams
from app.sync.card import DigitParams
from app.ui import theme
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
                {"names": [{"kind": "legal", "family": last, "given": first}]},
                sure=True,
            )
            for at, code in enumerate(SERVICES[: count - number]):
                values = self.assistance.defaults(person, code)
                month = (self.clock.moment.month - 1 - (number + at) % months) % 12 + 1
                values |= {"on": f"2026-{month:02}-0{1 + at}"}
                self.assistance.record_service(person, values, service=self.assistance.new_service(), sure=True)


def house(folder: Path, name: str, *, role: str = "centre", seed: int = 1, practice: bool = False) -> House:
    """Set up and unlock an installation in ``folder``."""
    clock = SteadyClock(dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC), seed=seed)
    access = Access(folder, clock, QUICK_KDF)
    phrase = access.new_passphrase()
    setup = SetUp(role, practice, name, "BY-HO", "", "Т. Саковіч", "nurse" if role == "centre" else "coordinator")
    made = access.create(setup, phrase, lambda _phase: None)
    access.prove_recovery(made.recovery_groups)
    if made.coordinator_recovery:
        access.prove_coordinator_recovery(made.coordinator_recovery)
    desk = access.unlock(phrase)
    return House(
        desk=desk,
        clock=clock,
        enrolment=Enrolment(desk, QUICK_DIGITS),
        sending=Sending(desk),
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

    def tell(self, error: BaseException) -> None:
        self.failures.append(error)

    def refresh_status(self) -> None:
        self.refreshed += 1

    def lock(self) -> None:
        self.went.append(("lock", {}))


@pytest.fixture
def desk(qapp: QApplication) -> Iterator[DeskDouble]:
    """A window's stand-in in English, in the light theme; work that failed unseen fails the test."""
    i18n.set_language("en")
    theme.apply(qapp)
    failures: list[BaseException] = []
    made = DeskDouble(Tasks(failures.append), failures=failures)
    yield made
    assert made.tasks.stop()
    i18n.set_language(i18n.DEFAULT_LANGUAGE)
    assert not failures, failures


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[House]:
    """A centre that knows nobody."""
    made = house(tmp_path / "centre", "Гомель", seed=11)
    yield made
    lock(made.desk)


@pytest.fixture
def coordinator(tmp_path: Path) -> Iterator[House]:
    """A coordinator that knows nobody."""
    made = house(tmp_path / "coordinator", "Мінск", role="coordinator", seed=22)
    yield made
    lock(made.desk)


@pytest.fixture
def pair(centre: House, coordinator: House) -> tuple[House, House]:
    """A centre and a coordinator that trust each other."""
    befriend(centre, coordinator)
    return centre, coordinator


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder that plays the stick."""
    made = tmp_path / "stick"
    made.mkdir()
    return made
