"""Needs with their plan, and appointments: filled in, changed, deleted with a reason."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.screens.appointment_edit import AppointmentEdit
from app.ui.screens.need_edit import NeedEdit
from app.ui.widgets.banner import Banner
from app.usecases.planning import Planning
from tests.ui.screen_fixtures import STAFF, Centre, save_by_keyboard, show


def need_page(qtbot: QtBot, centre: Centre, person: uuid.UUID, need: uuid.UUID | None = None) -> NeedEdit:
    planning = Planning(centre.desk)
    screen = NeedEdit(centre.window, centre.people, planning, centre.today, centre.drafts, person=person, need=need)
    show(qtbot, screen)
    return screen


def appointment_page(
    qtbot: QtBot, centre: Centre, person: uuid.UUID, appointment: uuid.UUID | None = None
) -> AppointmentEdit:
    screen = AppointmentEdit(
        centre.window,
        centre.people,
        Planning(centre.desk),
        centre.today,
        centre.drafts,
        staff_name=STAFF,
        person=person,
        appointment=appointment,
    )
    show(qtbot, screen)
    return screen


def test_a_need_starts_with_the_open_case_and_me(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    case = centre.cases.save(person, {"opened_on": "2026-10-02", "status": "Active"}, sure=True)
    screen = need_page(qtbot, centre, person)
    screen.views[0].set_value("category", "legal")
    screen.views[0].set_value("goal", "аднавіць пашпарт")
    save_by_keyboard(qtbot, screen.views[0].boxes["goal"].editor.stops()[0])
    ((_uid, values),) = Planning(centre.desk).needs(person)
    assert (values["case"], values["responsible"], values["progress"]) == (str(case), STAFF, "in_progress")
    assert centre.window.backs == 1


def test_a_double_click_on_save_makes_one_need(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    screen = need_page(qtbot, centre, person)
    screen.views[0].set_value("category", "legal")
    QTest.mouseDClick(screen.save_button, Qt.MouseButton.LeftButton)
    screen.save()
    assert len(Planning(centre.desk).needs(person)) == 1


def test_a_need_is_deleted_with_a_reason(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    need = Planning(centre.desk).save_need(person, {"category": "legal"}, sure=True)
    screen = need_page(qtbot, centre, person, need)
    screen.reasons.ask()
    QTest.keyClick(screen.reasons.keep, Qt.Key.Key_Escape)
    assert len(Planning(centre.desk).needs(person)) == 1
    screen.reasons.ask()
    screen.reasons.buttons["no_longer_needed"].click()
    assert Planning(centre.desk).needs(person) == []
    assert "deletion travels" in centre.window.said[-1]


def test_an_appointment_says_first_how_she_may_be_reminded(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    centre.people.change_identity(
        person, {**centre.people.identity(person), "contact_forbidden_note": "не праз маці"}, sure=True
    )
    screen = appointment_page(qtbot, centre, person)
    assert any("не праз маці" in banner.text() for banner in screen.findChildren(Banner))
    screen.views[0].set_value("at", "2026-11-27T10:00")
    screen.views[0].set_value("what", "псіхолаг")
    screen.save()
    ((_uid, values),) = Planning(centre.desk).appointments(person)
    assert (values["at"], values["state"], values["with_whom"]) == ("2026-11-27T10:00", "planned", STAFF)


def test_an_appointment_without_its_day_is_not_saved(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    screen = appointment_page(qtbot, centre, person)
    screen.save()
    assert Planning(centre.desk).appointments(person) == []
    assert screen.views[0].boxes["at"].problem.text()
