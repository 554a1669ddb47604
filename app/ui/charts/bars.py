"""Horizontal bars: one number for each row, with its share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt

from app.ui.charts.canvas import Canvas
from app.ui.charts.data import grouped


@dataclass(frozen=True, slots=True)
class Bar:
    """One row; ``value`` None is hidden and says so."""

    label: str
    value: int | None
    colour: str


def paint_bars(canvas: Canvas, bars: Sequence[Bar], hidden_word: str = "—") -> None:
    """The largest bar takes the whole width; shares are of what is shown."""
    measures = canvas.font(13)
    whole = sum(bar.value or 0 for bar in bars) or 1
    largest = max([bar.value or 0 for bar in bars], default=0) or 1
    names = min(
        canvas.area.width() * 0.45,
        max([measures.horizontalAdvance(bar.label) for bar in bars], default=0) + 12 * canvas.px,
    )
    numbers = measures.horizontalAdvance("10 000 · 100 %") + 8 * canvas.px
    height = min(40 * canvas.px, canvas.area.height() / max(1, len(bars)))
    middle = Qt.AlignmentFlag.AlignVCenter
    for at, bar in enumerate(bars):
        y = canvas.area.top() + at * height
        left = canvas.area.left() + names
        track = QRectF(
            left, y + height / 2 - 7 * canvas.px, max(1.0, canvas.area.width() - names - numbers), 14 * canvas.px
        )
        canvas.text(QRectF(canvas.area.left(), y, names - 10 * canvas.px, height), middle, bar.label)
        canvas.box(track, canvas.tokens.window, 4)
        said = hidden_word
        if bar.value is not None:
            said = f"{grouped(bar.value)} · {round(100 * bar.value / whole)} %"
            if bar.value:
                canvas.box(
                    QRectF(track.topLeft(), track.bottomRight()).adjusted(
                        0, 0, track.width() * (bar.value / largest - 1), 0
                    ),
                    bar.colour,
                    4,
                )
        room = QRectF(track.right(), y, numbers, height)
        canvas.text(room, middle | Qt.AlignmentFlag.AlignRight, said)
        canvas.spots.append((QRectF(canvas.area.left(), y, canvas.area.width(), height), f"{bar.label} — {said}"))
