"""Tables on paper: widths by what stands in the columns, the head again on each page, hidden places as hidden.

A wide table is set in smaller type; one that does not fit so either is parted by its columns, and each part begins
with the words of its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from app.reports.paper.blocks import Grid, GridCell, GridRow
from app.ui.charts.canvas import Canvas
from app.ui.charts.looks import paint_hidden
from app.ui.printing.geometry import BOTTOM, COLUMN, GREY, HAIR, HEIGHT, INK, LEFT, MM, TOP, face, metrics
from app.ui.printing.picture import PIXEL
from app.ui.printing.strips import Lines, Strip, rule, together

_SIZES: Final = (9.5, 8.5, 7.5)
_STRONG: Final = QFont.Weight.DemiBold
_GAP: Final = 3 * MM  # between two columns
_PAD: Final = 0.9 * MM
_EASY: Final = 46 * MM  # of a column of words, at least, so that few of them take two lines
_LEAST: Final = 24 * MM  # the same in a wide table
_MOST: Final = 34 * MM  # of a column of numbers, for a head that could be in one line
_AIRY: Final = 26 * MM  # of a column of numbers, where there is room for more than it needs
_WHOLE: Final = (HEIGHT - TOP - BOTTOM) * 0.4  # tables below this height are not parted
_TALL: Final = (HEIGHT - TOP - BOTTOM) * 0.5
_HIDDEN: Final = 7.5 * MM
_RIGHT: Final = Qt.AlignmentFlag.AlignRight
_LEFT: Final = Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns that stand side by side: their numbers in the grid, and where each lies."""

    points: float
    numbers: tuple[int, ...]
    lefts: tuple[float, ...]
    widths: tuple[float, ...]


def grid_strips(grid: Grid) -> list[Strip]:
    """The table in strips, a row each."""
    strips: list[Strip] = []
    for columns in _parts(grid):
        strips += _part(grid, columns)
    return strips


def _part(grid: Grid, columns: _Columns) -> list[Strip]:
    cells = tuple(GridCell(text) for text in grid.head)
    head = replace(_ruled(_row(grid, GridRow(cells), columns, head=True), INK), keep=True)
    rows: list[Strip] = []
    for number, row in enumerate(grid.rows):
        last = number == len(grid.rows) - 1
        before_total = not last and grid.rows[number + 1].total and not row.total
        strip = _ruled(_row(grid, row, columns), INK if before_total else HAIR)
        if strip.height > _TALL:
            rows += [replace(one, again=head) for one in _by_lines(grid, row, columns)]
        else:
            rows.append(replace(strip, again=head, keep=before_total))
    high = head.height + sum(row.height for row in rows)
    rows = together(rows) if high < _WHOLE else [*rows[:-2], *together(rows[-2:])]
    return [replace(head, before=3.5 * MM), *rows]


def _row(grid: Grid, row: GridRow, columns: _Columns, *, head: bool = False) -> Strip:
    """One row; its words are those of its cells, in the order of the columns."""
    placed = list(_cells(grid, row, columns, head=head))
    high = max((lines.height + (below.height if below else 0) for _c, lines, below, _r in placed), default=0.0)

    def draw(painter: QPainter, top: float) -> None:
        for cell, lines, below, room in placed:
            # Heads stand on the line below them, all else hangs from the line above.
            drop = high - lines.height if head else 0.0
            if cell.hidden:
                _paint_hidden(painter, room, top + _PAD, lines.pitch)
                continue
            lines.draw(painter, room[0], top + _PAD + drop)
            if below:
                below.draw(painter, room[0], top + _PAD + lines.height)

    words = tuple(part for cell, *_rest in placed for part in (cell.text, cell.below) if part)
    return Strip(high + 2 * _PAD, draw, words=words)


def _cells(
    grid: Grid, row: GridRow, columns: _Columns, *, head: bool = False
) -> Iterator[tuple[GridCell, Lines, Lines | None, tuple[float, float]]]:
    for at, left, width in zip(columns.numbers, columns.lefts, columns.widths, strict=True):
        cell = row.cells[at]
        weight = _STRONG if row.total or head or at in grid.totals else QFont.Weight.Normal
        align = _LEFT if at < grid.labels else _RIGHT
        points = columns.points - (0.5 if head else 0)
        text = "" if cell.hidden else cell.text
        lines = Lines(text, face(points, weight), width, GREY if head else INK, align)
        below = Lines(cell.below, face(points - 1.5), width, GREY, align) if cell.below else None
        yield cell, lines, below, (left, width)


def _by_lines(grid: Grid, row: GridRow, columns: _Columns) -> Iterator[Strip]:
    """A row that is higher than half a page, line by line: nothing of it may be lost below the page."""
    placed = list(_cells(grid, row, columns))
    count = max(len(lines) for _cell, lines, _below, _room in placed)
    pitch = max(lines.pitch for _cell, lines, _below, _room in placed)

    def line(number: int) -> Callable[[QPainter, float], None]:
        def draw(painter: QPainter, top: float) -> None:
            for _cell, lines, below, room in placed:
                lines.draw_line(painter, number, room[0], top)
                if below and number == len(lines):
                    below.draw(painter, room[0], top)

        return draw

    for number in range(count):
        said = ((lines.words(number), cell.below if number == len(lines) else "") for cell, lines, *_rest in placed)
        words = tuple(part for both in said for part in both if part)
        strip = Strip(pitch, line(number), keep=number in (0, count - 2), words=words)
        yield _ruled(replace(strip, height=pitch + _PAD), HAIR) if number == count - 1 else strip


def _paint_hidden(painter: QPainter, room: tuple[float, float], top: float, pitch: float) -> None:
    """The sign of a hidden place, as it stands in charts, at the right of its column."""
    left, width = room
    wide = min(_HIDDEN, width)
    box = QRectF(left + width - wide, top + pitch * 0.1, wide, pitch * 0.8)
    painter.save()
    paint_hidden(Canvas(painter, box, PIXEL * 0.85, on_paper=True), box)
    painter.restore()


def _ruled(strip: Strip, colour: QColor) -> Strip:
    """The same with a line at its lower edge."""

    def draw(painter: QPainter, top: float) -> None:
        strip.draw(painter, top)
        painter.setPen(QPen(colour, (0.3 if colour is INK else 0.2) * MM))
        rule(painter, top + strip.height)

    return replace(strip, draw=draw)


def _parts(grid: Grid) -> list[_Columns]:
    """All columns side by side in the largest type that allows it, else in as few parts as can be, of equal width."""
    labels = tuple(range(grid.labels))
    numbers = tuple(range(grid.labels, len(grid.head)))
    for least_words in (_EASY, _LEAST) if numbers else (_LEAST,):
        for points in _SIZES:
            least = _least(grid, points, least_words)
            if _together(least, (*labels, *numbers)) <= COLUMN:
                return [_laid_out(grid, points, (*labels, *numbers), least)]
    for count in range(2, len(numbers) + 1):
        many = -(-len(numbers) // count)
        parts = [(*labels, *numbers[at : at + many]) for at in range(0, len(numbers), many)]
        for points in _SIZES:
            least = _least(grid, points)
            if all(_together(least, part) <= COLUMN for part in parts):
                return [_laid_out(grid, points, part, least) for part in parts]
    # So many columns of words that even their long words must be broken.
    room = (COLUMN - _GAP * (len(grid.head) - 1)) / sum(least)
    return [_laid_out(grid, _SIZES[-1], (*labels, *numbers), [width * room for width in least])]


def _together(least: Sequence[float], numbers: Sequence[int]) -> float:
    return sum(least[number] for number in numbers) + _GAP * (len(numbers) - 1)


def _least(grid: Grid, points: float, words: float = _LEAST) -> list[float]:
    """How narrow each column may be: no number and no word of a head is broken, and texts have ``words`` at least."""
    strong, small = metrics(face(points, _STRONG)), metrics(face(points - 0.5, _STRONG))
    found = []
    for at, head in enumerate(grid.head):
        cells = [row.cells[at] for row in grid.rows]
        width = max((small.horizontalAdvance(word) for word in head.split()), default=0.0)
        if at < grid.labels:
            longest = max((strong.horizontalAdvance(cell.text) for cell in cells), default=0.0)
            width = max(width, min(longest, words))
        else:
            texts = [part for cell in cells for part in (cell.text, cell.below) if part and not cell.hidden]
            width = max([width, _HIDDEN * 0.8, *(strong.horizontalAdvance(text) for text in texts)])
        found.append(min(width + 1, COLUMN / 2))
    return found


def _laid_out(grid: Grid, points: float, numbers: tuple[int, ...], least: Sequence[float]) -> _Columns:
    """What is left over goes to the words, to heads that could be in one line, between numbers, to words again."""
    wanted = _wanted(grid, points)
    widths = {number: least[number] for number in numbers}
    for labels in (True, False):
        asking = {
            number: max(0.0, wanted[number] - widths[number])
            for number in numbers
            if (number < grid.labels) is labels
        }
        left = COLUMN - _together(list(widths.values()), range(len(widths)))
        asked = sum(asking.values())
        for number, more in asking.items():
            widths[number] += more * min(1.0, left / asked) if asked else 0.0
    left = max(0.0, COLUMN - _together(list(widths.values()), range(len(widths))))
    airy = [number for number in numbers if number >= grid.labels]
    spread = {number: max(0.0, min(left / len(numbers), _AIRY - widths[number])) for number in airy}
    for number in airy:
        widths[number] += spread[number]
    widths[max(range(grid.labels), key=lambda at: wanted[at])] += left - sum(spread.values())
    lefts = [float(LEFT)]
    for number in numbers[:-1]:
        lefts.append(lefts[-1] + widths[number] + _GAP)
    return _Columns(points, numbers, tuple(lefts), tuple(widths.values()))


def _wanted(grid: Grid, points: float) -> list[float]:
    strong = metrics(face(points, _STRONG))
    found = []
    for at, head in enumerate(grid.head):
        width = strong.horizontalAdvance(head)
        if at < grid.labels:
            width = max([width, *(strong.horizontalAdvance(row.cells[at].text) for row in grid.rows)])
        found.append(min(width + 1, COLUMN if at < grid.labels else _MOST))
    return found
