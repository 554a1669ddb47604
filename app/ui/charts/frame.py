"""The frame of a chart: its plot, the scale of shown numbers with its lines, and bars that stand or lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from app.ui.charts.canvas import Canvas
from app.ui.charts.data import step_for
from app.ui.charts.plan import Drawing

TEXT = 11.5
NUMBERS = 11.0


@dataclass(frozen=True, slots=True)
class Frame:
    """``plot`` is the room of the bars; ``long`` of it stands for ``top``, the rest is for what is written there."""

    plot: QRectF
    upright: bool
    long: float
    top: int

    def length(self, value: int) -> float:
        """How long a bar of ``value`` is."""
        return self.long * value / self.top

    def band(self, at: int, count: int) -> tuple[float, float]:
        """Where the band of category ``at`` begins, and how thick it is, along the categories."""
        thick = (self.plot.width() if self.upright else self.plot.height()) / max(1, count)
        return at * thick, thick

    def box(self, side: float, thick: float, start: float, end: float) -> QRectF:
        """The place of a bar: ``side`` along the categories, from ``start`` to ``end`` along the numbers."""
        if self.upright:
            return QRectF(self.plot.left() + side, self.plot.bottom() - end, thick, end - start)
        return QRectF(self.plot.left() + start, self.plot.top() + side, end - start, thick)


def ticks(drawing: Drawing) -> list[tuple[int, str]]:
    """Round numbers from nought to beyond the longest bar; without ``,00`` where all of them end in it."""
    step = step_for(drawing.largest)
    values = range(0, step * -(-drawing.largest // step) + 1, step)
    said = [drawing.figure(value) for value in values]
    if all(text.endswith((",00", ".00")) for text in said):
        said = [text[:-3] for text in said]
    return list(zip(values, said, strict=True))


def widest(canvas: Canvas, texts: Sequence[str], size: float) -> float:
    """The width of the longest of them, in units of the painter."""
    measures = canvas.font(size)
    return max([measures.horizontalAdvance(text) for text in texts], default=0.0)


def paint_scale(canvas: Canvas, frame: Frame, marks: Sequence[tuple[int, str]]) -> None:
    """Fine lines across the plot, each with its number; the one at nought is stronger."""
    canvas.font(NUMBERS)
    for value, said in marks:
        at = frame.length(value)
        strong = canvas.tokens.border_strong if value == 0 else canvas.tokens.border
        canvas.painter.setPen(QPen(QColor(strong), canvas.px))
        if frame.upright:
            y = frame.plot.bottom() - at
            canvas.painter.drawLine(QPointF(frame.plot.left(), y), QPointF(frame.plot.right(), y))
            room = QRectF(
                canvas.area.left(), y - 9 * canvas.px, frame.plot.left() - canvas.area.left(), 18 * canvas.px
            )
            room.adjust(0, 0, -6 * canvas.px, 0)
            canvas.text(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, said, canvas.tokens.text2)
        else:
            x = frame.plot.left() + at
            canvas.painter.drawLine(QPointF(x, frame.plot.top()), QPointF(x, frame.plot.bottom()))
            room = QRectF(x - 45 * canvas.px, frame.plot.bottom() + 2 * canvas.px, 90 * canvas.px, 16 * canvas.px)
            canvas.text(room, Qt.AlignmentFlag.AlignCenter, said, canvas.tokens.text2)


def paint_unit(canvas: Canvas, drawing: Drawing, top: float) -> float:
    """What is counted, in small letters above the plot; answers the y below it."""
    measures = canvas.font(NUMBERS)
    room = QRectF(canvas.area.left(), top, canvas.area.width(), measures.height())
    canvas.text(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, drawing.unit, canvas.tokens.text2)
    return room.bottom() + 4 * canvas.px
