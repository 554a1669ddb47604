"""Lines over categories (months); a hidden value breaks the line instead of falling to nought."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPen

from app.ui.charts.canvas import Canvas
from app.ui.charts.data import Series, grouped


def paint_lines(canvas: Canvas, categories: Sequence[str], series: Sequence[Series]) -> None:
    """Each series a line with a dot at each value."""
    plot = canvas.plot_below(canvas.legend(series) + 12 * canvas.px)
    top = canvas.grid(
        plot, max([value for one in series for value in one.values if value is not None], default=0) or 1
    )
    width = plot.width() / max(1, len(categories))
    canvas.categories(plot, categories)
    for one in series:
        before: QPointF | None = None
        for at, value in enumerate(one.values):
            if value is None:
                before = None
                continue
            point = QPointF(plot.left() + width * (at + 0.5), plot.bottom() - plot.height() * value / top)
            canvas.painter.setPen(QPen(QColor(one.colour), 2 * canvas.px))
            if before is not None:
                canvas.painter.drawLine(before, point)
            canvas.painter.setBrush(QColor(one.colour))
            canvas.painter.drawEllipse(point, 3 * canvas.px, 3 * canvas.px)
            around = QRectF(point.x() - 8 * canvas.px, point.y() - 8 * canvas.px, 16 * canvas.px, 16 * canvas.px)
            canvas.spots.append((around, f"{categories[at]}: {one.label} — {grouped(value)}"))
            before = point
