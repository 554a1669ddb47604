"""A list that is searched by typing any part of an entry."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QListView

from app.ui.forms.editor import CalmCombo

_LEAST: Final = 12
_FOUND_BY: Final = int(Qt.ItemDataRole.UserRole) + 1


class SearchCombo(CalmCombo):
    """``line`` is what one types into. Enter takes the entry that is marked in the list below, or its first."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen: frozenset[str] = frozenset()
        """Keys that are answers already: Enter takes them no second time."""
        self.line = QLineEdit()
        self.setLineEdit(self.line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LEAST)
        self._popup = QListView()
        self._popup.setObjectName("completer")
        completer = _Completer(self.model(), self)
        completer.setPopup(self._popup)
        completer.setCompletionRole(_FOUND_BY)
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

    def add(self, text: str, key: str, also: str = "") -> None:
        """An entry that is also found by the words ``also``."""
        self.addItem(text, key)
        self.setItemData(self.count() - 1, f"{text} {also}".strip(), _FOUND_BY)

    def match(self, typed: str) -> int | None:
        """The entry meant by ``typed``: the same word, else the only one that begins with it, or has a word (also
        in its other names) that does, or holds it."""
        wanted = typed.strip().casefold()
        texts = [self.itemText(at).casefold() for at in range(self.count())]
        same = [at for at, text in enumerate(texts) if text == wanted]
        if same or not wanted:
            return same[0] if same else None
        free = [at for at in range(self.count()) if self.itemData(at) not in self.chosen]
        words = [str(self.itemData(at, _FOUND_BY) or "") for at in range(self.count())]
        for found in (
            [at for at in free if texts[at].startswith(wanted)],
            [at for at in free if _begins_a_word(words[at], wanted)],
            [at for at in free if wanted in texts[at]],
        ):
            if len(found) == 1:
                return found[0]
        return None

    def is_choosing(self) -> bool:
        """Is an entry marked in the list below the line? Then that list says what is chosen."""
        return self._popup.isVisible() and self._popup.currentIndex().isValid()

    def _take_first(self) -> None:
        if not self._popup.isVisible() or self.is_choosing() or not self._offered.rowCount():
            return
        at = self._meant()
        self._popup.hide()
        if at >= 0:
            self.setCurrentIndex(at)
            self.activated.emit(at)

    def _meant(self) -> int:
        """The one that fits; of several the first with a word that begins as typed: "рус" is Russia, not Belarus."""
        typed = self.line.text()
        if (meant := self.match(typed)) is not None:
            return meant
        rows = [self._offered.index(row, 0) for row in range(self._offered.rowCount())]
        offered = [row for row in rows if row.data(Qt.ItemDataRole.UserRole) not in self.chosen]
        beginning = [one for one in offered if _begins_a_word(str(one.data(_FOUND_BY)), typed.strip().casefold())]
        return next((self.findText(str(one.data())) for one in (*beginning, *offered)), -1)


class _Completer(QCompleter):
    """Finds by more words than it shows; into the line goes what is shown."""

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:  # noqa: N802 - Qt's name
        return str(index.data() or "")


def _begins_a_word(text: str, wanted: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(wanted)}", text.casefold()) is not None
