"""A line with the unit inside it, at the right edge; and lines that are wide enough for what they propose."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit

from app.ui import theme
from app.ui.widgets.text import label

_EDGE: Final = 10  # from the unit to the frame
_GAP: Final = 6  # from the text to the unit


class UnitLine(QLineEdit):
    """``show_unit`` changes the unit; an empty one takes it away. A press on it is a press into the line."""

    def __init__(self) -> None:
        super().__init__()
        self.unit: QLabel = label("", "sub")
        self.unit.setParent(self)
        self.unit.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.unit.hide()

    def show_unit(self, text: str) -> None:
        """Write ``text`` at the right edge and keep what is typed clear of it."""
        self.unit.setText(text)
        self.unit.setVisible(bool(text))
        self._place()

    def fit_number(self, least: int) -> None:
        """Be ``least`` pixels wide, and wider where the unit would leave no room for a number of seven digits."""
        self.unit.ensurePolished()
        self.ensurePolished()
        digits = self.fontMetrics().horizontalAdvance("0" * 7) + theme.px(2 * _EDGE + _GAP)
        self.setFixedWidth(max(theme.px(least), self.unit.sizeHint().width() + digits))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        if not self.unit.text():
            self.setTextMargins(0, 0, 0, 0)
            return
        # The style sheet gives the label its font only when it is polished.
        self.unit.ensurePolished()
        needed = self.unit.sizeHint()
        self.setTextMargins(0, 0, needed.width() + theme.px(_GAP), 0)
        left = self.width() - needed.width() - theme.px(_EDGE)
        self.unit.setGeometry(left, (self.height() - needed.height()) // 2, needed.width(), needed.height())


def fit(line: QLineEdit, least: int) -> None:
    """Make ``line`` ``least`` pixels wide, and wider where its placeholder would be cut in this language."""
    line.ensurePolished()
    needed = line.fontMetrics().horizontalAdvance(line.placeholderText()) + theme.px(28)
    line.setFixedWidth(max(theme.px(least), needed))
