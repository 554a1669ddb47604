"""Questions end to end: asked at the coordinator's, told with a receipt, answered at the centre, closed again."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.errors import UserError
from app.models import Answer, Installation, Question
from app.sync import asking
from app.sync.canonical import encode
from app.sync.errors import BundleRefused
from app.sync.ledger import put
from app.usecases.questions import QuestionRow, Questions, QuestionState
from tests.e2e.conftest import Country, Pair
from tests.e2e.desks import Office, count_of, everything
from tests.e2e.handing_over import hand_over_all

NAMES = {"names": [{"surname": "Кавалёва", "given": "Ганна", "kind": "current"}]}
AGREED = {"scope": "coordinator_identifiable", "state": "given", "on": "2026-06-01"}


@dataclass
class Desks:
    """Nurse and coordinator with one person whose birth year is doubtful, already told to the coordinator."""

    pair: Pair
    person: uuid.UUID

    @property
    def questions(self) -> Questions:
        return Questions(self.pair.boss.desk)

    def bring(self) -> None:
        """The nurse's next bundle to the coordinator."""
        assert self.pair.boss.take(self.pair.nurse.send(self.pair.stick))[0].ok

    def tell(self) -> None:
        """A receipt back; a bundle comes first, or there would be nothing to acknowledge."""
        self.bring()
        assert all(one.ok for one in self.pair.nurse.take(*self.pair.boss.receipts(self.pair.back)))

    def ask(self, field: str = "birth_year", words: str = "Точно 1896?", proposed: Any = 1986) -> uuid.UUID:
        return self.questions.ask(self.person, field, words, proposed)

    def save(self, words: Mapping[uuid.UUID, str] | None = None, **values: Any) -> None:
        """Save the person as her page does, with the answers."""
        people = self.pair.nurse.people
        with self.pair.nurse.deliveries.answering(self.person, words or {}):
            people.change_person(self.person, {**people.person(self.person), **values}, sure=True)

    def states(self) -> list[tuple[str, str]]:
        every = [*self.questions.open(), *self.questions.answered(), *self.questions.closed()]
        return [(row.state.value, row.answer) for row in every]


@pytest.fixture
def desks(pair: Pair) -> Desks:
    person = pair.nurse.people.register({"sex": "female", "birth": "1896-05-14"}, NAMES, sure=True)
    pair.boss.take(pair.nurse.send(pair.stick))
    return Desks(pair, person)


def test_from_the_question_to_its_end(desks: Desks) -> None:
    uid = desks.ask()
    (row,) = desks.questions.open()
    assert (row.state, row.held, row.proposed, row.now) == (QuestionState.TO_TELL, 1896, 1986, 1896)
    assert (row.centre, row.name, row.label, row.receipt) == ("Витебск", "", "Year of birth", None)
    desks.tell()
    (row,) = desks.questions.open()
    assert (row.state, row.receipt) == (QuestionState.ASKED, 1)
    (doubt,) = desks.pair.nurse.deliveries.doubts()
    (asked,) = doubt.asked
    assert (asked.held, asked.proposed, asked.words, asked.fields) == (1896, 1986, "Точно 1896?", ("birth",))
    assert doubt.values["birth_year"] == 1896
    desks.save(birth="1986-05-14")
    assert desks.pair.nurse.deliveries.doubts() == []
    assert desks.questions.open()[0].uid == uid
    desks.bring()
    assert (desks.questions.open(), desks.questions.answered()) == ([], []), "as proposed: it closes by itself"
    (row,) = desks.questions.closed()
    assert (row.answer, row.now, row.answered_on) == ("accepted", 1986, "2026-06-15")


@pytest.mark.parametrize(("birth", "said"), [("1985-05-14", "changed"), (None, "kept"), (None, "unknown")])
def test_another_answer_waits_for_her_look(desks: Desks, birth: str | None, said: str) -> None:
    uid = desks.ask()
    desks.tell()
    if birth is not None:
        desks.save(birth=birth)
    else:
        desks.pair.nurse.deliveries.answer(uid, said)
    desks.tell()
    assert desks.states() == [("answered", said)]
    assert desks.questions.waiting() == 1
    desks.questions.close(uid)
    desks.questions.close(uid)
    assert desks.states() == [("closed", said)]
    desks.tell()
    assert desks.pair.nurse.deliveries.doubts() == []


def test_words_go_only_with_consent(desks: Desks) -> None:
    uid = desks.ask()
    desks.tell()
    desks.pair.nurse.deliveries.answer(uid, "kept", "Так у пашпарце")
    desks.bring()
    assert desks.questions.answered()[0].answer_words == ""
    assert "Так у пашпарце" not in everything(desks.pair.boss.desk)
    desks.pair.nurse.people.set_consent(desks.person, AGREED, sure=True)
    desks.bring()
    assert desks.questions.answered()[0].answer_words == "Так у пашпарце"


def test_a_save_that_does_not_touch_the_field_answers_nothing(desks: Desks) -> None:
    desks.ask()
    desks.tell()
    desks.save(sex="male")
    assert len(desks.pair.nurse.deliveries.doubts()) == 1
    assert count_of(desks.pair.nurse.desk, Answer) == 0


def test_an_answer_is_one_record_however_often_it_is_given(desks: Desks) -> None:
    uid = desks.ask()
    desks.tell()
    desks.pair.nurse.deliveries.answer(uid, "kept")
    desks.pair.nurse.deliveries.answer(uid, "kept")
    desks.pair.nurse.deliveries.answer(uid, "unknown")
    assert count_of(desks.pair.nurse.desk, Answer) == 1
    desks.bring()
    assert desks.states() == [("answered", "unknown")]


def test_a_save_that_fails_answers_nothing(desks: Desks) -> None:
    desks.ask()
    desks.tell()
    with pytest.raises(UserError):
        desks.save(birth="31.02.1986")
    assert count_of(desks.pair.nurse.desk, Answer) == 0
    assert len(desks.pair.nurse.deliveries.doubts()) == 1


def test_papers_cross(desks: Desks) -> None:
    """The answer is under way while the receipt that asks once more is, too; and both come twice."""
    desks.ask()
    desks.tell()
    desks.save(birth="1985-05-14")
    answer = desks.pair.nurse.send(desks.pair.stick)
    desks.pair.boss.take(desks.pair.nurse.send(desks.pair.stick))
    receipts = desks.pair.boss.receipts(desks.pair.back)
    assert desks.states() == [("answered", "changed")]
    for _twice in range(2):
        desks.pair.nurse.take(*receipts)
        desks.pair.boss.take(answer)
        assert desks.pair.nurse.deliveries.doubts() == []
        assert desks.states() == [("answered", "changed")]


def test_a_receipt_written_before_the_answer_came_does_not_ask_again(desks: Desks) -> None:
    uid = desks.ask()
    desks.tell()
    desks.pair.nurse.help(desks.person)
    desks.bring()
    crossing = desks.pair.boss.receipts(desks.pair.back)
    desks.pair.nurse.deliveries.answer(uid, "kept")
    desks.pair.nurse.take(*crossing)
    assert desks.pair.nurse.deliveries.doubts() == []


def test_taken_back_it_goes_from_the_nurse_s_desk(desks: Desks) -> None:
    uid = desks.ask()
    desks.tell()
    desks.questions.take_back(uid)
    desks.tell()
    assert desks.pair.nurse.deliveries.doubts() == []
    assert desks.pair.nurse.deliveries.summary().attention == 0
    assert desks.states() == [("closed", "")]


def test_asked_again_with_other_words(desks: Desks) -> None:
    uid = desks.ask()
    desks.tell()
    desks.pair.nurse.deliveries.answer(uid, "kept")
    desks.tell()
    again = desks.questions.ask_again(uid, "А ў пашпарце?")
    assert again != uid
    desks.tell()
    (doubt,) = desks.pair.nurse.deliveries.doubts()
    assert [(one.uid, one.words, one.proposed) for one in doubt.asked] == [(again, "А ў пашпарце?", 1986)]


def test_two_questions_about_one_record_are_answered_each(desks: Desks) -> None:
    first, second = desks.ask(), desks.ask("sex", "Ці так?", None)
    desks.tell()
    (doubt,) = desks.pair.nurse.deliveries.doubts()
    assert [one.uid for one in doubt.asked] == [first, second] or [one.uid for one in doubt.asked] == [second, first]
    desks.save(birth="1986-05-14")
    (doubt,) = desks.pair.nurse.deliveries.doubts()
    assert [one.uid for one in doubt.asked] == [second]
    desks.pair.nurse.deliveries.settle(desks.person)
    desks.bring()
    assert sorted(desks.states()) == [("answered", "kept"), ("closed", "accepted")]


def test_what_cannot_be_asked(desks: Desks) -> None:
    questions, boss = desks.questions, desks.pair.boss
    with pytest.raises(UserError, match="no longer here"):
        questions.ask(uuid.uuid4(), "sex", "?")
    with pytest.raises(UserError, match="no such field"):
        desks.ask("shoe_size", "?", None)
    with pytest.raises(UserError, match="cannot stand"):
        desks.ask("birth_year", "?", "у маі")
    with pytest.raises(UserError, match="stands there already"):
        desks.ask("birth_year", "", 1896)
    with pytest.raises(UserError, match="Say in words"):
        desks.ask("", "  ", None)
    with pytest.raises(UserError, match="too long"):
        desks.ask("sex", "ж" * 2001, None)
    mine = boss.people.register({"sex": "female"}, {}, sure=True)
    with pytest.raises(UserError, match="your own"):
        questions.ask(mine, "sex", "?")
    with pytest.raises(UserError, match="Only the coordinator"):
        Questions(desks.pair.nurse.desk).ask(desks.person, "sex", "?")
    assert count_of(boss.desk, Question) == 0
    assert desks.ask() == desks.ask(), "the same question is one"


def test_a_deleted_record_ends_the_question(desks: Desks) -> None:
    service = desks.pair.nurse.help(desks.person)
    desks.bring()
    uid = desks.questions.ask(service, "outcome", "Ці так?", "declined")
    desks.tell()
    desks.pair.nurse.assistance.delete_service(service, "entered_by_mistake")
    (doubt,) = desks.pair.nurse.deliveries.doubts()
    assert (doubt.gone, doubt.kind) == (True, "service")
    desks.pair.nurse.deliveries.answer(uid, "changed")
    assert desks.pair.nurse.deliveries.doubts() == []
    desks.bring()
    assert [row.uid for row in desks.questions.closed()] == [uid]


def test_what_a_question_quotes_goes_with_the_consent(desks: Desks) -> None:
    """Here and on the next stick: neither the name that stood there nor her words about it are kept."""
    nurse, boss = desks.pair.nurse, desks.pair.boss
    nurse.people.set_consent(desks.person, AGREED, sure=True)
    desks.bring()
    desks.questions.ask(desks.person, "birth", "Ці не 1895-05-14?", "1895-05-14")
    desks.tell()
    nurse.people.set_consent(desks.person, {**AGREED, "state": "withdrawn", "withdrawn_on": "2026-06-10"}, sure=True)
    desks.bring()
    held = everything(boss.desk)
    assert "1896-05-14" not in held
    assert "1895-05-14" not in held
    assert desks.states() == [("closed", "")]


@dataclass
class Moved:
    """A record handed over from one centre to the next while a question about it is open."""

    old: Office
    new: Office
    boss: Office
    person: uuid.UUID
    post: Path

    def row(self) -> QuestionRow:
        questions = Questions(self.boss.desk)
        (found,) = [*questions.open(), *questions.answered(), *questions.closed()]
        return found

    def exchange(self, office: Office) -> None:
        """Bundle and receipt of one centre."""
        self.boss.take(office.send(self.post))
        office.take(*self.boss.receipts(self.post))


@pytest.fixture
def moved(country: Country, tmp_path: Path) -> Iterator[Moved]:
    (old, new, third), boss = country.open(tmp_path)
    person = old.people.register({"sex": "female", "birth": "1896"}, {}, sure=True)
    made = Moved(old, new, boss, person, tmp_path / "post")
    boss.take(old.send(made.post))
    yield made
    for office in (old, new, third, boss):
        office.lock()


def test_a_handed_over_record_is_answered_by_its_new_owner(moved: Moved) -> None:
    Questions(moved.boss.desk).ask(moved.person, "birth_year", "?", 1986)
    moved.exchange(moved.old)
    assert moved.row().state is QuestionState.ASKED
    letters = hand_over_all(moved.boss.desk, moved.old.desk.me.uid, moved.new.desk.me.uid, moved.post)
    assert moved.row().state is QuestionState.TO_TELL, "the new owner has heard nothing yet"
    assert moved.row().centre == "Гродно"
    for office in (moved.old, moved.new):
        for letter in letters:
            office.take(letter)
    assert moved.old.deliveries.doubts() == [], "not hers to answer any more"
    moved.new.people.register({"sex": "male"}, {}, sure=True)
    moved.exchange(moved.new)
    row = moved.row()
    assert (row.state, row.receipt) == (QuestionState.ASKED, 1)
    with moved.new.desk.store.reading() as session:
        (told,) = session.scalars(select(Question))
        assert (told.record_uid, told.proposed) == (moved.person, "1986")
    moved.exchange(moved.old)
    with moved.old.desk.store.reading() as session:
        assert session.scalars(select(Question.state)).all() == ["settled"]


def answer_row(moved: Moved, question: uuid.UUID, owner: Office, said: str) -> None:
    """An answer as the register holds it, whoever wrote it."""
    with owner.desk.store.transaction() as session:
        values = {
            "answer": said, "answered_on": "2026-06-15", "person": str(moved.person), "question": str(question),
            "record": str(moved.person),
        }  # fmt: skip
        put(session, owner.desk.author(), "answer", uuid.uuid4(), values)


def test_the_answer_of_a_stranger_counts_for_nothing(moved: Moved) -> None:
    uid = Questions(moved.boss.desk).ask(moved.person, "birth_year", "?", 1986)
    answer_row(moved, uid, moved.new, "kept")
    moved.boss.take(moved.new.send(moved.post))
    assert moved.row().state is QuestionState.TO_TELL
    answer_row(moved, uid, moved.old, "unknown")
    moved.boss.take(moved.old.send(moved.post))
    assert (moved.row().state, moved.row().answer) == (QuestionState.ANSWERED, "unknown")


def test_the_order_of_answer_and_record_does_not_matter(desks: Desks) -> None:
    """Every order of the same rows leads to the same state: it follows from what is held, not from what came last."""
    uid = desks.ask()
    desks.tell()
    desks.pair.nurse.deliveries.answer(uid, "kept")
    desks.bring()
    with desks.pair.nurse.desk.store.transaction() as session:
        question = session.scalars(select(Question).where(Question.uid == uid)).one()
        question.state = asking.RECEIVED
    desks.pair.nurse.people.change_person(
        desks.person, {**desks.pair.nurse.people.person(desks.person), "birth": "1986"}, sure=True
    )
    desks.bring()
    assert desks.states() == [("answered", "kept")], "the record says so, but not the answer: she looks"
    desks.pair.nurse.deliveries.answer(uid, "accepted")
    desks.bring()
    assert desks.states() == [("closed", "accepted")]


def test_receipts_with_questions_of_any_shape_are_taken_or_refused_whole(desks: Desks) -> None:
    """Whatever stands in the new fields: kept as it is, or the receipt is refused and nothing kept."""
    chance = random.Random(4)
    nurse = desks.pair.nurse
    values: list[Any] = [
        "",
        "1986",
        '"да"',
        "да",
        '{"a":1}',
        "1.5",
        7,
        None,
        [],
        {},
        True,
        "9" * 5000,
        "ж\u0000",
        "[1",
    ]
    for _round in range(150):
        question: dict[str, Any] = {
            "id": str(uuid.UUID(int=chance.getrandbits(128))),
            "record": str(desks.person),
            "reason": "asked",
            "field": "sex",
            "document": "",
        }
        for name in ("held", "proposed", "words", "of_a_newer_program"):
            if chance.random() < 0.6:
                question[name] = chance.choice(values)
        before = count_of(nurse.desk, Question)
        try:
            with nurse.desk.store.transaction() as session:
                asking.take(session, [question], whole=chance.random() < 0.5, now="2026-06-15T00:00:00Z")
        except BundleRefused:
            assert count_of(nurse.desk, Question) == before
        else:
            assert count_of(nurse.desk, Question) == before + 1
            # It can be shown and it can be told on.
            assert nurse.deliveries.doubts()
            encode({name: one for name, one in question.items() if name in ("held", "proposed")}, sort_keys=True)


def test_a_list_that_is_not_whole_ends_nothing(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    first = desks.ask()
    desks.tell()
    desks.ask("sex", "ж" * 1500, None)
    with desks.pair.boss.desk.store.transaction() as session:
        to = session.scalars(select(Installation).where(Installation.uid == desks.pair.nurse.desk.me.uid)).one()
        told, whole = asking.compose(session, to)
        assert (len(told), whole) == (2, True)
        monkeypatch.setattr(asking, "_ROOM", len(encode(told[0], sort_keys=True)))
        assert asking.compose(session, to) == (told[:1], False)
    desks.tell()
    (doubt,) = desks.pair.nurse.deliveries.doubts()
    assert first in {one.uid for one in doubt.asked}


def test_who_is_to_be_told(desks: Desks) -> None:
    """A question alone is a reason to write a receipt; one that was told, answered or is over is none."""

    def due() -> int:
        with desks.pair.boss.desk.store.reading() as session:
            return len(asking.to_be_told(session))

    assert due() == 0
    uid = desks.ask()
    assert due() == 1
    desks.tell()
    assert due() == 0
    again = desks.questions.ask_again(uid, "І яшчэ раз")
    assert due() == 1
    desks.questions.take_back(again)
    assert due() == 0
