"""The line in which one searches: a magnifier before it, and Down leads into the list below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.ui import icons
from app.ui.widgets.hint_line import HintLine


class SearchLine(HintLine):
    """``SearchLine(_("Find a person"), [_("Any part of the name, or the code")])``: its name, and its hints."""

    down = Signal()

    def __init__(self, name: str, hints: Sequence[str], text: str = "") -> None:
        super().__init__(hints, text)
        self.setObjectName("search")
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        self.addAction(icons.icon("search"), self.ActionPosition.LeadingPosition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)
