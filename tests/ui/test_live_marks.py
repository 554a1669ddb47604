"""What is said beside the fields while one fills in a form: when, in what words, and that it goes when mended."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.forms.catalogue import form_for_service
from app.forms.spec import Problem, Severity
from app.ui.forms.editor import LineEditor
from app.ui.forms.form_view import FormView
from app.ui.forms.rows_editor import RowsEditor
from app.ui.forms.small_fields import SmallFields
from app.ui.records.forms import asked, make_view
from app.ui.widgets.page import Page
from tests.ui.screen_fixtures import show


def day() -> dt.date:
    return dt.date(2026, 11, 20)


def visit() -> FormView:
    form = asked(form_for_service("medical_examination"), without={"service"})
    return make_view(form, {"on": "2026-11-20", "outcome": "provided"}, day)


@pytest.fixture
def medical(qtbot: QtBot) -> FormView:
    view = visit()
    show(qtbot, view, 1100, 2400)
    qtbot.wait(20)
    return view


def line(view: FormView, name: str) -> QLineEdit:
    editor = view.boxes[name].editor
    assert isinstance(editor, LineEditor)
    return editor.line


def into(qtbot: QtBot, widget: QWidget) -> None:
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)


def test_a_number_out_of_range_warns_when_it_is_left(qtbot: QtBot, medical: FormView) -> None:
    temperature, pulse = line(medical, "temperature"), line(medical, "pulse")
    into(qtbot, temperature)
    QTest.keyClicks(temperature, "49,5")
    said = medical.boxes["temperature"].problem
    assert said.text() == "", "a half-typed number is no wrong one"
    into(qtbot, pulse)
    assert "More than 43" in said.text()
    assert not medical.summary.isVisible(), "it warns, it does not stop"
    into(qtbot, temperature)
    temperature.selectAll()
    QTest.keyClicks(temperature, "36,6")
    assert said.text() == "", "mended while typing"


def test_what_is_only_missing_waits_for_the_save(qtbot: QtBot, medical: FormView) -> None:
    into(qtbot, line(medical, "temperature"))
    into(qtbot, line(medical, "pulse"))
    assert not any(box.severity for box in medical.boxes.values())


def test_an_unreadable_date_and_a_future_one(qtbot: QtBot, medical: FormView) -> None:
    on = medical.boxes["on"].editor.stops()[0]
    assert isinstance(on, QLineEdit)
    for typed, words in (("31.02", "This is not a date"), ("01.01.2027", "lies in the future"), ("вчера", "")):
        into(qtbot, on)
        on.clear()
        on.insert(typed)
        on.textEdited.emit(typed)
        into(qtbot, line(medical, "pulse"))
        assert words in medical.boxes["on"].problem.text()
        assert bool(words) == bool(medical.boxes["on"].problem.text())
    assert medical.values()["on"] == "2026-11-19"


def test_the_prompts_come_as_soon_as_the_answer_is_given(qtbot: QtBot, medical: FormView) -> None:
    medical.set_value("hours_since_assault_band", "within_72h")
    assert "72 hours" in medical.boxes["pep_offered"].problem.text()
    assert "120 hours" in medical.boxes["ec_offered"].problem.text()
    medical.set_value("pep_offered", "declined")
    assert medical.boxes["pep_offered"].problem.text() == ""
    medical.set_value("suicide_risk", "plan")
    assert "do not leave the person alone" in medical.boxes["suicide_risk"].problem.text()


def test_text_that_is_no_entry_is_named_when_the_field_is_left(qtbot: QtBot, medical: FormView) -> None:
    editor = medical.boxes["chronic_conditions"].editor
    typed = editor.findChild(QLineEdit)
    assert typed is not None
    into(qtbot, typed)
    QTest.keyClicks(typed, "zzz")
    into(qtbot, line(medical, "pulse"))
    assert medical.boxes["chronic_conditions"].problem.text() == "Please choose from the list."
    assert typed.text() == "zzz"


def test_a_refusal_of_the_save_goes_when_its_field_is_edited(qtbot: QtBot, medical: FormView) -> None:
    medical.set_value("temperature", "49")
    refusals = [
        Problem("temperature", Severity.WARNING, "out_of_range", "Too hot."),
        Problem("pulse", Severity.ERROR, "beyond", "Known to the use case alone."),
    ]
    medical.show_problems(refusals)
    assert len(medical.summary.lines) == 2
    medical.set_value("weight", "70")
    assert len(medical.summary.lines) == 2, "another field mends nothing"
    medical.set_value("pulse", 70)
    assert medical.boxes["pulse"].problem.text() == ""
    medical.set_value("temperature", "37")
    assert medical.summary.lines == []
    assert not medical.summary.isVisible()


def test_a_cell_is_marked_when_it_is_left_and_after_empty_rows(qtbot: QtBot, medical: FormView) -> None:
    rows = medical.boxes["medicines"].editor
    assert isinstance(rows, RowsEditor)
    rows.add_row()
    rows.add_row()
    name, _dose, _route, quantity, _batch = rows.rows[1].boxes
    into(qtbot, name.editor.stops()[0])
    QTest.keyClicks(name.editor.stops()[0], "A")
    into(qtbot, quantity.editor.stops()[0])
    QTest.keyClicks(quantity.editor.stops()[0], "5000")
    assert quantity.problem.text() == ""
    into(qtbot, line(medical, "pulse"))
    assert "More than 1000" in quantity.problem.text(), "the row above is empty and is not counted"
    rows.rows[1].removed.emit()
    into(qtbot, line(medical, "temperature"))


def test_vital_signs_stand_side_by_side_and_tab_goes_through_them(qtbot: QtBot, medical: FormView) -> None:
    assert len(medical.findChildren(SmallFields)) == 1
    boxes = [medical.boxes[name] for name in ("temperature", "pulse", "bp_systolic", "bp_diastolic")]
    assert {box.y() for box in boxes} == {0}
    assert [box.x() for box in boxes] == sorted(box.x() for box in boxes)
    into(qtbot, line(medical, "temperature"))
    for name in ("pulse", "bp_systolic"):
        QTest.keyClick(medical.focusWidget(), Qt.Key.Key_Return)
        assert line(medical, name).hasFocus()
    QTest.keyClick(medical.focusWidget(), Qt.Key.Key_Tab)
    assert line(medical, "bp_diastolic").hasFocus()


def test_where_there_is_little_room_fewer_stand_side_by_side(qtbot: QtBot) -> None:
    view = visit()
    page = Page("Page")
    page.add(view)
    show(qtbot, page, 460, 700)
    boxes = [view.boxes[name] for name in ("temperature", "pulse", "bp_systolic", "bp_diastolic")]
    qtbot.waitUntil(lambda: len({box.x() for box in boxes}) == 2)


def test_enter_passes_over_the_button_that_adds_a_row(qtbot: QtBot, medical: FormView) -> None:
    rows = medical.boxes["medicines"].editor
    assert isinstance(rows, RowsEditor)
    into(qtbot, rows.plus)
    QTest.keyClick(rows.plus, Qt.Key.Key_Return)
    assert rows.rows == []
    assert not rows.plus.hasFocus()
    into(qtbot, rows.plus)
    QTest.keyClick(rows.plus, Qt.Key.Key_Space)
    assert len(rows.rows) == 1
