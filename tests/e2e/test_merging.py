"""Merging rows into the register: several bundles in one transaction, and what follows from records that change."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.matching.find_words import words_of
from app.models import (
    AwaitedHandover,
    Base,
    Centre,
    Erasure,
    Identity,
    Installation,
    OfPerson,
    Question,
    Record,
    Service,
    Unmatched,
)
from app.sync import importer, rows
from app.sync.errors import Answer, BundleRefused
from app.sync.importer import Taken
from app.sync.projection import NOUNS
from app.sync.rows import Row, RowState
from app.sync.search_index import _words_of
from tests.e2e.desks import Office, canonical_dump, new_office
from tests.sync.crafting import NURSE, OTHER, row, uid

NOW = "2026-06-15T09:00:00Z"
PERSON = str(uid("person"))


@pytest.fixture
def boss(tmp_path: Path) -> Iterator[Office]:
    office = new_office(tmp_path / "boss", "coordinator", "Минск", seed=9)
    with office.desk.store.transaction() as session:
        centre = session.scalars(select(Centre.rid)).first()
        assert centre is not None
        for party in (NURSE, OTHER):
            session.add(
                Installation(
                    uid=party.inst, centre_rid=centre, role="centre", name=party.name, practice=False, trust="trusted"
                )
            )
    yield office
    office.lock()


def person(revision: int = 1, **changes: Any) -> Row:
    data = {"code": "K22C-RKC", "sex": "female", "birth_year": 1996}
    return row(1, **{"kind": "person", "id": uid("person"), "revision": revision, "data": data, **changes})


def identity(revision: int = 1, surname: str = "Каваленка", **changes: Any) -> Row:
    data = {"person": PERSON, "names": [{"surname": surname, "given": "Ганна", "kind": "current"}]}
    return row(2, **{"kind": "identity", "id": uid("identity"), "revision": revision, "data": data, **changes})


def help_given(number: int = 3, **changes: Any) -> Row:
    data = {"person": PERSON, "service": "food_meals", "on": "2026-03-09"}
    return row(number, **{"data": data, **changes})


def merge(session: Session, found: Sequence[Row], sender: uuid.UUID = NURSE.inst) -> Taken:
    """As from a bundle: each row from its bytes."""
    rid = session.scalars(select(Installation.rid).where(Installation.uid == sender)).one()
    taken = Taken()
    read = [rows.decode(rows.encode(one)) for one in found]
    ready = [importer.prepare(one, 1, dt.date(2026, 6, 15)) for one in read]
    importer.merge(session, ready, sender, rid, 1, taken, now=NOW, new_id=uuid.uuid4)
    return taken


def merged(office: Office, *found: Row, sender: uuid.UUID = NURSE.inst) -> Taken:
    with office.desk.store.transaction() as session:
        return merge(session, found, sender)


def all_of(office: Office, column: Any) -> list[Any]:
    with office.desk.store.reading() as session:
        return list(session.scalars(select(column)))


def forget_unmatched(office: Office) -> None:
    with office.desk.store.transaction() as session:
        session.execute(delete(Unmatched))


def test_a_refused_bundle_between_two_others_leaves_no_trace(boss: Office, tmp_path: Path) -> None:
    """Many bundles in one transaction, each under a savepoint."""
    bad = [help_given(50), help_given(3, data={"note": "іншае"})]
    with boss.desk.store.transaction() as session:
        with session.begin_nested():
            merge(session, [person(), help_given(3)])
        with pytest.raises(BundleRefused) as refused, session.begin_nested():
            merge(session, bad)
        with session.begin_nested():
            merge(session, [identity(), help_given(4)])
    assert refused.value.answer is Answer.FORK
    other = new_office(tmp_path / "other", "coordinator", "Минск", seed=9)
    with boss.desk.store.reading() as session, other.desk.store.transaction() as steady:
        for known in session.scalars(select(Installation).where(Installation.rid > 1).order_by(Installation.rid)):
            steady.add(Installation(uid=known.uid, centre_rid=1, role="centre", name="", practice=False, trust=""))
        steady.flush()
        for found in ([person(), help_given(3)], [identity(), help_given(4)]):
            merge(steady, found)
    assert canonical_dump(boss.desk) == canonical_dump(other.desk)
    other.lock()


def test_rows_of_any_order_are_counted_and_find_their_person(boss: Office) -> None:
    first = merged(boss, help_given(3), help_given(4), identity())
    assert (first.rows, first.added, first.changed, first.deleted) == (3, 3, 0, 0)
    assert all_of(boss, Service.person_rid) == [None, None]
    merged(boss, person())
    (rid,) = all_of(boss, Identity.person_rid)
    assert all_of(boss, Service.person_rid) == [rid, rid]
    assert set(all_of(boss, Service.age_group)) == {"25-34"}
    second = merged(boss, help_given(3, revision=2), help_given(4, revision=2, state=RowState.DELETED, data={}))
    assert (second.rows, second.added, second.changed, second.deleted) == (2, 0, 1, 1)
    assert merged(boss, help_given(3, revision=1)).passed_over == {help_given(3).id}


def test_a_record_twice_in_one_batch_is_written_once(boss: Office) -> None:
    merged(boss, person(), person(revision=3, data={"code": "K22C-RKC", "sex": "male"}), person(revision=2))
    assert all_of(boss, Record.revision) == [3]


def test_who_is_new_or_renamed_is_looked_at_again(boss: Office) -> None:
    merged(boss, person(), identity(), help_given())
    (rid,) = all_of(boss, Unmatched.person_rid)
    forget_unmatched(boss)
    merged(boss, help_given(4))
    assert all_of(boss, Unmatched.person_rid) == []
    merged(boss, identity(revision=2, surname="Коваль"))
    assert all_of(boss, Unmatched.person_rid) == [rid]


@pytest.mark.parametrize("state", [RowState.WITHHELD, RowState.DELETED])
def test_a_name_that_goes_is_told_and_nothing_quotes_it(boss: Office, state: RowState) -> None:
    merged(boss, person(), identity(), help_given())
    with boss.desk.store.transaction() as session:
        for number, record in enumerate((identity().id, help_given().id)):
            session.add(
                Question(
                    uid=uuid.UUID(int=number),
                    record_uid=record,
                    to_rid=1,
                    reason="coordinator",
                    field="names",
                    document='{"names":"Каваленка"}',
                    held='"Каваленка"',
                    proposed='"Коваль"',
                    state="open",
                    asked_at=NOW,
                )
            )
    merged(boss, identity(revision=2, state=state, data={}))
    assert all_of(boss, Erasure.record_uid) == [identity().id]
    with boss.desk.store.reading() as session:
        quoted = {
            one.record_uid: (one.document, one.held, one.proposed) for one in session.scalars(select(Question)).all()
        }
    assert quoted[identity().id] == ("", "", "")
    assert all(quoted[help_given().id])
    merged(boss, identity(revision=3))
    assert all_of(boss, Erasure.record_uid) == []


def test_what_was_never_here_is_not_told_as_gone(boss: Office) -> None:
    merged(boss, person(), identity(state=RowState.WITHHELD, data={}))
    merged(boss, identity(revision=2, state=RowState.DELETED, data={}))
    assert all_of(boss, Erasure.record_uid) == []


def test_a_late_row_asks_once_and_quotes_nothing_that_is_gone(boss: Office) -> None:
    merged(boss, person(), identity())
    theirs: dict[str, Any] = {"owner": OTHER.inst, "epoch": 1}
    with boss.desk.store.transaction() as session:
        to = session.scalars(select(Installation).where(Installation.uid == OTHER.inst)).one()
        record = session.scalars(select(Record).where(Record.uid == identity().id)).one()
        record.owner_rid, record.epoch, record.former_owners, record.digest = to.rid, 1, str(NURSE.inst), b""
    for _time in range(2):
        merged(boss, identity(revision=5, surname="Позняя"))
    assert len(all_of(boss, Question.uid)) == 1
    merged(boss, identity(revision=6, state=RowState.WITHHELD, data={}, **theirs), sender=OTHER.inst)
    merged(boss, identity(revision=5, surname="Позняя"))
    assert all_of(boss, Question.document) == [""]


def test_a_word_that_waited_is_carried_out(boss: Office) -> None:
    with boss.desk.store.transaction() as session:
        to = session.scalars(select(Installation.rid).where(Installation.uid == OTHER.inst)).one()
        session.add(AwaitedHandover(record_uid=person().id, owner_rid=to, epoch=1, former_owners="", row=""))
    merged(boss, person())
    assert all_of(boss, Record.owner_rid) == [to]


def test_odd_rows_are_flagged_and_told_again(boss: Office) -> None:
    odd = help_given(data={"person": PERSON, "service": "spaceship", "on": "2026-03-09"})
    for _time in range(2):
        assert merged(boss, odd).flagged == [{"id": str(odd.id), "reason": "unknown_code", "field": "service"}]


def test_an_index_serves_those_who_wait_for_their_person(boss: Office) -> None:
    with boss.desk.store.reading() as session:
        tables = [
            table for table in Base.metadata.sorted_tables if {"person_uid", "person_rid"} <= set(table.c.keys())
        ]
        assert len(tables) == sum(issubclass(model, OfPerson) for model in NOUNS.values())
        for table in tables:
            query = f"SELECT rid FROM {table.name} WHERE person_rid IS NULL AND person_uid = x'00'"
            plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all()
            assert f"ix_{table.name}_waiting" in str(plan)


def test_words_by_part_are_the_words_of_the_whole() -> None:
    named: list[dict[str, Any]] = [
        {
            "names": [
                {"surname": "Каваленка-Коваль", "given": "Ганна Марыя", "patronymic": "Пятроўна"},
                {"given": 1},
                "x",
            ]
        },
        {"names": [{"surname": "Kovalenko", "given": "Anna", "kind": "birth"}] * 20},
        {"names": "нічога"},
    ]
    choices: list[list[dict[str, Any]]] = [[], named[:1], named, [{}]]
    for some in choices:
        assert _words_of("K22C-RKC", some) == set(words_of("K22C-RKC", some))
