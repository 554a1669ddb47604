"""The field that has the focus is seen: nobody types into what lies below the edge of the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.ui.main_window import DeskPlan, MainWindow
from app.ui.routes import Desk, Route, Routes
from app.ui.screens.service_edit import ServiceEdit
from app.ui.widgets.page import Page
from tests.ui.screen_fixtures import Centre, show


def is_seen(widget: QWidget) -> bool:
    """Does the whole of it lie within every area that scrolls around it?"""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            place = QRect(widget.mapTo(around.viewport(), QPoint(0, 0)), widget.size())
            if not around.viewport().rect().contains(place):
                return False
        around = around.parentWidget()
    return True


@pytest.mark.parametrize("code", ["medical_examination", "legal_civil", "psych_counselling", "return_escort"])
def test_a_form_opens_where_one_begins_to_write(qtbot: QtBot, centre: Centre, code: str) -> None:
    person = centre.agreed("Ганна", "Кавалёва")

    def record(desk: Desk, **given: object) -> QWidget:
        return ServiceEdit(desk, centre.sources, centre.drafts, **given)  # type: ignore[arg-type]  # as routes pass them

    routes = Routes(
        Route("today", lambda _desk: Page("Today"), "Today", "today", in_bar=True),
        Route("record", record, under="today"),
    )
    window = MainWindow(DeskPlan(routes, centre.window.tasks, record="record"))
    show(qtbot, window)
    window.go("record", person=person)
    screen = window.stack.currentWidget()
    assert isinstance(screen, ServiceEdit)
    screen.show_form(code)
    hand = QApplication.focusWidget()
    assert hand is not None
    # Before the form has been laid out everything seems to lie in its corner, and to be seen.
    qtbot.wait(100)
    qtbot.waitUntil(lambda: is_seen(hand), timeout=2000)
