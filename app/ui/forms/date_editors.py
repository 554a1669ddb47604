"""DATE and TIME: typed as people type (0903, 09.03, 09.03.26, 2026, "вчера"), read back in words beside the field."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.forms import partial
from app.forms.spec import Field, Values
from app.i18n import _
from app.ui.dates import long_date, short_date
from app.ui.forms.context import FormContext
from app.ui.forms.day_picker import DayPicker
from app.ui.forms.editor import Editor
from app.ui.forms.unit_line import fit
from app.ui.widgets.buttons import icon_button
from app.ui.widgets.text import label

_CLOCK: Final = re.compile(r"(\d{1,2})(?:[:., -]?(\d{2}))?", re.ASCII)


class DateLine(QWidget):
    """The line, the calendar button and the reading in words; shared by DATE, TIME and BIRTH."""

    def __init__(self, context: FormContext, *, birth: bool = False) -> None:
        super().__init__()
        self._context = context
        self._birth = birth
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("dd.mm.yyyy"))
        fit(self.line, 140)
        self.words = label("", "sub")
        self.calendar = icon_button("calendar", _("Choose from a calendar"), self._open)
        # Typing is the quick way; the calendar must not stand between two fields on the way of Tab.
        self.calendar.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.line)
        row.addWidget(self.calendar)
        row.addSpacing(4)
        row.addWidget(self.words, 1)
        self.line.textChanged.connect(self._read)
        self.line.editingFinished.connect(self._settle)
        self.setFocusProxy(self.line)

    def value(self) -> str | None:
        """The partial date, what was typed where it is none, or None."""
        typed = self.line.text().strip()
        return (self._context.parse_date(typed, birth=self._birth) or typed) if typed else None

    def show_value(self, value: object | None) -> None:
        """Show a kept date in its short form; anything else verbatim."""
        text = "" if value is None else str(value)
        self.line.setText(short_date(text) if partial.is_partial(text) else text)

    def _read(self) -> None:
        value = self.value()
        self.words.setText(long_date(value) if value and partial.is_partial(value) else "")

    def _settle(self) -> None:
        value = self.value()
        if value and partial.is_partial(value):
            self.line.setText(short_date(value))

    def _open(self) -> None:
        picker = DayPicker(self, self.value() or "", self._context.today())
        picker.picked.connect(self._picked)
        picker.show_below(self.line)

    def _picked(self, day: str) -> None:
        self.show_value(day)
        self.line.setFocus()
        self.line.textEdited.emit(self.line.text())


class DateEditor(Editor):
    """DATE: what is known, never a made-up day."""

    def __init__(self, field: Field, context: FormContext) -> None:
        super().__init__(field, context)
        self.date = DateLine(context)
        self.name_widget(self.date.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.date)
        self.date.line.textEdited.connect(self.changed)
        self.setFocusProxy(self.date.line)

    def value(self) -> object | None:
        return self.date.value()

    def set_value(self, value: object | None) -> None:
        self.date.show_value(value)


class TimeEditor(Editor):
    """TIME: a day and an hour, local. ``1430``, ``14.30``, ``14-30`` and ``14`` are hours; the day of the form
    (``on``), if it has one, stands there already: only the hour is asked, and without it there is no answer."""

    def __init__(self, field: Field, context: FormContext) -> None:
        super().__init__(field, context)
        self._day_of_form = ""
        self.date = DateLine(context)
        self.name_widget(self.date.line, _("day"))
        self.clock = QLineEdit()
        self.clock.setPlaceholderText(_("hh:mm"))
        fit(self.clock, 80)
        self.name_widget(self.clock, _("time"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.date)
        row.addWidget(self.clock)
        row.addStretch(1)
        for line in (self.date.line, self.clock):
            line.textEdited.connect(self.changed)
        self.setFocusProxy(self.date.line)

    def value(self) -> object | None:
        day, typed = self.date.value(), self.clock.text().strip()
        if not day and not typed:
            return None
        if not typed:
            return None if day == self._day_of_form else day
        found = _CLOCK.fullmatch(typed)
        hour = f"{int(found[1]):02d}:{found[2] or '00'}" if found else typed
        return f"{day or ''}T{hour}"

    def set_value(self, value: object | None) -> None:
        day, _sign, hour = ("" if value is None else str(value)).partition("T")
        self.date.show_value(day or self._day_of_form or None)
        self.clock.setText(hour)

    def watch(self, values: Values) -> None:
        """Follow the day of the form, until another day is typed here."""
        on = values.get("on")
        if not isinstance(on, str) or not partial.day(on) or on == self._day_of_form:
            return
        before, self._day_of_form = self._day_of_form, on
        if (self.date.value() or "") == before and not self.date.line.hasFocus():
            self.date.show_value(on)

    def stops(self) -> list[QWidget]:
        given = self._day_of_form and self.date.value() == self._day_of_form
        return [self.clock] if given else [self.date.line, self.clock]

    def marked(self) -> list[QWidget]:
        return [self.date.line, self.clock]
