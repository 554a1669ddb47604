"""A chart on screen: paints by a function, tells numbers in tool tips, and says itself in words to screen readers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.ui import theme
from app.ui.charts.canvas import Canvas
from app.ui.tokens import LIGHT

Paint = Callable[[Canvas], None]


class Chart(QWidget):
    """``Chart(title, summary, lambda canvas: paint_columns(canvas, months, series))``."""

    def __init__(self, title: str, summary: str, paint: Paint, height: int = 260) -> None:
        super().__init__()
        self._paint = paint
        self._height = height
        self._spots: list[tuple[QRectF, str]] = []
        self.setAccessibleName(title)
        self.setAccessibleDescription(summary)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_chart(self, summary: str, paint: Paint) -> None:
        """Show other figures."""
        self._paint = paint
        self.setAccessibleDescription(summary)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(420), theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(min(170, self._height)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        canvas = Canvas(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2), theme.current().scale, theme.tokens())
        self._paint(canvas)
        self._spots = canvas.spots
        if self.hasFocus():
            painter.setPen(QColor(theme.tokens().focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            said = next((words for box, words in self._spots if box.contains(QPointF(event.pos()))), "")
            QToolTip.showText(event.globalPos(), said, self)
            return True
        return super().event(event)


def picture(paint: Paint, width: int, height: int, px: float = 2.0) -> QImage:
    """The chart as an image on white, for PNG files and documents; sizes are at 100 %."""
    image = QImage(round(width * px), round(height * px), QImage.Format.Format_RGB32)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(Canvas(painter, QRectF(image.rect()).adjusted(8, 8, -8, -8), px, LIGHT))
    painter.end()
    return image
