"""Taking in a register on the screen: a file, its columns, the preview, and one button."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from app.ui.screens.take_in import TakeInScreen
from app.usecases.taking_in import TakingIn
from tests.e2e.test_taking_in import ROWS, xlsx
from tests.ui.exchange_fixtures import drop
from tests.ui.screen_fixtures import Centre, opened_centre, show

BAD = ("4", "Сидорова Анна", "1990", "жэ", "", "", "Лечение", "01.02.2025", "", "")


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    with opened_centre(tmp_path) as made:
        yield made


def screen(centre: Centre, qtbot: QtBot, tmp_path: Path, rows: Sequence[Sequence[Any]]) -> TakeInScreen:
    """The screen with a file dropped on it."""
    made = TakeInScreen(centre.window, TakingIn(centre.desk))
    show(qtbot, made)
    file = tmp_path / "register.xlsx"
    file.write_bytes(xlsx(rows))
    assert drop(made.zone, file)
    done(qtbot, made)
    return made


def done(qtbot: QtBot, made: TakeInScreen) -> None:
    qtbot.waitUntil(lambda: not made.work.is_busy())


def pick(combo: QComboBox, data: object) -> None:
    """As by hand."""
    at = combo.findData(data)
    assert at >= 0
    combo.setCurrentIndex(at)
    combo.activated.emit(at)


def chips(made: TakeInScreen) -> list[str]:
    return [chip.text() for chip in made.preview._chips]


def test_a_register_is_looked_at_and_then_taken_in(centre: Centre, qtbot: QtBot, tmp_path: Path) -> None:
    made = screen(centre, qtbot, tmp_path, ROWS)
    assert made.columns.combos[1].currentData() == "full_name"
    made.next.click()
    done(qtbot, made)
    assert "New people: 3" in chips(made)
    assert centre.people.find() == []
    made.take_in.click()
    done(qtbot, made)
    assert len(centre.people.find()) == 3
    assert "new people 3" in made.done_words.text()
    assert centre.window.refreshed == 1
    # The same file again: its columns are known, and there is nothing to do.
    assert drop(made.zone, tmp_path / "register.xlsx")
    done(qtbot, made)
    assert "taken in before" in made.sheet_notes.text()
    made.next.click()
    done(qtbot, made)
    assert made.take_in.accessibleName() == "Nothing is new"
    assert not made.take_in.isEnabled()


def test_an_unknown_word_is_answered_or_its_row_left_out(centre: Centre, qtbot: QtBot, tmp_path: Path) -> None:
    made = screen(centre, qtbot, tmp_path, [*ROWS, BAD])
    made.next.click()
    done(qtbot, made)
    assert not made.take_in.isEnabled()
    assert made.preview._shown[0].number == 6
    assert "жэ" in made.preview.row.said[0]
    assert made.preview.leave_out.hasFocus(), "a step begins with its first control"
    made.preview.leave_out.setChecked(True)
    assert made.take_in.isEnabled()
    made.preview.leave_out.setChecked(False)
    QTest.keyClick(made, Qt.Key.Key_Escape)
    assert made.step_back()
    pick(made.columns.words.combos["person.sex", "жэ"], "female")
    made.next.click()
    done(qtbot, made)
    assert not made.preview.leave_out.isVisible()
    assert made.take_in.isEnabled()


def test_what_was_left_out_is_said_at_the_end(centre: Centre, qtbot: QtBot, tmp_path: Path) -> None:
    made = screen(centre, qtbot, tmp_path, [*ROWS, BAD])
    made.next.click()
    done(qtbot, made)
    made.preview.leave_out.setChecked(True)
    made.take_in.click()
    done(qtbot, made)
    assert "1 row is left out" in made.done_words.text()
    assert made.people.hasFocus()


def test_a_column_goes_to_one_place_and_nowhere_stops(centre: Centre, qtbot: QtBot, tmp_path: Path) -> None:
    made = screen(centre, qtbot, tmp_path, ROWS)
    pick(made.columns.combos[9], "full_name")
    assert made.columns.combos[1].currentData() == ""
    made.columns.register.setText(" ")
    assert not made.next.isEnabled()
    assert made.missing.isVisible()


def test_who_is_known_already_is_asked_and_answered(centre: Centre, qtbot: QtBot, tmp_path: Path) -> None:
    known = centre.person("Марыя", "Саковіч", birth="1986-03-09")
    made = screen(centre, qtbot, tmp_path, ROWS)
    made.next.click()
    done(qtbot, made)
    made.preview.filter.setCurrentIndex(made.preview.filter.findData("known"))
    assert made.preview.row.who is not None
    made.preview.row.who.setCurrentIndex(1)
    made.preview.row.who.activated.emit(1)
    done(qtbot, made)
    assert "Known people: 1" in chips(made)
    made.take_in.click()
    done(qtbot, made)
    assert len(centre.people.find()) == 3
    assert len(centre.assistance.timeline(known)) == 2


def test_a_file_that_is_no_sheet_is_said_in_words(centre: Centre, qtbot: QtBot, tmp_path: Path) -> None:
    made = TakeInScreen(centre.window, TakingIn(centre.desk))
    show(qtbot, made)
    picture = tmp_path / "photo.xlsx"
    picture.write_bytes(b"\x89PNG\r\n")
    assert drop(made.zone, picture)
    done(qtbot, made)
    assert "not a sheet" in made.banner.text()
    assert made.zone.isVisible()
