"""A list that is searched by typing any part of an entry."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QListView

from app.ui.forms.editor import CalmCombo

_LEAST: Final = 12


class SearchCombo(CalmCombo):
    """``line`` is what one types into. Enter takes the entry that is marked in the list below, or its first."""

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.setLineEdit(self.line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LEAST)
        self._popup = QListView()
        self._popup.setObjectName("completer")
        completer = QCompleter(self.model(), self)
        completer.setPopup(self._popup)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self._offered = completer.completionModel()
        self.line.returnPressed.connect(self._take_first)
        # An entry that was taken is replaced by what is typed next, not joined with it.
        self.activated.connect(self.line.selectAll)
        completer.activated.connect(self.line.selectAll)

    def typed(self) -> str:
        """What stands in the line and is not the entry chosen; empty where they agree."""
        text = self.line.text().strip()
        return "" if text.casefold() == self.itemText(self.currentIndex()).strip().casefold() else text

    def match(self, typed: str) -> int | None:
        """The entry meant by ``typed``: the same word, else the only one that begins with it or holds it."""
        wanted = typed.strip().casefold()
        texts = [self.itemText(at).casefold() for at in range(self.count())]
        same = [at for at, text in enumerate(texts) if text == wanted]
        if same or not wanted:
            return same[0] if same else None
        beginning = [at for at, text in enumerate(texts) if text.startswith(wanted)]
        holding = [at for at, text in enumerate(texts) if wanted in text]
        for found in (beginning, holding):
            if len(found) == 1:
                return found[0]
        return None

    def is_choosing(self) -> bool:
        """Is an entry marked in the list below the line? Then that list says what is chosen."""
        return self._popup.isVisible() and self._popup.currentIndex().isValid()

    def _take_first(self) -> None:
        if not self._popup.isVisible() or self.is_choosing() or not self._offered.rowCount():
            return
        meant = self.match(self.line.text())
        at = meant if meant is not None else self.findText(str(self._offered.index(0, 0).data()))
        self._popup.hide()
        if at >= 0:
            self.setCurrentIndex(at)
            self.activated.emit(at)
