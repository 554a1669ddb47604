"""A referral: exactly what is ticked is told, and without consent nothing is, but for a reason and a colleague."""

from __future__ import annotations

import uuid

from pytestqt.qtbot import QtBot

from app.models import Staff
from app.ui.screens.referral_edit import ReferralEdit, Sources
from app.usecases.referrals import Referrals
from tests.ui.screen_fixtures import Centre, show

SERVICE, AGENCY = "medical_examination", "brcs_vitebsk"


def page(qtbot: QtBot, centre: Centre, person: uuid.UUID, referral: uuid.UUID | None = None) -> ReferralEdit:
    sources = Sources(centre.people, Referrals(centre.desk), centre.today)
    screen = ReferralEdit(centre.window, sources, centre.drafts, person=person, referral=referral)
    show(qtbot, screen)
    return screen


def agree(centre: Centre, person: uuid.UUID, state: str = "given") -> None:
    values = {"scope": "release_health", "organisation": AGENCY, "state": state, "on": "2026-10-02"}
    centre.people.set_consent(person, values, sure=True)


def fill(screen: ReferralEdit, *shared: str) -> None:
    for name, value in (("service", SERVICE), ("agency", AGENCY), ("shared", list(shared))):
        screen.views[0].set_value(name, value)


def told(screen: ReferralEdit) -> dict[str, str]:
    return dict(screen.preview.lines)


def test_the_letter_says_exactly_what_is_ticked(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    centre.people.change_identity(
        person, {**centre.people.identity(person), "phone": "+375 29 000-00-00", "address": "Гомель"}, sure=True
    )
    screen = page(qtbot, centre, person)
    fill(screen)
    assert told(screen) == {}
    assert screen.preview.nothing.isVisible()
    fill(screen, "names", "documents")
    assert told(screen) == {"Name": "Кавалёва Ганна"}
    assert "Passport, personal number" in screen.preview.missing.text()
    fill(screen, "phone", "birth")
    assert told(screen) == {"Phone": "+375 29 000-00-00", "Date of birth": "14.05.1994"}


def test_nothing_is_ticked_beforehand_and_the_ticks_keep_the_order_of_the_list(qtbot: QtBot, centre: Centre) -> None:
    screen = page(qtbot, centre, centre.person())
    assert "shared" not in screen.values()
    fill(screen, "phone", "sex", "case_code", "of_a_newer_program")
    assert screen.values()["shared"] == ["case_code", "sex", "phone", "of_a_newer_program"]


def test_the_gate_says_that_she_agreed(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    agree(centre, person)
    screen = page(qtbot, centre, person)
    assert "Choose the organisation" in screen.gate.banner.text()
    fill(screen, "case_code")
    assert "02.10.2026" in screen.gate.banner.text()
    assert screen.views[0].boxes["without_consent_reason"].isHidden()
    screen.save()
    ((_uid, values),) = Referrals(centre.desk).of_person(person)
    assert values["consent"]
    assert centre.window.said[-1].startswith("The referral is saved")


def test_without_consent_nothing_is_saved_and_one_press_leads_to_it(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    screen = page(qtbot, centre, person)
    fill(screen, "case_code")
    assert "has not agreed" in screen.gate.banner.text()
    screen.save()
    assert Referrals(centre.desk).of_person(person) == []
    assert screen.views[0].boxes["without_consent_reason"].problem.text()
    screen.gate.banner.acted.emit()
    assert centre.window.went == [
        ("consent_edit", {"person": person, "scope": "release_health", "organisation": AGENCY})
    ]


def test_a_danger_takes_a_reason_and_a_second_person(qtbot: QtBot, centre: Centre) -> None:
    with centre.desk.store.transaction() as session:
        session.add(Staff(uid=uuid.uuid4(), name="О. Леўчук", role="psychologist", active=True))
    person = centre.person()
    screen = page(qtbot, centre, person)
    assert "О. Леўчук" not in screen.gate.more.text()
    fill(screen, "case_code")
    assert "О. Леўчук" in screen.gate.more.text()
    screen.views[0].set_value("without_consent_reason", "пагроза жыццю")
    screen.views[0].set_value("second_person", "Т. Саковіч")
    screen.save()
    assert screen.views[0].boxes["second_person"].problem.text(), "she alone is not enough"
    screen.views[0].set_value("second_person", "О. Леўчук")
    screen.save()
    ((_uid, values),) = Referrals(centre.desk).of_person(person)
    assert "consent" not in values
    assert values["second_person"] == "О. Леўчук"


def test_consent_that_comes_while_the_form_waits_is_seen(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    screen = page(qtbot, centre, person)
    screen.route, screen.arguments = "referral_edit", {"person": person}
    fill(screen, "case_code")
    screen.leaving()
    agree(centre, person)
    again = page(qtbot, centre, person)
    assert again.values()["shared"] == ["case_code"]
    assert "has agreed" in again.gate.banner.text()
    again.save()
    assert len(Referrals(centre.desk).of_person(person)) == 1


def test_withdrawn_after_sending_is_said_and_the_answer_can_still_be_recorded(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    agree(centre, person)
    values = {"service": SERVICE, "agency": AGENCY, "shared": ["case_code"], "sent_on": "2026-11-10"}
    referral = Referrals(centre.desk).save(person, values, sure=True)
    agree(centre, person, "withdrawn")
    screen = page(qtbot, centre, person, referral)
    assert "Nothing more may be told" in screen.gate.banner.text()
    screen.views[0].set_value("status", "accepted")
    screen.views[0].set_value("answered_on", "2026-11-20")
    screen.save()
    assert Referrals(centre.desk).referral(referral)["status"] == "accepted"


def test_the_letter_is_printed_from_here(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    agree(centre, person)
    values = {"service": SERVICE, "agency": AGENCY, "shared": ["case_code"], "sent_on": "2026-11-10"}
    referral = Referrals(centre.desk).save(person, values, sure=True)
    screen = page(qtbot, centre, person, referral)
    screen.print_button.click()
    assert centre.window.went == [("paper", {"kind": "referral", "record": referral})]


def test_the_preview_goes_along_while_the_form_is_scrolled(qtbot: QtBot, centre: Centre) -> None:
    screen = page(qtbot, centre, centre.person())
    fill(screen, "case_code")
    qtbot.waitUntil(screen.preview.isVisible)
    screen.views[0].go_to("answer")
    qtbot.waitUntil(lambda: not screen.preview.visibleRegion().isEmpty())
    assert screen.preview.mapTo(screen, screen.preview.rect().topLeft()).y() > 0
