"""Columns by category (month), stacked by series (group of help), with the total on top."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont

from app.ui.charts.canvas import Canvas
from app.ui.charts.data import Series, grouped, total


def paint_columns(canvas: Canvas, categories: Sequence[str], series: Sequence[Series]) -> None:
    """Small gaps between the parts keep them apart in print without colour."""
    plot = canvas.plot_below(canvas.legend(series) + 24 * canvas.px)
    largest = max([total(series, at) for at in range(len(categories))], default=0)
    top = canvas.grid(plot, max(1, largest))
    canvas.categories(plot, categories)
    width = plot.width() / max(1, len(categories))
    for at, name in enumerate(categories):
        centre = plot.left() + width * (at + 0.5)
        y = _paint_stack(canvas, plot, top, centre, min(46 * canvas.px, width * 0.62), (at, name, series))
        canvas.font(12, QFont.Weight.DemiBold)
        room = QRectF(centre - width / 2, y - 20 * canvas.px, width, 18 * canvas.px)
        canvas.text(room, Qt.AlignmentFlag.AlignCenter, grouped(total(series, at)))


def _paint_stack(
    canvas: Canvas, plot: QRectF, top: float, centre: float, bar: float, shown: tuple[int, str, Sequence[Series]]
) -> float:
    """Paint one column; answers the y of its upper edge."""
    at, name, series = shown
    y = plot.bottom()
    for one in series:
        value = one.values[at]
        if not value:
            continue
        height = plot.height() * value / top
        gap = min(1.5 * canvas.px, height / 3)
        box = QRectF(centre - bar / 2, y - height, bar, height - gap)
        canvas.box(box, one.colour, 2)
        canvas.spots.append((box, f"{name}: {one.label} — {grouped(value)}"))
        y -= height
    return y
