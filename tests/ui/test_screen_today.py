"""Today: each line is one press from being done, and a question leads to the record and its field."""

from __future__ import annotations

import uuid
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.models import Flag, Record
from app.ui.composition import centre_routes, centre_status
from app.ui.screens.service_edit import ServiceEdit
from app.ui.screens.today import Sources, TodayScreen
from app.ui.screens.today.lines import Section
from app.ui.use_cases import UseCases
from app.usecases.agenda import Agenda
from app.usecases.drafts import Draft
from app.usecases.kept import DueInstalment, KeptAppointment
from app.usecases.planning import Planning
from app.usecases.safekeeping import Safekeeping
from tests.ui.screen_fixtures import Centre, show


def sources(centre: Centre) -> Sources:
    return Sources(
        Agenda(centre.desk),
        Planning(centre.desk),
        centre.assistance,
        centre.drafts,
        centre.deliveries,
        Safekeeping(centre.desk, list),
        centre.people,
        centre.clock,
        "Крызісны пакой",
    )


def today(qtbot: QtBot, centre: Centre) -> TodayScreen:
    screen = TodayScreen(centre.window, sources(centre))
    show(qtbot, screen)
    screen.entered()
    read(qtbot, centre)
    return screen


def read(qtbot: QtBot, centre: Centre) -> None:
    qtbot.waitUntil(partial(idle, centre), timeout=10_000)


def idle(centre: Centre) -> bool:
    return not centre.window.tasks.busy


def press(section: Section, words: str, line: int = 0) -> None:
    next(one for one in section.lines[line].buttons if one.text().strip() == words).click()


def appointment(centre: Centre, person: uuid.UUID, at: str = "2026-11-20T14:30") -> uuid.UUID:
    values = {"at": at, "service": "psych_counselling", "what": "пятая сустрэча"}
    return Planning(centre.desk).save_appointment(person, values, sure=True)


def state(centre: Centre, uid: uuid.UUID) -> str:
    return str(Planning(centre.desk).record(uid)["state"])


def test_a_newcomer_is_told_where_to_begin(qtbot: QtBot, centre: Centre) -> None:
    screen = today(qtbot, centre)
    assert screen.first.isVisible()
    assert not any(section.isVisible() for section in screen.sections)
    assert not screen.columns.isVisible(), "one thing at a time"
    screen.first.findChildren(QPushButton)[0].click()
    assert centre.window.went == [("new_person", {})]


def test_it_tells_what_is_true_and_leads_on(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    centre.service(person, "food_meals", "2026-11-05")
    screen = today(qtbot, centre)
    assert screen.sent.unsent.text() == "3 records are not sent yet."
    assert "20 November 2026" in screen.sub.text()
    assert screen.people.lines.rowCount() == 1
    screen.people.selectRow(0)
    screen.people.activated.emit(screen.people.currentIndex())
    for press_it in (screen.new_person, screen.sent.send):
        press_it.click()
    assert centre.window.went == [("person", {"person": person}), ("new_person", {}), ("send", {})]


def test_a_new_store_is_told_truthfully(qtbot: QtBot, centre: Centre) -> None:
    screen = today(qtbot, centre)
    assert screen.sent.unsent.text() == "Nothing is recorded yet."
    assert not screen.recent.isVisible()
    assert not screen.nothing.isVisible()


def test_record_help_is_not_offered_twice(qtbot: QtBot, centre: Centre) -> None:
    centre.person()
    screen = today(qtbot, centre)
    assert not screen.first.isVisible()
    assert [one for one in screen.findChildren(QPushButton) if one.text().strip() == "Record help"] == []


def test_what_has_nothing_is_one_quiet_line(qtbot: QtBot, centre: Centre) -> None:
    appointment(centre, centre.person())
    screen = today(qtbot, centre)
    assert screen.appointments.isVisible()
    assert not screen.steps.isVisible()
    assert screen.nothing.text() == "Nothing else waits."


@pytest.mark.parametrize(("words", "becomes"), [("Done", "done"), ("Missed", "missed")])
def test_an_appointment_is_settled_on_its_line_and_the_hand_goes_to_the_next(
    qtbot: QtBot, centre: Centre, words: str, becomes: str
) -> None:
    person = centre.person()
    late, now = appointment(centre, person, "2026-11-18T10:00"), appointment(centre, person)
    screen = today(qtbot, centre)
    assert screen.appointments.lines[0].task.late == "2 days late"
    screen.appointments.focus_line(0)
    press(screen.appointments, words)
    read(qtbot, centre)
    assert (state(centre, late), state(centre, now)) == (becomes, "planned")
    assert len(screen.appointments.lines) == 1
    qtbot.waitUntil(screen.appointments.lines[0].buttons[0].hasFocus)


def test_an_appointment_is_moved_and_leaves_a_new_one(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    uid = appointment(centre, person)
    screen = today(qtbot, centre)
    press(screen.appointments, "Moved…")
    assert screen.moving.isVisible()
    screen.moving.yes.click()
    assert state(centre, uid) == "planned", "the same moment is no move"
    screen.moving.editor.set_value("2026-11-27T15:00")
    screen.moving.yes.click()
    read(qtbot, centre)
    assert state(centre, uid) == "moved"
    assert [one["at"] for _uid, one in Planning(centre.desk).appointments(person)][-1] == "2026-11-27T15:00"
    assert screen.appointments.lines == []


def test_help_at_an_appointment_is_prefilled_and_marks_it(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    uid = appointment(centre, person)
    screen = today(qtbot, centre)
    press(screen.appointments, "Record help")
    assert centre.window.went == [
        ("service_edit", {"person": person, "code": "psych_counselling", "appointment": uid})
    ]
    kept = KeptAppointment(centre.desk, uid)
    values = kept.defaults(person, "psych_counselling")
    service = kept.new_service()
    for _twice in range(2):
        kept.record_service(person, values, service=service, sure=True)
    assert state(centre, uid) == "done"
    assert len(centre.assistance.timeline(person)) == 1
    kept.take_back([service])
    assert state(centre, uid) == "planned"


def test_help_for_somebody_else_meanwhile_does_not_touch_the_appointment(centre: Centre) -> None:
    uid = appointment(centre, centre.person())
    other = centre.person("Алена", "Пятрова")
    kept = KeptAppointment(centre.desk, uid)
    service = kept.new_service()
    kept.record_service(other, kept.defaults(other, "food_meals"), service=service, sure=True)
    assert state(centre, uid) == "planned"


def routed(qtbot: QtBot, centre: Centre, went: tuple[str, dict[str, object]]) -> ServiceEdit:
    """The page that the window would show for what Today asked."""
    name, arguments = went
    screen = centre_routes(UseCases(centre.desk, centre.drafts))[name].factory(centre.window, **arguments)
    assert isinstance(screen, ServiceEdit)
    screen.route, screen.arguments = name, arguments
    show(qtbot, screen)
    return screen


def test_the_page_that_opens_saves_the_help_and_the_appointment(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    uid = appointment(centre, person)
    press(today(qtbot, centre).appointments, "Record help")
    for scope in ("interview", "services"):
        centre.people.set_consent(person, {"scope": scope, "state": "given", "on": "2026-11-01"}, sure=True)
    screen = routed(qtbot, centre, centre.window.went[-1])
    screen.save()
    assert state(centre, uid) == "done"
    (row,) = centre.assistance.timeline(person)
    assert (row.code, row.on) == ("psych_counselling", "2026-11-20")


def test_the_page_of_an_instalment_names_its_grant(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    centre.grant(person)
    values = {"grant_kind": "vocational", "currency": "BYN", "approved": 90_000, "instalments": 3}
    grant = centre.assistance.approve_grant(person, {**values, "approved_on": "2026-11-01"}, sure=True)
    press(today(qtbot, centre).instalments, "Record the payment")
    screen = routed(qtbot, centre, centre.window.went[-1])
    assert screen.values()["grant"] == str(grant)


def test_an_instalment_opens_the_payment_of_its_own_grant(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    values = {"grant_kind": "vocational", "currency": "BYN", "approved": 90_000, "instalments": 3}
    centre.grant(person)
    grant = centre.assistance.approve_grant(person, {**values, "approved_on": "2026-11-01"}, sure=True)
    screen = today(qtbot, centre)
    press(screen.instalments, "Record the payment")
    (route, arguments) = centre.window.went[-1]
    assert (route, arguments["code"], arguments["grant"]) == ("service_edit", "grant_vocational", grant)
    started = DueInstalment(centre.desk, grant).defaults(person, "grant_vocational")
    assert (started["grant"], started["instalment"]) == (str(grant), 1)


def test_a_step_of_a_plan_is_met_on_its_line(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    planning = Planning(centre.desk)
    need = planning.save_need(person, {"category": "legal", "step": "заява", "due": "2026-11-15"}, sure=True)
    screen = today(qtbot, centre)
    press(screen.steps, "Goal met")
    read(qtbot, centre)
    assert planning.record(need)["progress"] == "met"
    assert screen.steps.lines == []


def test_a_draft_is_finished_or_deleted(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    arguments = {"person": person, "code": "food_meals"}
    draft = Draft(
        "service/x", "service_edit", arguments, {"forms": [{}]}, about="services/food_meals", subject=person
    )
    centre.drafts.keep(draft)
    screen = today(qtbot, centre)
    assert screen.drafts.lines[0].task.what.startswith("Meals or a food parcel · today ")
    press(screen.drafts, "Finish")
    assert centre.window.went == [("service_edit", arguments)]
    press(screen.drafts, "Delete draft")
    assert len(centre.drafts.list()) == 1, "it asks first"
    question = screen.drafts.lines[0].confirm
    assert "Meals or a food parcel" in question.accessibleName(), "asked in its own line, and by its name"
    question.findChildren(QPushButton)[0].click()
    read(qtbot, centre)
    assert list(centre.drafts.list()) == []


def test_a_question_leads_to_the_record(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    service = centre.service(person, "food_meals", "2026-11-05")
    with centre.desk.store.transaction() as session:
        record = session.scalars(select(Record).where(Record.uid == service)).one()
        session.add(Flag(record_uid=service, inst_rid=1, revision=record.revision, reason="future", field="on"))
    screen = today(qtbot, centre)
    assert "a date in the future" in screen.doubts.lines[0].task.what
    press(screen.doubts, "Look at it")
    assert centre.window.went == [("service_edit", {"person": person, "service": service, "asked": service})]


def test_back_up_now(qtbot: QtBot, centre: Centre, tmp_path: Path) -> None:
    screen = today(qtbot, centre)
    assert not screen.backup.now.isVisible()
    screen.backup.choose.click()
    assert centre.window.went == [("backup", {})]
    folder = tmp_path / "stick"
    folder.mkdir()
    safekeeping = Safekeeping(centre.desk, list)
    safekeeping.choose_folder(folder)
    screen.entered()
    read(qtbot, centre)
    screen.backup.now.click()
    assert not screen.backup.now.isEnabled()
    read(qtbot, centre)
    assert len(safekeeping.list()) == 1
    assert "never" not in screen.backup.last.text()
    assert screen.backup.now.isEnabled()


def test_after_a_restore_it_says_what_to_do_next(qtbot: QtBot, centre: Centre) -> None:
    screen = today(qtbot, centre)
    assert screen.restored.isHidden()
    screen.restored.show_waits({uuid.UUID(int=7): 2, uuid.UUID(int=8): 1})
    assert "3 records wait for the handover" in screen.restored.text()
    screen.restored.acted.emit()
    assert centre.window.went[-1][0] == "centres"


def test_a_store_in_which_nothing_was_recorded_is_not_called_sent(centre: Centre) -> None:
    do = UseCases(centre.desk, centre.drafts)
    assert centre_status(do)[0].text == "Nothing is recorded yet"
    centre.person()
    assert "not sent yet" in centre_status(do)[0].text
