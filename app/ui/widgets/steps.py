"""A header that shows the steps of a short journey ("1 Who, 2 What, 3 Details") and where one is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import _
from app.ui import icons, theme


class StepHeader(QWidget):
    """``StepHeader([_("Who"), _("What"), _("Details")])``; ``set_step(0)`` is the first."""

    def __init__(self, titles: Sequence[str], step: int = 0) -> None:
        super().__init__()
        self._titles = tuple(titles)
        self._step = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_step(step)

    def set_step(self, step: int) -> None:
        """Show that ``step`` (from 0) is being done now; earlier ones get a tick."""
        self._step = step
        self.setAccessibleName(
            _("Step {number} of {count}: {title}").format(
                number=step + 1, count=len(self._titles), title=self._titles[step]
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(120) * len(self._titles), theme.px(36))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(40) * len(self._titles), theme.px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 0.0
        for at, title in enumerate(self._titles):
            x = self._paint_step(painter, at, title, x)

    def _paint_step(self, painter: QPainter, at: int, title: str, x: float) -> float:
        t = theme.tokens()
        side = theme.px(26)
        middle = self.height() / 2
        circle = QRectF(x + 1, middle - side / 2, side, side)
        here, done = at == self._step, at < self._step
        painter.setPen(QPen(QColor(t.accent if here or done else t.border_strong), 1.5))
        painter.setBrush(QColor(t.accent if here else t.accent_soft if done else t.surface))
        painter.drawEllipse(circle)
        face = theme.font(13, QFont.Weight.DemiBold if here else QFont.Weight.Normal)
        painter.setFont(face)
        if done:
            small = theme.px(16)
            picture = icons.pixmap("check", t.accent_text, small, self.devicePixelRatioF())
            painter.drawPixmap(int(circle.center().x() - small / 2), int(middle - small / 2), picture)
        else:
            painter.setPen(QColor(t.on_accent if here else t.text2))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(at + 1))
        painter.setPen(QColor(t.text if here else t.text2))
        x = circle.right() + theme.px(8)
        room = self.width() / len(self._titles) - side - theme.px(16)
        shown = QFontMetrics(face).elidedText(title, Qt.TextElideMode.ElideRight, max(0, int(room)))
        width = QFontMetrics(face).horizontalAdvance(shown)
        painter.drawText(QRectF(x, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        x += width + theme.px(12)
        if at + 1 < len(self._titles):
            painter.setPen(QPen(QColor(t.border_strong), 1))
            painter.drawLine(int(x), int(middle), int(x + theme.px(20)), int(middle))
            x += theme.px(20) + theme.px(12)
        return x
