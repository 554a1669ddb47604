"""REF: another record, found by typing any part of its title; the key is kept, the title is shown."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt, Slot
from PySide6.QtWidgets import QCompleter, QListView

from app.forms.spec import Field
from app.i18n import _
from app.ui.forms.context import Choice, FormContext
from app.ui.forms.editor import LineEditor
from app.ui.forms.unread import typed_in, unread


class RefEditor(LineEditor):
    """Asks ``context.refs(kind, typed)`` at each letter; offers at most what it answers, in its order."""

    def __init__(self, field: Field, context: FormContext) -> None:
        super().__init__(field, context)
        self._key = ""
        self._offered: list[Choice] = []
        self._titles = QStringListModel(self)
        completer = QCompleter(self._titles, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._popup = QListView()
        self._popup.setObjectName("completer")
        completer.setPopup(self._popup)
        completer.activated.connect(self._chosen)
        self.line.setCompleter(completer)
        self.line.setPlaceholderText(_("Type a part of the name or the code"))
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self._settle)

    def value(self) -> object | None:
        typed = self.line.text().strip()
        return self._key or (unread(typed) if typed else None)

    def set_value(self, value: object | None) -> None:
        if (typed := typed_in(value)) is not None:
            self._key = ""
            self._show(typed)
            return
        self._key = "" if value is None else str(value)
        found = self.context.refs(self.field.ref, f"={self._key}") if self._key else ()
        self._show(found[0].text if found else self._key)

    def _typed(self, typed: str) -> None:
        self._key = ""
        self._offered = list(self.context.refs(self.field.ref, typed.strip()))
        self._titles.setStringList([self._title(choice) for choice in self._offered])

    # Named by its signature: QCompleter.activated also comes with a model index.
    @Slot(str)
    def _chosen(self, title: str) -> None:
        choice = next((found for found in self._offered if self._title(found) == title), None)
        if choice is not None:
            self._key = choice.key
            self._show(choice.text)
            self.changed.emit()

    def _settle(self) -> None:
        """Enter or leaving takes the only match; a text that names no record stays, and the check names it."""
        if not self._key and self.line.text() and len(self._offered) == 1:
            self._key = self._offered[0].key
            self._show(self._offered[0].text)
            self.changed.emit()

    def _show(self, text: str) -> None:
        self.line.setText(text)
        self.line.setCursorPosition(0)

    @staticmethod
    def _title(choice: Choice) -> str:
        return f"{choice.text} · {choice.note}" if choice.note else choice.text
