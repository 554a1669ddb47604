"""Whatever the order of work, sending, backups and deaths: nothing that arrived is lost, nothing counts twice."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.clock import SteadyClock
from app.models import Installation, Record, Service
from app.store.backup import listed
from app.usecases.handover import replace_laptop
from app.usecases.restoring import Restoring
from app.usecases.safekeeping import Safekeeping
from tests.e2e.conftest import Country
from tests.e2e.desks import PHRASE, QUICK, TODAY, Office, count_of, enrol, silent

HISTORIES = max(4, int(os.environ.get("APORA_HISTORIES", "4")) // 5)
STEPS = st.lists(
    st.sampled_from(["new", "change", "change", "delete", "send", "lose", "receipt", "backup", "die"]),
    min_size=4,
    max_size=14,
)

Shelf = dict[uuid.UUID, int | None]
"""What a side holds: the version of each service, None for a deleted one."""


@dataclass
class Life:
    """A nurse, her coordinator, and what each must hold."""

    nurse: Office
    boss: Office
    folder: Path
    person: uuid.UUID
    hers: Shelf = field(default_factory=dict)
    theirs: Shelf = field(default_factory=dict)
    saved: Shelf = field(default_factory=dict)
    versions: int = 0
    laptops: int = 0

    @property
    def stick(self) -> Path:
        return Path(tempfile.mkdtemp(dir=self.folder))

    def live(self) -> list[uuid.UUID]:
        return sorted(uid for uid, version in self.hers.items() if version is not None)

    def new(self) -> None:
        self.versions += 1
        self.hers[self.nurse.help(self.person, quantity=self.versions)] = self.versions

    def change(self) -> None:
        if live := self.live():
            self.versions += 1
            values = self.nurse.assistance.service(live[0]) | {"quantity": self.versions}
            self.nurse.assistance.record_service(self.person, values, service=live[0], sure=True)
            self.hers[live[0]] = self.versions

    def delete(self) -> None:
        if live := self.live():
            self.nurse.assistance.delete_service(live[-1], "entered_by_mistake")
            self.hers[live[-1]] = None

    def send(self) -> None:
        (verdict,) = self.boss.take(self.nurse.send(self.stick))
        assert verdict.ok, verdict
        self.theirs |= self.hers

    def lose(self) -> None:
        self.nurse.send(self.stick)

    def receipt(self) -> None:
        for verdict in self.nurse.take(*self.boss.receipts(self.stick)):
            # One stick goes round: the list of centres lies on it for the others too.
            assert verdict.ok or verdict.answer == "NOT_FOR_US", verdict

    def backup(self) -> None:
        Safekeeping(self.nurse.desk).back_up_to(self.folder / "shelf", silent)
        self.saved = dict(self.hers)

    def die(self) -> None:
        """The laptop is lost; the last backup becomes a new one, and the coordinator hands over."""
        self.laptops += 1
        former = self.nurse.desk.me.uid
        self.nurse.lock()
        home = self.folder / f"laptop-{self.laptops}"
        clock = SteadyClock(TODAY, 500 + self.laptops)
        newest = listed(self.folder / "shelf")[0].path
        self.nurse = Office(home, Restoring(home, clock, QUICK).restore(newest, PHRASE, silent))
        enrol(self.nurse, self.boss)
        for file in replace_laptop(self.boss.desk, former, self.nurse.desk.me.uid, self.stick):
            (verdict,) = self.nurse.take(file)
            assert verdict.ok, verdict
        # What was sent is never older than what was backed up, for each record on its own.
        self.hers = dict(self.saved)
        for uid, version in self.theirs.items():
            self.hers[uid] = _later(self.saved.get(uid, 0), version)
        self.saved = dict(self.hers)
        self.backup()


def _later(one: int | None, other: int | None) -> int | None:
    """A deletion is the last word on a record here."""
    return None if one is None or other is None else max(one, other)


def shelf_of(office: Office) -> Shelf:
    with office.desk.store.reading() as session:
        query = select(Record.uid, Record.state).where(Record.kind == "service")
        states = {uid: str(state) for uid, state in session.execute(query)}
    return {
        uid: int(office.assistance.service(uid)["quantity"]) if state == "live" else None
        for uid, state in states.items()
    }


@settings(
    max_examples=HISTORIES,
    deadline=None,
    # Each step is a real desk: making a failing history shorter would take minutes.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(steps=["new", "die", "die", "new"])
@example(steps=["new", "backup", "send", "change", "send", "new", "send", "die", "change", "die", "delete"])
@given(steps=STEPS)
def test_any_history(country: Country, tmp_path: Path, steps: list[str]) -> None:
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    (folder / "shelf").mkdir()
    (nurse, *others), boss = country.open(folder / "desks")
    for other in others:
        other.lock()
    person = nurse.people.register({"sex": "female"}, {}, sure=True)
    life = Life(nurse, boss, folder, person)
    life.backup()
    for step in steps:
        getattr(life, step)()
        assert shelf_of(life.nurse) == life.hers
    life.send()
    assert {u: v for u, v in shelf_of(life.boss).items() if v} == {u: v for u, v in life.hers.items() if v}
    assert count_of(boss.desk, Service) == len(life.live())
    with boss.desk.store.reading() as session:
        owners = select(Installation.uid).join(Record, Record.owner_rid == Installation.rid).distinct()
        assert set(session.scalars(owners)) == {life.nurse.desk.me.uid}
    life.nurse.lock()
    boss.lock()
    shutil.rmtree(folder)
