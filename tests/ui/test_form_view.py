"""The form on screen: unfolding, problems, Enter, Ctrl+Enter, "sure?", and that nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.forms.spec import Field, Form, Kind, Leaves, Problem, Section, Severity, Values
from app.ui.forms.context import Choice, FormContext
from app.ui.forms.editor import LineEditor
from app.ui.forms.form_view import FormView
from app.ui.widgets.page import Page
from app.ui.widgets.text import WrapLabel

ALWAYS = Leaves.ALWAYS
FORM = Form(
    "f",
    "Form",
    (
        Section(
            "One",
            (
                Field("name", Kind.TEXT, "Name", ALWAYS, required=True),
                Field("pregnant", Kind.YESNO, "Pregnant", ALWAYS),
                Field("weeks", Kind.INTEGER, "Weeks", ALWAYS, relevant=lambda v: v.get("pregnant") == "yes"),
            ),
        ),
        Section(
            "Late",
            (Field("plan", Kind.TEXT, "Plan", ALWAYS),),
            relevant=lambda v: isinstance(v.get("weeks"), int) and v["weeks"] > 20,
        ),
        Section(
            "Rows",
            (Field("rows", Kind.ROWS, "Rows", ALWAYS, row=(Field("cell", Kind.TEXT, "Cell", ALWAYS),)),),
        ),
    ),
)


def view(
    qtbot: QtBot, context: FormContext, values: Values | None = None, problems: Sequence[Problem] = ()
) -> FormView:
    made = FormView(FORM, context, values, check=lambda given: (given, list(problems)))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def line(form: FormView, name: str) -> QLineEdit:
    editor = form.boxes[name].editor
    assert isinstance(editor, LineEditor)
    return editor.line


def test_what_goes_in_comes_out(qtbot: QtBot, context: FormContext) -> None:
    values = {"name": "A", "pregnant": "yes", "weeks": 30, "plan": "P", "rows": [{"cell": "x"}], "newer": {"kept": 1}}
    assert view(qtbot, context, values).values() == values


def test_sections_unfold_and_fold(qtbot: QtBot, context: FormContext) -> None:
    form = view(qtbot, context)
    assert form.boxes["weeks"].isHidden()
    form.set_value("pregnant", "yes")
    assert not form.boxes["weeks"].isHidden()
    form.set_value("weeks", 25)
    assert not form.boxes["plan"].isHidden()
    form.set_value("plan", "P")
    form.set_value("pregnant", "no")
    assert form.values() == {"pregnant": "no"}, "what is not asked is not answered, through two steps"
    form.set_value("pregnant", "yes")
    assert form.values()["plan"] == "P", "but it comes back while the form is open"


def test_enter_goes_to_the_next_field(qtbot: QtBot, context: FormContext) -> None:
    form = view(qtbot, context)
    form.focus_first()
    qtbot.waitUntil(line(form, "name").hasFocus)
    QTest.keyClick(line(form, "name"), Qt.Key.Key_Return)
    here = QApplication.focusWidget()
    assert here is not None
    assert form.boxes["pregnant"].isAncestorOf(here)
    QTest.keyClick(here, Qt.Key.Key_Return)
    after = QApplication.focusWidget()
    assert after is not None
    assert form.boxes["rows"].isAncestorOf(after), "hidden fields are passed over"


def test_ctrl_enter_asks_for_saving(qtbot: QtBot, context: FormContext) -> None:
    form = view(qtbot, context)
    form.focus_first()
    qtbot.waitUntil(line(form, "name").hasFocus)
    with qtbot.waitSignal(form.save_requested) as saved:
        QTest.keyClick(line(form, "name"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert saved.args == [False]
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(form.save_requested) as saved:
        QTest.keyClick(line(form, "name"), Qt.Key.Key_Return, both)
    assert saved.args == [True]


def test_a_form_without_problems_is_submitted(qtbot: QtBot, context: FormContext) -> None:
    form = view(qtbot, context, {"name": "A"})
    with qtbot.waitSignal(form.submitted) as got:
        form.submit(following=True)
    assert got.args == [{"name": "A"}, True]


def test_an_error_is_said_beside_the_field_and_at_the_top(qtbot: QtBot, context: FormContext) -> None:
    problems = [
        Problem("name", Severity.ERROR, "required", "Say the {what}.", {"what": "name"}),
        Problem("rows[1].cell", Severity.ERROR, "too_long", "Too long."),
    ]
    form = view(qtbot, context, {"rows": [{"cell": "a"}, {"cell": "b"}]}, problems)
    with qtbot.assertNotEmitted(form.submitted):
        form.submit()
    assert form.boxes["name"].problem.text() == "Say the name."
    assert [press.text() for press in form.summary.lines] == ["Name: Say the name.", "Rows: Too long."]
    assert form.summary.accept.isHidden()
    form.summary.lines[1].click()
    rows = form.boxes["rows"].editor
    here = QApplication.focusWidget()
    assert here is not None
    assert rows.isAncestorOf(here)
    assert here.property("invalid") is True
    form.show_problems(())
    assert here.property("invalid") is False
    assert form.summary.isHidden()


def test_a_warning_is_saved_after_sure(qtbot: QtBot, context: FormContext) -> None:
    form = view(qtbot, context, {"name": "A"}, [Problem("name", Severity.WARNING, "odd", "Is it so?")])
    with qtbot.assertNotEmitted(form.submitted):
        form.submit()
    assert not form.summary.accept.isHidden()
    assert form.boxes["name"].problem.property("role") == "doubt"
    with qtbot.waitSignal(form.submitted) as got:
        form.summary.accept.click()
    assert got.args == [{"name": "A"}, False]


def test_an_edit_is_told_once(qtbot: QtBot, context: FormContext) -> None:
    form = view(qtbot, context)
    told: list[int] = []
    form.changed.connect(lambda: told.append(1))
    QTest.keyClick(line(form, "name"), Qt.Key.Key_A)
    assert told == [1]


@pytest.mark.parametrize("width", [400, 700, 1400])
def test_nothing_is_cut_at_any_width(qtbot: QtBot, context: FormContext, width: int) -> None:
    wide = Form(
        "w",
        "Wide",
        (
            Section(
                "S",
                (
                    Field("many", Kind.CODES, "Several", ALWAYS, codes="boxes"),
                    Field("born", Kind.BIRTH, "Born", ALWAYS, hint="A hint of many words. " * 8),
                    Field("yes", Kind.YESNO, "Yes or no", ALWAYS),
                ),
            ),
        ),
    )
    boxes = [Choice(str(number), f"A complaint {number}") for number in range(12)]
    page = Page("A page")
    qtbot.addWidget(page)
    form = FormView(wide, FormContext(lambda _name: boxes, today=context.today))
    page.add(form)
    page.resize(width, 300)
    page.show()
    qtbot.wait(50)
    for shown in form.findChildren(QWidget):
        parent = shown.parentWidget()
        if shown.isVisible() and isinstance(shown, QCheckBox | QPushButton | QLineEdit | WrapLabel):
            assert parent is not None
            assert parent.rect().contains(shown.geometry()), f"{shown.accessibleName()} at {width}"
            assert shown.height() >= shown.minimumSizeHint().height()
