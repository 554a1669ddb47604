"""Lines of a told table: each series with its own dash and its own mark; a hidden place breaks the line."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPen, QPolygonF

from app.reports import words
from app.ui.charts.canvas import Canvas
from app.ui.charts.frame import NUMBERS, TEXT, Frame, paint_scale, paint_unit, ticks, widest
from app.ui.charts.looks import LOOKS, STUB, paint_hidden
from app.ui.charts.plan import Drawing, is_hidden

LINES_HEIGHT: Final = 230.0
_DASHES: Final = (
    (),
    (6.0, 2.5),
    (1.5, 2.0),
    (8.0, 2.0, 1.5, 2.0),
    (),
    (4.0, 1.5),
    (10.0, 3.0),
    (1.5, 3.5),
)
_CORNERS: Final = (
    (),  # a dot
    ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    ((0, -1.3), (1.2, 0.9), (-1.2, 0.9)),
    ((0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0)),
    ((-1.2, -0.9), (1.2, -0.9), (0, 1.3)),
)


def paint_told_lines(canvas: Canvas, drawing: Drawing, top: float) -> None:
    """Paint below ``top``."""
    top = paint_unit(canvas, drawing, top)
    marks = ticks(drawing)
    left = canvas.area.left() + widest(canvas, [said for _value, said in marks], NUMBERS) + 10 * canvas.px
    plot = QRectF(left, top, canvas.area.right() - left, max(10.0, canvas.area.bottom() - 24 * canvas.px - top))
    frame = Frame(plot, True, max(5.0, plot.height() - 18 * canvas.px), marks[-1][0])
    paint_scale(canvas, frame, marks)
    _paint_names(canvas, drawing, frame)
    _paint_stubs(canvas, drawing, frame)
    for number in range(len(drawing.series)):
        _paint_line(canvas, drawing, frame, number)


def paint_mark(canvas: Canvas, at: QPointF, number: int) -> None:
    """The mark of a series, so that it is told apart in grey too."""
    colour = QColor(LOOKS[number].colour(canvas))
    canvas.painter.setPen(QPen(QColor(canvas.tokens.surface), 0.8 * canvas.px))
    canvas.painter.setBrush(colour)
    corners = _CORNERS[number % len(_CORNERS)]
    size = 3.6 * canvas.px
    if corners:
        points = [QPointF(at.x() + x * size, at.y() + y * size) for x, y in corners]
        canvas.painter.drawPolygon(QPolygonF(points))
    else:
        canvas.painter.drawEllipse(at, size, size)


def line_pen(canvas: Canvas, number: int) -> QPen:
    """The pen of a series."""
    pen = QPen(QColor(LOOKS[number].colour(canvas)), 2 * canvas.px)
    if _DASHES[number]:
        pen.setDashPattern(list(_DASHES[number]))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _point(drawing: Drawing, frame: Frame, at: int, value: int) -> QPointF:
    side, thick = frame.band(at, len(drawing.categories))
    return QPointF(frame.plot.left() + side + thick / 2, frame.plot.bottom() - frame.length(max(0, value)))


def _paint_line(canvas: Canvas, drawing: Drawing, frame: Frame, number: int) -> None:
    shown = [
        None
        if is_hidden(cells[number]) or (value := cells[number].value) is None
        else _point(drawing, frame, at, value)
        for at, cells in enumerate(drawing.cells)
    ]
    canvas.painter.setPen(line_pen(canvas, number))
    for before, after in pairwise(shown):
        if before is not None and after is not None:
            canvas.painter.drawLine(before, after)
    alone = len(drawing.series) == 1 and len(shown) <= 14
    for at, point in enumerate(shown):
        if point is None:
            continue
        paint_mark(canvas, point, number)
        said = drawing.figure(drawing.cells[at][number].value or 0)
        if alone:
            measures = canvas.font(NUMBERS, QFont.Weight.DemiBold)
            width = measures.horizontalAdvance(said) * 1.2
            room = QRectF(point.x() - width / 2, point.y() - 22 * canvas.px, width, 16 * canvas.px)
            canvas.text(room, Qt.AlignmentFlag.AlignCenter, said)
        around = QRectF(point.x() - 8 * canvas.px, point.y() - 8 * canvas.px, 16 * canvas.px, 16 * canvas.px)
        canvas.spots.append((around, _with_names(drawing, at, number, said)))


def _paint_stubs(canvas: Canvas, drawing: Drawing, frame: Frame) -> None:
    """One stub at the foot of each category in which anything is hidden."""
    for at, cells in enumerate(drawing.cells):
        hidden = [
            _with_names(drawing, at, number, words.hidden(cell.why, drawing.say))
            for number, cell in enumerate(cells)
            if cell.why is not None
        ]
        if hidden:
            foot = _point(drawing, frame, at, 0)
            stub = STUB * canvas.px
            room = QRectF(foot.x() - stub / 2, foot.y() - stub, stub, stub)
            paint_hidden(canvas, room)
            canvas.spots.append((room, "\n".join(hidden)))


def _paint_names(canvas: Canvas, drawing: Drawing, frame: Frame) -> None:
    """Under the plot; where there is little room, only each second or third."""
    measures = canvas.font(TEXT)
    count = len(drawing.categories)
    thick = frame.plot.width() / count
    longest = max(measures.horizontalAdvance(name) for name in drawing.categories) + 6 * canvas.px
    every = max(1, int(-(-longest // thick)))
    for at in range(0, count, every):
        middle = frame.plot.left() + (at + 0.5) * thick
        width = min(thick * every, 2 * (canvas.area.right() - middle))
        room = QRectF(middle - width / 2, frame.plot.bottom() + 4 * canvas.px, width, 18 * canvas.px)
        canvas.text(room, Qt.AlignmentFlag.AlignCenter, drawing.categories[at], canvas.tokens.text2)


def _with_names(drawing: Drawing, at: int, number: int, said: str) -> str:
    return ": ".join(part for part in (drawing.categories[at], drawing.series[number], said) if part)
