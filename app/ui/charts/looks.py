"""How series are told apart, on a screen, in colour print and in grey print: by hue, by lightness and by a pattern.

The lightness of the eight colours (CIE L*) differs by six at least, and that of neighbours by sixteen, so that a
copy in grey keeps them apart; a pattern does so too. Hatches are drawn line by line: the ready-made ones of Qt are
as fine as the device, which at 600 dots per inch is a grey veil.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from app.ui.charts.canvas import Canvas
from app.ui.tokens import LIGHT

STUB: Final = 15.0
"""How long the sign of a hidden place is, in pixels at 100 %: the same for every number it hides."""


class Pattern(StrEnum):
    """What is drawn over a colour."""

    PLAIN = "plain"
    RISING = "rising"
    DOTS = "dots"
    FALLING = "falling"
    LINES = "lines"
    CROSSED = "crossed"


@dataclass(frozen=True, slots=True)
class Look:
    """One series: its colours on light and on dark ground, its pattern."""

    light: str
    dark: str
    pattern: Pattern

    def colour(self, canvas: Canvas) -> str:
        """The colour for the ground on which ``canvas`` paints."""
        return self.light if canvas.tokens is LIGHT else self.dark


LOOKS: Final = (
    Look("#006467", "#00A7AB", Pattern.PLAIN),
    Look("#E4AC60", "#FFD6A6", Pattern.RISING),
    Look("#9B61AC", "#965BA6", Pattern.DOTS),
    Look("#A9DEFE", "#65CCFE", Pattern.PLAIN),
    Look("#A94C37", "#CA6850", Pattern.FALLING),
    Look("#61B26D", "#B7FFBE", Pattern.LINES),
    Look("#004087", "#8CA8FD", Pattern.DOTS),
    Look("#FEB2C3", "#A43659", Pattern.CROSSED),
)


def paint_part(canvas: Canvas, room: QRectF, look: Look) -> None:
    """A part of a bar, with a fine edge in the colour of the ground that keeps it apart from its neighbours."""
    colour = QColor(look.colour(canvas))
    canvas.painter.fillRect(room, colour)
    ink = colour.lighter(150) if _dark(colour) else colour.darker(135)
    canvas.painter.setPen(QPen(ink, 1.1 * canvas.px))
    step = 6 * canvas.px
    match look.pattern:
        case Pattern.RISING:
            canvas.painter.drawLines(list(_rising(room, step)))
        case Pattern.FALLING:
            canvas.painter.drawLines(list(_falling(room, step)))
        case Pattern.CROSSED:
            canvas.painter.drawLines([*_rising(room, step), *_falling(room, step)])
        case Pattern.LINES:
            canvas.painter.drawLines(list(_lines(room, step * 0.7)))
        case Pattern.DOTS:
            _dots(canvas, room, ink)
        case Pattern.PLAIN:
            pass
    canvas.painter.setPen(QPen(QColor(canvas.tokens.surface), 0.8 * canvas.px))
    canvas.painter.setBrush(Qt.BrushStyle.NoBrush)
    canvas.painter.drawRect(room)


def paint_hidden(canvas: Canvas, room: QRectF) -> None:
    """A hidden place: an empty hatched box with an outline and a cross, which no number looks like."""
    painter = canvas.painter
    painter.fillRect(room, QColor(canvas.tokens.surface))
    painter.setPen(QPen(QColor(canvas.tokens.border_strong), 0.7 * canvas.px))
    painter.drawLines(list(_rising(room, 4 * canvas.px)))
    middle, arm = room.center(), min(3.2 * canvas.px, room.height() / 3, room.width() / 3)
    around = QRectF(middle.x() - 1.6 * arm, middle.y() - 1.6 * arm, 3.2 * arm, 3.2 * arm).intersected(room)
    painter.fillRect(around, QColor(canvas.tokens.surface))
    painter.setPen(QPen(QColor(canvas.tokens.text), 1.3 * canvas.px))
    painter.drawLine(QPointF(middle.x() - arm, middle.y() - arm), QPointF(middle.x() + arm, middle.y() + arm))
    painter.drawLine(QPointF(middle.x() - arm, middle.y() + arm), QPointF(middle.x() + arm, middle.y() - arm))
    painter.setPen(QPen(QColor(canvas.tokens.text2), canvas.px))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(room)


def ink_on(colour: str) -> str:
    """Black or white, whichever is read better on ``colour`` (contrast of WCAG 2.2)."""
    return "#FFFFFF" if _dark(QColor(colour)) else "#000000"


def _dark(colour: QColor) -> bool:
    """Is its relative luminance below the one on which black and white are read equally well?"""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.179


def _rising(room: QRectF, step: float) -> Iterator[QLineF]:
    """Lines at 45 degrees inside ``room``; they start at its corner, so that equal boxes look equal."""
    at = room.left() - room.height() + step / 2
    while at < room.right():
        first, last = max(at, room.left()), min(at + room.height(), room.right())
        yield QLineF(first, room.bottom() - (first - at), last, room.bottom() - (last - at))
        at += step


def _falling(room: QRectF, step: float) -> Iterator[QLineF]:
    for line in _rising(room, step):
        mirrored = room.top() + room.bottom()
        yield QLineF(line.x1(), mirrored - line.y1(), line.x2(), mirrored - line.y2())


def _lines(room: QRectF, step: float) -> Iterator[QLineF]:
    at = room.top() + step / 2
    while at < room.bottom():
        yield QLineF(room.left(), at, room.right(), at)
        at += step


def _dots(canvas: Canvas, room: QRectF, ink: QColor) -> None:
    step, radius = 6 * canvas.px, 1.1 * canvas.px
    canvas.painter.setPen(Qt.PenStyle.NoPen)
    canvas.painter.setBrush(ink)
    y = room.top() + step / 2
    while y + radius < room.bottom():
        x = room.left() + step / 2
        while x + radius < room.right():
            canvas.painter.drawEllipse(QPointF(x, y), radius, radius)
            x += step
        y += step
