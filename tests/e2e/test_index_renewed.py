"""An index that an earlier program made is made anew; the counts of a look are those of the whole register."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from app.matching import register
from app.matching.portrait import unpack
from app.models import Candidate, MatchKey, Portrait, SearchWord, Setting, Unmatched
from app.sync.search_index import is_current
from app.usecases import renewing
from app.usecases.candidates import Register
from app.usecases.same_person import SamePersons, whole
from tests.e2e.desks import Office, new_office, silent
from tests.e2e.test_search_index import index_of
from tests.unit.four_spellings import PEOPLE, form

RAIONS = ("BY-VI-viciebski", "BY-VI-viciebski", "BY-VI-braslauski", "")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A coordinator with eight people, each recorded in two spellings."""
    office = new_office(tmp_path / "coordinator", "coordinator", "Минск", seed=8)
    for number, ways in enumerate(PEOPLE[:8]):
        for way in ways[:2]:
            person = {"birth": f"19{80 + number}-05-04", "oblast": "BY-VI", "raion": RAIONS[number % 4]}
            told = {key: value for key, value in person.items() if value}
            office.people.register(told, {"names": [form(way)]}, sure=True)
    yield office
    office.lock()


def candidates(office: Office) -> dict[tuple[uuid.UUID, uuid.UUID], float]:
    with office.desk.store.reading() as session:
        query = select(Candidate.one_uid, Candidate.other_uid, Candidate.score)
        return {(one, other): score for one, other, score in session.execute(query)}


def age(office: Office) -> None:
    """As an earlier program would have left it: other words, no keys, portraits of less."""
    with office.desk.store.transaction() as session:
        session.execute(delete(MatchKey))
        session.execute(delete(SearchWord).where(SearchWord.word.startswith("r")))
        session.execute(update(Portrait).values(data='[[],[],[],[0,0,0,false],"","",[],"",""]'))
        session.execute(update(Setting).where(Setting.name == "index_version").values(value="1"))


def test_an_older_index_is_made_anew_and_the_candidates_are_those_of_a_fresh_one(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renewing, "_AT_ONCE", 3)
    same = SamePersons(office.desk)
    same.look_through_all(silent)
    rows, found = index_of(office), candidates(office)
    assert len(found) >= 8
    age(office)
    with office.desk.store.transaction() as session:
        session.execute(delete(Candidate))
        assert not is_current(session)
    cut_short = iter((False, False, True))
    renewing.renew_index(office.desk, lambda: next(cut_short))
    with office.desk.store.reading() as session:
        assert len(session.scalars(select(Unmatched)).all()) == 6
        assert not is_current(session)
    same.look_for(silent)
    assert index_of(office) == rows
    assert candidates(office).keys() == found.keys()
    with office.desk.store.reading() as session:
        assert is_current(session)
        assert session.scalar(select(Setting).where(Setting.name == "index_renewed")) is None
        assert session.scalars(select(Unmatched)).all() == []


def test_a_save_during_the_renewal_does_not_end_it(office: Office) -> None:
    age(office)
    office.people.register({"birth": "1991"}, {"names": [form(PEOPLE[9][0])]}, sure=True)
    with office.desk.store.reading() as session:
        assert not is_current(session)
    renewing.renew_index(office.desk, lambda: True)
    with office.desk.store.reading() as session:
        assert not is_current(session)
    renewing.renew_index(office.desk)
    with office.desk.store.reading() as session:
        assert is_current(session)


def test_a_new_store_has_nothing_to_make_anew(tmp_path: Path) -> None:
    office = new_office(tmp_path / "centre", "centre", "Витебск", seed=6)
    with office.desk.store.reading() as session:
        assert is_current(session)
    office.people.register({"birth": "1991"}, {"names": [form(PEOPLE[0][0])]}, sure=True)
    with office.desk.store.reading() as session:
        assert is_current(session)
    office.lock()


def test_one_look_counts_the_raions_as_the_look_at_everybody_does(office: Office) -> None:
    with office.desk.store.reading() as session:
        everybody = whole._frequencies(session)  # what both looks weigh with
        portraits = [unpack(data) for data in session.scalars(select(Portrait.data))]
        asked = Register(session).frequencies(*portraits)
    assert everybody.raions == {"BY-VI-viciebski": 8, "BY-VI-braslauski": 4}
    assert asked.raions == everybody.raions
    assert asked.raion("BY-VI-viciebski") > asked.raion("BY-VI-braslauski")


def test_what_too_many_people_share_is_passed_over_and_said(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    same = SamePersons(office.desk)
    same.look_through_all(silent)
    assert same.counts().passed_over == 0
    monkeypatch.setattr(register, "MOST_IN_BLOCK", 1)
    same.look_through_all(silent)
    assert same.counts().passed_over > 0
