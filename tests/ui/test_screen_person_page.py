"""The person's page as a place of work: what waits, the plan, the same again, and what a withdrawal means."""

from __future__ import annotations

import uuid

from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.models import Flag, Record
from app.ui.records.asked_about import mark_doubt
from app.ui.records.edit_page import EditPage
from app.ui.screens.case_edit import CaseEdit
from app.ui.screens.consent_edit import ConsentEdit
from app.ui.screens.person import PersonScreen
from app.ui.screens.person.notes import Notes
from app.ui.screens.person.side import Side
from app.ui.widgets.banner import Banner
from app.ui.widgets.text import WrapLabel
from app.usecases.attachments import Attachments
from app.usecases.drafts import Draft
from app.usecases.planning import Planning
from app.usecases.referrals import Referrals
from tests.ui.screen_fixtures import STAFF, Centre, show

RELEASE = {"scope": "release_health", "organisation": "brcs_vitebsk", "state": "given", "on": "2026-10-02"}
REFERRAL = {"service": "medical_examination", "agency": "brcs_vitebsk", "shared": ["sex"], "sent_on": "2026-11-10"}
NAMES = "coordinator_identifiable"


def page(qtbot: QtBot, centre: Centre, person: uuid.UUID) -> PersonScreen:
    screen = PersonScreen(centre.window, centre.person_sources, person)
    show(qtbot, screen)
    return screen


def side(screen: PersonScreen) -> Side:
    return screen.findChildren(Side)[-1]


def press(screen: PersonScreen, words: str) -> None:
    next(one for one in screen.findChildren(QPushButton) if one.text().strip() == words).click()


def flag(centre: Centre, record: uuid.UUID, field: str) -> None:
    with centre.desk.store.transaction() as session:
        known = session.scalars(select(Record).where(Record.uid == record)).one()
        session.add(Flag(record_uid=record, inst_rid=1, revision=known.revision, reason="future", field=field))


def names_answer(centre: Centre, person: uuid.UUID, state: str) -> None:
    centre.people.set_consent(person, {"scope": NAMES, "state": state, "on": "2026-10-02"}, sure=True)


def test_one_timeline_with_referrals_and_appointments(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    centre.service(person, "food_meals", "2026-10-02")
    centre.people.set_consent(person, RELEASE, sure=True)
    referral = Referrals(centre.desk).save(person, REFERRAL, sure=True)
    appointment = Planning(centre.desk).save_appointment(person, {"at": "2026-11-18T10:00"}, sure=True)
    screen = page(qtbot, centre, person)
    keys = [screen.timeline.model().index(row, 0) for row in range(screen.timeline.model().rowCount())]
    assert len(keys) == 5, "three records under two months"
    screen.history.want("referrals")
    screen.history.strip.open_button.click()
    screen.history.want("appointments")
    screen.history.strip.open_button.click()
    assert centre.window.went == [
        ("referral_edit", {"person": person, "referral": referral}),
        ("appointment_edit", {"person": person, "appointment": appointment}),
    ]
    assert screen.snapshot() == {"wanted": "appointments"}


def test_the_same_as_last_time_and_where_it_has_got_to(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    service = centre.service(person, "food_meals", "2026-10-02")
    screen = page(qtbot, centre, person)
    assert screen.history.strip.told.text() == "Saved on this laptop, not sent yet"
    assert not screen.history.strip.receipt_button.isVisible()
    screen.history.strip.again_button.click()
    assert centre.window.went == [("service_edit", {"person": person, "like": service})]


def test_the_receipt_of_a_payment_and_the_papers(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    grant = centre.grant(person)
    paid = centre.service(person, "grant_reintegration", "2026-11-05", grant=str(grant), currency="BYN", amount=100)
    screen = page(qtbot, centre, person)
    screen.history.strip.receipt_button.click()
    for entry in screen.print.choices.actions():
        entry.trigger()
    assert centre.window.went == [
        ("paper", {"kind": "receipt", "record": paid}),
        ("paper", {"kind": "consent", "person": person}),
        ("paper", {"kind": "summary", "person": person}),
    ]


def test_progress_is_set_at_once(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    planning = Planning(centre.desk)
    need = planning.save_need(person, {"category": "legal", "goal": "пашпарт", "due": "2026-11-15"}, sure=True)
    screen = page(qtbot, centre, person)
    press(screen, "Met")
    assert planning.record(need)["progress"] == "met"
    assert planning.record(need)["met_on"] == "2026-11-20"
    qtbot.waitUntil(lambda: [one.text().strip() for one in buttons(side(screen))].count("In progress") == 1)


def buttons(one: Side) -> list[QPushButton]:
    return one.findChildren(QPushButton)


def test_empty_cards_are_one_line_and_lead_to_a_new_record(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    screen = page(qtbot, centre, person)
    for press_it in buttons(side(screen)):
        press_it.click()
    assert [route for route, _arguments in centre.window.went] == [
        "appointment_edit",
        "case_edit",
        "need_edit",
        "grant_edit",
        "referral_edit",
        "attachment_add",
        "transfer",
    ]


def test_an_attachment_stands_with_what_becomes_of_it(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    Attachments(centre.desk).add(person, "a.txt", "слова".encode(), {"description": "Даведка"}, sure=True)
    words = [one.text() for one in side(page(qtbot, centre, person)).findChildren(WrapLabel)]
    assert "1 KB · stays here" in words


def test_what_waits_stands_above_and_leads_there(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    service = centre.service(person, "food_meals", "2026-10-02")
    flag(centre, service, "on")
    arguments = {"person": person}
    centre.drafts.keep(Draft("case/x", "case_edit", arguments, {"forms": [{}]}, subject=person))
    screen = page(qtbot, centre, person)
    for link in screen.findChildren(Notes)[0].links:
        link.click()
    assert centre.window.went == [
        ("service_edit", {"person": person, "service": service, "asked": service}),
        ("case_edit", arguments),
    ]
    assert screen.delivery.text().startswith("3 records: 1 needs attention")


def case_page(qtbot: QtBot, centre: Centre, person: uuid.UUID, case: uuid.UUID) -> EditPage:
    screen = CaseEdit(
        centre.window,
        centre.people,
        centre.cases,
        centre.today,
        centre.drafts,
        staff_name=STAFF,
        person=person,
        case=case,
    )
    mark_doubt(centre.window, centre.deliveries, screen, case)
    show(qtbot, screen)
    screen.entered()
    return screen


def test_the_field_that_is_asked_about_is_marked_and_can_be_left_as_it_is(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    case = centre.cases.save(person, {"opened_on": "2026-10-02"}, sure=True)
    flag(centre, case, "opened_on")
    screen = case_page(qtbot, centre, person, case)
    box = screen.views[0].boxes["opened_on"]
    qtbot.waitUntil(lambda: "a date in the future" in box.problem.text())
    qtbot.waitUntil(box.editor.stops()[0].hasFocus)
    banner = next(one for one in screen.findChildren(Banner) if "coordinator asks" in one.text())
    banner.acted.emit()
    assert centre.deliveries.doubts() == []
    assert centre.cases.of_person(person)[0][1]["opened_on"] == "2026-10-02"
    assert centre.window.backs == 1


def test_what_a_withdrawal_means_is_said_on_the_page_and_with_the_answer(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    names_answer(centre, person, "given")
    screen = ConsentEdit(
        centre.window, centre.people, centre.today, centre.drafts, staff_name=STAFF, person=person, scope=NAMES
    )
    show(qtbot, screen)
    assert any("If it is taken back" in one.text() for one in screen.findChildren(Banner))
    screen.views[0].set_value("state", "withdrawn")
    screen.views[0].set_value("withdrawn_on", "2026-11-20")
    screen.save()
    means = "From the next bundle on names do not go"
    assert means in centre.window.said[-1]
    assert any(means in one.text() for one in page(qtbot, centre, person).findChildren(WrapLabel))


def test_the_safe_contact_never_scrolls_out_of_sight(qtbot: QtBot, centre: Centre) -> None:
    screen = page(qtbot, centre, centre.person())
    above: QWidget | None = screen.contact
    while above is not None and above is not screen:
        above = above.parentWidget()
        assert not isinstance(above, QScrollArea)
