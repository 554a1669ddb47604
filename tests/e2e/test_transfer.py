"""The transfer of a case: with consent, sealed for the next centre, decided by the coordinator, whatever crosses."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app.errors import UserError
from app.models import Installation, Question, Record, Trust
from app.sync.exporter import persons_who_agreed
from app.usecases.transfer_desk import WishState
from app.usecases.transfer_state import Passing
from app.usecases.transfers import ConsentNeeded, Transfers
from tests.e2e.conftest import Country
from tests.e2e.desks import count_of, document_at, everything, trust_of
from tests.e2e.transfers import Move, agreed, asked, heads

NAMED = {"names": [{"kind": "current", "surname": "Ясная", "given": "Ирина"}], "phone": "+375291112233"}


@pytest.fixture
def move(country: Country, tmp_path: Path) -> Iterator[Move]:
    (one, following, third), boss = country.open(tmp_path)
    found = Move(one, following, third, boss, tmp_path / "post")
    found.lists()
    yield found
    for office in (one, following, third, boss):
        office.lock()


@pytest.fixture
def person(move: Move) -> uuid.UUID:
    """Known by name at her centre, under the code at the coordinator: she has not agreed that her name goes there."""
    uid = move.one.people.register({"sex": "female", "medical_notes": "x"}, NAMED, sure=True)
    move.one.help(uid)
    move.agree(uid)
    return uid


def hers(move: Move, person: uuid.UUID) -> set[uuid.UUID]:
    """Person, identity, help and consent."""
    with_names = move.one.people.consents(person)
    services = [one.uid for one in move.one.assistance.timeline(person)]
    return {person, *services, *(uid for uid, _ in with_names)}


def test_the_list_makes_centres_known_and_unknown_again(move: Move) -> None:
    assert [one.name for one in move.wishing.centres()] == ["Брест", "Гродно"]
    assert [peer.role for peer in move.one.enrolment.peers()] == ["coordinator"], "no digits are asked for"
    move.boss.enrolment.revoke(move.third.desk.me.uid)
    move.lists()
    assert [one.name for one in move.wishing.centres()] == ["Гродно"]
    assert trust_of(move.one.desk, move.third.desk.me.uid) is Trust.PENDING
    before = len(list(move.post.iterdir()))
    move.lists()
    assert len(list(move.post.iterdir())) == before, "written once"


def test_no_wish_and_no_file_without_her_consent(move: Move) -> None:
    uid = move.one.people.register({"sex": "female"}, NAMED, sure=True)
    with pytest.raises(ConsentNeeded):
        move.wish(uid)
    move.agree(uid, "Брест")
    with pytest.raises(ConsentNeeded):
        move.wish(uid)
    move.agree(uid, "гродно", expires_on="2026-06-01")
    with pytest.raises(ConsentNeeded):
        move.wish(uid)
    move.agree(uid, "гродно", expires_on="")
    wish = move.wish(uid)
    move.agree(uid, "гродно", state="withdrawn")
    with pytest.raises(ConsentNeeded):
        move.write(wish)
    move.boss.take(move.one.send(move.post))
    with pytest.raises(UserError, match="consent does not stand"):
        move.deciding.grant(wish)


def test_the_straight_way(move: Move, person: uuid.UUID) -> None:
    wish = move.wish(person)
    offer = move.wishing.offer(person, move.next.desk.me.uid)
    assert dict(offer.goes) == {"person": 1, "identity": 1, "service": 1, "consent": 1}
    file = move.write(wish)
    assert not move.third.take(file)[0].ok, "sealed for the next centre alone"
    assert not move.boss.take(file)[0].ok
    assert move.next.take(file)[0].added == 4
    state = move.state(move.next, person)
    assert state is not None
    assert (state.passing, state.centre) == (Passing.COMING, "Витебск")
    with pytest.raises(UserError, match="another centre"):
        move.next.people.change_person(person, {"sex": "male"}, sure=True)
    assert move.next.sending.preview().rows == 0, "nothing of it is the next centre's to send"

    move.boss.take(move.one.send(move.post))
    assert "Ясная" not in everything(move.boss.desk)
    (seen,) = move.deciding.wishes()
    assert (seen.state, seen.from_centre, seen.to_centre) == (WishState.WAITING, "Витебск", "Гродно")
    assert (seen.consent_state, seen.records) == ("given", 4), "also the names, which are withheld here"
    assert move.deciding.grant(wish) == 4
    words = move.words()
    assert set(words) == {"one", "next"}
    assert move.next.take(words["next"])[0].changed == 4
    assert move.one.take(words["one"])[0].changed == 4

    everybody = {(move.next.desk.me.uid, 1)}
    for office in (move.one, move.next, move.boss):
        assert set(heads(office, hers(move, person)).values()) == everybody
    passed, came = move.state(move.one, person), move.state(move.next, person)
    assert passed is not None
    assert (passed.passing, passed.centre, passed.wish) == (Passing.PASSED, "Гродно", wish)
    assert came is not None
    assert (came.passing, came.centre) == (Passing.CAME, "Витебск")
    move.next.people.change_person(person, {"sex": "female", "oblast": "BY-HR"}, sure=True)
    assert move.next.people.identity(person)["phone"] == NAMED["phone"]
    with pytest.raises(UserError, match="another centre"):
        move.one.people.change_person(person, {"sex": "male"}, sure=True)
    move.boss.take(move.next.send(move.post))
    assert agreed(move.boss, move.next)
    assert document_at(move.boss.desk, person)[1]["oblast"] == "BY-HR"
    assert not asked(move.boss)
    assert not asked(move.next)


def test_the_word_comes_before_the_file(move: Move, person: uuid.UUID) -> None:
    wish = move.wish(person)
    move.boss.take(move.one.send(move.post))
    move.deciding.grant(wish)
    words = move.words()
    move.next.take(words["next"])
    (missing,) = Transfers(move.next.desk).missing()
    assert (missing.centre, missing.records) == ("Витебск", 4)
    move.one.take(words["one"])
    # She has read the word: the records are no longer hers, and the file can be written all the same.
    assert move.next.take(move.write(wish))[0].added == 4
    assert set(heads(move.next, hers(move, person)).values()) == {(move.next.desk.me.uid, 1)}
    assert Transfers(move.next.desk).missing() == []
    move.boss.take(move.next.send(move.post))
    assert agreed(move.boss, move.next)
    assert not asked(move.next)


def test_what_was_not_sent_before_the_word_came_is_asked_about(move: Move, person: uuid.UUID) -> None:
    wish = move.wish(person)
    file = move.write(wish)
    move.boss.take(move.one.send(move.post))
    move.deciding.grant(wish)
    words = move.words()
    move.one.people.change_person(person, {"sex": "female", "oblast": "BY-BR"}, sure=True)
    move.next.take(file, words["next"])
    move.one.take(words["one"])
    assert move.one.sending.preview().records == 1
    move.boss.take(move.one.send(move.post))
    assert [one.get("oblast") for one in asked(move.boss)] == ["BY-BR"]
    move.boss.take(move.next.send(move.post))
    move.next.take(*move.boss.receipts(move.post))
    assert [one.get("oblast") for one in asked(move.next)] == ["BY-BR"]
    assert agreed(move.boss, move.next)


@pytest.mark.parametrize("word_first", [True, False])
def test_the_coordinator_holds_a_later_revision_than_the_file(
    move: Move, person: uuid.UUID, word_first: bool
) -> None:
    wish = move.wish(person)
    file = move.write(wish)
    move.one.people.change_person(person, {"sex": "female", "oblast": "BY-BR"}, sure=True)
    move.boss.take(move.one.send(move.post))
    move.deciding.grant(wish)
    word = move.words()["next"]
    move.next.take(*((word, file) if word_first else (file, word)))
    assert document_at(move.next.desk, person)[1]["oblast"] == "BY-BR"
    move.boss.take(move.next.send(move.post))
    assert agreed(move.boss, move.next)
    assert document_at(move.boss.desk, person)[1]["oblast"] == "BY-BR"


def test_two_wishes_one_grant(move: Move, person: uuid.UUID) -> None:
    move.agree(person, "Брест", organisation="brcs")
    move.one.people.set_consent(
        person,
        {"scope": "release_legal", "state": "given", "organisation": "other", "organisation_other": "Брест"},
        sure=True,
    )
    first, second = move.wish(person), move.wish(person, move.third)
    move.boss.take(move.one.send(move.post))
    move.deciding.grant(second)
    with pytest.raises(UserError, match="no longer with the centre"):
        move.deciding.grant(first)
    assert {one.uid: one.state for one in move.deciding.wishes()} == {
        first: WishState.OVER,
        second: WishState.GRANTED,
    }


def test_a_stopped_centre_is_not_given_anybody(move: Move, person: uuid.UUID) -> None:
    wish = move.wish(person)
    move.boss.take(move.one.send(move.post))
    move.boss.enrolment.revoke(move.next.desk.me.uid)
    with pytest.raises(UserError, match="not trusted"):
        move.deciding.grant(wish)
    move.lists()
    with pytest.raises(UserError, match="not on the coordinator's list"):
        move.write(wish)


def test_declined_and_said_why(move: Move, person: uuid.UUID) -> None:
    wish = move.wish(person)
    move.boss.take(move.one.send(move.post))
    move.deciding.decline(wish, "Нет мест до осени.")
    with pytest.raises(UserError, match="decided already"):
        move.deciding.grant(wish)
    move.lists()
    assert count_of(move.one.desk, Question) == 1
    state = move.state(move.one, person)
    assert state is not None
    assert state.passing is Passing.DECLINED
    assert move.wish(person) != wish, "she may ask again"


def test_recorded_after_the_grant_stays_until_it_is_handed_over_too(move: Move, person: uuid.UUID) -> None:
    wish = move.wish(person)
    move.boss.take(move.one.send(move.post))
    move.deciding.grant(wish)
    move.words()
    later = move.one.help(person)
    move.boss.take(move.one.send(move.post))
    assert heads(move.boss, {later}) == {later: (move.one.desk.me.uid, 0)}
    (seen,) = move.deciding.wishes()
    assert (seen.state, seen.records) == (WishState.GRANTED, 1)
    assert move.deciding.grant_rest(wish) == 1
    again = move.deciding.write_again(wish, move.post)
    move.next.take(*again)
    move.one.take(*again)
    move.next.take(move.write(wish))
    for office in (move.one, move.next, move.boss):
        assert heads(office, {later}) == {later: (move.next.desk.me.uid, 1)}
    move.boss.take(move.next.send(move.post))
    assert agreed(move.boss, move.next)


def test_files_that_were_chosen_go_and_others_stay(move: Move, person: uuid.UUID) -> None:
    going, staying = (
        move.one.attachments.add(person, name, b"%PDF-1.4 " + name.encode(), {}, sure=True)
        for name in ("letter.pdf", "diary.pdf")
    )
    wish = move.wish(person, files=(going,))
    move.boss.take(move.one.send(move.post))
    move.deciding.grant(wish)
    words = move.words()
    move.next.take(words["next"])
    assert move.next.take(move.write(wish))[0].ok, "the record is the next centre's the moment it is written"
    move.one.take(words["one"])
    assert heads(move.one, {going, staying}) == {
        going: (move.next.desk.me.uid, 1),
        staying: (move.one.desk.me.uid, 0),
    }
    assert bytes(move.next.attachments.content(going)) == b"%PDF-1.4 letter.pdf"
    assert set(heads(move.next, {going, staying})) == {going}
    move.boss.take(move.next.send(move.post))
    assert agreed(move.boss, move.next)


def test_two_persons_in_two_files_in_any_order(move: Move, person: uuid.UUID) -> None:
    other = move.one.people.register({"sex": "male"}, {}, sure=True)
    move.agree(other)
    files = [move.write(move.wish(uid)) for uid in (person, other)]
    answers = [move.next.take(file)[0].answer for file in reversed(files)]
    assert answers == ["ACCEPTED", "ACCEPTED"]
    assert move.next.take(files[0])[0].answer == "ALREADY_IMPORTED"


def test_there_and_back_with_the_second_word_read_first(move: Move, person: uuid.UUID) -> None:
    wish = move.wish(person)
    move.boss.take(move.one.send(move.post))
    move.deciding.grant(wish)
    words = move.words()
    move.next.take(words["next"], move.write(wish))
    back = Move(move.next, move.one, move.third, move.boss, move.post)
    back.agree(person, "Витебск")
    again = back.wish(person)
    move.next.people.change_person(person, {"sex": "female", "oblast": "BY-HR"}, sure=True)
    file = back.write(again)
    move.boss.take(move.next.send(move.post))
    back.deciding.grant(again)
    second = back.words()["next"]
    # The first word was lost: the second says both, and the earlier one is taken still, and changes nothing.
    assert [one.ok for one in move.one.take(second, file, words["one"])] == [True, True, True]
    back.next.take(*move.deciding.write_again(again, move.post))
    move.next.take(*move.deciding.write_again(again, move.post))
    ours = hers(move, person)
    for office in (move.one, move.next, move.boss):
        found = heads(office, ours)
        assert {owner for owner, _epoch in found.values()} == {move.one.desk.me.uid}
        assert found[person] == (move.one.desk.me.uid, 2)
    assert document_at(move.one.desk, person)[1]["oblast"] == "BY-HR"
    move.one.people.change_person(person, {"sex": "female", "oblast": "BY-MA"}, sure=True)
    move.boss.take(move.one.send(move.post))
    assert agreed(move.boss, move.one)


def test_another_centre_cannot_consent_for_a_person_of_ours(move: Move) -> None:
    mine = move.one.people.register({"sex": "female"}, NAMED, sure=True)
    said = [
        move.agree(mine),
        move.one.people.set_consent(mine, {"scope": "coordinator_identifiable", "state": "given"}),
    ]
    with move.one.desk.store.transaction() as session:
        assert persons_who_agreed(session) == {mine}
        other = session.scalars(select(Installation).where(Installation.uid == move.third.desk.me.uid)).one()
        # As if they had come in a file of that centre, which is known by the coordinator's list alone.
        session.execute(update(Record).where(Record.uid.in_(said)).values(owner_rid=other.rid))
    with move.one.desk.store.reading() as session:
        assert persons_who_agreed(session) == frozenset()
    with pytest.raises(ConsentNeeded):
        move.wish(mine)
