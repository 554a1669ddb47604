"""Recording help, the screen that matters most: digits, defaults, doubts, grants, and one record for one form."""

from __future__ import annotations

import uuid

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app import codelists, i18n
from app.ui.records.people_list import PeopleList
from app.ui.screens.service_edit import ServiceEdit
from app.ui.screens.service_edit.choosing import KindList
from app.ui.screens.service_edit.finished import Finished
from app.ui.widgets.banner import Banner
from app.ui.widgets.tile import TileGrid
from tests.ui.screen_fixtures import STAFF, Centre, save_by_keyboard, show


def record(qtbot: QtBot, centre: Centre, person: uuid.UUID | None = None, **more: object) -> ServiceEdit:
    screen = ServiceEdit(centre.window, centre.sources, centre.drafts, person=person, **more)  # type: ignore[arg-type]  # as routes pass them
    show(qtbot, screen)
    screen.entered()
    return screen


def child(screen: ServiceEdit, kind: type[PeopleList]) -> PeopleList:
    found = [one for one in screen.findChildren(kind) if not one.isHidden()]
    return found[0]


def test_from_the_first_letter_to_the_saved_record_with_the_keyboard(qtbot: QtBot, centre: Centre) -> None:
    person = centre.agreed("Ганна", "Кавалёва")
    centre.person("Олег", "Петров")
    screen = record(qtbot, centre)
    people = child(screen, PeopleList)
    people.search.setText("кавал")
    QTest.keyClick(people.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(screen.content, TileGrid))
    grid = screen.content
    assert isinstance(grid, TileGrid)
    assert [tile.digit for tile in grid.tiles] == list(range(1, 9))
    QTest.keyClick(grid.tiles[0], Qt.Key.Key_6)
    kinds = screen.content
    assert isinstance(kinds, KindList)
    codes = [str(made.property("code")) for made in kinds.buttons]
    QTest.keyClick(kinds.buttons[0], Qt.Key(Qt.Key.Key_1.value + codes.index("food_meals")))
    view = screen.views[0]
    qtbot.waitUntil(view.isVisible)
    view.set_value("note", "пакет з прадуктамі")
    save_by_keyboard(qtbot, view.boxes["on"].editor.stops()[0])
    (row,) = centre.assistance.timeline(person)
    assert (row.code, row.on, row.note) == ("food_meals", "2026-11-20", "пакет з прадуктамі")
    assert centre.assistance.service(row.uid)["provider_person"] == STAFF
    assert centre.window.refreshed == 1
    assert screen.findChildren(Finished)


def test_each_of_the_thirty_two_services_is_recorded(qtbot: QtBot, centre: Centre) -> None:
    codes = codelists.get("services").codes
    assert len(codes) == 32
    person = centre.agreed()
    centre.grant(person)
    for code in codes:
        screen = record(qtbot, centre, person, code=code)
        if codelists.service_form(code) == "grant_payment":
            screen.views[0].set_value("amount", 10_000)
        if codelists.service_form(code) == "medical":
            screen.views[0].set_value("allergies_known", "no")
        screen.save()
        problems = [box.title.text() for view in screen.views for box in view.boxes.values() if box.severity]
        assert not problems, code
        screen.close()
    assert sorted(row.code for row in centre.assistance.timeline(person)) == sorted(codes)


def test_a_doubt_warns_beside_the_field_and_is_saved_after_sure(qtbot: QtBot, centre: Centre) -> None:
    person = centre.agreed(birth="1994")
    screen = record(qtbot, centre, person, code="food_meals")
    view = screen.views[0]
    view.set_value("on", "2027-01-01")
    screen.save()
    assert centre.assistance.timeline(person) == []
    assert view.boxes["on"].problem.text()
    # Another doubt that was not read is not answered by "save all the same".
    view.set_value("on", "1990-01-01")
    view.summary.accept.click()
    assert centre.assistance.timeline(person) == []
    view.summary.accept.click()
    assert [row.on for row in centre.assistance.timeline(person)] == ["1990-01-01"]


def test_what_is_missing_is_named_and_nothing_is_saved(qtbot: QtBot, centre: Centre) -> None:
    person = centre.agreed()
    screen = record(qtbot, centre, person, code="food_meals")
    screen.views[0].set_value("on", None)
    screen.save()
    assert centre.assistance.timeline(person) == []
    assert screen.views[0].boxes["on"].problem.text()
    assert not screen.views[0].summary.accept.isVisible()


def test_a_payment_over_the_grant_is_refused_beside_the_sum(qtbot: QtBot, centre: Centre) -> None:
    person = centre.agreed()
    centre.grant(person, 150_000)
    screen = record(qtbot, centre, person, code="grant_reintegration")
    assert screen.values()["currency"] == "BYN"
    screen.views[0].set_value("amount", 150_001)
    screen.save()
    assert "larger than what is left" in screen.views[0].boxes["amount"].problem.text()
    assert centre.assistance.timeline(person) == []
    screen.views[0].set_value("amount", 150_000)
    screen.save()
    assert centre.assistance.grants(person)[0].left == 0


def test_without_a_grant_one_is_approved_first(qtbot: QtBot, centre: Centre) -> None:
    person = centre.agreed()
    screen = record(qtbot, centre, person, code="grant_reintegration")
    assert "approved" in screen.views[0].boxes
    screen.views[0].set_value("grant_kind", "reintegration")
    screen.views[0].set_value("approved", 90_000)
    screen.save()
    assert [grant.approved for grant in centre.assistance.grants(person)] == [90_000]
    assert "amount" in screen.views[0].boxes
    screen.views[0].set_value("amount", 30_000)
    screen.save()
    assert centre.assistance.grants(person)[0].left == 60_000


def test_saving_the_same_form_twice_is_one_record(qtbot: QtBot, centre: Centre) -> None:
    person = centre.agreed()
    screen = record(qtbot, centre, person, code="food_meals")
    values = screen.values()
    screen.store(sure=False)
    screen.store(sure=False)
    assert len(centre.assistance.timeline(person)) == 1
    screen.saved(following=False)
    screen.findChildren(Finished)[0].mend.emit()
    assert screen.values().items() >= values.items()
    screen.views[0].set_value("note", "выпраўлена")
    screen.save()
    (row,) = centre.assistance.timeline(person)
    assert row.note == "выпраўлена"


def test_save_and_next_starts_another_record(qtbot: QtBot, centre: Centre) -> None:
    person = centre.agreed()
    screen = record(qtbot, centre, person, code="food_meals")
    screen.save_and_next()
    people = screen.content
    assert isinstance(people, PeopleList)
    people.chosen.emit(person)
    assert screen.title.text() == codelists.get("services").label("food_meals", "en"), "the kind stays"
    screen.save()
    assert len(centre.assistance.timeline(person)) == 2


def test_another_kind_does_not_take_the_place_of_a_draft(qtbot: QtBot, centre: Centre) -> None:
    person = centre.agreed()
    screen = record(qtbot, centre, person, code="food_meals")
    screen.views[0].set_value("note", "першы")
    screen.show_tiles()
    screen.show_form("social_support")
    screen.save()
    screen.show_form("food_meals")
    assert screen.values()["note"] == "першы"
    screen.save()
    assert sorted(row.code for row in centre.assistance.timeline(person)) == ["food_meals", "social_support"]


def test_leaving_keeps_what_was_typed(qtbot: QtBot, centre: Centre) -> None:
    person = centre.agreed()
    screen = record(qtbot, centre, person, code="food_meals")
    screen.views[0].set_value("note", "яшчэ не")
    screen.leaving()
    again = record(qtbot, centre, person, code="food_meals")
    assert again.values()["note"] == "яшчэ не"
    assert "back" in again.banner.text()
    again.save()
    assert not centre.drafts.list()


def agree(centre: Centre, person: uuid.UUID, scope: str) -> None:
    centre.people.set_consent(person, {"scope": scope, "state": "given", "on": "2026-11-20"}, sure=True)


def test_a_payment_knows_its_kind_of_grant_and_its_day(qtbot: QtBot, centre: Centre) -> None:
    person = centre.agreed()
    screen = record(qtbot, centre, person, code="grant_vocational")
    assert screen.values()["grant_kind"] == "vocational"
    screen.views[0].set_value("approved", 150_000)
    screen.save()
    assert screen.values()["paid_on"] == "2026-11-20"


def test_allergies_are_asked_once(qtbot: QtBot, centre: Centre) -> None:
    person = centre.agreed()
    assert "allergies_known" not in record(qtbot, centre, person, code="medical_examination").values()
    centre.service(person, "medical_examination", "2026-11-05", allergies_known="yes", allergies="пеніцылін")
    centre.service(person, "medical_examination", "2026-11-06", allergies_known="unknown")
    values = record(qtbot, centre, person, code="medical_examination").values()
    assert (values["allergies_known"], values["allergies"]) == ("yes", "пеніцылін")


def test_not_having_been_asked_reminds_and_never_blocks(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    screen = record(qtbot, centre, person, code="food_meals")
    (reminder,) = [one for one in screen.findChildren(Banner) if "not recorded" in one.text()]
    assert "agrees to the talk and to help" in reminder.text()
    reminder.acted.emit()
    assert centre.window.went[-1] == ("consent_edit", {"person": person, "scope": ""})
    screen.save()
    assert "Ask her, or say why not" in screen.views[0].boxes["no_consent_reason"].problem.text()
    screen.views[0].summary.accept.click()
    assert len(centre.assistance.timeline(person)) == 1
    agree(centre, person, "services")
    screen = record(qtbot, centre, person, code="food_meals")
    (reminder,) = [one for one in screen.findChildren(Banner) if "not recorded" in one.text()]
    assert "agrees to the talk." in reminder.text()
    reminder.acted.emit()
    assert centre.window.went[-1] == ("consent_edit", {"person": person, "scope": "interview"})
    agree(centre, person, "interview")
    screen = record(qtbot, centre, person, code="food_meals")
    assert not [one for one in screen.findChildren(Banner) if "not recorded" in one.text()]
    screen.save()
    assert len(centre.assistance.timeline(person)) == 2


def test_a_record_is_mended_and_deleted(qtbot: QtBot, centre: Centre) -> None:
    person = centre.agreed()
    service = centre.service(person, "food_meals", "2026-11-05")
    screen = record(qtbot, centre, person, service=service)
    screen.views[0].set_value("note", "удакладнена")
    screen.save()
    assert centre.assistance.timeline(person)[0].note == "удакладнена"
    assert centre.window.backs == 1
    screen = record(qtbot, centre, person, service=service)
    screen._ask_to_delete()
    screen.confirm._buttons[0].click()
    assert centre.assistance.timeline(person) == []


def test_same_again_takes_the_answers_but_not_the_day(qtbot: QtBot, centre: Centre) -> None:
    person = centre.agreed()
    last = centre.service(person, "food_meals", "2026-11-05", quantity="2", note="першы", donor="other")
    screen = record(qtbot, centre, person, like=last)
    values = screen.values()
    assert (values["on"], values["quantity"]) == ("2026-11-20", "2")
    assert "note" not in values
    screen.save()
    assert len(centre.assistance.timeline(person)) == 2


def test_the_kinds_a_person_has_had_come_first(qtbot: QtBot, centre: Centre) -> None:
    person = centre.agreed()
    centre.service(person, "legal_documents", "2026-11-05")
    screen = record(qtbot, centre, person)
    screen.show_kinds("legal")
    kinds = screen.content
    assert isinstance(kinds, KindList)
    assert kinds.buttons[0].property("code") == "legal_documents"


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("code", ["medical_examination", "psych_counselling", "legal_civil", "grant_reintegration"])
def test_the_headline_forms_fit_a_small_screen(qtbot: QtBot, centre: Centre, language: str, code: str) -> None:
    i18n.set_language(language)
    person = centre.agreed()
    centre.grant(person)
    hint = record(qtbot, centre, person, code=code).minimumSizeHint()
    assert hint.width() <= 1024
    assert hint.height() <= 600
