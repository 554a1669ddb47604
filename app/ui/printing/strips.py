"""Strips: the pieces of which pages are filled, none of which is ever cut. And text set into strips.

A strip knows its height and how to paint itself; ``keep`` ties it to the next one, so that a heading never stands
alone at the foot of a page and no paragraph leaves a single line behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout, QTextLine, QTextOption

from app.ui.printing.geometry import COLUMN, INK, LEFT, metrics

Draw = Callable[[QPainter, float], None]


@dataclass(frozen=True, slots=True)
class Strip:
    """``height`` units, painted by ``draw(painter, top)``; ``before`` is left free above it, save at a page's top.

    ``words`` are what it says, for those who hear it. ``again`` is the head of a table: it is put above this strip
    where a new page begins with it.
    """

    height: float
    draw: Draw
    before: float = 0.0
    keep: bool = False
    words: tuple[str, ...] = ()
    again: Strip | None = None


class Lines:
    """Text broken to a width. Words that are too long are broken too: nothing is ever cut off."""

    def __init__(
        self,
        text: str,
        font: QFont,
        width: float,
        colour: QColor = INK,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        self.pitch = metrics(font).height()
        self._colour = colour
        self.text = text
        # A layout knows one paragraph; U+2028 is its line end.
        self._layout = QTextLayout(text.replace("\n", "\N{LINE SEPARATOR}"), font)
        option = QTextOption(align)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._lines: list[QTextLine] = []
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, len(self._lines) * self.pitch))
            self._lines.append(line)
        self._layout.endLayout()

    def __len__(self) -> int:
        return len(self._lines)

    @property
    def height(self) -> float:
        """Of all lines."""
        return len(self._lines) * self.pitch

    @property
    def last_width(self) -> float:
        """The width of the last line."""
        return self._lines[-1].naturalTextWidth() if self._lines else 0.0

    @property
    def widest(self) -> float:
        """The width that is really used."""
        return max((line.naturalTextWidth() for line in self._lines), default=0.0)

    def words(self, number: int) -> str:
        """What stands in one line; nothing where there is no such line."""
        if number >= len(self._lines):
            return ""
        line = self._lines[number]
        return self.text[line.textStart() : line.textStart() + line.textLength()].strip()

    def draw(self, painter: QPainter, left: float, top: float) -> None:
        """Paint all lines, the first one's top at ``top``."""
        for number in range(len(self._lines)):
            self.draw_line(painter, number, left, top + number * self.pitch)

    def draw_line(self, painter: QPainter, number: int, left: float, top: float) -> None:
        """Paint one line with its top at ``top``; nothing where there is no such line."""
        if number < len(self._lines):
            painter.setPen(self._colour)
            line = self._lines[number]
            line.draw(painter, QPointF(left, top - line.y()))


def paragraph(lines: Lines, *, before: float = 0.0, left: float = LEFT, keep: bool = False) -> list[Strip]:
    """A strip a line. The first two and the last two stay together; ``keep``: and the last with what follows."""
    strips = [_line(lines, number, left) for number in range(len(lines))]
    count = len(strips)
    tied = [
        replace(strip, keep=(keep if number == count - 1 else number in (0, count - 2)))
        for number, strip in enumerate(strips)
    ]
    return [replace(tied[0], before=before), *tied[1:]] if tied else []


def _line(lines: Lines, number: int, left: float) -> Strip:
    words = (lines.words(number),)
    return Strip(lines.pitch, lambda painter, top: lines.draw_line(painter, number, left, top), words=words)


def whole(lines: Lines, *, before: float = 0.0, left: float = LEFT, keep: bool = False) -> Strip:
    """All lines as one strip."""
    return Strip(lines.height, lambda painter, top: lines.draw(painter, left, top), before, keep, (lines.text,))


def beside(*columns: tuple[float, Lines], before: float = 0.0, below: float = 0.0) -> Strip:
    """Columns of text side by side, each at its left, as one strip with room ``below``."""

    def draw(painter: QPainter, top: float) -> None:
        for left, lines in columns:
            lines.draw(painter, left, top)

    words = tuple(lines.text for _left, lines in columns)
    return Strip(max(lines.height for _left, lines in columns) + below, draw, before, words=words)


def together(strips: Iterable[Strip]) -> list[Strip]:
    """The same strips, each kept with the next but the last."""
    listed = list(strips)
    return [*(replace(strip, keep=True) for strip in listed[:-1]), *listed[-1:]]


def rule(painter: QPainter, top: float, left: float = LEFT, width: float = COLUMN) -> None:
    """A line across, in the pen that is set."""
    painter.drawLine(QPointF(left, top), QPointF(left + width, top))
