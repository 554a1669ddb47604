"""Recording help, beyond the one form: several people, undo, same as last time, the way back after a lock."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.records.people_list import PeopleList
from app.ui.screens.service_edit import ServiceEdit
from app.ui.screens.service_edit.finished import Finished
from app.ui.screens.service_edit.several import SeveralPeople
from app.ui.widgets.tile import TileGrid
from tests.ui.screen_fixtures import Centre, show


def record(qtbot: QtBot, centre: Centre, **given: object) -> ServiceEdit:
    screen = ServiceEdit(centre.window, centre.sources, centre.drafts, **given)  # type: ignore[arg-type]  # as routes pass them
    show(qtbot, screen)
    screen.entered()
    return screen


def several(qtbot: QtBot, screen: ServiceEdit) -> SeveralPeople:
    screen.show_several()
    found = screen.content
    assert isinstance(found, SeveralPeople)
    qtbot.waitUntil(lambda: not found.people.is_looking())
    qtbot.waitUntil(found.people.search.hasFocus)
    return found


def group(centre: Centre, *names: str) -> list[uuid.UUID]:
    return [centre.agreed("Ганна", name) for name in names]


def test_picking_with_the_keyboard(qtbot: QtBot, centre: Centre) -> None:
    persons = group(centre, "Кавалёва", "Навіцкая", "Жук")
    screen = record(qtbot, centre)
    picking = several(qtbot, screen)
    assert not picking.go_on.isEnabled(), "one alone is no group"
    QTest.keyClick(picking.people.search, Qt.Key.Key_Down)
    table = picking.people.table
    qtbot.waitUntil(table.hasFocus)
    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Space)
    first, second = picking.picked()
    assert {first, second} < set(persons)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert picking.picked() == (first,), "space takes away again"
    picking.people.search.setFocus()
    qtbot.waitUntil(picking.people.search.hasFocus)
    picking.people.chosen.emit(first)
    assert picking.picked() == (first,), "Enter on a name adds, twice is once"
    QTest.keyClick(picking.people.search, Qt.Key.Key_Backspace)
    assert picking.picked() == ()


def test_all_who_stay_here_now_get_their_meals(qtbot: QtBot, centre: Centre) -> None:
    persons = group(centre, "Кавалёва", "Навіцкая", "Жук")
    for person in persons[:2]:
        centre.service(person, "shelter_crisis_room", "2026-11-10")
    screen = record(qtbot, centre)
    picking = several(qtbot, screen)
    QTest.keyClick(picking.people.search, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert set(picking.picked()) == set(persons[:2])
    QTest.keyClick(picking.people.search, Qt.Key.Key_Return)
    assert isinstance(screen.content, TileGrid)
    screen.show_kinds("money")
    assert isinstance(screen.content, TileGrid), "a payment is not offered"
    assert "belongs to one person" in screen.banner.text()
    screen.show_form("food_meals")
    screen.save()
    assert [len(centre.assistance.timeline(person)) for person in persons] == [2, 2, 0]


def test_a_group_is_not_asked_what_each_answers_for_herself(qtbot: QtBot, centre: Centre) -> None:
    persons = group(centre, "А", "Б")
    screen = record(qtbot, centre, persons=persons, code="psych_group")
    boxes = screen.views[0].boxes
    assert {"session_format", "note", "on"} <= boxes.keys()
    assert boxes.keys().isdisjoint({"psych_suicide_risk", "wellbeing_before", "session_number", "psych_notes"})
    screen = record(qtbot, centre, persons=persons, code="medical_medicines")
    assert screen.views[0].boxes.keys().isdisjoint({"temperature", "suicide_risk", "allergies_known"})
    screen.save()
    assert screen.findChildren(Finished), "allergies are not asked of a group"


def test_doubts_about_some_are_listed_with_their_codes_and_asked_once(qtbot: QtBot, centre: Centre) -> None:
    old, young = centre.agreed(birth="1980"), centre.agreed(birth="2019-05-05")
    screen = record(qtbot, centre, persons=[old, young], code="food_meals")
    screen.views[0].set_value("on", "2018-03-03")
    screen.save()
    problem = screen.views[0].boxes["on"].problem.text()
    assert centre.people.person(young)["code"] in problem
    assert centre.people.person(old)["code"] not in problem
    screen.views[0].summary.accept.click()
    assert [len(centre.assistance.timeline(person)) for person in (old, young)] == [1, 1]


def test_undo_of_a_group_takes_all_back_and_keeps_the_answers(qtbot: QtBot, centre: Centre) -> None:
    persons = group(centre, "А", "Б")
    screen = record(qtbot, centre, persons=persons, code="food_meals")
    screen.views[0].set_value("note", "абед")
    screen.save()
    done = screen.content
    assert isinstance(done, Finished)
    QTest.qWait(1)
    QTest.keyClick(done.back, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [centre.assistance.timeline(person) for person in persons] == [[], []]
    assert screen.values()["note"] == "абед"
    screen.save()
    assert [[row.note for row in centre.assistance.timeline(person)] for person in persons] == [["абед"], ["абед"]]


def test_undo_of_a_change_brings_the_earlier_values_back(qtbot: QtBot, centre: Centre) -> None:
    person = centre.agreed()
    screen = record(qtbot, centre, person=person, code="food_meals")
    screen.views[0].set_value("note", "першае")
    screen.save()
    screen.findChildren(Finished)[0].mend.emit()
    screen.views[0].set_value("note", "другое")
    screen.save()
    assert [row.note for row in centre.assistance.timeline(person)] == ["другое"]
    screen.help.way_back().go(centre.assistance)
    assert [row.note for row in centre.assistance.timeline(person)] == ["першае"]


def test_same_as_last_time_keeps_what_is_typed_and_leaves_the_day(qtbot: QtBot, centre: Centre) -> None:
    person = centre.agreed()
    told = {"allergies_known": "yes", "allergies": "пеніцылін", "temperature": "38.5", "suicide_risk": "thoughts"}
    centre.service(person, "medical_examination", "2026-11-05", **told, presenting_complaint="кашаль")
    screen = record(qtbot, centre, person=person, code="medical_examination")
    screen.views[0].set_value("allergies_known", "unknown")
    screen.same_as_last()
    values = screen.values()
    assert values["on"] == "2026-11-20"
    assert values["allergies_known"] == "unknown", "what was typed stays"
    assert values.keys().isdisjoint({"temperature", "suicide_risk", "presenting_complaint"})
    screen.views[0].set_value("allergies_known", None)
    screen.same_as_last()
    assert (screen.values()["allergies_known"], screen.values()["allergies"]) == ("yes", "пеніцылін")


def test_the_payment_form_knows_the_instalment_and_says_what_is_left(qtbot: QtBot, centre: Centre) -> None:
    person = centre.agreed()
    case = {"opened_on": "2026-09-01", "status": "Active", "border": "cross_border", "returned_on": "2026-09-15"}
    centre.cases.save(person, case, sure=True)
    grant = centre.grant(person, 150_050)
    centre.service(person, "grant_reintegration", "2026-10-01", grant=str(grant), amount=50_000, currency="BYN")
    screen = record(qtbot, centre, person=person, code="grant_reintegration")
    values = screen.values()
    assert (values["instalment"], values["instalments_total"], values["month_after_return"]) == (2, 3, 3)
    screen.views[0].set_value("amount", 100_051)
    screen.save()
    said = screen.views[0].boxes["amount"].problem.text()
    assert "1,000.50" in said, said
    screen.views[0].set_value("amount", 100_050)
    assert screen.views[0].boxes["amount"].problem.text() == "", "the mark goes as soon as it is mended"


def test_a_clock_of_1970_fills_in_no_day(qtbot: QtBot, centre: Centre) -> None:
    person = centre.agreed()
    centre.clock.set(centre.clock.now().replace(year=1970))
    screen = record(qtbot, centre, person=person, code="food_meals")
    assert "on" not in screen.values()
    here = QApplication.focusWidget()
    assert here is not None
    assert screen.views[0].boxes["on"].isAncestorOf(here), "the day is asked first"


def test_the_steps_are_found_again_after_a_lock(qtbot: QtBot, centre: Centre) -> None:
    persons = group(centre, "А", "Б")
    screen = record(qtbot, centre)
    picking = several(qtbot, screen)
    picking.add(persons)
    again = record(qtbot, centre)
    again.restore(screen.snapshot())
    assert isinstance(again.content, SeveralPeople)
    assert again.content.picked() == tuple(persons)
    picking.done.emit(picking.picked())
    screen.show_kinds("material")
    again = record(qtbot, centre)
    again.restore(screen.snapshot())
    assert (again.step, again.help.persons) == ("kinds", tuple(persons))
    screen.show_form("food_meals")
    screen.views[0].set_value("note", "абед")
    ids = dict(screen.help.services)
    screen.leaving()
    again = record(qtbot, centre)
    again.restore(screen.snapshot())
    assert (again.step, again.values()["note"], again.help.services) == ("form", "абед", ids)


def test_a_record_that_is_mended_is_found_again_as_the_same_record(qtbot: QtBot, centre: Centre) -> None:
    person = centre.agreed()
    screen = record(qtbot, centre, person=person, code="food_meals")
    screen.save()
    screen.findChildren(Finished)[0].mend.emit()
    again = record(qtbot, centre)
    again.restore(screen.snapshot())
    again.views[0].set_value("note", "выпраўлена")
    again.save()
    assert [row.note for row in centre.assistance.timeline(person)] == ["выпраўлена"]


def test_the_kind_kept_for_the_next_person_is_kept_through_a_lock(qtbot: QtBot, centre: Centre) -> None:
    screen = record(qtbot, centre, person=centre.agreed(), code="food_meals")
    screen.save_and_next()
    again = record(qtbot, centre)
    again.restore(screen.snapshot())
    assert (again.step, again.help.code) == ("who", "food_meals")


def test_the_people_step_after_save_and_next_can_change_the_kind(qtbot: QtBot, centre: Centre) -> None:
    person = centre.agreed()
    screen = record(qtbot, centre, person=person, code="food_meals")
    screen.save_and_next()
    assert isinstance(screen.content, PeopleList)
    assert screen.help.code == "food_meals"
    screen.show_tiles()
    assert screen.help.code == ""
