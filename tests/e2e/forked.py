"""A laptop and its copy, each of which went on: what the coordinator takes for an alarm."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path

from app.models import Trust
from tests.e2e.desks import Office, copied, enrol, new_office, reopened, trust_of

PERSON = {"sex": "female", "birth": "1990", "oblast": "BY-VI"}


@dataclass
class Fork:
    """A coordinator, the laptop that goes on, its copy, and what either wrote after the copy was made."""

    head: Office
    laptop: Office
    copy: Office
    person: uuid.UUID
    help_on_laptop: uuid.UUID
    help_on_copy: uuid.UUID
    stick: Path

    @property
    def inst(self) -> uuid.UUID:
        return self.laptop.desk.me.uid


def forked(tmp_path: Path) -> Fork:
    """One bundle from before, then one from each side: the second one is an alarm."""
    head = new_office(tmp_path / "head", "coordinator", "Мінск", seed=1)
    first = new_office(tmp_path / "laptop", "centre", "Віцебск", seed=2)
    enrol(first, head)
    person = first.people.register(PERSON, {}, sure=True)
    stick = tmp_path / "stick"
    assert [one.answer for one in head.take(first.send(stick))] == ["ACCEPTED"]
    # A receipt came back, so that what follows stands on it.
    assert all(one.ok for one in first.take(*head.receipts(tmp_path / "back")))
    first.lock()
    copy, laptop = copied(tmp_path / "laptop", tmp_path / "copy", seed=3), reopened(tmp_path / "laptop", seed=4)
    on_laptop = laptop.help(person, "psych_counselling")
    on_copy = copy.help(person, "legal_civil")
    copy.people.change_person(person, {**PERSON, "birth": "1991"}, sure=True)
    assert [one.answer for one in head.take(laptop.send(stick))] == ["ACCEPTED"]
    assert [one.answer for one in head.take(copy.send(stick))] == ["FORK"]
    assert trust_of(head.desk, laptop.desk.me.uid) == Trust.STOPPED
    return Fork(head, laptop, copy, person, on_laptop, on_copy, stick)
