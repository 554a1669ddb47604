"""Drafts: there again after lock and unlock, in order, gone with the save of their form, and nowhere in plain."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.clock import SteadyClock
from app.errors import UserError
from app.store.engine import Store
from app.usecases.drafts import Draft, Drafts
from app.usecases.kept_values import pack, unpack
from app.usecases.last_place import LastPlace, keep_place, take_place
from tests.e2e.conftest import Pair
from tests.e2e.desks import Office, everything, reopened

PERSON = uuid.UUID(int=7)
TYPED = "не сохранено é\u0301"


def draft(key: str = "service/1", note: str = TYPED, **changes: object) -> Draft:
    base = Draft(key, "record", {"person": PERSON, "code": "food_meals"}, {"forms": [{"note": note}]})
    return dataclasses.replace(base, **changes)  # type: ignore[arg-type]  # as they are named


def test_a_draft_outlives_the_lock_and_is_nowhere_in_plain(pair: Pair) -> None:
    whole = draft(focus={"field": "note", "at": 3}, about="services/food_meals", subject=PERSON)
    Drafts(pair.nurse.desk).keep(whole)
    path = pair.nurse.desk.store.path
    pair.nurse.lock()
    for file in path.parent.iterdir():
        found = file.read_bytes()
        assert not any(TYPED[:5].encode(form) in found for form in ("utf-8", "utf-16-le", "unicode_escape"))
    again = reopened(path.parent, 99)
    assert Drafts(again.desk).load("service/1") == whole
    assert Drafts(again.desk).load("service/2") is None
    again.lock()


def test_drafts_stand_in_the_order_in_which_they_were_changed_whatever_the_clock_says(pair: Pair) -> None:
    desk, clock = pair.nurse.desk, pair.nurse.desk.clock
    assert isinstance(clock, SteadyClock)
    drafts = Drafts(desk)
    for key, year in (("a", 2040), ("b", 1970), ("c", 2026), ("a", 1971)):
        clock.set(dt.datetime(year, 1, 1, tzinfo=dt.UTC))
        drafts.keep(draft(key))
    assert [(line.key, line.changed_at[:4]) for line in drafts.list()] == [
        ("a", "1971"),
        ("c", "2026"),
        ("b", "1970"),
    ]


def test_a_line_names_the_person_as_she_is_called_now(pair: Pair) -> None:
    nurse = pair.nurse
    names = {"names": [{"surname": "Кавалёва", "given": "Ганна", "kind": "current", "language": "be"}]}
    person = nurse.people.register({"sex": "female"}, names, sure=True)
    drafts = Drafts(nurse.desk)
    drafts.keep(draft("of her", subject=person))
    drafts.keep(draft("of nobody", subject=None))
    nobody, hers = drafts.list()
    assert (nobody.code, nobody.name) == ("", "")
    assert hers.code == nurse.people.person(person)["code"]
    assert "Кавалёва" in hers.name
    nurse.people.delete(person, "entered_by_mistake")
    assert [line.key for line in drafts.list()] == ["of nobody"]
    drafts.forget("of nobody")
    assert not drafts.list()


def test_a_draft_goes_in_the_transaction_that_saves_its_form(pair: Pair) -> None:
    """The process ends right after the commit: the record is there, and no draft offers it again."""
    nurse = pair.nurse
    person = nurse.people.register({"sex": "female"}, {}, sure=True)
    drafts = Drafts(nurse.desk)
    drafts.keep(draft("case/new"))
    with drafts.spent("case/new"):
        nurse.cases.save(person, {"opened_on": "2026-03-09"}, sure=True)
        assert drafts.load("case/new") is None, "only afterwards would be too late"
    assert len(nurse.cases.of_person(person)) == 1


def test_a_refused_save_keeps_the_draft(pair: Pair) -> None:
    nurse = pair.nurse
    person = nurse.people.register({"sex": "female"}, {}, sure=True)
    drafts = Drafts(nurse.desk)
    drafts.keep(draft("case/new"))
    with pytest.raises(UserError), drafts.spent("case/new"):
        nurse.cases.save(person, {"opened_on": "31.02.2026"})
    assert drafts.load("case/new") is not None
    nurse.cases.save(person, {"opened_on": "2026-03-09"}, sure=True)
    assert drafts.load("case/new") is not None, "what is saved elsewhere takes no draft away"


def test_what_finds_no_room_is_held_and_written_with_the_next(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = Drafts(pair.nurse.desk)
    full = True
    real = Store.transaction

    @contextmanager
    def perhaps_full(store: Store) -> Iterator[Session]:
        if full:
            raise UserError("The disk is full.")
        with real(store) as session:
            yield session

    monkeypatch.setattr(Store, "transaction", perhaps_full)
    with pytest.raises(UserError):
        drafts.keep(draft("first"))
    held = drafts.waiting
    assert held
    assert drafts.load("first") == draft("first"), "leaving the form and coming back loses nothing"
    assert [line.key for line in drafts.list()] == ["first"]
    full = False
    drafts.keep(draft("second"))
    waiting = drafts.waiting
    assert not waiting
    assert Drafts(pair.nurse.desk).load("first") == draft("first")
    assert [line.key for line in drafts.list()] == ["second", "first"]


def test_a_colleague_has_drafts_of_her_own(pair: Pair) -> None:
    desk = pair.nurse.desk
    hers = Drafts(dataclasses.replace(desk, staff=desk.clock.new_id()))
    mine = Drafts(desk)
    mine.keep(draft("case/new"))
    assert (hers.load("case/new"), list(hers.list())) == (None, [])
    hers.forget("case/new")
    assert mine.load("case/new") == draft("case/new"), "nobody deletes what another typed"


def test_a_draft_never_travels(pair: Pair) -> None:
    nurse, boss = pair.nurse, pair.boss
    nurse.people.register({"sex": "female"}, {}, sure=True)
    Drafts(nurse.desk).keep(draft(note="CANARY-29"))
    boss.take(nurse.send(pair.stick))
    assert "CANARY-29" in everything(nurse.desk)
    assert "CANARY-29" not in everything(boss.desk)


def test_the_place_is_given_out_once_and_to_the_same_member_of_staff(pair: Pair) -> None:
    desk = pair.nurse.desk
    place = LastPlace("record", {"person": PERSON}, {"hand": {"field": "note", "at": 2}})
    keep_place(desk, place)
    assert take_place(desk) == place
    assert take_place(desk) is None
    keep_place(desk, place)
    other = Office(pair.nurse.folder, dataclasses.replace(desk, staff=uuid.UUID(int=1)))
    assert take_place(other.desk) is None
    assert take_place(desk) is None


_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text() | st.uuids(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), _values, max_size=4))
def test_what_was_typed_comes_back_as_it_was(values: dict[str, object]) -> None:
    assert unpack(pack(values)) == values


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"a": {"$id": "no id"}}', "null"])
def test_a_draft_that_cannot_be_read_is_empty_and_stops_nothing(text: str) -> None:
    assert unpack(text) == {}
