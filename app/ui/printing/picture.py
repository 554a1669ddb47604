"""A chart on paper: the painter of the screen at the width of the page, tied to the table whose numbers it shows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.reports.paper.blocks import Chart
from app.reports.paper.tongue import Tongue
from app.ui.charts.canvas import Canvas
from app.ui.charts.of_told import height_of, paint_told
from app.ui.printing.geometry import BOTTOM, COLUMN, HEIGHT, LEFT, MM, TOP
from app.ui.printing.strips import Strip

PIXEL: Final = 25.4 / 96 * MM
"""A pixel of the screen at 100 %, on paper."""
_TALLEST: Final = (HEIGHT - TOP - BOTTOM) * 0.72  # so that its heading and the beginning of its table go with it


def chart_strips(block: Chart, language: str) -> list[Strip]:
    """One strip, kept with what follows; none where the table has no picture. Long charts are set smaller."""
    say = Tongue(language)
    px = PIXEL
    while (height := height_of(block.told, block.picture, say, COLUMN / px) * px) > _TALLEST:
        px *= 0.93
    if not height:
        return []

    def draw(painter: QPainter, top: float) -> None:
        canvas = Canvas(painter, QRectF(LEFT, top, COLUMN, height), px, on_paper=True)
        painter.save()
        paint_told(canvas, block.told, block.picture, say)
        painter.restore()

    return [Strip(height, draw, before=3 * MM, keep=True)]
