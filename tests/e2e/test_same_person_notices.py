"""What a centre is told of the coordinator's decisions: about its own persons, and nothing of another centre."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select

from app.models import Erasure, Identity, Installation, Notice, Record
from app.sync import notices
from app.sync.canonical import Json, encode
from app.sync.errors import Answer, BundleRefused
from app.usecases.notices import Notices, Told
from tests.e2e.desks import Office, count_of
from tests.e2e.test_same_person import OF_ONE, Desks, desks

__all__ = ["desks"]
NOW = "2026-06-20T08:00:00Z"


def _tell(desks: Desks, office: Office) -> list[Json]:
    """What a receipt would carry, carried."""
    with desks.boss.desk.store.reading() as session:
        to = session.scalars(select(Installation).where(Installation.uid == office.desk.me.uid)).one()
        told = notices.compose(session, to)
    _take(desks, office, told)
    return told


def _take(desks: Desks, office: Office, told: Json) -> None:
    with office.desk.store.transaction() as session:
        boss = session.scalars(select(Installation).where(Installation.uid == desks.boss.desk.me.uid)).one()
        notices.take(session, boss, told, NOW)


def _of(office: Office, person: uuid.UUID) -> list[Told]:
    return Notices(office.desk).of_person(person)


def test_a_centre_is_told_of_its_own_persons_and_nothing_of_anothers(desks: Desks) -> None:
    mine = [desks.register(desks.one, OF_ONE[0]), desks.register(desks.one, OF_ONE[2])]
    theirs = desks.register(desks.other, OF_ONE[1])
    desks.bring()
    desks.same.decide(mine[0], mine[1], "same")
    last = desks.same.decide(mine[1], theirs, "same")
    told, told_there = _tell(desks, desks.one), _tell(desks, desks.other)
    assert len(told) == 2
    assert told_there == [{"kind": "same_person", "subject": str(theirs), "with": [], "elsewhere": True}]
    assert str(theirs) not in encode(told).decode()
    code = desks.one.people.person(mine[1])["code"]
    elsewhere, here = _of(desks.one, mine[0])
    assert "at another centre" in elsewhere.words
    assert (here.persons, here.told_at) == ((mine[1],), NOW)
    assert code in here.words
    assert ["at another centre" in one.words for one in _of(desks.other, theirs)] == [True]

    desks.same.undo(last)
    _tell(desks, desks.other)
    _tell(desks, desks.one)
    assert _of(desks.other, theirs) == []
    assert [one.persons for one in _of(desks.one, mine[0])] == [(mine[1],)]


def test_one_deleted_elsewhere_is_nobody_to_be_told_of(desks: Desks) -> None:
    mine, theirs = desks.register(desks.one, OF_ONE[0]), desks.register(desks.other, OF_ONE[1])
    desks.bring()
    desks.same.decide(mine, theirs, "same")
    desks.other.people.delete(theirs, "entered_by_mistake")
    desks.bring()
    assert _tell(desks, desks.one) == []


def test_an_erased_name_is_confirmed(desks: Desks) -> None:
    mine = desks.register(desks.one, OF_ONE[0])
    desks.bring()
    desks.one.people.set_consent(
        mine, {"scope": "coordinator_identifiable", "state": "withdrawn", "on": "2026-06-01"}
    )
    desks.bring()
    with desks.one.desk.store.reading() as session:
        name = session.scalars(select(Record.uid).join(Identity, Identity.rid == Record.rid)).one()
    with desks.boss.desk.store.transaction() as session:
        owner = session.scalars(select(Record.owner_rid).where(Record.uid == name)).one()
        session.merge(Erasure(record_uid=name, owner_rid=owner, erased_at="2026-06-15T09:00:00Z"))
    _tell(desks, desks.one)
    assert [one.words for one in _of(desks.one, mine)] == [
        "The coordinator erased the name of this person on 15.06.2026."
    ]


@pytest.mark.parametrize(
    "content",
    [
        {},
        [1],
        [{"kind": 3}],
        [{"kind": "same_person", "subject": "x", "with": [], "elsewhere": True}],
        [{"kind": "same_person", "subject": str(uuid.UUID(int=1)), "with": "all", "elsewhere": True}],
        [{"kind": "same_person", "subject": str(uuid.UUID(int=1)), "with": [], "elsewhere": 1}],
        [{"kind": "same_person", "subject": str(uuid.UUID(int=1)), "with": [None], "elsewhere": True}],
        [{"kind": "erased", "subject": str(uuid.UUID(int=1)), "at": "yesterday"}],
    ],
)
def test_what_is_not_well_formed_is_refused_and_what_is_newer_is_passed_over(desks: Desks, content: Json) -> None:
    good: Json = [
        {"kind": "erased", "subject": str(uuid.UUID(int=2)), "at": NOW},
        {"kind": "of_a_newer_program", "what": "ever"},
    ]
    _take(desks, desks.one, good)
    with pytest.raises(BundleRefused) as refused:
        _take(desks, desks.one, content)
    assert refused.value.answer is Answer.MANIFEST
    assert count_of(desks.one.desk, Notice) == 1, "what was told before stands"


def test_what_there_is_no_room_for_is_left_out(desks: Desks) -> None:
    with desks.boss.desk.store.transaction() as session:
        centre = session.scalars(select(Installation).where(Installation.uid == desks.one.desk.me.uid)).one()
        for number in range(2_000):
            at = f"2026-01-01T00:{number // 60:02}:{number % 60:02}Z"
            session.add(Erasure(record_uid=uuid.UUID(int=number), owner_rid=centre.rid, erased_at=at))
        session.flush()
        told = notices.compose(session, centre)
    assert 1_000 < len(told) < 2_000
    assert len(encode(told)) < notices.ROOM
    assert isinstance(told[0], dict)
    assert told[0]["subject"] == str(uuid.UUID(int=1_999)), "the newest are told"
