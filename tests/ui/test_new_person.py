"""The page of a new person: the order of a first talk, and one question before somebody is entered twice."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.screens.person_edit import PersonEdit
from app.usecases.likely import Likely
from tests.ui.screen_fixtures import STAFF, Centre, opened_centre, show

SHOWN: list[PersonEdit] = []


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    with opened_centre(tmp_path) as made:
        yield made
        while SHOWN:
            SHOWN.pop().forget()


def new_person(qtbot: QtBot, centre: Centre) -> PersonEdit:
    likely = Likely(centre.desk)
    screen = PersonEdit(centre.window, centre.people, centre.today, centre.drafts, staff_name=STAFF, likely=likely)
    SHOWN.append(screen)
    show(qtbot, screen)
    screen.entered()
    return screen


def fill(screen: PersonEdit, surname: str = "Кавалёва", given: str = "Ганна", birth: str = "1994-05-14") -> None:
    screen.views[0].set_value("names", [{"surname": surname, "given": given}])
    screen.views[1].set_value("birth", birth)


def buttons(screen: PersonEdit) -> list[QPushButton]:
    """Those of the question above the form."""
    return [one for one in screen.confirm.findChildren(QPushButton) if not one.isHidden()]


def first_stops(screen: PersonEdit) -> list[QWidget]:
    """Surname, birth, the first consent, passport, citizenships: the page from the top."""
    names, born, reached, rest = screen.views
    assert screen.consents is not None
    return [
        names.boxes["names"].editor.stops()[0],
        born.boxes["birth"].editor.stops()[0],
        born.boxes["sex"].editor.stops()[0],
        screen.consents.rows["services"].findChildren(QPushButton)[0],
        reached.boxes["passport"].editor.stops()[0],
        rest.boxes["citizenships"].editor.stops()[0],
        rest.boxes["oblast"].editor.stops()[0],
    ]


def test_the_page_and_the_focus_go_from_name_to_birth_to_consent_and_on(qtbot: QtBot, centre: Centre) -> None:
    screen = new_person(qtbot, centre)
    qtbot.wait(20)  # the order is made when everything has its place
    stops = first_stops(screen)
    assert stops[0].hasFocus()
    tops = [stop.mapTo(screen, stop.rect().topLeft()).y() for stop in stops]
    assert tops == sorted(tops)
    chain: list[QWidget] = [stops[0]]
    while (following := chain[-1].nextInFocusChain()) is not None and following is not stops[0]:
        chain.append(following)
    reached = [chain.index(stop) for stop in stops]
    assert reached == sorted(reached)


def test_what_is_asked_below_follows_the_sex_above(qtbot: QtBot, centre: Centre) -> None:
    screen = new_person(qtbot, centre)
    pregnant = screen.views[3].boxes["pregnant_at_intake"]
    assert not pregnant.isHidden()
    screen.views[1].set_value("sex", "male")
    assert pregnant.isHidden()
    screen.views[1].set_value("sex", "female")
    assert not pregnant.isHidden()
    screen.views[3].set_value("pregnant_at_intake", "no")
    screen.views[3].set_value("oblast", "BY-VI")
    screen.save()
    person = centre.window.went[-1][1]["person"]
    assert isinstance(person, uuid.UUID)
    known = centre.people.person(person)
    assert (known["sex"], known["pregnant_at_intake"], known["oblast"]) == ("female", "no", "BY-VI")


def test_somebody_very_like_is_asked_about_once(qtbot: QtBot, centre: Centre) -> None:
    known = centre.person()
    screen = new_person(qtbot, centre)
    fill(screen, "Kavaliova", "Hanna")
    screen.save()  # before the panel had time to answer
    assert screen.confirm.isVisible()
    code = str(centre.people.person(known)["code"])
    assert code in screen.confirm.accessibleName()
    assert "Кавалёва Ганна" in screen.confirm.accessibleName()
    assert len(centre.people.find()) == 1
    save, look = buttons(screen)
    assert (save.text(), look.text()) == ("Save as a new person", "Open her page")
    assert look.hasFocus()  # a key that is still held enters nobody twice
    save.click()
    assert len(centre.people.find()) == 2


def test_to_look_at_her_keeps_the_draft_and_is_not_asked_again(qtbot: QtBot, centre: Centre) -> None:
    known = centre.person()
    screen = new_person(qtbot, centre)
    fill(screen)
    screen.save()
    buttons(screen)[1].click()
    screen.leaving()
    assert centre.window.went == [("person", {"person": known})]
    again = new_person(qtbot, centre)
    assert again.values(1) == {"birth": "1994-05-14"}
    again.save()
    assert not again.confirm.isVisible()
    assert len(centre.people.find()) == 2


def test_the_question_goes_when_something_else_is_typed(qtbot: QtBot, centre: Centre) -> None:
    centre.person()
    screen = new_person(qtbot, centre)
    fill(screen)
    screen.save()
    assert screen.confirm.isVisible()
    screen.views[1].set_value("birth", "1971-01-02")
    assert not screen.confirm.isVisible()


def test_a_namesake_is_shown_and_never_asked_about(qtbot: QtBot, centre: Centre) -> None:
    centre.person("Наталья", "Кузьмич")
    screen = new_person(qtbot, centre)
    screen.views[0].set_value("names", [{"surname": "Kuzmich", "given": "Natallia"}])
    known = screen.known
    assert known is not None
    qtbot.waitUntil(lambda: not known.waiting)
    assert [one.weak for one in screen.panel.matches] == [True]
    assert screen.panel.buttons[0].accessibleDescription() == "the same name; nothing else is known to compare"
    screen.save()
    assert not screen.confirm.isVisible()
    assert len(centre.people.find()) == 2


def test_nobody_need_give_a_name(qtbot: QtBot, centre: Centre) -> None:
    new_person(qtbot, centre).save()
    assert len(centre.people.find()) == 1
    assert centre.window.went[-1][0] == "person"


def test_a_doubt_is_asked_once_and_makes_one_person(qtbot: QtBot, centre: Centre) -> None:
    screen = new_person(qtbot, centre)
    screen.views[2].set_value("personal_number", "4140594A001PB4")
    screen.save()
    assert centre.people.find() == []
    assert screen.views[2].boxes["personal_number"].problem.text()
    screen.views[2].summary.accept.click()
    assert len(centre.people.find()) == 1
