"""Editors for text: one line, and several lines."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout

from app.forms.spec import Field
from app.forms.text import clean, clean_line
from app.i18n import _, translate
from app.ui import theme
from app.ui.forms.context import FormContext
from app.ui.forms.editor import Editor, LineEditor


class TextEditor(LineEditor):
    """TEXT: one line."""

    def value(self) -> object | None:
        return clean_line(self.line.text()) or None

    def set_value(self, value: object | None) -> None:
        self.line.setText("" if value is None else str(value))


class Lines(QPlainTextEdit):
    """Enter goes on to the next field, as in every other field of a form; Shift+Enter is a new line."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.insertPlainText("\n")
            self.ensureCursorVisible()
        else:
            # An ignored key goes up to the form.
            event.ignore()


class LongEditor(Editor):
    """LONG: as many lines as the field asks for."""

    def __init__(self, field: Field, context: FormContext) -> None:
        super().__init__(field, context)
        self.text = Lines()
        self.name_widget(self.text)
        self.text.setTabChangesFocus(True)
        hints = (translate(field.hint), _("Shift+Enter: new line"))
        self.text.setPlaceholderText("   ".join(hint for hint in hints if hint))
        self.text.setFixedHeight(theme.px(20) * max(2, field.multiline) + theme.px(16))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text)
        self.text.textChanged.connect(self.changed)
        self.setFocusProxy(self.text)

    def value(self) -> object | None:
        return clean(self.text.toPlainText()) or None

    def set_value(self, value: object | None) -> None:
        blocker = QSignalBlocker(self.text)
        self.text.setPlainText("" if value is None else str(value))
        blocker.unblock()
