"""Two columns that stand one below the other where the window is narrow (a small laptop, large text)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.ui import theme

NARROW: Final = 820


class Columns(QWidget):
    """``Columns(left, right, stretches=(3, 2))``."""

    def __init__(self, left: QWidget, right: QWidget, stretches: tuple[int, int] = (1, 1)) -> None:
        super().__init__()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        for widget, stretch in zip((left, right), stretches, strict=True):
            self._row.addWidget(widget, stretch)
        self._sides = (left, right)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < theme.px(NARROW)
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)

    def minimumSizeHint(self) -> QSize:
        # Narrower than both side by side, or the layout could never be told to stack them.
        sizes = [side.minimumSizeHint() for side in self._sides]
        return QSize(max(size.width() for size in sizes), max(size.height() for size in sizes))

    def top_aligned(self) -> Columns:
        """Keep each side at its own height."""
        for side in self._sides:
            self._row.setAlignment(side, Qt.AlignmentFlag.AlignTop)
        return self
