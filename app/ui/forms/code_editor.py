"""CODE: one entry of a code list. Long lists are searched by typing any part of a word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLineEdit, QListView, QWidget

from app.forms.spec import Field, Values
from app.i18n import _
from app.ui.forms.context import Choice, FormContext
from app.ui.forms.editor import CalmCombo, Editor

SEARCHED_FROM: Final = 12  # more entries than this are searched by typing


class SearchCombo(CalmCombo):
    """A combo box that is searched by typing any part of an entry; ``line`` is what one types into."""

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.setLineEdit(self.line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        popup = QListView()
        popup.setObjectName("completer")
        completer = QCompleter(self.model(), self)
        completer.setPopup(popup)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)


class CodeEditor(Editor):
    """A combo box. A code that the list does not know is shown verbatim and kept.

    ``filter_by`` names the field whose code is the parent of the entries offered (raion by oblast).
    """

    def __init__(self, field: Field, context: FormContext, filter_by: str = "") -> None:
        super().__init__(field, context)
        self._filter_by = filter_by
        self._parent = ""
        self._all: Sequence[Choice] = context.choices(field.codes)
        self.combo: CalmCombo = SearchCombo() if len(self._all) > SEARCHED_FROM else CalmCombo()
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(12)
        self.combo.setMaxVisibleItems(14)
        self.name_widget(self.combo)
        if isinstance(self.combo, SearchCombo):
            self.name_widget(self.combo.line)
            self.combo.line.setPlaceholderText(_("Type a part of the word"))
            self.combo.line.editingFinished.connect(self._settle)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.combo)
        self._fill()
        self.combo.currentIndexChanged.connect(self.changed)
        self.setFocusProxy(self.combo)

    def value(self) -> object | None:
        return self.combo.currentData() or None

    def set_value(self, value: object | None) -> None:
        blocker = QSignalBlocker(self.combo)
        key = "" if value is None else str(value)
        at = self.combo.findData(key)
        if at < 0:
            self.combo.addItem(_("{code} (not in this version's list)").format(code=key), key)
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
        kept = str(self.value() or "")
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
                self.combo.addItem(choice.text, choice.key)
        self.combo.setCurrentIndex(0)

    def _settle(self) -> None:
        """What was typed but is no entry gives way to the one chosen; a unique match is taken."""
        if not isinstance(self.combo, SearchCombo):
            return
        typed = self.combo.line.text().strip().casefold()
        if typed != self.combo.itemText(self.combo.currentIndex()).casefold():
            self._take(typed)
        self._show()

    def _show(self) -> None:
        if isinstance(self.combo, SearchCombo):
            self.combo.line.setText(self.combo.itemText(self.combo.currentIndex()))
            self.combo.line.setCursorPosition(0)

    def _take(self, typed: str) -> None:
        texts = [self.combo.itemText(at).casefold() for at in range(self.combo.count())]
        exact = [at for at, text in enumerate(texts) if text == typed]
        partly = [at for at, text in enumerate(texts) if typed and typed in text]
        if not typed:
            self.combo.setCurrentIndex(0)
        elif exact:
            self.combo.setCurrentIndex(exact[0])
        elif len(partly) == 1:
            self.combo.setCurrentIndex(partly[0])
