"""Columns and bars of a told table, stacked or side by side. Long names make columns lie down."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF

from app.reports import words
from app.reports.table import Shown
from app.ui.charts.canvas import Canvas, face, wrapped
from app.ui.charts.frame import NUMBERS, TEXT, Frame, paint_scale, paint_unit, ticks, widest
from app.ui.charts.looks import LOOKS, STUB, ink_on, paint_hidden, paint_part
from app.ui.charts.plan import Drawing, Shape, drawn, is_hidden

_MOST_LINES: Final = 3
_NAMES: Final = 0.40  # of the width, at most, for the names of lying bars
_MARGIN: Final = 70.0
_UPRIGHT: Final = 220.0
_CENTRE: Final = Qt.AlignmentFlag.AlignCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def stands(drawing: Drawing, width: float) -> bool:
    """Do the names fit under columns on a chart that is ``width`` pixels wide (at 100 %)?"""
    if not drawing.upright or drawing.thinned:
        return drawing.upright
    measures = QFontMetricsF(face(TEXT))
    band = (width - _MARGIN) / len(drawing.categories) - 6
    lines = (line for name in drawing.categories for line in wrapped(name, measures, band, _MOST_LINES))
    return all(measures.horizontalAdvance(line) <= band for line in lines)


def bars_height(drawing: Drawing, width: float) -> float:
    """How high the chart is to be below its legend, in pixels at 100 %."""
    if stands(drawing, width):
        return _UPRIGHT + 17 * (_MOST_LINES if not drawing.thinned else 1)
    names = _names_width(drawing, width)
    measures = QFontMetricsF(face(TEXT))
    two = any(len(wrapped(name, measures, names - 10, 2)) > 1 for name in drawing.categories)
    row = 33.0 if two else 25.0
    if drawing.shape is Shape.GROUPED and len(drawing.series) > 1:
        row = max(row, 14.0 * len(drawing.series) + 8)
    return row * len(drawing.categories) + 42


def paint_told_bars(canvas: Canvas, drawing: Drawing, top: float) -> None:
    """Paint below ``top``."""
    top = paint_unit(canvas, drawing, top)
    marks = ticks(drawing)
    upright = stands(drawing, canvas.area.width() / canvas.px)
    frame = _standing(canvas, drawing, top, marks) if upright else _lying(canvas, drawing, top, marks)
    paint_scale(canvas, frame, marks)
    _paint_names(canvas, drawing, frame)
    for at in range(len(drawing.categories)):
        if drawing.shape is Shape.STACKED:
            _paint_stack(canvas, drawing, frame, at)
        else:
            _paint_group(canvas, drawing, frame, at)


def _standing(canvas: Canvas, drawing: Drawing, top: float, marks: list[tuple[int, str]]) -> Frame:
    left = canvas.area.left() + widest(canvas, [said for _value, said in marks], NUMBERS) + 10 * canvas.px
    lines = 1
    if not drawing.thinned:
        measures = canvas.font(TEXT)
        band = (canvas.area.right() - left) / len(drawing.categories) - 6 * canvas.px
        lines = max(len(wrapped(name, measures, band, _MOST_LINES)) for name in drawing.categories)
    below = (6 + 16.5 * lines) * canvas.px
    plot = QRectF(left, top, canvas.area.right() - left, max(10.0, canvas.area.bottom() - below - top))
    # Above the longest column there is room for a number with its share, or for the sign of a hidden part.
    return Frame(plot, True, max(5.0, plot.height() - 34 * canvas.px), marks[-1][0])


def _names_width(drawing: Drawing, width: float) -> float:
    measures = QFontMetricsF(face(TEXT))
    longest = max(measures.horizontalAdvance(name) for name in drawing.categories) + 12
    return min(_NAMES * width, longest)


def _lying(canvas: Canvas, drawing: Drawing, top: float, marks: list[tuple[int, str]]) -> Frame:
    left = canvas.area.left() + _names_width(drawing, canvas.area.width() / canvas.px) * canvas.px
    ends = [_said(drawing, cell) for cells in drawing.cells for cell in cells]
    ends += [_said(drawing, total) for total in drawing.totals if total.value is not None]
    room = max(widest(canvas, ends, NUMBERS) * 1.05, STUB * canvas.px) + 10 * canvas.px
    plot = QRectF(left, top, canvas.area.right() - left, max(10.0, canvas.area.bottom() - 20 * canvas.px - top))
    return Frame(plot, False, max(5.0, plot.width() - room), marks[-1][0])


def _paint_names(canvas: Canvas, drawing: Drawing, frame: Frame) -> None:
    measures = canvas.font(TEXT)
    count = len(drawing.categories)
    every = 1
    if frame.upright and drawing.thinned:
        longest = max(measures.horizontalAdvance(name) for name in drawing.categories) + 6 * canvas.px
        every = max(1, int(-(-longest // (frame.plot.width() / count))))
    for at in range(0, count, every):
        side, thick = frame.band(at, count)
        name = drawing.categories[at]
        if frame.upright:
            middle = frame.plot.left() + side + thick / 2
            top = frame.plot.bottom() + 4 * canvas.px
            room = QRectF(middle - thick * every / 2, top, thick * every, canvas.area.bottom() - top)
            room.adjust(2 * canvas.px, 0, -2 * canvas.px, 0)
            canvas.lines(room, _CENTRE, name, 1 if drawing.thinned else _MOST_LINES, canvas.tokens.text2)
        else:
            width = frame.plot.left() - canvas.area.left() - 8 * canvas.px
            room = QRectF(canvas.area.left(), frame.plot.top() + side, width, thick)
            canvas.lines(room, _RIGHT, name, 2)


def _paint_stack(canvas: Canvas, drawing: Drawing, frame: Frame, at: int) -> None:
    """The shown parts; behind them one stub, however many parts are hidden, or the total where it is told."""
    side, thick = frame.band(at, len(drawing.categories))
    bar = min(46 * canvas.px, thick * (0.66 if frame.upright else 0.72))
    side += (thick - bar) / 2
    end = 0.0
    hidden: list[str] = []
    for number, cell in enumerate(drawing.cells[at]):
        if is_hidden(cell):
            hidden.append(_told(drawing, at, number, cell))
            continue
        length = frame.length(drawn(cell))
        if length:
            room = frame.box(side, bar, end, end + length)
            paint_part(canvas, room, LOOKS[number])
            _paint_inside(canvas, room, drawing.figure(drawn(cell)), LOOKS[number].colour(canvas))
            canvas.spots.append((room, _told(drawing, at, number, cell)))
            end += length
    if hidden:
        room = frame.box(side, bar, end, end + STUB * canvas.px)
        paint_hidden(canvas, room)
        canvas.spots.append((room, "\n".join(hidden)))
    elif not is_hidden(drawing.totals[at]) and drawing.totals[at].value is not None:
        _paint_end(canvas, frame, (side, bar, end), drawing.figure(drawn(drawing.totals[at])))


def _paint_group(canvas: Canvas, drawing: Drawing, frame: Frame, at: int) -> None:
    """The bars of one category side by side, each with its number, or a stub."""
    begin, thick = frame.band(at, len(drawing.categories))
    count = len(drawing.series)
    whole = min((46 if count == 1 else 30 * count) * canvas.px, thick * (0.66 if frame.upright else 0.8))
    if count == 1 and not frame.upright:
        whole = min(whole, 17 * canvas.px)
    bar = whole / count
    for number, cell in enumerate(drawing.cells[at]):
        side = begin + (thick - whole) / 2 + number * bar
        if is_hidden(cell):
            room = frame.box(side, bar, 0, STUB * canvas.px)
            paint_hidden(canvas, room)
        else:
            room = frame.box(side, bar, 0, frame.length(drawn(cell)))
            if drawn(cell):
                paint_part(canvas, room, LOOKS[number])
            _paint_end(canvas, frame, (side, bar, frame.length(drawn(cell))), _said(drawing, cell))
        canvas.spots.append((room, _told(drawing, at, number, cell)))


def _paint_end(canvas: Canvas, frame: Frame, bar: tuple[float, float, float], said: str) -> None:
    """Write ``said`` where the bar ends; nothing where it would run into its neighbour."""
    side, thick, end = bar
    measures = canvas.font(NUMBERS, QFont.Weight.DemiBold)
    width, gap = measures.horizontalAdvance(said), 4 * canvas.px
    if not frame.upright:
        canvas.text(frame.box(side, thick, end + gap, end + gap + width * 1.2), _LEFT, said)
        return
    parts = said.split(" · ")
    widest_part = max(measures.horizontalAdvance(part) for part in parts)
    if widest_part > thick * 1.5:
        return
    for line, part in enumerate(reversed(parts)):
        above = end + gap / 2 + line * measures.height() * 0.95
        room = frame.box(side + thick / 2 - widest_part, 2 * widest_part, above, above + measures.height())
        canvas.text(room, _CENTRE, part)


def _paint_inside(canvas: Canvas, room: QRectF, said: str, colour: str) -> None:
    """The number on its part, on a plate that keeps it clear of the pattern, where there is room for it."""
    measures = canvas.font(NUMBERS - 0.5)
    width, height = measures.horizontalAdvance(said) + 4 * canvas.px, measures.height()
    if width + 2 * canvas.px > room.width() or height > room.height():
        return
    plate = QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)
    canvas.painter.fillRect(plate, QColor(colour))
    canvas.text(plate, _CENTRE, said, ink_on(colour))


def _said(drawing: Drawing, cell: Shown) -> str:
    """The number of a shown place, with its share; a dash where there is none."""
    if is_hidden(cell):
        return ""
    if cell.value is None:
        return "–"
    figure = drawing.figure(cell.value)
    return figure if cell.share is None else f"{figure} · {words.share(cell.share, drawing.say)}"


def _told(drawing: Drawing, at: int, number: int, cell: Shown) -> str:
    said = words.hidden(cell.why, drawing.say) if cell.why is not None else _said(drawing, cell)
    return ": ".join(part for part in (drawing.categories[at], drawing.series[number], said) if part)
