"""Pages: strips put one below the other until a page is full; painted the same way on screen, in a PDF, on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.reports.paper.blocks import Paper
from app.ui.printing.geometry import BOTTOM, COLUMN, GREY, HAIR, HEIGHT, LEFT, MM, SMALL, TOP, WIDTH, face
from app.ui.printing.setting import strips_of
from app.ui.printing.strips import Lines, Strip, rule

_FLOOR = HEIGHT - BOTTOM
_FOOT_LINES = 2  # there is room for no more


@dataclass(frozen=True, slots=True)
class Placed:
    """A strip and where its top lies on its page, in units."""

    strip: Strip
    top: float


class Pages:
    """``Pages(paper)``; ``len(pages)``; ``pages.paint(painter, 0, width)``."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.placed = _fill(strips_of(paper))

    def __len__(self) -> int:
        return len(self.placed)

    def spoken(self) -> list[str]:
        """The words of each page, in reading order."""
        return ["\n".join(text for placed in page for text in placed.strip.words if text) for page in self.placed]

    def paint(self, painter: QPainter, number: int, width: float) -> None:
        """Paint page ``number`` (from 0) with the painter's origin at its corner, ``width`` device pixels wide."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.scale(width / WIDTH, width / WIDTH)
        for placed in self.placed[number]:
            placed.strip.draw(painter, placed.top)
        self._foot(painter, number)
        painter.restore()

    def _foot(self, painter: QPainter, number: int) -> None:
        top = _FLOOR + 5 * MM
        painter.setPen(QPen(HAIR, 0.2 * MM))
        rule(painter, top)
        page = self.paper.page_of.format(page=number + 1, pages=len(self))
        right = Lines(page, face(SMALL), 45 * MM, GREY, Qt.AlignmentFlag.AlignRight)
        right.draw(painter, LEFT + COLUMN - 45 * MM, top + 1.2 * MM)
        left = Lines(self.paper.foot, face(SMALL), COLUMN - 50 * MM, GREY)
        for line in range(_FOOT_LINES):
            left.draw_line(painter, line, LEFT, top + 1.2 * MM + line * left.pitch)


def sheet(width: float) -> QRectF:
    """A page that is ``width`` wide."""
    return QRectF(0, 0, width, width * HEIGHT / WIDTH)


def _fill(strips: Sequence[Strip]) -> list[list[Placed]]:
    """Runs of strips that keep together go to the next page together, unless they are higher than a page."""
    pages: list[list[Placed]] = [[]]
    at = float(TOP)
    for run in _runs(strips):
        if pages[-1] and at + _height(run) > _FLOOR >= TOP + _height(run):
            pages.append([])
            at = TOP
        for strip in run:
            if pages[-1] and at + strip.before + strip.height > _FLOOR:
                pages.append([])
                at = TOP
            if not pages[-1] and strip.again is not None:
                pages[-1].append(Placed(strip.again, at))
                at += strip.again.height
            at += strip.before if pages[-1] else 0
            pages[-1].append(Placed(strip, at))
            at += strip.height
    return pages


def _runs(strips: Sequence[Strip]) -> Iterator[list[Strip]]:
    run: list[Strip] = []
    for strip in strips:
        run.append(strip)
        if not strip.keep:
            yield run
            run = []
    if run:
        yield run


def _height(run: Sequence[Strip]) -> float:
    return sum(strip.before + strip.height for strip in run)
