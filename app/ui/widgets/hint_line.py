"""A line whose hint is never cut: of several wordings the longest that fits is shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit

from app.ui import theme


class HintLine(QLineEdit):
    """``HintLine([_("Any part of the name, or the code"), _("Name or code")])``: the longest first."""

    def __init__(self, hints: Sequence[str], text: str = "") -> None:
        super().__init__(text)
        self._hints = tuple(hints)
        self._choose()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose()

    def _choose(self) -> None:
        # Around the text: the frame, and the picture before it.
        room = self.width() - theme.px(24) - (theme.px(24) if self.actions() else 0)
        measure = self.fontMetrics().horizontalAdvance
        self.setPlaceholderText(next((hint for hint in self._hints if measure(hint) <= room), ""))
