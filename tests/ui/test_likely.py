"""Already known? A quiet panel while a new person is typed: there when somebody is likely, and never in the way."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app import i18n
from app.ui.screens.person_edit import PersonEdit
from app.usecases.likely import Likely
from tests.ui.screen_fixtures import STAFF, Centre, opened_centre, show

SHOWN: list[PersonEdit] = []


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    with opened_centre(tmp_path) as made:
        yield made
        # What still waits to be kept must not be kept in a store that is locked.
        while SHOWN:
            SHOWN.pop().forget()


def new_person(qtbot: QtBot, centre: Centre) -> PersonEdit:
    likely = Likely(centre.desk)
    screen = PersonEdit(centre.window, centre.people, centre.today, centre.drafts, staff_name=STAFF, likely=likely)
    SHOWN.append(screen)
    show(qtbot, screen, 1024, 600)
    screen.entered()
    return screen


def settle(qtbot: QtBot, screen: PersonEdit) -> None:
    known = screen.known
    assert known is not None
    qtbot.waitUntil(lambda: not known.waiting)


def type_name(qtbot: QtBot, screen: PersonEdit, surname: str, given: str, birth: str = "1994-05-14") -> None:
    screen.views[0].set_value("names", [{"surname": surname, "given": given}])
    screen.views[1].set_value("birth", birth)
    line = screen.views[0].boxes["names"].editor.stops()[0]
    qtbot.waitUntil(line.isVisible)
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    QTest.keyClick(line, Qt.Key.Key_End)
    QTest.keyClick(line, Qt.Key.Key_Space)
    settle(qtbot, screen)


def test_who_is_known_appears_with_the_reason_and_takes_no_focus(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person("Ганна", "Кавалёва")
    screen = new_person(qtbot, centre)
    type_name(qtbot, screen, "Kovaleva", "Anna")
    assert screen.panel.isVisible()
    (match,) = screen.panel.matches
    assert match.uid == person
    assert match.reasons[0] == "same date of birth"
    assert "same given name in another spelling" in match.reasons
    assert isinstance(screen.focusWidget(), QLineEdit)
    (press,) = screen.panel.buttons
    assert match.code in press.accessibleName()
    assert "Кавалёва Ганна" in press.accessibleName()
    assert "same date of birth" in press.accessibleDescription()


def test_nobody_likely_shows_nothing(qtbot: QtBot, centre: Centre) -> None:
    centre.person("Марыя", "Кавалёва")
    screen = new_person(qtbot, centre)
    type_name(qtbot, screen, "Кавалёва", "Ганна")  # a twin
    assert not screen.panel.isVisible()
    type_name(qtbot, screen, "Зубрыцкая", "Рэгіна")
    assert not screen.panel.isVisible()


def test_it_goes_when_what_was_typed_no_longer_fits(qtbot: QtBot, centre: Centre) -> None:
    centre.person("Ганна", "Кавалёва")
    screen = new_person(qtbot, centre)
    type_name(qtbot, screen, "Кавалёва", "Ганна")
    assert screen.panel.isVisible()
    type_name(qtbot, screen, "Кавалёва", "Рэгіна")
    assert not screen.panel.isVisible()


def test_this_is_the_person_opens_her_page_and_keeps_the_draft(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person("Ганна", "Кавалёва")
    screen = new_person(qtbot, centre)
    type_name(qtbot, screen, "Ковалёва", "Анна")
    screen.panel.buttons[0].click()
    screen.leaving()  # as the window does when it goes elsewhere
    assert centre.window.went == [("person", {"person": person})]
    assert "kept as a draft" in centre.window.said[-1]
    again = new_person(qtbot, centre)
    names = again.values(0)["names"]
    assert isinstance(names, list)
    assert names[0]["surname"].strip() == "Ковалёва"
    settle(qtbot, again)
    assert again.panel.isVisible()
    assert len(centre.people.find()) == 1


def test_f6_goes_to_the_panel_and_back(qtbot: QtBot, centre: Centre) -> None:
    centre.person("Ганна", "Кавалёва")
    screen = new_person(qtbot, centre)
    type_name(qtbot, screen, "Кавалёва", "Ганна")
    line = screen.focusWidget()
    assert line is not None
    QTest.keyClick(line, Qt.Key.Key_F6)
    assert screen.panel.buttons[0].hasFocus()
    QTest.keyClick(screen.panel.buttons[0], Qt.Key.Key_F6)
    assert line.hasFocus()


def test_the_field_in_hand_stays_in_view(qtbot: QtBot, centre: Centre) -> None:
    """The panel takes room from below: the column moves with the field."""
    centre.person("Ганна", "Кавалёва")
    screen = new_person(qtbot, centre)
    screen.views[0].set_value("names", [{"surname": "Кавалёва", "given": "Ганна"}])
    screen.views[1].set_value("birth", "1994-05-14")
    phone = screen.views[2].boxes["phone"]
    phone.findChildren(QLineEdit)[0].setFocus()
    settle(qtbot, screen)
    assert screen.panel.isVisible()

    def in_view() -> bool:
        bottom = phone.mapTo(screen, phone.rect().bottomLeft()).y()
        return 0 < bottom <= screen.panel.y()

    qtbot.waitUntil(in_view)


def test_a_number_that_contradicts_the_date_is_doubted_and_saved(qtbot: QtBot, centre: Centre) -> None:
    screen = new_person(qtbot, centre)
    screen.views[2].set_value("personal_number", "4120391A001PB3")
    screen.views[1].set_value("birth", "1991-05-04")
    screen.views[1].changed.emit()
    assert screen.panel.isVisible()
    assert "do not fit together" in screen.panel.doubt.text()
    screen.views[1].set_value("birth", "1991-03-12")
    screen.views[1].changed.emit()
    assert not screen.panel.isVisible()
    screen.views[1].set_value("birth", "1991-05-04")
    screen.save()
    (route, arguments) = centre.window.went[-1]
    assert route == "person"
    assert isinstance(arguments["person"], uuid.UUID)


def test_the_doubt_is_told_also_where_only_a_part_is_changed(qtbot: QtBot, centre: Centre) -> None:
    person = centre.people.register({"birth": "1991-05-04"}, {"personal_number": "4120391A001PB3"}, sure=True)
    for part in ("person", "identity"):
        screen = PersonEdit(
            centre.window, centre.people, centre.today, centre.drafts, staff_name=STAFF, person=person, part=part
        )
        show(qtbot, screen)
        assert "do not fit together" in screen.panel.doubt.text()


def test_at_most_five_and_the_likeliest_first(centre: Centre) -> None:
    for day in range(1, 9):
        centre.person("Ганна", "Кавалёва", birth=f"1994-05-{day:02}")
    names = {"names": [{"surname": "Ковалёва", "given": "Анна"}]}
    found = Likely(centre.desk).of({"birth": "1994-05-03"}, names)
    assert len(found) == 5
    assert found[0].birth == "1994-05-03"
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert found[0].mine
    assert Likely(centre.desk).of({}, {}) == []


def test_what_speaks_against_it_is_told_last(centre: Centre) -> None:
    centre.person("Ганна", "Кавалёва", oblast="BY-HO")
    names = {"names": [{"surname": "Ковалёва", "given": "Анна"}]}
    (match,) = Likely(centre.desk).of({"birth": "1994-05-14", "oblast": "BY-VI"}, names)
    assert match.reasons[-1] == "but: another oblast"


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_it_fits_a_small_screen(qtbot: QtBot, centre: Centre, language: str) -> None:
    i18n.set_language(language)
    for given in ("Ганна", "Анна", "Hanna"):
        centre.person(given, "Кавалёва")
    screen = new_person(qtbot, centre)
    type_name(qtbot, screen, "Кавалёва", "Ганна")
    assert len(screen.panel.matches) == 3
    hint = screen.minimumSizeHint()
    assert hint.width() <= 1024
    assert hint.height() <= 600
    qtbot.waitUntil(lambda: screen.panel.height() < 220)
