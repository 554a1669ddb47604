"""A handover: the coordinator's word moves the records, and what the old owner writes late is asked about."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from app.errors import UserError
from app.models import Installation, Question, Record
from app.usecases.handover import replace_laptop
from tests.e2e.conftest import Country
from tests.e2e.desks import Office, content_digest, count_of, digests_at
from tests.e2e.handing_over import hand_over_all


@dataclass
class Change:
    """An old owner, a new one, the coordinator, and a person who moves from the one to the other."""

    old: Office
    new: Office
    boss: Office
    person: uuid.UUID
    service: uuid.UUID
    post: Path
    letters: list[Path]


@pytest.fixture
def change(country: Country, tmp_path: Path) -> Iterator[Change]:
    (old, new, third), boss = country.open(tmp_path)
    person = old.people.register({"sex": "female"}, {}, sure=True)
    service = old.help(person)
    boss.take(old.send(tmp_path / "post"))
    late = old.assistance.service(service)
    # Written before the word came: it travels with the old epoch.
    old.assistance.record_service(person, {**late, "outcome": "declined"}, service=service, sure=True)
    letters = hand_over_all(boss.desk, old.desk.me.uid, new.desk.me.uid, tmp_path / "post")
    yield Change(old, new, boss, person, service, tmp_path / "post", letters)
    for office in (old, new, third, boss):
        office.lock()


def owners(office: Office) -> set[tuple[uuid.UUID, int]]:
    with office.desk.store.reading() as session:
        query = select(Installation.uid, Record.epoch).join(Installation, Installation.rid == Record.owner_rid)
        return {(uid, epoch) for uid, epoch in session.execute(query)}


def test_the_register_and_the_old_owner_obey(change: Change) -> None:
    heir = change.new.desk.me.uid
    assert owners(change.boss) == {(heir, 1)}
    answers = [change.old.take(letter)[0] for letter in change.letters]
    assert sorted(one.answer for one in answers) == ["ACCEPTED", "NOT_FOR_US"]
    assert owners(change.old) == {(heir, 1)}
    with pytest.raises(UserError, match="belongs to another centre"):
        change.old.assistance.delete_service(change.service, "entered_by_mistake")
    # What was written down and never sent is not lost: it goes, and the new owner is asked about it.
    assert change.old.sending.preview().records == 1
    assert change.boss.take(change.old.send(change.post))[0].ok
    assert count_of(change.boss.desk, Question) == 1
    assert owners(change.boss) == {(heir, 1)}
    before = content_digest(change.old.desk)
    assert {change.old.take(letter)[0].answer for letter in change.letters} == {"ALREADY_IMPORTED", "NOT_FOR_US"}
    assert content_digest(change.old.desk) == before


def test_a_late_row_is_a_question_to_the_new_owner(change: Change) -> None:
    (verdict,) = change.boss.take(change.old.send(change.post))
    assert (verdict.answer, verdict.added, verdict.changed) == ("ACCEPTED", 0, 0)
    assert owners(change.boss) == {(change.new.desk.me.uid, 1)}
    asked = count_of(change.boss.desk, Question)
    assert asked == 1, "the service that was changed; the person is only repeated"
    assert change.boss.take(change.old.send(change.post))[0].ok
    assert count_of(change.boss.desk, Question) == asked, "asked once"
    assert len(digests_at(change.boss.desk, change.new.desk.me.uid)) == 2
    change.new.people.register({"sex": "male"}, {}, sure=True)
    change.boss.take(change.new.send(change.post))
    answers = change.boss.receipts(change.post)
    taken = [one for one in change.new.take(*answers) if one.ok]
    assert [one.type for one in taken] == ["receipt"]
    assert count_of(change.new.desk, Question) == asked


def test_only_the_coordinator_gives_records_away(change: Change) -> None:
    with pytest.raises(UserError, match="Only the coordinator"):
        replace_laptop(change.old.desk, change.old.desk.me.uid, change.new.desk.me.uid, change.post)
