"""Editors for text: one line, and several lines."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout

from app.forms.spec import Field
from app.forms.text import clean, clean_line
from app.i18n import translate
from app.ui import theme
from app.ui.forms.context import FormContext
from app.ui.forms.editor import Editor, LineEditor


class TextEditor(LineEditor):
    """TEXT: one line."""

    def value(self) -> object | None:
        return clean_line(self.line.text()) or None

    def set_value(self, value: object | None) -> None:
        self.line.setText("" if value is None else str(value))


class LongEditor(Editor):
    """LONG: as many lines as the field asks for; Tab goes on, Enter is a new line here."""

    def __init__(self, field: Field, context: FormContext) -> None:
        super().__init__(field, context)
        self.text = QPlainTextEdit()
        self.name_widget(self.text)
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(translate(field.hint))
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
