"""Before the curtain: a practice centre with eight people, whose coordinator knows it and is known."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app import settings
from app.clock import SystemClock
from app.settings import Look
from app.store.keyformat import KdfParams
from app.usecases.access import Access, lock
from app.usecases.desk import Desk
from app.usecases.enrolment import Enrolment
from app.usecases.people import People
from app.usecases.practice import centre_set_up, coordinator_set_up, found

PASSPHRASE: Final = "учебная фраза для показа"
# The least memory that the program accepts: it is unlocked several times here.
_KDF: Final = KdfParams(memory_kib=64 * 1024)
_AGREED: Final = ("interview", "services", "coordinator_identifiable", "reporting")
AGENCY: Final = "brcs_vitebsk"
"""Whom the group has agreed to be told of."""
GROUP: Final = (
    ("Кавалёва", "Ганна"), ("Навіцкая", "Алеся"), ("Жук", "Марыя"), ("Мельнік", "Тацяна"),
    ("Бондар", "Вольга"), ("Дуброўская", "Ніна"), ("Лапко", "Ірына"), ("Савіч", "Кацярына"),
)  # fmt: skip
"""All invented."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the centre's and the coordinator's stores lie, and the stick between them."""

    centre: Path
    coordinator: Path
    stick: Path


def prepare(folder: Path, look: Look) -> Stage:
    """Make the two stores through the ordinary use cases, and lock them. ``look``: language and theme."""
    stage = Stage(folder / "centre", folder / "coordinator", folder / "stick")
    stage.stick.mkdir(parents=True)
    centre = found(Access(stage.centre, SystemClock(), _KDF), centre_set_up(1), PASSPHRASE)
    coordinator = found(Access(stage.coordinator, SystemClock(), _KDF), coordinator_set_up(), PASSPHRASE)
    _introduce(centre, coordinator)
    _introduce(coordinator, centre)
    _register_group(centre)
    settings.save(stage.centre, look)
    lock(centre)
    lock(coordinator)
    return stage


def _introduce(here: Desk, there: Desk) -> None:
    one, other = Enrolment(here), Enrolment(there)
    one.receive(other.my_card())
    one.confirm(there.me.uid, other.my_digits())


def _register_group(desk: Desk) -> None:
    people, today = People(desk), desk.clock.today().isoformat()
    for surname, given in GROUP:
        names = [{"surname": surname, "given": given, "kind": "current", "language": "be"}]
        person = people.register({"sex": "female", "oblast": "BY-VI"}, {"names": names}, sure=True)
        consents = [{"scope": scope} for scope in _AGREED]
        for consent in (*consents, {"scope": "release_psychosocial", "organisation": AGENCY}):
            answer = {**consent, "state": "given", "on": today, "given_by": "individual"}
            people.set_consent(person, answer, sure=True)
