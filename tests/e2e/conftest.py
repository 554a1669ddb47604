"""Laptops of two kinds: a real centre with a real coordinator, and the workshop's coordinator for crafted bundles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.i18n import language, set_language
from tests.e2e.desks import Office, become, copied, enrol, enrol_party, new_office
from tests.sync.crafting import BOSS, NURSE, OTHER


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = language()
    set_language("en")
    yield
    set_language(before)


@dataclass
class Country:
    """Centres and their coordinator, locked; each ``open`` gives fresh copies that know each other."""

    folder: Path
    centres: int

    def open(self, to: Path, seed: int = 1) -> tuple[list[Office], Office]:
        """All laptops, copied into ``to`` and unlocked."""
        names = [f"centre-{number}" for number in range(self.centres)]
        found = [copied(self.folder / name, to / name, 100 * seed + number) for number, name in enumerate(names)]
        return found, copied(self.folder / "coordinator", to / "coordinator", 100 * seed + 50)


@pytest.fixture(scope="session")
def country(tmp_path_factory: pytest.TempPathFactory) -> Country:
    """Three centres and a coordinator who have exchanged cards."""
    folder = tmp_path_factory.mktemp("country")
    coordinator = new_office(folder / "coordinator", "coordinator", "Минск", seed=50)
    centres = [
        new_office(folder / f"centre-{number}", "centre", name, seed=number)
        for number, name in enumerate(("Витебск", "Гродно", "Брест"))
    ]
    for centre in centres:
        enrol(centre, coordinator)
    # The first greeting of each and the list of all three, so that afterwards the only news are receipts.
    greetings = coordinator.receipts(folder / "greetings")
    assert len(greetings) == 2 * len(centres)
    for centre in centres:
        answers = sorted(one.answer for one in centre.take(*greetings))
        assert answers == 2 * ["ACCEPTED"] + 4 * ["NOT_FOR_US"]
        centre.lock()
    coordinator.lock()
    return Country(folder, 3)


@dataclass
class Pair:
    """A nurse, her coordinator, and a stick between them."""

    nurse: Office
    boss: Office
    stick: Path
    back: Path


@pytest.fixture
def pair(country: Country, tmp_path: Path) -> Iterator[Pair]:
    (nurse, *others), boss = country.open(tmp_path)
    for other in others:
        other.lock()
    yield Pair(nurse, boss, tmp_path / "stick", tmp_path / "back")
    nurse.lock()
    boss.lock()


@pytest.fixture
def coordinator(tmp_path: Path) -> Iterator[Office]:
    """A coordinator with a new store."""
    office = new_office(tmp_path / "coordinator", "coordinator", "Минск", seed=1)
    yield office
    office.lock()


@pytest.fixture
def vitebsk(tmp_path: Path, coordinator: Office) -> Iterator[Office]:
    """The centre that the ``coordinator`` knows."""
    office = new_office(tmp_path / "vitebsk", "centre", "Витебск", seed=2)
    enrol(coordinator, office)
    yield office
    office.lock()


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Locked stores with the workshop's keys: ``boss`` knows NURSE and OTHER, ``nurse`` knows BOSS."""
    folder = tmp_path_factory.mktemp("workshop")
    boss = become(new_office(folder / "boss", "coordinator", "Минск", seed=7), BOSS, 8)
    for party in (NURSE, OTHER):
        enrol_party(boss, party)
    boss.lock()
    nurse = become(new_office(folder / "nurse", "centre", "Витебск", seed=9), NURSE, 10)
    enrol_party(nurse, BOSS)
    nurse.lock()
    return folder


@pytest.fixture
def open_workshop(workshop: Path, tmp_path: Path) -> Iterator[Callable[[str], Office]]:
    """A fresh copy of one of the workshop's stores."""
    opened: list[Office] = []

    def one(name: str) -> Office:
        opened.append(copied(workshop / name, tmp_path / f"{name}-{len(opened)}", 20 + len(opened)))
        return opened[-1]

    yield one
    for office in opened:
        office.lock()


@pytest.fixture
def boss(open_workshop: Callable[[str], Office]) -> Office:
    """The workshop's coordinator in a real store."""
    return open_workshop("boss")


@pytest.fixture
def nurse(open_workshop: Callable[[str], Office]) -> Office:
    """The workshop's nurse in a real store."""
    return open_workshop("nurse")
