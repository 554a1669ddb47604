"""Every form on screen, in three languages: opened without a mark, nothing cut, dates as people type them."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from app import codelists, i18n
from app.forms.catalogue import all_forms
from app.forms.spec import Form
from app.ui.forms.context import FormContext
from app.ui.forms.form_view import FormView
from app.ui.forms.unit_line import UnitLine
from app.ui.records.forms import asked, make_view
from app.ui.widgets.page import Page
from tests.ui.screen_fixtures import show

FORMS = {form.name: form for form in all_forms()}
ROOM_OF_THE_ARROW = 40


def today() -> dt.date:
    return dt.date(2026, 11, 20)


def on_screen(qtbot: QtBot, form: Form) -> tuple[Page, FormView]:
    """The form with every question open, in a page as wide as a small screen leaves it."""
    view = make_view(asked(form), {}, today)
    page = Page("Page")
    page.add(view)
    show(qtbot, page, 940, 700)
    for box in view.boxes.values():
        box.show()
        if (around := box.parentWidget()) is not None:
            around.show()
    qtbot.wait(20)
    return page, view


def is_cut(line: QLineEdit) -> bool:
    shown = line.placeholderText()
    around = line.parentWidget()
    room = around.width() - ROOM_OF_THE_ARROW if isinstance(around, QComboBox) else line.width() - 16
    return bool(shown) and line.fontMetrics().horizontalAdvance(shown) > room


def hides_number(line: QLineEdit) -> bool:
    if not isinstance(line, UnitLine) or not line.unit.text():
        return False
    taken = line.textMargins().right() + 20
    return line.width() - taken < line.fontMetrics().horizontalAdvance("00000")


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("name", list(FORMS))
def test_nothing_is_cut_and_nothing_is_marked(qtbot: QtBot, name: str, language: str) -> None:
    i18n.set_language(language)
    _page, view = on_screen(qtbot, FORMS[name])
    assert not any(box.severity for box in view.boxes.values())
    lines = [line for line in view.findChildren(QLineEdit) if line.isVisible()]
    assert [line.placeholderText() for line in lines if is_cut(line)] == []
    assert [line.accessibleName() for line in lines if hides_number(line)] == []
    unnamed = [one for box in view.boxes.values() for one in box.editor.stops() if not one.accessibleName()]
    assert unnamed == []


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_unit_leaves_room_for_a_number(qtbot: QtBot, language: str) -> None:
    for entry in codelists.get("units"):
        line = UnitLine()
        qtbot.addWidget(line)
        line.show_unit(entry.labels[language])
        line.setFixedWidth(60)
        assert hides_number(line), "the check sees a line that is too narrow"
        line.fit_number(148)
        assert not hides_number(line), entry.labels[language]


@pytest.mark.parametrize(
    ("typed", "clock", "read"),
    [
        ("0903", "2026-11-20", "2026-03-09"),
        ("09.03", "2026-11-20", "2026-03-09"),
        ("09.03.26", "2026-11-20", "2026-03-09"),
        ("вчера", "2026-11-20", "2026-11-19"),
        ("учора", "2026-11-20", "2026-11-19"),
        ("yesterday", "2026-11-20", "2026-11-19"),
        ("03.2026", "2026-11-20", "2026-03"),
        ("2026", "2026-11-20", "2026"),
        ("31.02.2026", "2026-11-20", None),
        ("09.03.26", "1970-01-01", "2026-03-09"),
        ("09.03.2026", "1970-01-01", "2026-03-09"),
        ("сегодня", "1970-01-02", "1970-01-02"),
        ("09.03.26", "2040-06-01", "2026-03-09"),
        ("март 2026", "2040-06-01", "2026-03"),
    ],
)
def test_dates_as_people_type_them_on_right_and_wrong_clocks(typed: str, clock: str, read: str | None) -> None:
    context = FormContext(lambda _name: (), today=lambda: dt.date.fromisoformat(clock))
    assert context.parse_date(typed) == read
