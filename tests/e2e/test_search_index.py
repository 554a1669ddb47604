"""The index of people follows the records: typed or imported, in any order, changed, deleted, made anew."""

from __future__ import annotations

import uuid
from itertools import permutations
from pathlib import Path

from sqlalchemy import select

from app.models import MatchKey, Portrait, Record, SearchWord
from app.sync.ledger import document
from app.sync.projection import Changed, project, rebuild
from app.sync.search_index import forget_all
from tests.e2e.conftest import Country, Pair
from tests.e2e.desks import Office, copied, new_office
from tests.unit.four_spellings import PEOPLE, form

Rows = set[tuple[object, ...]]


def index_of(office: Office) -> Rows:
    """Every row of the index, by the person's id instead of the store's own key."""
    with office.desk.store.reading() as session:
        uids = dict(session.execute(select(Record.rid, Record.uid)).all())
        found: Rows = set()
        for model, column in ((SearchWord, SearchWord.word), (MatchKey, MatchKey.key), (Portrait, Portrait.data)):
            rows = session.execute(select(column, model.person_rid))
            found |= {(model.__tablename__, value, uids[rid]) for value, rid in rows}
        return found


def words(office: Office, person: uuid.UUID) -> set[object]:
    return {value for table, value, uid in index_of(office) if table == "search_word" and uid == person}


def test_it_follows_every_change_and_is_the_same_when_made_anew(pair: Pair) -> None:
    people = pair.nurse.people
    known = [people.register({"birth": "1991-05-04"}, {"names": [form(names[0])]}, sure=True) for names in PEOPLE[:6]]
    people.register({}, {}, sure=True)
    people.change_identity(known[0], {"names": [form("Зубрицкая Анна")]}, sure=True)
    people.change_person(known[1], {"birth": "1977", "sex": "male"}, sure=True)
    people.delete(known[2], "mistake")
    assert "pзубрицкая" in words(pair.nurse, known[0])
    assert "pнаумова" not in words(pair.nurse, known[0])
    assert words(pair.nurse, known[2]) == set()
    before = index_of(pair.nurse)
    with pair.nurse.desk.store.transaction() as session:
        rebuild(session)
    assert index_of(pair.nurse) == before
    assert {table for table, _value, _uid in before} == {"search_word", "match_key", "portrait"}


def test_imported_people_go_the_same_way(pair: Pair) -> None:
    """With her consent the name is found at the coordinator's; taken back, it is no longer."""
    people = pair.nurse.people
    person = people.register({"birth": "1991"}, {"names": [form(PEOPLE[0][0])]}, sure=True)
    gate = {"scope": "coordinator_identifiable", "state": "given", "on": "2026-06-01", "given_by": "individual"}
    people.set_consent(person, gate, sure=True)
    pair.boss.take(pair.nurse.send(pair.stick))
    assert words(pair.boss, person) == words(pair.nurse, person)
    assert [row.uid for row in pair.boss.people.rows(pair.boss.people.find("Navumava"))] == [person]
    people.set_consent(person, {**gate, "state": "withdrawn", "on": "2026-06-02"}, sure=True)
    pair.boss.take(pair.nurse.send(pair.stick))
    assert pair.boss.people.find("Navumava") == []
    assert {str(word)[0] for word in words(pair.boss, person)} == {"c"}


def test_any_order_of_bundles_gives_the_same_index(country: Country, tmp_path: Path) -> None:
    centres, boss = country.open(tmp_path)
    boss.lock()
    files: list[Path] = []
    for number, centre in enumerate(centres):
        made = [
            centre.people.register({"birth": "1991"}, {"names": [form(names[number])]}, sure=True)
            for names in PEOPLE[number : number + 3]
        ]
        for person in made:
            consent = {"scope": "coordinator_identifiable", "state": "given", "on": "2026-06-01"}
            centre.people.set_consent(person, {**consent, "given_by": "individual"}, sure=True)
        files.append(centre.send(tmp_path / "stick"))
        centre.people.change_identity(made[0], {"names": [form(PEOPLE[40 + number][1])]}, sure=True)
        centre.people.delete(made[1], "mistake")
        files.append(centre.send(tmp_path / "stick"))
        centre.lock()
    indexes: list[Rows] = []
    for number, order in enumerate((files, files[::-1], files[1::2] + files[::2])):
        office = copied(country.folder / "coordinator", tmp_path / f"boss-{number}", 90)
        office.take(*order)
        indexes.append(index_of(office))
        office.lock()
    assert indexes[0]
    assert indexes[0] == indexes[1] == indexes[2]


def test_an_identity_may_come_before_its_person(tmp_path: Path) -> None:
    """Whatever the order of the rows, and also where an identity is given to somebody else."""
    office = new_office(tmp_path / "centre", "centre", "Витебск", seed=6)
    one = office.people.register({"birth": "1991"}, {"names": [form(PEOPLE[0][0])]}, sure=True)
    two = office.people.register({"birth": "1955"}, {}, sure=True)
    whole = index_of(office)
    with office.desk.store.reading() as session:
        changes = [
            Changed(
                record.rid, record.uid, record.kind, record.state, _document(office, record.uid), record.owner_rid
            )
            for record in session.scalars(select(Record))
        ]
    for order in permutations(changes):
        with office.desk.store.transaction() as session:
            forget_all(session)
            for change in order:
                project(session, [Changed(change.rid, change.uid, change.kind, "deleted", {}, change.owner_rid)])
            for change in order:
                project(session, [change])
        assert index_of(office) == whole
    (identity,) = (change for change in changes if change.kind == "identity")
    moved = {**identity.document, "person": str(two)}
    with office.desk.store.transaction() as session:
        project(session, [Changed(identity.rid, identity.uid, "identity", "live", moved, identity.owner_rid)])
    assert "pнаумова" in words(office, two)
    assert "pнаумова" not in words(office, one)
    office.lock()


def _document(office: Office, uid: uuid.UUID) -> dict[str, object]:
    with office.desk.store.reading() as session:
        return document(session, uid) or {}
