"""A record about nobody on the screens that were made for records of people: sent, read at the coordinator's, asked
about, found in Today, answered from its form, and opened from the list of questions.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.records.asked_about import QuestionPanel, mark_doubt
from app.ui.records.places import place_of
from app.ui.screens.activities import ActivitiesScreen
from app.ui.screens.activity_edit import ActivityEdit
from app.ui.screens.questions import QuestionsScreen
from app.ui.screens.record_reading import RecordReading
from app.ui.screens.send import SendScreen
from app.ui.screens.today.tasks import of_doubt
from app.ui.widgets.text import WrapLabel
from app.usecases.activities import Activities
from app.usecases.drafts import Drafts
from app.usecases.questions import Questions
from tests.ui.exchange_fixtures import World, open_world
from tests.ui.screen_fixtures import show

LECTURE = {"activity": "lecture", "title": "Міграцыя", "on": "2026-11-05", "attendances": 60}


@pytest.fixture
def world(tmp_path: Path, qtbot: QtBot) -> Iterator[World]:
    with open_world(tmp_path, qtbot) as made:
        yield made


def words_of(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(WrapLabel) if one.isVisibleTo(widget))


def test_an_activity_is_asked_about_and_answered(world: World, qtbot: QtBot) -> None:
    nurse, boss = world.pair()
    here = Activities(nurse.desk)
    uid = here.save(LECTURE, activity=here.new_id(), sure=True)
    sending = SendScreen(world.desk, nurse.sending, nurse.receiving, nurse.deliveries)
    show(qtbot, sending)
    sending.entered()
    world.wait()
    assert sending.what.text() == "1 record is not sent."
    assert sending.who.isHidden()
    assert sending.send.isEnabled() or sending.places.place() is None

    def bring() -> None:
        for old in world.stick.iterdir():
            old.unlink()
        assert boss.receiving.take(world.put_on_stick(nurse)).ok

    bring()
    there = ActivitiesScreen(world.desk, Activities(boss.desk), of_all=True)
    show(qtbot, there)
    there.entered()
    there.table.opened.emit(there.table.current_id())
    route, arguments = world.desk.went[-1]
    assert (route, arguments) == ("activity_reading", {"person": None, "kind": "activity", "record": uid})
    questions = Questions(boss.desk)
    given: Any = arguments
    reading = RecordReading(world.desk, boss.people, boss.assistance, questions, **given)
    show(qtbot, reading)
    assert ("Attendances", "60") in reading.lines
    questions.ask(uid, "attendances", "60 ці 600?", proposed=600)
    for file in boss.receiving.write_receipts(world.stick):
        nurse.receiving.take(file)
    (doubt,) = nurse.deliveries.doubts()
    do: Any = SimpleNamespace(open_doubt=lambda _doubt: None)
    task = of_doubt(doubt, do)
    assert (task.who, task.person) == ("", None)
    assert task.what.startswith("Activity")
    assert "60 ці 600?" in task.what
    assert place_of(doubt.kind, doubt.person, doubt.record) == ("activity_edit", {"activity": uid})
    page = ActivityEdit(world.desk, here, Drafts(nurse.desk), activity=uid)
    mark_doubt(world.desk, nurse.deliveries, page, uid)
    show(qtbot, page)
    (panel,) = page.findChildren(QuestionPanel)
    assert "These words stay here" in words_of(panel)
    panel.buttons[0].click()
    page.save()
    page.save()
    assert here.record(uid)["attendances"] == 60, "600 at one session is doubted first"
    page.views[0].set_value("sessions", 6)
    page.save()
    assert here.record(uid)["attendances"] == 600
    assert nurse.deliveries.doubts() == []
    bring()
    (row,) = questions.closed()
    assert (row.answer, row.now) == ("accepted", 600)
    questions.ask(uid, "title", "Якая тэма?")
    listed = QuestionsScreen(world.desk, questions)
    show(qtbot, listed)
    listed.entered()
    world.wait()
    cards = [card for section in listed.sections.values() for card in section.cards]
    assert {card.row.record for card in cards} == {uid}
    press = next(one for one in cards[0].buttons if one.text().strip() == "Open the record")
    press.click()
    assert world.desk.went[-1][1]["person"] is None
