"""Another day and time for an appointment, asked at the place where one said that it is moved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.forms.catalogue import form_for_kind
from app.i18n import _
from app.ui.forms.context import FormContext
from app.ui.forms.editor import Editor
from app.ui.forms.editors import Editors
from app.ui.widgets.buttons import button, primary_button
from app.ui.widgets.card import Card
from app.ui.widgets.flow import Flow
from app.ui.widgets.text import WrapLabel
from app.usecases.agenda import AgendaRow


class MoveBar(Card):
    """Hidden until ``ask(row)``; ``moved(row, moment)`` when the new day is said."""

    moved = Signal(object, str)

    def __init__(self, context: FormContext) -> None:
        super().__init__()
        self._row: AgendaRow | None = None
        self.question = WrapLabel("", "strong")
        field = form_for_kind("appointment").field("at")
        self.editor: Editor = Editors().make(field, context)
        self.yes = primary_button(_("Move it"), "check", self._move)
        self.no = button(_("Leave as it is"), "", self.hide)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        presses = Flow(8)
        presses.add(self.yes)
        presses.add(self.no)
        for part in (self.question, self.editor, presses):
            column.addWidget(part)
        self.add(holder)
        self.hide()

    def ask(self, row: AgendaRow) -> None:
        """Ask for the new day of ``row``; the old one stands there to be changed."""
        self._row = row
        self.question.setText(_("Moved to which day and time? {code} · {what}").format(code=row.code, what=row.what))
        self.editor.set_value(row.on)
        self.show()
        self.editor.stops()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.no.click if self.no.hasFocus() else self._move)()
        else:
            super().keyPressEvent(event)

    def _move(self) -> None:
        value = self.editor.value()
        if self._row is not None and isinstance(value, str) and value != self._row.on:
            self.hide()
            self.moved.emit(self._row, value)
        else:
            self.editor.stops()[0].setFocus(Qt.FocusReason.OtherFocusReason)
