"""The speed of hand, counted: each key is pressed where the focus is, in the real window over a real store.

Letters of names and notes are text and are not counted; a chord (Ctrl+Enter) counts as one press. The issue allows
twelve for a usual service. For the rest the limits are ours: six for the next in a queue, twenty for a group of
eight picked by name, eight for the same group again.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Final

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.main_window import DeskPlan, MainWindow
from app.ui.records.people_list import PeopleList
from app.ui.routes import Desk, Route, Routes
from app.ui.screens.service_edit import ServiceEdit
from app.ui.screens.service_edit.several import SeveralPeople
from app.ui.widgets.page import Page
from tests.ui.screen_fixtures import Centre, show

USUAL: Final = 12
NEXT_IN_QUEUE: Final = 6
GROUP_OF_EIGHT: Final = 20
SAME_GROUP: Final = 8
CTRL: Final = Qt.KeyboardModifier.ControlModifier
SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
NAMES: Final = ("Кавалёва", "Навіцкая", "Жук", "Мельнік", "Бондар", "Дуброўская", "Лапко", "Савіч")


class Hand:
    """Presses keys where the focus is, and counts those that are no text."""

    def __init__(self, qtbot: QtBot, window: QWidget) -> None:
        self.count = 0
        self._qtbot = qtbot
        self._window = window

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            # No hand is so quick that a widget is not shown before the next key.
            QApplication.processEvents()
            QTest.keyClick(QApplication.focusWidget() or self._window, key, held)
            self.count += 1

    def text(self, words: str) -> None:
        """Type text, in any script, as an input method gives it."""
        QApplication.processEvents()
        for sign in words:
            target = QApplication.focusWidget()
            assert target is not None
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign))

    def wait(self, until: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(until, timeout=5000)


@pytest.fixture
def window(qtbot: QtBot, centre: Centre) -> MainWindow:
    def record(desk: Desk, **arguments: object) -> QWidget:
        return ServiceEdit(desk, centre.sources, centre.drafts, **arguments)  # type: ignore[arg-type]  # as routes pass them

    routes = Routes(
        Route("today", lambda _desk: Page("Today"), "Today", "today", in_bar=True),
        Route("record", record, under="today"),
        Route("service_edit", record, under="today"),
        Route("person", lambda _desk, **_given: Page("Person")),
    )
    made = MainWindow(DeskPlan(routes, centre.window.tasks, record="record"))
    show(qtbot, made)
    return made


def screen_of(window: MainWindow) -> ServiceEdit:
    screen = window.stack.currentWidget()
    assert isinstance(screen, ServiceEdit)
    return screen


def found(window: MainWindow) -> bool:
    """Has the register answered what was typed?"""
    shown = screen_of(window).content
    people = shown.people if isinstance(shown, SeveralPeople) else shown
    return isinstance(people, PeopleList) and not people.is_looking() and people.search.hasFocus()


def test_a_usual_service_for_a_known_person(qtbot: QtBot, centre: Centre, window: MainWindow) -> None:
    person = centre.agreed("Ганна", "Кавалёва")
    centre.agreed("Олег", "Петров")
    centre.service(person, "food_meals", "2026-11-05", donor="other", place="centre")
    hand = Hand(qtbot, window)
    hand.press(Qt.Key.Key_N, held=CTRL)
    hand.wait(lambda: found(window))
    hand.text("кавал")
    hand.press(Qt.Key.Key_Return)
    hand.wait(lambda: screen_of(window).step == "what")
    hand.press(Qt.Key.Key_6)
    # Most used first: what she has had is the first of the tile.
    hand.press(Qt.Key.Key_1)
    hand.wait(lambda: screen_of(window).step == "form")
    hand.text("2")
    hand.press(Qt.Key.Key_Return, Qt.Key.Key_Return)
    hand.text("пакет з прадуктамі")
    hand.press(Qt.Key.Key_Return, held=CTRL)
    row = centre.assistance.timeline(person)[0]
    saved = centre.assistance.service(row.uid)
    assert (row.code, row.on, row.note) == ("food_meals", "2026-11-20", "пакет з прадуктамі")
    assert (saved["quantity"], saved["donor"], saved["place"]) == ("2", "other", "centre")
    assert hand.count <= USUAL, hand.count


def test_a_medical_visit_with_the_allergies_asked(qtbot: QtBot, centre: Centre, window: MainWindow) -> None:
    person = centre.agreed("Ганна", "Кавалёва")
    centre.service(person, "medical_nursing_care", "2026-11-05", allergies_known="no")
    hand = Hand(qtbot, window)
    hand.press(Qt.Key.Key_N, held=CTRL)
    hand.wait(lambda: found(window))
    hand.text("кавал")
    hand.press(Qt.Key.Key_Return)
    hand.wait(lambda: screen_of(window).step == "what")
    hand.press(Qt.Key.Key_1, Qt.Key.Key_1)
    hand.wait(lambda: screen_of(window).step == "form")
    hand.text("баліць галава")
    hand.press(Qt.Key.Key_Tab)
    hand.text("2")  # the second answer: no allergies
    hand.press(Qt.Key.Key_Return, held=CTRL)
    row = centre.assistance.timeline(person)[0]
    saved = centre.assistance.service(row.uid)
    assert (row.code, row.on) == ("medical_nursing_care", "2026-11-20")
    assert (saved["presenting_complaint"], saved["allergies_known"]) == ("баліць галава", "no")
    assert hand.count + 1 <= USUAL, "with the digit of the answer"


def test_the_next_in_the_queue(qtbot: QtBot, centre: Centre, window: MainWindow) -> None:
    first = centre.agreed("Ганна", "Кавалёва")
    second = centre.agreed("Вольга", "Навіцкая")
    window.go("record", person=first, code="food_meals")
    hand = Hand(qtbot, window)
    hand.wait(lambda: QApplication.focusWidget() is not None)
    hand.press(Qt.Key.Key_Return, held=CTRL | SHIFT)
    hand.wait(lambda: found(window))
    hand.count = 0
    hand.text("навіц")
    hand.press(Qt.Key.Key_Return)
    hand.wait(lambda: screen_of(window).step == "form")
    hand.text("3")
    hand.press(Qt.Key.Key_Return, Qt.Key.Key_Return)
    hand.text("на тыдзень")
    hand.press(Qt.Key.Key_Return, held=CTRL | SHIFT)
    assert hand.count <= NEXT_IN_QUEUE, hand.count
    (row,) = centre.assistance.timeline(second)
    assert (row.code, row.note) == ("food_meals", "на тыдзень")
    assert len(centre.assistance.timeline(first)) == 1
    hand.wait(lambda: found(window))
    assert "Undo" in [press.text() for press in window.line.findChildren(type(screen_of(window).save_button))]
    window.line.acted.emit()
    assert centre.assistance.timeline(second) == [], "taken back from the next step"


def test_a_group_of_eight(qtbot: QtBot, centre: Centre, window: MainWindow) -> None:
    people = {name: centre.agreed("Ганна", name) for name in NAMES}
    hand = Hand(qtbot, window)
    hand.press(Qt.Key.Key_N, held=CTRL)
    hand.wait(lambda: found(window))
    hand.press(Qt.Key.Key_G, held=CTRL)
    for name in NAMES:
        hand.wait(lambda: found(window))
        hand.text(name.lower()[:4])
        hand.press(Qt.Key.Key_Return)
        hand.wait(lambda name=name: people[name] in picked(window))  # type: ignore[misc]  # mypy does not infer it
    hand.press(Qt.Key.Key_Return)
    hand.wait(lambda: screen_of(window).step == "what")
    hand.press(Qt.Key.Key_2, Qt.Key.Key_2)
    hand.wait(lambda: screen_of(window).step == "form")
    hand.text("1")
    hand.press(Qt.Key.Key_Return, held=CTRL)
    assert hand.count <= GROUP_OF_EIGHT, hand.count
    for person in people.values():
        assert [row.code for row in centre.assistance.timeline(person)] == ["psych_group"]
    again = Hand(qtbot, window)
    again.press(Qt.Key.Key_N, held=CTRL)
    again.wait(lambda: found(window))
    again.press(Qt.Key.Key_G, held=CTRL)
    again.wait(lambda: found(window))
    again.press(Qt.Key.Key_T, held=CTRL)
    again.press(Qt.Key.Key_Return)
    again.wait(lambda: screen_of(window).step == "what")
    again.press(Qt.Key.Key_2, Qt.Key.Key_1)
    again.wait(lambda: screen_of(window).step == "form")
    again.press(Qt.Key.Key_Return, held=CTRL)
    assert again.count <= SAME_GROUP, again.count
    assert {len(centre.assistance.timeline(person)) for person in people.values()} == {2}


def picked(window: MainWindow) -> tuple[uuid.UUID, ...]:
    shown = screen_of(window).content
    return shown.picked() if isinstance(shown, SeveralPeople) else ()
