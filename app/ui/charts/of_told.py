"""A chart of a told table: on a screen, as a picture, and on paper, by the same code.

``paint_told(canvas, told, picture, say)``; on a screen ``Chart(title, summary_of(told, say), lambda canvas:
paint_told(canvas, told, picture, say), height_of(told, picture, say))``.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from app.i18n import N_
from app.reports.pack import Picture
from app.reports.paper.tongue import Tongue
from app.reports.table import Told
from app.ui.charts.canvas import Canvas, face
from app.ui.charts.frame import TEXT
from app.ui.charts.looks import LOOKS, paint_hidden, paint_part
from app.ui.charts.plan import Drawing, Shape, in_words, plan
from app.ui.charts.told_bars import bars_height, paint_told_bars
from app.ui.charts.told_lines import LINES_HEIGHT, line_pen, paint_mark, paint_told_lines

HIDDEN: Final = N_("hidden, so that nobody can be recognised")
_NO_PICTURE: Final = N_("There is no picture of these figures. The table has them all.")
_LINE: Final = 20.0
_SIGN: Final = 20.0
_GAP: Final = 16.0


def paint_told(canvas: Canvas, told: Told, picture: Picture, say: Tongue) -> None:
    """Paint the chart over the whole canvas; a sentence where there is none."""
    drawing = plan(told, picture, say)
    if drawing is None:
        canvas.font(13)
        canvas.lines(canvas.area, Qt.AlignmentFlag.AlignCenter, say(_NO_PICTURE), 3, canvas.tokens.text2)
        return
    top = _paint_legend(canvas, drawing)
    if drawing.shape is Shape.LINE:
        paint_told_lines(canvas, drawing, top)
    else:
        paint_told_bars(canvas, drawing, top)


def summary_of(told: Told, say: Tongue) -> str:
    """The figures in words, for screen readers; what is hidden is named as hidden."""
    return in_words(told, say)


def legend(told: Told, picture: Picture, say: Tongue) -> tuple[str, ...]:
    """What the legend of the chart names."""
    drawing = plan(told, picture, say)
    return tuple(name for name, _look in _entries(drawing)) if drawing else ()


def height_of(told: Told, picture: Picture, say: Tongue, width: float = 640) -> int:
    """How high the chart wants to be, in pixels at 100 %, if it is ``width`` of them wide; 0: there is no picture."""
    drawing = plan(told, picture, say)
    if drawing is None:
        return 0
    body = LINES_HEIGHT if drawing.shape is Shape.LINE else bars_height(drawing, width)
    measures = QFontMetricsF(face(TEXT))
    rows = _rows(drawing, measures, width, 1.0)
    return round(body + len(rows) * _LINE + 8)


def _entries(drawing: Drawing) -> list[tuple[str, int]]:
    """Name and number of each series, where there are several; -1 is the sign of hidden places."""
    named = [(name, number) for number, name in enumerate(drawing.series)] if len(drawing.series) > 1 else []
    return [*named, (drawing.say(HIDDEN), -1)] if drawing.hides else named


def _rows(drawing: Drawing, measures: QFontMetricsF, width: float, px: float) -> list[list[tuple[str, int, float]]]:
    """The legend in lines: name, number and width of each entry."""
    rows: list[list[tuple[str, int, float]]] = []
    used = 0.0
    for name, number in _entries(drawing):
        wide = min(width, (_SIGN + _GAP) * px + measures.horizontalAdvance(name))
        if not rows or used + wide > width:
            rows.append([])
            used = 0.0
        rows[-1].append((name, number, wide))
        used += wide
    return rows


def _paint_legend(canvas: Canvas, drawing: Drawing) -> float:
    """Paint the legend at the top; answers the y below it."""
    measures = canvas.font(TEXT)
    y = canvas.area.top()
    for row in _rows(drawing, measures, canvas.area.width(), canvas.px):
        x = canvas.area.left()
        for name, number, wide in row:
            _paint_sign(canvas, QRectF(x, y + 3.5 * canvas.px, 14 * canvas.px, 13 * canvas.px), drawing, number)
            canvas.font(TEXT)
            room = QRectF(x + _SIGN * canvas.px, y, wide - _SIGN * canvas.px, _LINE * canvas.px)
            canvas.text(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
            x += wide
        y += _LINE * canvas.px
    return y + 4 * canvas.px if y > canvas.area.top() else y


def _paint_sign(canvas: Canvas, room: QRectF, drawing: Drawing, number: int) -> None:
    if number < 0:
        paint_hidden(canvas, room)
    elif drawing.shape is Shape.LINE:
        canvas.painter.setPen(line_pen(canvas, number))
        middle = room.center()
        canvas.painter.drawLine(QPointF(room.left() - canvas.px, middle.y()), QPointF(room.right(), middle.y()))
        paint_mark(canvas, middle, number)
    else:
        paint_part(canvas, room, LOOKS[number])
