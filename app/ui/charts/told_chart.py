"""The chart of a told table on a screen, as high as its numbers and names need, in the colours of the theme."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QResizeEvent

from app.reports import words
from app.reports.pack import Picture
from app.reports.paper.tongue import Tongue
from app.reports.table import Told
from app.ui import theme
from app.ui.charts.canvas import Canvas
from app.ui.charts.of_told import height_of, paint_told, summary_of
from app.ui.charts.widget import Chart

_SENTENCE: Final = 60
_EDGE: Final = 4  # what the frame of the focus takes of the width and of the height


class ToldChart(Chart):
    """``ToldChart()`` is empty; ``show_table(told, picture, say)`` shows a table. Its words are the whole table."""

    def __init__(self) -> None:
        super().__init__("", "", _nothing, _SENTENCE)
        self._shown: tuple[Told, Picture, Tongue] | None = None

    def show_table(self, told: Told, picture: Picture, say: Tongue) -> None:
        """Show another table; a sentence where there is nothing to draw of it."""
        self._shown = (told, picture, say)
        self.setAccessibleName(words.title(told.code, say))
        self.show_chart(summary_of(told, say), lambda canvas: paint_told(canvas, told, picture, say))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Names that must break, and columns that lie down, need more height on a narrow screen."""
        if self._shown is None:
            return
        scale = theme.current().scale
        told, picture, say = self._shown
        wanted = height_of(told, picture, say, max(1.0, (self.width() - _EDGE) / scale)) or _SENTENCE
        self.setMinimumHeight(theme.px(wanted) + _EDGE)


def _nothing(_canvas: Canvas) -> None:
    """No table is shown yet."""
