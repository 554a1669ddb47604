"""CODE: one entry of a code list. Long lists are searched by typing any part of a word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.forms.spec import Field, Values
from app.i18n import _
from app.ui.forms.code_choices import not_offered
from app.ui.forms.context import Choice, FormContext
from app.ui.forms.editor import CalmCombo, Editor
from app.ui.forms.search_combo import SearchCombo
from app.ui.forms.unread import typed_in, unread

SEARCHED_FROM: Final = 12  # more entries than this are searched by typing


class CodeEditor(Editor):
    """A combo box. A code that the list does not know is shown verbatim and kept; so is typed text that names no
    entry, until an entry is chosen or the line is emptied.

    ``filter_by`` names the field whose code is the parent of the entries offered (raion by oblast).
    """

    def __init__(self, field: Field, context: FormContext, filter_by: str = "") -> None:
        super().__init__(field, context)
        self._filter_by = filter_by
        self._parent = ""
        self._listed: Sequence[Choice] = context.choices(field.codes)
        self._all = [choice for choice in self._listed if not choice.retired]
        self.combo: CalmCombo = SearchCombo() if len(self._all) > SEARCHED_FROM else CalmCombo()
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(12)
        self.combo.setMaxVisibleItems(14)
        self.name_widget(self.combo)
        if isinstance(self.combo, SearchCombo):
            self.name_widget(self.combo.line)
            self.combo.line.setPlaceholderText(_("Type a part of the word"))
            self.combo.line.editingFinished.connect(self._settle)
            self.combo.line.textEdited.connect(self.changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.combo)
        self._fill()
        self.combo.currentIndexChanged.connect(self.changed)
        self.setFocusProxy(self.combo)

    def value(self) -> object | None:
        if isinstance(self.combo, SearchCombo):
            if typed := self.combo.typed():
                return unread(typed)
            if not self.combo.line.text().strip():
                return None
        return self.combo.currentData() or None

    def set_value(self, value: object | None) -> None:
        if (typed := typed_in(value)) is not None and isinstance(self.combo, SearchCombo):
            self.set_value(None)
            self.combo.line.setText(typed)
            return
        blocker = QSignalBlocker(self.combo)
        key = "" if value is None else str(value)
        at = self.combo.findData(key)
        if at < 0:
            self.combo.addItem(not_offered(self._listed, key), key)
            at = self.combo.count() - 1
        self.combo.setCurrentIndex(at)
        blocker.unblock()
        self._show()

    def marked(self) -> list[QWidget]:
        return [self.combo]

    def watch(self, values: Values) -> None:
        """Offer only the entries of the parent's code; drop a choice that belongs to another parent."""
        parent = str(values.get(self._filter_by, "")) if self._filter_by else ""
        if parent == self._parent:
            return
        self._parent = parent
        value = self.value()
        if typed_in(value) is not None:
            value = None
        kept = str(value or "")
        known = {choice.key: choice.parent for choice in self._all}
        blocker = QSignalBlocker(self.combo)
        self._fill()
        fits = not parent or kept not in known or known[kept] == parent
        self.set_value(kept if kept and fits else None)
        blocker.unblock()

    def _fill(self) -> None:
        self.combo.clear()
        self.combo.addItem("" if self.combo.isEditable() else _("not chosen"), "")
        for choice in self._all:
            if not self._parent or choice.parent == self._parent:
                if isinstance(self.combo, SearchCombo):
                    self.combo.add(choice.text, choice.key, choice.also)
                else:
                    self.combo.addItem(choice.text, choice.key)
        self.combo.setCurrentIndex(0)

    def _settle(self) -> None:
        """The one entry that is meant is taken; what means none stays in the line, and the check names it."""
        if not isinstance(self.combo, SearchCombo) or self.combo.is_choosing():
            return
        typed = self.combo.typed()
        if not typed:
            if not self.combo.line.text().strip():
                self.combo.setCurrentIndex(0)
            self._show()
        elif (at := self.combo.match(typed)) is not None:
            self.combo.setCurrentIndex(at)
            self._show()

    def _show(self) -> None:
        if isinstance(self.combo, SearchCombo):
            self.combo.line.setText(self.combo.itemText(self.combo.currentIndex()))
            self.combo.line.setCursorPosition(0)
