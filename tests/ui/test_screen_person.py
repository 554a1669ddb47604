"""The person's page and the pages that change what is known: contact, consents, case, grant."""

from __future__ import annotations

import uuid
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app import i18n
from app.ui.screens.case_edit import CaseEdit
from app.ui.screens.consent_edit import ConsentEdit
from app.ui.screens.consent_edit.listing import Wish
from app.ui.screens.grant_edit import GrantEdit
from app.ui.screens.person import PersonScreen, Sources
from app.ui.screens.person_edit import PersonEdit
from app.ui.screens.record_reading import RecordReading
from app.ui.widgets.timeline_delegate import ENTRY
from app.usecases.attachments import Attachments
from app.usecases.cases import Cases
from app.usecases.drafts import Drafts
from app.usecases.planning import Planning
from app.usecases.referrals import Referrals
from tests.ui.exchange_fixtures import House, open_world
from tests.ui.screen_fixtures import STAFF, Centre, save_by_keyboard, show


def page(qtbot: QtBot, centre: Centre, person: uuid.UUID) -> PersonScreen:
    screen = PersonScreen(centre.window, centre.person_sources, person)
    show(qtbot, screen)
    return screen


def sources_of(house: House) -> Sources:
    return Sources(
        house.people,
        house.assistance,
        Cases(house.desk),
        house.deliveries,
        Planning(house.desk),
        Referrals(house.desk),
        Attachments(house.desk),
        Drafts(house.desk),
        house.clock.today,
    )


def new_person(qtbot: QtBot, centre: Centre) -> PersonEdit:
    screen = PersonEdit(centre.window, centre.people, centre.today, centre.drafts, staff_name=STAFF)
    show(qtbot, screen)
    return screen


def chips(screen: PersonScreen) -> list[str]:
    """The delivery of each service, from the top."""
    model = screen.timeline.model()
    entries = [model.index(at, 0).data(ENTRY) for at in range(model.rowCount())]
    return [entry.item.chip for entry in entries if entry.item]


def consents(centre: Centre, person: uuid.UUID) -> dict[str, dict[str, object]]:
    return {one["scope"]: one for _uid, one in centre.people.consents(person)}


# the page


def test_what_is_forbidden_stands_first(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    centre.people.change_identity(
        person,
        {"contact_way": ["phone"], "contact_time": "пасля 18:00", "contact_forbidden_note": "не праз маці"},
        sure=True,
    )
    strip = page(qtbot, centre, person).contact
    assert strip.property("banner") == "error"
    assert "не праз маці" in strip.lines[0]
    assert "пасля 18:00" in strip.lines[1]


def test_no_safe_contact_says_ask_first_and_leads_there(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    strip = page(qtbot, centre, person).contact
    assert "before you have asked" in strip.lines[0]
    strip.findChildren(QPushButton)[0].click()
    assert centre.window.went == [("person_edit", {"person": person, "part": "identity"})]


def test_consents_stand_with_words_and_lead_to_their_answer(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    centre.people.set_consent(person, {"scope": "services", "state": "given", "on": "2026-10-02"}, sure=True)
    centre.people.set_consent(person, {"scope": "contact", "state": "refused", "on": "2026-10-02"}, sure=True)
    marks = page(qtbot, centre, person).consents.marks
    assert [mark.text() for mark in marks] == [
        "Help: given",
        "Statistics: not asked",
        "Name to the coordinator: not asked",
        "Contact: refused",
    ]
    marks[1].click()
    assert centre.window.went == [("consent_edit", {"person": person, "scope": "reporting"})]


def test_the_head_tells_age_as_it_is_known(qtbot: QtBot, centre: Centre) -> None:
    exact = page(qtbot, centre, centre.person(birth="1994-05-14")).sub.text()
    assert exact.startswith("14.05.1994 (32 years)")
    year = page(qtbot, centre, centre.person(birth="1994")).sub.text()
    assert year.startswith("1994 (31 or 32 years)")
    about = page(qtbot, centre, centre.person(birth={"age": 30, "on": "2026-03-09"})).sub.text()
    assert "about 30" in about


def test_the_timeline_filters_and_opens(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    older = centre.service(person, "food_meals", "2026-10-02")
    newer = centre.service(person, "psych_counselling", "2026-11-05")
    screen = page(qtbot, centre, person)
    assert chips(screen) == ["saved here", "saved here"]
    assert screen.delivery.text() == "4 records: 4 only on this laptop"
    screen.history.want("material")
    assert len(chips(screen)) == 1
    screen.timeline.opened.emit(f"service:{older}")
    assert newer != older
    assert centre.window.went == [("service_edit", {"person": person, "service": older})]


def test_a_grant_shows_its_balance(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    grant = centre.grant(person, 150_000)
    centre.service(person, "grant_reintegration", "2026-11-05", grant=str(grant), currency="BYN", amount=48_600)
    texts = [
        label.text().replace("\N{NO-BREAK SPACE}", " ") for label in page(qtbot, centre, person).findChildren(QLabel)
    ]
    assert "1,014.00 BYN left of 1,500.00 BYN" in texts
    assert "1 payment of 3 planned" in texts


def test_delivery_is_told_as_it_goes_and_the_coordinator_only_reads(qtbot: QtBot, tmp_path: Path) -> None:
    with open_world(tmp_path, qtbot) as world:
        centre, coordinator = world.pair()
        centre.record(1)
        person = centre.people.rows(centre.people.find())[0].uid

        def shown(house: House) -> PersonScreen:
            sources = sources_of(house)
            screen = PersonScreen(world.desk, sources, person)
            show(qtbot, screen)
            return screen

        assert chips(shown(centre)) == ["saved here"]
        bundle = world.put_on_stick(centre)
        assert chips(shown(centre)) == ["sent (bundle 1, 20.11.2026)"]
        assert coordinator.receiving.take(bundle).ok
        reading = shown(coordinator)
        assert not reading.mine
        assert chips(reading) == [""]
        assert not [press for press in reading.findChildren(QPushButton) if "Record" in press.text()]
        for receipt in coordinator.receiving.write_receipts(world.stick):
            assert centre.receiving.take(receipt).ok
        after = shown(centre)
        assert chips(after) == ["received (20.11.2026)"]
        assert after.delivery.text() == "3 records: 3 received (the last on 20.11.2026)"


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_it_fits_a_small_screen(qtbot: QtBot, centre: Centre, language: str) -> None:
    i18n.set_language(language)
    person = centre.person()
    centre.service(person, "food_meals", "2026-10-02")
    hint = page(qtbot, centre, person).minimumSizeHint()
    assert hint.width() <= 1024
    assert hint.height() <= 600


# a new person


def test_a_new_person_with_names_and_consents_in_one_go(qtbot: QtBot, centre: Centre) -> None:
    screen = new_person(qtbot, centre)
    screen.views[0].set_value("names", [{"surname": "Кавалёва", "given": "Ганна", "kind": "current"}])
    screen.views[1].set_value("birth", "1994")
    assert screen.consents is not None
    screen.consents.rows["services"].findChildren(QPushButton)[0].click()
    screen.consents.rows["coordinator_identifiable"].findChildren(QPushButton)[1].click()
    screen.save()
    (route, arguments) = centre.window.went[-1]
    person = arguments["person"]
    assert route == "person"
    assert isinstance(person, uuid.UUID)
    assert centre.people.identity(person)["names"][0]["surname"] == "Кавалёва"
    states = {scope: one["state"] for scope, one in consents(centre, person).items()}
    assert states == {"services": "given", "coordinator_identifiable": "refused"}
    assert consents(centre, person)["services"]["given_by"] == "individual"
    assert centre.window.backs == 1
    assert not centre.drafts.list()


def test_under_sixteen_the_representative_answers(qtbot: QtBot, centre: Centre) -> None:
    screen = new_person(qtbot, centre)
    assert screen.consents is not None
    screen.views[1].set_value("birth", "2012-05-01")
    assert screen.consents.child
    screen.consents.rows["services"].findChildren(QPushButton)[0].click()
    screen.consents.assent.findChildren(QPushButton)[0].click()
    screen.consents.relation.setCurrentIndex(1)
    screen.save()
    person = centre.window.went[-1][1]["person"]
    assert isinstance(person, uuid.UUID)
    answer = consents(centre, person)["services"]
    assert (answer["given_by"], answer["child_assent"]) == ("caregiver", "yes")
    assert answer["representative_relation"]


def test_what_was_typed_is_back_after_a_look_elsewhere(qtbot: QtBot, centre: Centre) -> None:
    screen = new_person(qtbot, centre)
    screen.views[1].set_value("birth", "1994")
    assert screen.consents is not None
    screen.consents.rows["services"].findChildren(QPushButton)[0].click()
    screen.leaving()
    again = new_person(qtbot, centre)
    assert again.values(1) == {"birth": "1994"}
    assert again.consents is not None
    assert again.consents.rows["services"].state() == "given"
    again.banner.acted.emit()
    assert again.values(1) == {}
    assert not centre.drafts.list()


def test_names_and_contact_are_changed_on_their_own(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    screen = PersonEdit(
        centre.window, centre.people, centre.today, centre.drafts, staff_name=STAFF, person=person, part="identity"
    )
    show(qtbot, screen)
    screen.views[0].set_value("contact_time", "пасля 18:00")
    save_by_keyboard(qtbot, screen.views[0].boxes["phone"].editor.stops()[0])
    assert centre.people.identity(person)["contact_time"] == "пасля 18:00"
    assert centre.people.identity(person)["names"][0]["surname"] == "Кавалёва"
    assert centre.window.backs == 1


# consents


def consent_page(qtbot: QtBot, centre: Centre, person: uuid.UUID, scope: str = "") -> ConsentEdit:
    screen = ConsentEdit(
        centre.window, centre.people, centre.today, centre.drafts, staff_name=STAFF, person=person, scope=scope
    )
    show(qtbot, screen)
    return screen


def test_all_twenty_purposes_are_listed(qtbot: QtBot, centre: Centre) -> None:
    listing = consent_page(qtbot, centre, centre.person()).listing
    assert listing is not None
    assert len([one for one in listing.findChildren(QPushButton) if one.text() in ("Details", "Ask")]) == 20


def test_one_press_records_an_answer_and_takes_it_back(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    screen = consent_page(qtbot, centre, person)
    for number, state in ((-1, "given"), (0, "withdrawn"), (0, "given")):
        assert screen.listing is not None
        listing = screen.listing
        listing.button_for("interview", number, state).click()
        qtbot.waitUntil(partial(lambda before: screen.listing is not before, listing))
        assert consents(centre, person)["interview"]["state"] == state
    recorded = consents(centre, person)["interview"]
    assert (recorded["on"], recorded["given_by"]) == ("2026-11-20", "individual")
    assert "withdrawn_on" not in recorded
    assert "no longer holds" in centre.window.said[-2]
    assert screen.listing is not None
    QTest.keyClick(screen.listing.button_for("interview", 0), Qt.Key.Key_Return)
    assert screen.values()["state"] == "given"


def test_a_child_has_no_answers_by_one_press(qtbot: QtBot, centre: Centre) -> None:
    listing = consent_page(qtbot, centre, centre.person(birth="2014-05-14")).listing
    assert listing is not None
    assert {one.text() for one in listing.findChildren(QPushButton)} == {"Ask"}


def test_a_release_to_somebody_by_name_never_opens_that_to_another(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    old = {"scope": "release_other", "state": "given", "organisation": "other", "organisation_other": "Каритас"}
    centre.people.set_consent(person, old, sure=True)
    screen = ConsentEdit(
        centre.window, centre.people, centre.today, centre.drafts,
        staff_name=STAFF, person=person, scope="release_other", organisation="Гродно",
    )  # fmt: skip
    show(qtbot, screen)
    assert screen.values()["organisation_other"] == "Гродно"
    assert screen.address()[1]["organisation"] == "Гродно", "a draft of it comes back to the same form"
    screen.views[0].set_value("state", "given")
    screen.save()
    given = {one["organisation_other"] for _uid, one in centre.people.consents(person)}
    assert given == {"Каритас", "Гродно"}


def test_the_answer_is_never_proposed(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    screen = consent_page(qtbot, centre, person, "reporting")
    assert "state" not in screen.values()
    screen.save()
    assert consents(centre, person) == {}
    assert screen.views[0].boxes["state"].problem.text()
    screen.views[0].set_value("state", "refused")
    screen.save()
    assert consents(centre, person)["reporting"]["state"] == "refused"
    assert centre.window.backs == 1


def test_a_release_names_its_organisation_and_may_go_to_several(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    screen = consent_page(qtbot, centre, person)
    for organisation in ("клініка", "паліклініка"):
        assert screen.listing is not None
        screen.listing.button_for("release_health").click()
        assert not screen.views[0].boxes["organisation"].isHidden()
        screen.views[0].set_value("state", "given")
        screen.views[0].set_value("organisation", "other")
        screen.views[0].set_value("organisation_other", organisation)
        screen.save()
    named = [one.get("organisation_other") for _uid, one in centre.people.consents(person)]
    assert named == ["клініка", "паліклініка"]
    assert screen.listing is not None
    assert screen.listing.button_for("release_health", 1).text() == "Details"


def test_a_consent_is_withdrawn(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    centre.people.set_consent(person, {"scope": "reporting", "state": "given", "on": "2026-10-02"}, sure=True)
    screen = consent_page(qtbot, centre, person)
    screen.show_answer(Wish("reporting", 0))
    assert screen.values()["state"] == "given"
    screen.views[0].set_value("state", "withdrawn")
    screen.views[0].set_value("withdrawn_on", "2026-11-20")
    screen.save()
    assert consents(centre, person)["reporting"]["state"] == "withdrawn"
    assert len(centre.people.consents(person)) == 1


# case and grant


def test_a_case_is_opened_and_changed(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    for case, risk in ((None, "low"), ("known", "high")):
        known = centre.cases.of_person(person)[0][0] if case else None
        screen = CaseEdit(
            centre.window,
            centre.people,
            centre.cases,
            centre.today,
            centre.drafts,
            staff_name=STAFF,
            person=person,
            case=known,
        )
        show(qtbot, screen)
        screen.views[0].set_value("risk", risk)
        screen.save()
    ((_uid, values),) = centre.cases.of_person(person)
    assert (values["opened_on"], values["case_worker"], values["risk"]) == ("2026-11-20", STAFF, "high")


def test_a_grant_cannot_fall_below_what_is_paid(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    grant = centre.grant(person, 150_000)
    centre.service(person, "grant_reintegration", "2026-11-05", grant=str(grant), currency="BYN", amount=48_600)
    screen = GrantEdit(
        centre.window, centre.people, centre.assistance, centre.today, centre.drafts, person=person, grant=grant
    )
    show(qtbot, screen)
    screen.views[0].set_value("approved", 40_000)
    screen.save()
    assert "already paid" in screen.views[0].boxes["approved"].problem.text()
    assert centre.assistance.grant(grant)["approved"] == 150_000
    screen.views[0].set_value("approved", 160_000)
    screen.save()
    assert centre.assistance.grant(grant)["approved"] == 160_000


def test_the_coordinator_reads_the_case_of_a_centre(qtbot: QtBot, tmp_path: Path) -> None:
    with open_world(tmp_path, qtbot) as world:
        centre, coordinator = world.pair()
        centre.record(1)
        person = centre.people.rows(centre.people.find())[0].uid
        case = Cases(centre.desk).save(person, {"opened_on": "2026-10-02", "risk": "high"}, sure=True)
        assert coordinator.receiving.take(world.put_on_stick(centre)).ok
        screen = PersonScreen(world.desk, sources_of(coordinator), person)
        show(qtbot, screen)
        next(one for one in screen.findChildren(QPushButton) if one.text().startswith("Opened")).click()
        (route, arguments) = world.desk.went[-1]
        assert (route, arguments) == ("record_reading", {"person": person, "kind": "case", "record": case})
        reading = RecordReading(
            world.desk, coordinator.people, coordinator.assistance, person=person, kind="case", record=case
        )
        qtbot.addWidget(reading)
        assert ("Risk level", "High") in reading.lines
