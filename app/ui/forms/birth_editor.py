"""BIRTH: a date as far as it is known, or an age estimated on a day."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.forms.spec import Field
from app.i18n import _
from app.ui import theme
from app.ui.dates import short_date
from app.ui.forms.context import FormContext
from app.ui.forms.date_editors import DateLine
from app.ui.forms.editor import Editor
from app.ui.forms.unit_line import fit
from app.ui.widgets.buttons import segment_button
from app.ui.widgets.flow import Flow
from app.ui.widgets.text import label


class BirthEditor(Editor):
    """Two ways to answer: "date or year", or "about so many years old" (with the day on which that was said)."""

    def __init__(self, field: Field, context: FormContext) -> None:
        super().__init__(field, context)
        self._on = ""
        self.date = DateLine(context, birth=True)
        self.date.line.setPlaceholderText(_("day, month or year only"))
        fit(self.date.line, 200)
        self.name_widget(self.date.line)
        self.age = QLineEdit()
        self.age.setFixedWidth(theme.px(80))
        self.age.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.name_widget(self.age, _("age in years"))
        self.said = label("", "sub")
        self.by_date = segment_button(_("Date or year"))
        self.by_age = segment_button(_("Age, about"))
        self.by_date.setChecked(True)
        choice = Flow(6)
        choice.add(self.by_date)
        choice.add(self.by_age)
        self._aged = QWidget()
        aged = QHBoxLayout(self._aged)
        aged.setContentsMargins(0, 0, 0, 0)
        aged.addWidget(self.age)
        aged.addWidget(self.said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(choice)
        column.addWidget(self.date)
        column.addWidget(self._aged)
        self._aged.hide()
        self.by_date.clicked.connect(self._take_date)
        self.by_age.clicked.connect(self._take_age)
        self.date.line.textEdited.connect(self.changed)
        self.age.textEdited.connect(self._age_typed)
        self.setFocusProxy(self.date.line)

    def value(self) -> object | None:
        if not self.by_age.isChecked():
            return self.date.value()
        typed = self.age.text().strip()
        if not typed:
            return None
        if not (typed.isascii() and typed.isdecimal()):
            return typed
        return {"age": int(typed), "on": self._on or self.context.today().isoformat()}

    def set_value(self, value: object | None) -> None:
        aged = isinstance(value, Mapping)
        self._on = str(value.get("on", "")) if isinstance(value, Mapping) else ""
        self.age.setText(str(value.get("age", "")) if isinstance(value, Mapping) else "")
        self.date.show_value(None if aged else value)
        self._turn(aged=aged)

    def stops(self) -> list[QWidget]:
        return [self.age if self.by_age.isChecked() else self.date.line]

    def marked(self) -> list[QWidget]:
        return [self.date.line, self.age]

    def _take_date(self) -> None:
        self._turn(aged=False)
        self.date.line.setFocus()
        self.changed.emit()

    def _take_age(self) -> None:
        self._turn(aged=True)
        self.age.setFocus()
        self.changed.emit()

    def _age_typed(self) -> None:
        # A new age is known as of today, whatever the day of the one before.
        self._on = self.context.today().isoformat()
        self._turn(aged=True)
        self.changed.emit()

    def _turn(self, *, aged: bool) -> None:
        self.by_age.setChecked(aged)
        self.by_date.setChecked(not aged)
        self.date.setVisible(not aged)
        self._aged.setVisible(aged)
        self.setFocusProxy(self.age if aged else self.date.line)
        on = self._on or self.context.today().isoformat()
        self.said.setText(_("years, as of {day}").format(day=short_date(on)))
