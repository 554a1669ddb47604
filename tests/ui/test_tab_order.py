"""Tab goes through a form as the eye does, also through rows that were added after everything below them."""

from __future__ import annotations

import datetime as dt

from pytestqt.qtbot import QtBot

from app.forms.identity import IDENTITY
from app.ui import focus_order
from app.ui.forms.code_choices import code_choices
from app.ui.forms.context import FormContext
from app.ui.forms.form_view import FormView
from app.ui.forms.rows_editor import RowsEditor


def test_an_added_row_stands_before_its_button_and_what_follows(qtbot: QtBot) -> None:
    context = FormContext(code_choices, lambda _kind, _typed: (), lambda: dt.date(2026, 11, 22))
    view = FormView(IDENTITY, context, {})
    qtbot.addWidget(view)
    view.show()
    rows = view.boxes["names"].editor
    assert isinstance(rows, RowsEditor)
    rows.add_row()
    rows.add_row()
    first = view.boxes["person"].editor.stops()[0]
    cells = [row.boxes[0].editor.stops()[0] for row in rows.rows]
    passport = view.boxes["passport"].editor.stops()[0]
    reached = list(focus_order.stops(view))
    order = [reached.index(one) for one in [first, *cells, rows.plus, passport]]
    assert order == sorted(order)
