"""A form as it is typed into: kept within two seconds, back with the cursor in the word, one record for two saves."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.forms.catalogue import form_for_kind
from app.ui.records import draft_keeper
from app.ui.records.edit_page import EditPage
from app.ui.records.forms import asked, make_view
from app.usecases.drafts import Draft, Drafts
from tests.ui.screen_fixtures import Centre, show


class CaseForm(EditPage):
    """A case, as a screen would show it."""

    def __init__(self, centre: Centre, drafts: Drafts, person: uuid.UUID) -> None:
        super().__init__(centre.window, drafts, "Case")
        self.centre, self.person = centre, person
        self.route, self.arguments = "case_edit", {"person": person}
        self.saves = 0
        self.show_case({"opened_on": "2026-11-20"})

    def show_case(self, values: Mapping[str, Any]) -> None:
        self.show_forms("case", [make_view(asked(form_for_kind("case")), values, self.centre.today)])

    def rebuild(self) -> None:
        self.clear()
        self.show_case({"opened_on": "2026-11-20"})

    def store(self, *, sure: bool) -> None:
        self.saves += 1
        self.centre.cases.save(self.person, self.values(), sure=sure)

    def plain(self, name: str) -> QPlainTextEdit:
        found = self.views[0].boxes[name].editor.stops()[0]
        assert isinstance(found, QPlainTextEdit)
        return found

    def line(self, name: str) -> QLineEdit:
        found = self.views[0].boxes[name].editor.stops()[0]
        assert isinstance(found, QLineEdit)
        return found


def opened(qtbot: QtBot, centre: Centre, person: uuid.UUID, drafts: Drafts | None = None) -> CaseForm:
    page = CaseForm(centre, drafts or centre.drafts, person)
    show(qtbot, page)
    page.entered()
    return page


def long_field(page: CaseForm) -> str:
    return next(
        name for name, box in page.views[0].boxes.items() if isinstance(box.editor.stops()[0], QPlainTextEdit)
    )


def typed_into(qtbot: QtBot, page: CaseForm, text: str) -> QPlainTextEdit:
    box = page.plain(long_field(page))
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    QTest.keyClicks(box, text)
    return box


def kept_text(centre: Centre, name: str) -> str:
    found = Drafts(centre.desk).load("case")
    return str(found.contents["forms"][0].get(name, "")) if found else ""


def test_a_pause_is_enough(qtbot: QtBot, centre: Centre) -> None:
    page = opened(qtbot, centre, centre.person())
    name = long_field(page)
    typed_into(qtbot, page, "half a wor")
    assert kept_text(centre, name) == ""
    qtbot.waitUntil(lambda: kept_text(centre, name) == "half a wor", timeout=2000)


def test_without_a_pause_it_is_kept_within_two_seconds(qtbot: QtBot, centre: Centre) -> None:
    page = opened(qtbot, centre, centre.person())
    name = long_field(page)
    box = typed_into(qtbot, page, "")
    for _number in range(20):
        QTest.keyClicks(box, "a")
        qtbot.wait(100)
    assert len(kept_text(centre, name)) >= 10


def test_a_form_that_was_only_opened_or_emptied_again_leaves_no_draft(qtbot: QtBot, centre: Centre) -> None:
    page = opened(qtbot, centre, centre.person())
    page.leaving()
    assert not centre.drafts.list()
    box = typed_into(qtbot, page, "a")
    page.leaving()
    assert centre.drafts.list()
    QTest.keyClick(box, Qt.Key.Key_Backspace)
    page.leaving()
    assert not centre.drafts.list()


def test_the_same_text_is_not_written_twice(qtbot: QtBot, centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(qtbot, centre, centre.person())
    typed_into(qtbot, page, "abc")
    written: list[Draft] = []
    real = Drafts.keep

    def keep(drafts: Drafts, draft: Draft) -> None:
        written.append(draft)
        real(drafts, draft)

    monkeypatch.setattr(Drafts, "keep", keep)
    page.leaving()
    page.leaving()
    assert len(written) == 1


def test_it_comes_back_with_the_cursor_in_the_word(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    page = opened(qtbot, centre, person)
    name = long_field(page)
    box = typed_into(qtbot, page, "first line")
    QTest.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(box, "second wo ")
    QTest.keyClick(box, Qt.Key.Key_Left)
    QTest.keyClick(box, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    page.leaving()
    (line,) = centre.drafts.list()
    assert (line.route, line.arguments, line.subject) == ("case_edit", {"person": person}, person)
    page.close()
    again = opened(qtbot, centre, person, Drafts(centre.desk))
    found = again.plain(name)
    qtbot.waitUntil(found.hasFocus)
    assert found.toPlainText() == "first line\nsecond wo ", "with the blank at the end, which a record would not keep"
    cursor = found.textCursor()
    assert (cursor.anchor(), cursor.position()) == (len("first line\nsecond wo"), len("first line\nsecond w"))


def test_a_date_half_typed_is_half_typed_again(qtbot: QtBot, centre: Centre) -> None:
    page = opened(qtbot, centre, centre.person())
    line = page.line("opened_on")
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    line.selectAll()
    QTest.keyClicks(line, "12.0")
    page.leaving()
    page.close()
    again = opened(qtbot, centre, page.person, Drafts(centre.desk))
    qtbot.waitUntil(again.line("opened_on").hasFocus)
    assert (again.line("opened_on").text(), again.line("opened_on").cursorPosition()) == ("12.0", 4)


def test_an_old_place_of_the_hand_brings_no_old_text(qtbot: QtBot, centre: Centre) -> None:
    page = opened(qtbot, centre, centre.person())
    name = long_field(page)
    typed_into(qtbot, page, "old text")
    state = page.snapshot()
    page.forget()
    page.views[0].set_value(name, "new text")
    page.restore(state)
    assert page.plain(name).toPlainText() == "new text"


def test_two_clicks_make_one_record_and_leave_no_draft(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    page = opened(qtbot, centre, person)
    typed_into(qtbot, page, "a note")
    page.leaving()
    QTest.mouseDClick(page.save_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.save_button, Qt.MouseButton.LeftButton)
    box = page.plain(long_field(page))
    for _twice in range(2):
        QTest.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.saves == 1
    assert len(centre.cases.of_person(person)) == 1
    page.leaving()
    assert not centre.drafts.list()


def test_a_refused_save_keeps_what_was_typed(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    page = opened(qtbot, centre, person)
    typed_into(qtbot, page, "a note")
    line = page.line("opened_on")
    line.setText("31.02.2026")
    line.textEdited.emit("31.02.2026")
    page.save()
    assert not centre.cases.of_person(person)
    assert kept_text(centre, "opened_on") == "31.02.2026"


def test_a_full_disk_is_told_once_and_the_text_stays(
    qtbot: QtBot, centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(qtbot, centre, centre.person())

    def full(_drafts: Drafts) -> None:
        raise UserError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(Drafts, "write", full)
        box = typed_into(qtbot, page, "abc")
        page.leaving()
        assert "The disk is full." in page.banner.text()
        page.say("")
        QTest.keyClicks(box, "def")
        page.leaving()
        assert page.banner.text() == "", "told once"
    assert box.toPlainText() == "abcdef"
    QTest.keyClicks(box, "g")
    page.leaving()
    assert kept_text(centre, long_field(page)) == "abcdefg"


def test_two_seconds_are_promised() -> None:
    assert draft_keeper.PAUSE_MS < draft_keeper.LATEST_MS < 2000
