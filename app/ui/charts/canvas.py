"""What all charts share while they paint: the place, the scale of text, the colours, and the spots for tool tips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QApplication

from app.ui.charts.data import Series, grouped, step_for
from app.ui.tokens import LIGHT, Tokens


def face(pixels: float, weight: QFont.Weight = QFont.Weight.Normal, *, hinted: bool = True) -> QFont:
    """The program's font at so many units of the painter."""
    made = QFont(QApplication.font())
    made.setPixelSize(max(1, round(pixels)))
    made.setWeight(weight)
    if not hinted:
        made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def wrapped(words: str, measures: QFontMetricsF, width: float, most: int) -> list[str]:
    """``words`` broken at blanks to ``width``; all that does not fit into ``most`` lines stands in the last."""
    lines: list[str] = []
    for word in words.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and (len(lines) == most or measures.horizontalAdvance(joined) <= width):
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


@dataclass(slots=True)
class Canvas:
    """``px`` is how many units of the painter one pixel at 100 % is (a printer has more).

    ``on_paper``: letters are not bent to the grid of a screen, so that one layout is painted at many sizes.
    """

    painter: QPainter
    area: QRectF
    px: float = 1.0
    tokens: Tokens = LIGHT
    spots: list[tuple[QRectF, str]] = field(default_factory=list)
    on_paper: bool = False

    def font(self, size: float = 12, weight: QFont.Weight = QFont.Weight.Normal) -> QFontMetricsF:
        """Set the font and answer its measures."""
        made = face(size * self.px, weight, hinted=not self.on_paper)
        self.painter.setFont(made)
        return QFontMetricsF(made)

    def text(self, room: QRectF, flags: Qt.AlignmentFlag, words: str, colour: str = "") -> None:
        """Write ``words``, shortened to the room."""
        self.painter.setPen(QColor(colour or self.tokens.text))
        measures = QFontMetricsF(self.painter.font())
        self.painter.drawText(room, flags, measures.elidedText(words, Qt.TextElideMode.ElideRight, room.width()))

    def lines(self, room: QRectF, flags: Qt.AlignmentFlag, words: str, most: int, colour: str = "") -> None:
        """Write ``words`` in at most ``most`` lines, in the middle of the room's height; the last is shortened."""
        measures = QFontMetricsF(self.painter.font())
        broken = wrapped(words, measures, room.width(), most)
        y = room.center().y() - measures.height() * len(broken) / 2
        for at, line in enumerate(broken):
            place = QRectF(room.left(), y + at * measures.height(), room.width(), measures.height())
            self.text(place, flags, line, colour)

    def box(self, room: QRectF, colour: str, radius: float = 0) -> None:
        """A filled box without an edge."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(colour))
        self.painter.drawRoundedRect(room, radius * self.px, radius * self.px)

    def legend(self, series: Sequence[Series]) -> float:
        """Paint the legend at the top, wrapped; answers the y below it."""
        measures, line = self.font(), 20 * self.px
        x, y = self.area.left(), self.area.top()
        for one in series:
            width = 34 * self.px + measures.horizontalAdvance(one.label)
            if x > self.area.left() and x + width > self.area.right():
                x, y = self.area.left(), y + line
            self.box(QRectF(x, y + 4 * self.px, 12 * self.px, 12 * self.px), one.colour, 3)
            room = QRectF(x + 18 * self.px, y, width, line)
            self.text(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, one.label)
            x += width
        return y + line

    def grid(self, plot: QRectF, largest: float) -> float:
        """Paint grid lines and their numbers left of ``plot``; answers the value of its upper edge."""
        step = step_for(largest)
        top = step * max(1, -(-int(largest) // step))
        self.font()
        for value in range(0, top + 1, step):
            y = plot.bottom() - plot.height() * value / top
            self.painter.setPen(QPen(QColor(self.tokens.border), self.px))
            self.painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            room = QRectF(
                self.area.left(), y - 10 * self.px, plot.left() - self.area.left() - 8 * self.px, 20 * self.px
            )
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            self.text(room, flags, grouped(value), self.tokens.text2)
        return float(top)

    def plot_below(self, top: float) -> QRectF:
        """The room for the plot under ``top``: left margin for numbers, bottom margin for categories."""
        left = self.area.left() + 46 * self.px
        return QRectF(left, top, self.area.right() - left, max(10.0, self.area.bottom() - top - 24 * self.px))

    def categories(self, plot: QRectF, names: Sequence[str]) -> None:
        """Write the names under the plot; where there is little room, only each second or third."""
        width = plot.width() / max(1, len(names))
        measures = self.font()
        longest = max([measures.horizontalAdvance(name) for name in names], default=0) + 4 * self.px
        every = max(1, int(-(-longest // width)))
        for at in range(0, len(names), every):
            middle = plot.left() + width * (at + 0.5)
            room = QRectF(middle - width * every / 2, plot.bottom() + 4 * self.px, width * every, 20 * self.px)
            self.text(room, Qt.AlignmentFlag.AlignCenter, names[at], self.tokens.text2)
