"""Asking from a record, the list of questions, and the nurse's side of it: all by keyboard, with real bundles."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.i18n import language, set_language
from app.models import Answer
from app.ui.records.asked_about import AskedAbout, QuestionPanel, mark_doubt
from app.ui.records.edit_page import EditPage
from app.ui.screens.person_edit import PersonEdit
from app.ui.screens.questions import QuestionsScreen
from app.ui.screens.record_reading import RecordReading
from app.ui.screens.today.tasks import of_doubt
from app.ui.widgets.chip import Chip
from app.ui.widgets.text import WrapLabel
from app.usecases.drafts import Drafts
from app.usecases.likely import Likely
from app.usecases.questions import Questions
from tests.ui.exchange_fixtures import House, World, open_world
from tests.ui.screen_fixtures import save_by_keyboard, show


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = language()
    set_language("en")
    yield
    set_language(before)


@dataclass
class Both:
    """A centre and its coordinator who hold the same person."""

    world: World
    nurse: House
    boss: House
    person: uuid.UUID
    questions: Questions

    def bring(self) -> None:
        for old in self.world.stick.iterdir():
            old.unlink()
        assert self.boss.receiving.take(self.world.put_on_stick(self.nurse)).ok

    def tell(self) -> None:
        self.bring()
        for file in self.boss.receiving.write_receipts(self.world.stick):
            assert self.nurse.receiving.take(file).ok

    def page(self, qtbot: QtBot) -> EditPage:
        """The person's page at the nurse's, opened from the question."""
        page = PersonEdit(
            self.world.desk,
            self.nurse.people,
            self.nurse.clock.today,
            Drafts(self.nurse.desk),
            staff_name="Т. Саковіч",
            likely=Likely(self.nurse.desk),
            person=self.person,
        )
        mark_doubt(self.world.desk, self.nurse.deliveries, page, self.person)
        show(qtbot, page)
        page.entered()
        return page

    def answers(self) -> list[str]:
        with self.nurse.desk.store.reading() as session:
            return list(session.scalars(select(Answer.answer)))


@pytest.fixture
def both(qtbot: QtBot, tmp_path: Path) -> Iterator[Both]:
    with open_world(tmp_path, qtbot) as world:
        nurse, boss = world.pair()
        person = nurse.people.register({"sex": "female", "birth": "1896", "oblast": "BY-HO"}, {}, sure=True)
        made = Both(world, nurse, boss, person, Questions(boss.desk))
        made.bring()
        yield made


def key(widget: QWidget, pressed: Qt.Key) -> None:
    QTest.keyClick(widget, pressed)


def panel_of(page: EditPage) -> QuestionPanel:
    return page.findChildren(QuestionPanel)[0]


def texts(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(WrapLabel) if one.isVisibleTo(widget))


def test_asking_by_keyboard_from_the_record(qtbot: QtBot, both: Both) -> None:
    screen = RecordReading(
        both.world.desk,
        both.boss.people,
        both.boss.assistance,
        both.questions,
        person=both.person,
        kind="person",
        record=both.person,
        field="birth_year",
    )
    show(qtbot, screen)
    screen.entered()
    assert ("Year of birth", "1896") in screen.lines, "also where the birth itself may not be known here"
    panel = screen.panel
    assert panel is not None
    assert panel.fields.currentText() == "Year of birth: 1896"
    assert panel.editor is not None
    QTest.keyClicks(panel.editor.stops()[0], "1986")
    QTest.keyClicks(panel.words.text, "1896?")
    save_by_keyboard(qtbot, panel.words.text)
    (row,) = both.questions.open()
    assert (row.field, row.proposed, row.words) == ("birth_year", 1986, "1896?")
    assert both.world.desk.said == ["Asked. The question goes with the next receipt for this centre."]
    assert "It said: 1896. You think: 1986." in texts(screen.asked)
    QTest.keyClicks(panel.editor.stops()[0], "1896")
    panel.ask.click()
    assert "stands there already" in panel.problem.text()
    assert len(both.questions.open()) == 1


def test_taking_the_value_over_answers_with_the_save(qtbot: QtBot, both: Both) -> None:
    both.questions.ask(both.person, "birth_year", "1896?", 1986)
    both.tell()
    page = both.page(qtbot)
    panel = panel_of(page)
    said = texts(panel)
    assert "Here stands: 1896. The coordinator thinks: 1986." in said
    assert "“1896?”" in said
    assert "these words stay here" in said, "she has not agreed that the name goes"
    qtbot.waitUntil(panel.buttons[0].hasFocus)
    box = page.views[0].boxes["birth"]
    qtbot.waitUntil(lambda: [one.text() for one in box.findChildren(Chip)] == ["The coordinator asks about this"])
    key(panel.buttons[0], Qt.Key.Key_Return)
    assert box.editor.value() == "1986"
    assert both.answers() == [], "only the save answers"
    save_by_keyboard(qtbot, box.editor.stops()[0])
    assert both.answers() == ["accepted"]
    assert both.nurse.deliveries.doubts() == []
    both.bring()
    assert [row.answer for row in both.questions.closed()] == ["accepted"]


def test_right_as_it_is_with_words(qtbot: QtBot, both: Both) -> None:
    both.questions.ask(both.person, "birth_year", "", 1986)
    both.tell()
    page = both.page(qtbot)
    panel = panel_of(page)
    panel.words.text.insertPlainText("Так у дакументе")
    key(panel.buttons[1], Qt.Key.Key_Return)
    assert both.answers() == ["kept"]
    assert both.world.desk.went[-1] == ("back", {})
    assert both.nurse.people.person(both.person)["birth"] == "1896"


def test_words_are_kept_until_they_are_sent_off(qtbot: QtBot, both: Both) -> None:
    uid = both.questions.ask(both.person, "birth_year", "", 1986)
    both.tell()
    page = both.page(qtbot)
    page.route, page.arguments = "person_edit", {"person": both.person}
    panel_of(page).words.text.insertPlainText("Так у дак")
    page.leaving()
    (draft,) = Drafts(both.nurse.desk).list()
    assert (draft.route, draft.arguments) == ("person_edit", {"person": both.person, "asked": both.person})
    again = panel_of(both.page(qtbot))
    assert again.said() == "Так у дак"
    again.words.text.insertPlainText("уменце")
    key(again.buttons[2], Qt.Key.Key_Return)
    assert list(Drafts(both.nurse.desk).list()) == []
    assert both.answers() == ["unknown"]
    assert uid in {one.uid for one in both.questions.open()}


def test_each_of_two_questions_has_its_own_answer(qtbot: QtBot, both: Both) -> None:
    both.questions.ask(both.person, "sex", "?")
    both.questions.ask(both.person, "", "Ці не двойчы?")
    both.tell()
    page = both.page(qtbot)
    first, second = page.findChildren(QuestionPanel)
    key(first.buttons[-1], Qt.Key.Key_Return)
    assert both.answers() == ["unknown"]
    assert (first.isHidden(), second.isHidden()) == (True, False)
    assert both.world.desk.went == []
    assert page.findChildren(AskedAbout)[0].panels == [second]


def test_the_list_at_the_coordinator_s(qtbot: QtBot, both: Both) -> None:
    screen = QuestionsScreen(both.world.desk, both.questions)
    show(qtbot, screen)
    screen.entered()
    both.world.wait()
    assert screen.empty.isVisible()
    uid = both.questions.ask(both.person, "birth_year", "1896?", 1986)
    other = both.questions.ask(both.person, "sex", "?")
    both.tell()
    both.nurse.deliveries.answer(uid, "kept")
    both.bring()
    third = both.questions.ask(both.person, "oblast", "?", "BY-MI")
    screen.entered()
    both.world.wait()
    assert not screen.empty.isVisible()
    counts = {state.value: [card.row.uid for card in section.cards] for state, section in screen.sections.items()}
    assert counts == {"answered": [uid], "to_tell": [third], "asked": [other], "closed": []}
    answered = next(iter(screen.sections.values()))
    assert "Answer: Right as it is." in texts(answered)
    assert "Asked on 20.11.2026, told with receipt 1" in texts(screen)
    press(answered.cards[0], "Open the record")
    assert both.world.desk.went[-1] == (
        "record_reading",
        {"person": both.person, "kind": "person", "record": both.person, "field": "birth_year"},
    )
    answered.cards[0].buttons[0].setFocus()
    key(answered.cards[0].buttons[0], Qt.Key.Key_Return)
    both.world.wait()
    assert [row.uid for row in both.questions.closed()] == [uid]
    first = screen.sections[next(state for state in screen.sections if state.value == "to_tell")].cards[0]
    qtbot.waitUntil(first.buttons[0].hasFocus)
    press(first, "Take the question back")
    both.world.wait()
    assert [row.uid for row in both.questions.open()] == [other]


def press(card: Any, words: str) -> None:
    next(one for one in card.buttons if one.text().strip() == words).click()


def test_asking_again_from_the_list(qtbot: QtBot, both: Both) -> None:
    uid = both.questions.ask(both.person, "birth_year", "1896?", 1986)
    both.tell()
    both.nurse.deliveries.answer(uid, "kept")
    both.bring()
    screen = QuestionsScreen(both.world.desk, both.questions)
    show(qtbot, screen)
    screen.entered()
    both.world.wait()
    card = next(iter(screen.sections.values())).cards[0]
    press(card, "Ask again")
    qtbot.waitUntil(card.words.text.hasFocus)
    card.words.text.insertPlainText("Глядзіце пашпарт")
    next(one for one in card.box.findChildren(QPushButton) if one.text().strip() == "Ask again").click()
    both.world.wait()
    (row,) = both.questions.open()
    assert (row.words, row.proposed) == ("Глядзіце пашпарт", 1986)
    assert [one.uid for one in both.questions.closed()] == [uid]


def test_what_has_no_form_is_answered_on_its_line(qtbot: QtBot, both: Both) -> None:
    values = both.nurse.assistance.defaults(both.person, "food_meals")
    service = both.nurse.assistance.new_service()
    both.nurse.assistance.record_service(both.person, values, service=service, sure=True)
    both.bring()
    both.questions.ask(service, "outcome", "Ці так?")
    both.tell()
    both.nurse.assistance.delete_service(service, "entered_by_mistake")
    (doubt,) = both.nurse.deliveries.doubts()
    given: list[str] = []
    do: Any = SimpleNamespace(answer=lambda _doubt, said: given.append(said))
    task = of_doubt(doubt, do)
    assert "was deleted" in task.what
    (verb,) = task.verbs
    verb.run()
    assert given == ["changed"]
