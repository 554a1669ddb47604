"""Each kind of field: what is typed comes out as the spec's value, and what is put in comes out unchanged."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app import i18n
from app.forms.spec import Field, Kind, Leaves, Severity
from app.ui.forms.birth_editor import BirthEditor
from app.ui.forms.code_choices import code_choices
from app.ui.forms.code_editor import CodeEditor
from app.ui.forms.codes_editor import Boxes, CodesEditor, Tags
from app.ui.forms.context import FormContext
from app.ui.forms.date_editors import DateEditor, TimeEditor
from app.ui.forms.editor import Editor, LineEditor
from app.ui.forms.editors import Editors
from app.ui.forms.money_editor import MoneyEditor
from app.ui.forms.number_editors import canonical_decimal
from app.ui.forms.ref_editor import RefEditor
from app.ui.forms.rows_editor import RowsEditor
from app.ui.forms.search_combo import SearchCombo
from app.ui.forms.unread import unread
from app.ui.forms.yesno_editor import YesNoEditor

CELL = Field("drug", Kind.TEXT, "Drug", Leaves.ALWAYS)
DOSE = Field("dose", Kind.INTEGER, "Dose", Leaves.ALWAYS, relevant=lambda values: "drug" in values)


def field(kind: Kind, codes: str = "few") -> Field:
    return Field("it", kind, "It", Leaves.ALWAYS, codes=codes, ref="agency", currency_field="cur", row=(CELL, DOSE))


def make(qtbot: QtBot, context: FormContext, kind: Kind, codes: str = "few") -> Editor:
    made = Editors(filter_by={"it": "oblast"} if codes == "raions" else {}).make(field(kind, codes), context)
    qtbot.addWidget(made)
    return made


ROUND_TRIPS = [
    (Kind.TEXT, "few", "Ľ <b>Алена</b> & co"),
    (Kind.LONG, "few", "one\ntwo"),
    (Kind.CODE, "few", "b"),
    (Kind.CODE, "many", "c150"),
    (Kind.CODE, "few", "from-a-newer-list"),
    (Kind.CODE, "many", "from-a-newer-list"),
    (Kind.CODES, "few", ["a", "c"]),
    (Kind.CODES, "few", ["a", "strange"]),
    (Kind.CODES, "many", ["c3", "c7", "strange"]),
    (Kind.DATE, "few", "2026"),
    (Kind.DATE, "few", "2026-03"),
    (Kind.DATE, "few", "2026-03-09"),
    (Kind.BIRTH, "few", "1994-02"),
    (Kind.BIRTH, "few", {"age": 30, "on": "2025-12-31"}),
    (Kind.TIME, "few", "2026-03-09T14:30"),
    (Kind.INTEGER, "few", -12),
    (Kind.INTEGER, "few", 0),
    (Kind.DECIMAL, "few", "36.6"),
    (Kind.MONEY, "few", 123456),
    (Kind.MONEY, "few", 5),
    (Kind.YESNO, "few", "declined"),
    (Kind.YESNO, "few", "perhaps"),
    (Kind.REF, "few", "id-2"),
    (Kind.REF, "few", "id-unknown"),
    (Kind.ROWS, "few", [{"drug": "A", "dose": 2}, {"drug": "B", "new": "kept"}]),
]


@pytest.mark.parametrize(("kind", "codes", "value"), ROUND_TRIPS)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_value_comes_back_unchanged(
    qtbot: QtBot, context: FormContext, kind: Kind, codes: str, value: object, language: str
) -> None:
    if language == "ru":
        try:
            i18n.set_language("ru")
        except FileNotFoundError:
            pytest.skip("the Russian catalogue is not compiled")
    editor = make(qtbot, context, kind, codes)
    assert editor.value() is None
    editor.set_value(value)
    assert editor.value() == value
    # Focus in and out (a nurse who walks through the form with Tab) changes nothing.
    editor.show()
    for stop in editor.stops():
        stop.setFocus()
        QTest.keyClick(stop, Qt.Key.Key_Tab)
    assert editor.value() == value
    editor.set_value(None)
    assert editor.value() is None


@pytest.mark.parametrize(("kind", "codes", "value"), ROUND_TRIPS)
def test_setting_a_value_is_silent(qtbot: QtBot, context: FormContext, kind: Kind, codes: str, value: object) -> None:
    editor = make(qtbot, context, kind, codes)
    with qtbot.assertNotEmitted(editor.changed):
        editor.set_value(value)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Kind.TEXT, "  two  blanks ", "two blanks"),
        (Kind.DATE, "0903", "2026-03-09"),
        (Kind.DATE, "09.03.26", "2026-03-09"),
        (Kind.DATE, "вчера", "2026-03-08"),
        (Kind.DATE, "31.02.2026", "31.02.2026"),
        (Kind.INTEGER, "1 200", 1200),
        (Kind.INTEGER, "many", "many"),
        (Kind.DECIMAL, "36,60", "36.6"),
        (Kind.DECIMAL, "36,6,1", "36,6,1"),
        (Kind.MONEY, "1 234,5", 123450),
        (Kind.MONEY, "ten", "ten"),
    ],
)
def test_typed_text_is_read_or_kept(
    qtbot: QtBot, context: FormContext, kind: Kind, typed: str, value: object
) -> None:
    editor = make(qtbot, context, kind)
    line = (
        editor.date.line
        if isinstance(editor, DateEditor)
        else editor.line
        if isinstance(editor, LineEditor)
        else None
    )
    assert line is not None
    with qtbot.waitSignal(editor.changed):
        QTest.keyClicks(line, "x") if not typed.isascii() else QTest.keyClicks(line, typed)
    if not typed.isascii():
        line.setText(typed)
    assert editor.value() == value


def test_raions_follow_their_oblast(qtbot: QtBot, context: FormContext) -> None:
    editor = make(qtbot, context, Kind.CODE, "raions")
    assert isinstance(editor, CodeEditor)
    editor.watch({"oblast": "1"})
    assert editor.combo.count() == 21
    editor.set_value("1-7")
    editor.watch({"oblast": "1", "other": 1})
    assert editor.value() == "1-7"
    editor.watch({"oblast": "2"})
    assert editor.value() is None
    editor.set_value("unknown-raion")
    editor.watch({"oblast": "1"})
    assert editor.value() == "unknown-raion"


def test_a_long_list_is_searched_by_any_part(qtbot: QtBot, context: FormContext) -> None:
    editor = make(qtbot, context, Kind.CODE, "many")
    assert isinstance(editor, CodeEditor)
    assert isinstance(editor.combo, SearchCombo)
    editor.show()
    QTest.keyClicks(editor.combo.line, "try 150")
    editor.combo.line.editingFinished.emit()
    assert editor.value() == "c150"
    editor.combo.line.setText("nonsense")
    editor.combo.line.editingFinished.emit()
    assert editor.value() == ("typed", "nonsense"), "kept, and never taken for an answer"
    editor.set_value(["typed", "nonsense"])
    assert editor.combo.line.text() == "nonsense", "as a draft gives it back"
    editor.combo.line.clear()
    editor.combo.line.editingFinished.emit()
    assert editor.value() is None


def test_typed_text_in_tags_becomes_a_tag_or_stays(qtbot: QtBot, context: FormContext) -> None:
    editor = make(qtbot, context, Kind.CODES, "many")
    assert isinstance(editor, CodesEditor)
    editor.show()
    line = editor.inner.findChild(QLineEdit)
    assert line is not None
    QTest.keyClicks(line, "try 150")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert editor.value() == ["c150"]
    assert line.text() == ""
    QTest.keyClicks(line, "Atlantis")
    line.editingFinished.emit()
    assert editor.value() == ["c150", ("typed", "Atlantis")]
    assert line.text() == "Atlantis"
    again = make(qtbot, context, Kind.CODES, "many")
    again.set_value(["c150", ["typed", "Atlantis"]])
    assert again.value() == editor.value()


def test_enter_takes_the_first_entry_with_a_word_that_begins_so(qtbot: QtBot, context: FormContext) -> None:
    editor = make(qtbot, context, Kind.CODE, "many")
    assert isinstance(editor, CodeEditor)
    assert isinstance(editor.combo, SearchCombo)
    editor.show()
    editor.combo.line.setFocus()
    QTest.keyClicks(editor.combo.line, "15")
    QTest.keyClick(editor.combo.line, Qt.Key.Key_Return)
    assert editor.value() == "c150"


def test_enter_takes_the_entry_that_was_typed_in_full_before_a_longer_one(qtbot: QtBot) -> None:
    combo = SearchCombo()
    qtbot.addWidget(combo)
    combo.addItems(["Red Cross, Vitebsk oblast", "Red Cross, Vitebsk"])
    combo.setCurrentIndex(-1)
    combo.show()
    combo.line.setFocus()
    QTest.keyClicks(combo.line, "red cross, vitebsk")
    QTest.keyClick(combo.line, Qt.Key.Key_Return)
    assert combo.currentIndex() == 1
    QTest.keyClicks(combo.line, "red cross, vitebsk o")
    assert combo.line.text() == "red cross, vitebsk o", "what is typed next replaces the entry"


def type_into(line: QLineEdit, text: str) -> None:
    """Cyrillic letters as well, which ``QTest`` cannot press."""
    for letter in text:
        press = QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(line, press)


@pytest.mark.parametrize("typed", ["рус", "Российская Федерация", "РФ", "ru", "russia", "Расія"])
def test_a_country_is_found_by_what_people_call_it(qtbot: QtBot, typed: str) -> None:
    """By "рус" Russia is meant, not Belarus, which holds it in the middle and may be chosen already."""
    i18n.set_language("ru")
    editor = make(qtbot, FormContext(choices=code_choices), Kind.CODES, "countries")
    editor.set_value(["BY"])
    editor.show()
    line = editor.stops()[0].findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    type_into(line, typed)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert editor.value() == ["BY", "RU"]
    assert not line.text()


@pytest.mark.parametrize("typed", ["ыщ", "елару"])
def test_what_enter_cannot_take_stays_in_the_line(qtbot: QtBot, typed: str) -> None:
    """Also where the only entry that holds it is chosen already: nothing typed vanishes without a word."""
    i18n.set_language("ru")
    editor = make(qtbot, FormContext(choices=code_choices), Kind.CODES, "countries")
    editor.set_value(["BY"])
    editor.show()
    line = editor.stops()[0].findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    type_into(line, typed)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == typed
    assert editor.value() == ["BY", unread(typed)]


def test_enter_goes_on_from_a_text_of_several_lines(qtbot: QtBot, context: FormContext) -> None:
    editor = make(qtbot, context, Kind.LONG)
    text = editor.stops()[0]
    QTest.keyClicks(text, "one")
    QTest.keyClick(text, Qt.Key.Key_Return)
    QTest.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(text, "two")
    assert editor.value() == "one\ntwo"


def test_the_wheel_never_changes_an_answer(qtbot: QtBot, context: FormContext) -> None:
    editor = make(qtbot, context, Kind.CODE)
    assert isinstance(editor, CodeEditor)
    editor.set_value("b")
    editor.show()
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(editor.combo, wheel)
    assert editor.value() == "b"


def test_short_lists_are_boxes_and_long_ones_tags(qtbot: QtBot, context: FormContext) -> None:
    few, many = make(qtbot, context, Kind.CODES), make(qtbot, context, Kind.CODES, "many")
    assert isinstance(few, CodesEditor)
    assert isinstance(many, CodesEditor)
    assert isinstance(few.inner, Boxes)
    assert isinstance(many.inner, Tags)
    many.set_value(["c7", "c3"])
    assert many.value() == ["c3", "c7"], "in the order of the list"


def test_birth_by_age_is_as_of_today(qtbot: QtBot, context: FormContext) -> None:
    editor = make(qtbot, context, Kind.BIRTH)
    assert isinstance(editor, BirthEditor)
    editor.show()
    editor.by_age.click()
    QTest.keyClicks(editor.age, "30")
    assert editor.value() == {"age": 30, "on": "2026-03-09"}
    editor.by_date.click()
    assert editor.value() is None


def test_time_without_an_hour_keeps_the_day(qtbot: QtBot, context: FormContext) -> None:
    editor = make(qtbot, context, Kind.TIME)
    assert isinstance(editor, TimeEditor)
    QTest.keyClicks(editor.date.line, "09.03.2026")
    assert editor.value() == "2026-03-09"
    QTest.keyClicks(editor.clock, "9.05")
    assert editor.value() == "2026-03-09T09:05"


@pytest.mark.parametrize(("typed", "hour"), [("1430", "14:30"), ("14-30", "14:30"), ("9", "09:00"), ("905", "09:05")])
def test_an_hour_alone_belongs_to_the_day_of_the_form(
    qtbot: QtBot, context: FormContext, typed: str, hour: str
) -> None:
    editor = make(qtbot, context, Kind.TIME)
    assert isinstance(editor, TimeEditor)
    QTest.keyClicks(editor.clock, typed)
    assert editor.value() == f"T{hour}", "no day is made up"
    editor.watch({"on": "2026-03-09"})
    assert editor.value() == f"2026-03-09T{hour}"


def test_money_follows_its_currency(qtbot: QtBot, context: FormContext) -> None:
    editor = make(qtbot, context, Kind.MONEY)
    assert isinstance(editor, MoneyEditor)
    editor.line.setText("100")
    assert editor.value() == 10_000
    editor.watch({"cur": "BYR"})
    assert editor.value() == 100
    assert editor.unit.text() == "BYR"


def test_an_answer_can_be_taken_back(qtbot: QtBot, context: FormContext) -> None:
    editor = make(qtbot, context, Kind.YESNO)
    assert isinstance(editor, YesNoEditor)
    editor.buttons["no"].click()
    assert editor.value() == "no"
    editor.buttons["yes"].click()
    assert editor.value() == "yes"
    editor.buttons["yes"].click()
    assert editor.value() is None


def test_a_reference_is_found_by_any_part(qtbot: QtBot, context: FormContext) -> None:
    editor = make(qtbot, context, Kind.REF)
    assert isinstance(editor, RefEditor)
    editor.show()
    QTest.keyClicks(editor.line, "clin")
    assert editor.value() == ("typed", "clin"), "not yet a reference"
    editor.line.editingFinished.emit()
    assert editor.value() == "id-3"
    assert editor.line.text() == "Legal clinic"


def test_rows_are_added_and_taken_away(qtbot: QtBot, context: FormContext) -> None:
    editor = make(qtbot, context, Kind.ROWS)
    assert isinstance(editor, RowsEditor)
    editor.show()
    editor.plus.click()
    assert editor.value() is None, "an empty row is nothing"
    row = editor.rows[0]
    assert row.boxes[1].isHidden(), "the dose is not relevant without a drug"
    line = row.boxes[0].editor
    assert isinstance(line, LineEditor)
    QTest.keyClicks(line.line, "A")
    assert not row.boxes[1].isHidden()
    assert editor.value() == [{"drug": "A"}]
    row.removed.emit()
    assert editor.value() is None


@pytest.mark.parametrize("kind", list(Kind))
def test_every_stop_has_an_accessible_name(qtbot: QtBot, context: FormContext, kind: Kind) -> None:
    editor = make(qtbot, context, kind)
    assert all(stop.accessibleName() for stop in editor.stops())


def test_a_problem_is_told_to_screen_readers(qtbot: QtBot, context: FormContext) -> None:
    editor = make(qtbot, context, Kind.TEXT)
    editor.set_problem("Say it.", Severity.ERROR)
    assert editor.stops()[0].accessibleDescription() == "Say it."
    assert editor.stops()[0].property("invalid") is True
    editor.set_problem("")
    assert editor.stops()[0].property("invalid") is False


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("36,60", "36.6"),
        ("-0,0", "0"),
        ("007", "7"),
        ("1 000,5", "1000.5"),
        ("\u22122", "-2"),
        ("1e5", None),
        ("", None),
        ("٣", None),
    ],
)
def test_decimals(typed: str, value: str | None) -> None:
    assert canonical_decimal(typed) == value
