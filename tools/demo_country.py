"""The people of the demonstration: centres with a year ahead of them, and a coordinator."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.clock import SteadyClock
from app.store.keyformat import KdfParams
from app.sync.card import DigitParams
from app.usecases.access import Access, SetUp, lock
from app.usecases.desk import Desk
from app.usecases.enrolment import Enrolment
from app.usecases.practice import (
    Act,
    Event,
    PackTruth,
    Performer,
    Span,
    Truth,
    centre_set_up,
    coordinator_set_up,
    found,
    plan,
    work,
)

PASSPHRASE = "учебная фраза для показа"
# The least memory that the program accepts: the demonstration stays quick on an old laptop.
_KDF = KdfParams(memory_kib=64 * 1024)
_TEN = dt.time(10, 0, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Size:
    """How large the demonstration is, and what its keys cost."""

    people: int = 40
    months: int = 12
    centres: int = 3
    seed: int = 2025
    kdf: KdfParams = _KDF
    digits: DigitParams = field(default_factory=DigitParams)

    @property
    def span(self) -> Span:
        """The year of the demonstration."""
        return Span(dt.date(2025, 1, 1), self.months)


@dataclass
class Place:
    """One installation with a clock of its own, which stands where the story is."""

    desk: Desk
    clock: SteadyClock

    @property
    def name(self) -> str:
        """What its centre is called."""
        return self.desk.me.centre_name

    def enrolment(self, size: Size) -> Enrolment:
        """Its cards."""
        return Enrolment(self.desk, size.digits)


@dataclass
class Centre(Place):
    """A centre: what lies ahead of it, and what it has recorded that the coordinator does not have yet."""

    ahead: list[Event] = field(default_factory=list)
    unsent: list[Event] = field(default_factory=list)
    recorded: int = 0
    registered: list[str] = field(default_factory=list)
    performer: Performer = field(init=False)

    def __post_init__(self) -> None:
        self.performer = Performer(self.desk)

    def record_until(self, last: dt.date) -> int:
        """Record everything up to a day, through the use cases; returns how much that was."""
        now = [event for event in self.ahead if event.on <= last]
        self.ahead = self.ahead[len(now) :]
        self.performer.perform(now)
        self.registered += [event.person for event in now if event.act is Act.REGISTER]
        self.unsent += now
        self.recorded += len(now)
        return len(now)

    def persons(self) -> Iterator[tuple[uuid.UUID, str]]:
        """Everybody who was registered here: the id in the store and the key in the plan."""
        for key in self.registered:
            yield self.performer.id_of(key), key

    def delivered(self, truth: Truth, packs: PackTruth) -> None:
        """What was unsent has arrived: from now on it belongs to the coordinator's truth."""
        for event in self.unsent:
            truth.tell(str(self.desk.me.centre), event)
            packs.tell(str(self.desk.me.centre), self.desk.me.oblast, event)
        self.unsent = []


@dataclass
class Country:
    """All of them."""

    coordinator: Place
    centres: list[Centre]

    @property
    def places(self) -> Sequence[Place]:
        """The coordinator first."""
        return [self.coordinator, *self.centres]

    def at(self, day: dt.date) -> None:
        """Put every clock to ten o'clock on a day."""
        for place in self.places:
            place.clock.set(dt.datetime.combine(day, _TEN))

    def close(self) -> None:
        """Lock every store."""
        for place in self.places:
            lock(place.desk)


def establish(folder: Path, size: Size) -> Country:
    """Make the stores from nothing."""
    start = dt.datetime.combine(size.span.start, _TEN)
    coordinator = Place(*_open(folder / "coordinator", coordinator_set_up(), SteadyClock(start, 1), size))
    centres = []
    for number in range(size.centres):
        desk, clock = _open(
            folder / f"centre-{number + 1}", centre_set_up(number), SteadyClock(start, number + 2), size
        )
        persons = plan(size.seed, size.span, number, size.centres, size.people)
        ahead = sorted(persons + work(size.seed, size.span, number), key=lambda event: event.on)
        centres.append(Centre(desk, clock, ahead))
    return Country(coordinator, centres)


def _open(home: Path, setup: SetUp, clock: SteadyClock, size: Size) -> tuple[Desk, SteadyClock]:
    return found(Access(home, clock, size.kdf), setup, PASSPHRASE), clock
