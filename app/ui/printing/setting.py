"""From the blocks of a paper to strips: how headings, rows, boxes, lines and signatures look on A4.

Check boxes are drawn, not written (the sign falls back to another font), and every place to write on is wide and
high enough for a hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from app.reports.paper.blocks import (
    Blanks,
    Block,
    Chart,
    Choice,
    Choices,
    Cut,
    Grid,
    Heading,
    Paper,
    Points,
    Rows,
    Signatures,
    Sum,
    Text,
)
from app.ui.printing.geometry import (
    BODY,
    BOTTOM,
    COLUMN,
    FIGURES,
    GREY,
    HAIR,
    HEIGHT,
    INK,
    LEFT,
    MM,
    PART,
    SMALL,
    TITLE,
    TOP,
    face,
)
from app.ui.printing.grid import grid_strips
from app.ui.printing.picture import chart_strips
from app.ui.printing.strips import Lines, Strip, beside, paragraph, rule, together, whole

_STRONG: Final = QFont.Weight.DemiBold
_LABELS: Final = 58 * MM
_ANSWERS: Final = LEFT + _LABELS + 4 * MM
_ANSWER_WIDTH: Final = COLUMN - _LABELS - 4 * MM
_PAD: Final = 1.1 * MM
_SHORTEST: Final = 50 * MM  # a line on which the name of an organisation can be written
_BOX: Final = 3.8 * MM
_BOX_COLUMN: Final = 13 * MM
_SHORT: Final = (HEIGHT - TOP - BOTTOM) * 0.2  # lists below this height are not parted
# A row above this height may be parted between its lines: else it would leave most of a page empty.
_TALL: Final = (HEIGHT - TOP - BOTTOM) * 0.5


def strips_of(paper: Paper) -> list[Strip]:
    """The whole paper in strips, from the line that heads it to the last signature."""
    strips = _head(paper)
    for at, block in enumerate(paper.blocks):
        strips += _set(block, paper.language)
        if isinstance(block, Cut):
            after = [strip for rest in paper.blocks[at + 1 :] for strip in _set(rest, paper.language)]
            strips[-1] = replace(strips[-1], keep=True)
            return strips + together(after)
    return strips


def _set(block: Block, language: str) -> list[Strip]:
    return chart_strips(block, language) if isinstance(block, Chart) else _SETTERS[type(block)](block)


def _head(paper: Paper) -> list[Strip]:
    issuer = Lines(paper.issuer, face(SMALL), COLUMN - 32 * MM, GREY)
    date = Lines(paper.date, face(SMALL), 30 * MM, GREY, Qt.AlignmentFlag.AlignRight)
    strips = [
        _underlined(beside((LEFT, issuer), (LEFT + COLUMN - 30 * MM, date), below=1.6 * MM)),
        whole(Lines(paper.title, face(TITLE, _STRONG), COLUMN), before=7 * MM, keep=True),
    ]
    if paper.lead:
        strips += paragraph(Lines(paper.lead, face(), COLUMN, GREY), before=1.5 * MM)
    return strips


def _heading(block: Heading) -> list[Strip]:
    if block.level == 1:
        return [
            whole(Lines(block.text, face(PART, _STRONG), COLUMN), before=6.5 * MM, keep=True),
            Strip(0.8 * MM, _nothing, keep=True),
        ]
    return [whole(Lines(block.text, face(BODY, _STRONG), COLUMN), before=4 * MM, keep=True)]


def _text(block: Text) -> list[Strip]:
    lines = Lines(block.text, face(SMALL if block.small else BODY), COLUMN, GREY if block.small else INK)
    return paragraph(lines, before=3.5 * MM)


def _points(block: Points) -> list[Strip]:
    strips: list[Strip] = []
    indent = 5 * MM
    for number, item in enumerate(block.items, 1):
        lines = paragraph(Lines(item, face(), COLUMN - indent), before=0.9 * MM, left=LEFT + indent)
        if lines:
            marked = _with_number(lines[0], number) if block.numbered else _with_bullet(lines[0])
            strips += [replace(lines[0], draw=marked), *lines[1:]]
    short = sum(strip.height for strip in strips) < _SHORT
    return together(strips) if short else strips


def _with_number(strip: Strip, number: int) -> Callable[[QPainter, float], None]:
    text = Lines(f"{number}.", face(), 6 * MM, GREY)

    def draw(painter: QPainter, top: float) -> None:
        strip.draw(painter, top)
        text.draw(painter, LEFT, top)

    return draw


def _with_bullet(strip: Strip) -> Callable[[QPainter, float], None]:
    def draw(painter: QPainter, top: float) -> None:
        strip.draw(painter, top)
        painter.setBrush(INK)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QPointF(LEFT + 2 * MM, top + strip.height * 0.52), 0.55 * MM, 0.55 * MM)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    return draw


def _rows(block: Rows) -> list[Strip]:
    strips: list[Strip] = []
    for question, answer in block.pairs:
        left, right = Lines(question, face(), _LABELS, GREY), Lines(answer, face(), _ANSWER_WIDTH)
        height = max(left.height, right.height)
        if height <= _TALL:
            strips.append(_underlined(beside((LEFT, left), (_ANSWERS, right), before=_PAD, below=_PAD)))
        else:
            strips += _parted(left, right)
    return _not_alone([replace(strips[0], before=2.2 * MM), *strips[1:]]) if strips else []


def _not_alone(rows: list[Strip]) -> list[Strip]:
    """The last row takes the one before it along to the next page."""
    return [*rows[:-2], *together(rows[-2:])]


def _parted(left: Lines, right: Lines) -> list[Strip]:
    count = max(len(left), len(right))
    strips = [
        Strip(
            right.pitch,
            _line_of(left, right, number),
            keep=number in (0, count - 2),
            words=(left.words(number), right.words(number)),
        )
        for number in range(count)
    ]
    last = strips[-1]
    return [replace(strips[0], before=_PAD), *strips[1:-1], _underlined(replace(last, height=last.height + _PAD))]


def _line_of(left: Lines, right: Lines, number: int) -> Callable[[QPainter, float], None]:
    def draw(painter: QPainter, top: float) -> None:
        left.draw_line(painter, number, LEFT, top)
        right.draw_line(painter, number, _ANSWERS, top)

    return draw


def _choices(block: Choices) -> list[Strip]:
    width = COLUMN - 2 * _BOX_COLUMN - 3 * MM
    yes, no = LEFT + COLUMN - 2 * _BOX_COLUMN, LEFT + COLUMN - _BOX_COLUMN
    centre = Qt.AlignmentFlag.AlignHCenter
    head = beside(
        (LEFT, Lines(block.head, face(BODY, _STRONG), width)),
        (yes, Lines(block.yes, face(SMALL), _BOX_COLUMN, GREY, centre)),
        (no, Lines(block.no, face(SMALL), _BOX_COLUMN, GREY, centre)),
        before=5 * MM,
        below=1.2 * MM,
    )
    top = replace(_underlined(head), keep=True)
    return [top, *_not_alone([replace(_choice(row, width, yes, no), again=top) for row in block.rows])]


def _choice(row: Choice, width: float, yes: float, no: float) -> Strip:
    text = Lines(row.text, face(), width)
    note = Lines(row.note, face(SMALL), width, GREY) if row.note else None
    # The note, or the line to write on, stands behind the text where there is room, else below it.
    behind = text.last_width + 3 * MM
    note_behind = note is not None and behind + note.widest <= width and len(note) == 1
    rule_behind = behind + _SHORTEST <= width
    below = note.height if note and not note_behind else 0.0
    room = 6 * MM if row.fill and (not rule_behind or note) else 0.0
    first = max(text.height, 6 * MM if row.fill else 0.0)
    drop = first - text.height

    def draw(painter: QPainter, top: float) -> None:
        text.draw(painter, LEFT, top + drop)
        if note:
            last = top + first - text.pitch + (text.pitch - note.pitch) * 0.7
            left = LEFT + width - note.widest if note_behind else LEFT
            note.draw(painter, left, last if note_behind else top + first)
        if row.fill:
            painter.setPen(_pen(GREY))
            start = 0.0 if room else behind
            rule(painter, top + first + below + room - 0.7 * MM, LEFT + start, width - start)
        middle = top + drop + text.pitch / 2
        _box(painter, yes + _BOX_COLUMN / 2, middle, ticked=row.answer is True)
        _box(painter, no + _BOX_COLUMN / 2, middle, ticked=row.answer is False)

    words = (row.text, row.note, row.fill)
    return _underlined(Strip(first + below + room + _PAD, draw, before=_PAD, words=words))


def _box(painter: QPainter, x: float, y: float, *, ticked: bool) -> None:
    painter.setPen(_pen(INK, 0.3))
    painter.drawRect(QRectF(x - _BOX / 2, y - _BOX / 2, _BOX, _BOX))
    if ticked:
        painter.setPen(_pen(INK, 0.6))
        corners = ((-0.28, 0.02), (-0.07, 0.26), (0.34, -0.34))
        painter.drawPolyline(QPolygonF([QPointF(x + dx * _BOX, y + dy * _BOX) for dx, dy in corners]))


def _blanks(block: Blanks) -> list[Strip]:
    strips = [_blank(label, value) for label, value in block.lines]
    return [replace(strips[0], before=3.5 * MM), *strips[1:]] if strips else []


def _blank(label: str, value: str) -> Strip:
    left, right = Lines(label, face(), _LABELS, GREY), Lines(value, face(), _ANSWER_WIDTH)
    height = max(left.height, right.height, 6 * MM) + 0.8 * MM

    def draw(painter: QPainter, top: float) -> None:
        floor = top + height - 0.8 * MM
        left.draw(painter, LEFT, floor - left.height)
        right.draw(painter, _ANSWERS, floor - right.height)
        painter.setPen(_pen(GREY))
        rule(painter, floor, _ANSWERS, _ANSWER_WIDTH)

    return Strip(height, draw, before=0.8 * MM, words=(label, value))


def _signatures(block: Signatures) -> list[Strip]:
    strips = [_signature(who, name, block.captions) for who, name in block.parties]
    return together([replace(strips[0], before=5 * MM), *strips[1:]])


def _signature(who: str, name: str, captions: tuple[str, str, str]) -> Strip:
    gap = 4 * MM
    widths = (56 * MM, 40 * MM, 24 * MM)
    role_width = COLUMN - sum(widths) - 3 * gap
    lefts = [LEFT + role_width + gap]
    for width in widths[:-1]:
        lefts.append(lefts[-1] + width + gap)
    role = Lines(who, face(SMALL), role_width, GREY)
    written = Lines(name, face(), widths[0])
    small = [Lines(text, face(SMALL - 1), width, GREY) for text, width in zip(captions, widths, strict=True)]
    line = max(role.height, written.height, 8 * MM)
    height = line + 0.4 * MM + max(lines.height for lines in small)

    def draw(painter: QPainter, top: float) -> None:
        role.draw(painter, LEFT, top + line - role.height)
        written.draw(painter, lefts[0], top + line - 0.4 * MM - written.height)
        for left, width, caption in zip(lefts, widths, small, strict=True):
            painter.setPen(_pen(INK))
            rule(painter, top + line, left, width)
            caption.draw(painter, left, top + line + 0.4 * MM)

    return Strip(height, draw, before=1.5 * MM, words=(who, name, *captions))


def _sum(block: Sum) -> list[Strip]:
    pad = 5 * MM
    figures = Lines(block.figures, face(FIGURES, _STRONG), COLUMN - 2 * pad)
    words = Lines(block.words, face(BODY + 0.5), COLUMN - 2 * pad)
    height = figures.height + words.height + 2 * pad

    def draw(painter: QPainter, top: float) -> None:
        painter.setPen(_pen(INK, 0.35))
        painter.drawRoundedRect(QRectF(LEFT, top, COLUMN, height), 2 * MM, 2 * MM)
        figures.draw(painter, LEFT + pad, top + pad)
        words.draw(painter, LEFT + pad, top + pad + figures.height)

    return [Strip(height, draw, before=6 * MM, words=(block.figures, block.words)), Strip(2 * MM, _nothing)]


def _cut(block: Cut) -> list[Strip]:
    text = Lines(block.text, face(SMALL), COLUMN, GREY)

    def draw(painter: QPainter, top: float) -> None:
        pen = _pen(GREY, 0.25)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        rule(painter, top)
        text.draw(painter, LEFT, top + 1.5 * MM)

    return [Strip(text.height + 1.5 * MM, draw, before=10 * MM, keep=True, words=(block.text,))]


def _underlined(strip: Strip) -> Strip:
    """The same with a hair line at its lower edge."""

    def draw(painter: QPainter, top: float) -> None:
        strip.draw(painter, top)
        painter.setPen(_pen(HAIR))
        rule(painter, top + strip.height)

    return replace(strip, draw=draw)


def _pen(colour: QColor, millimetres: float = 0.2) -> QPen:
    return QPen(colour, millimetres * MM)


def _nothing(_painter: QPainter, _top: float) -> None:
    """Room and no ink."""


_SETTERS: Final[Mapping[type[Block], Callable[[Any], list[Strip]]]] = {  # Any: each takes its own kind of block
    Heading: _heading,
    Text: _text,
    Points: _points,
    Rows: _rows,
    Choices: _choices,
    Blanks: _blanks,
    Signatures: _signatures,
    Sum: _sum,
    Cut: _cut,
    Grid: grid_strips,
}
