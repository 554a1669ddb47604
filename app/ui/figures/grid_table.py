"""A told table on screen: the grid that stands on paper too. Hidden places are hatched and say that they are hidden.

It knows the finished words of the grid alone, never a number that is hidden.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.i18n import N_, _
from app.reports.paper.blocks import Grid, GridRow
from app.ui import theme
from app.ui.exchange.plain_table import HEAD_ROOM, HIDDEN, Head, Index, Line, PlainTable

_WHY: Final = N_("Hidden: this number is small, or a small number could be worked out from it.")
"""Said of every hidden place alike: which of the two it is would tell more than the table tells."""
_MOST: Final = 16
_NAMES: Final = 0.42
"""The share of the width that the first column takes at most."""


class _Hatch(QStyledItemDelegate):
    """Hidden places have a hatch behind their word: neither empty nor nought."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.data(HIDDEN):
            painter.fillRect(option.rect, QBrush(QColor(theme.tokens().border), Qt.BrushStyle.BDiagPattern))
        super().paint(painter, option, index)


class GridTable(PlainTable):
    """``GridTable(name, grid)``. Takes the height of its rows, up to a number; wider ones scroll sideways."""

    def __init__(self, name: str, grid: Grid) -> None:
        super().__init__(name, _MOST)
        self._hatch = _Hatch(self)
        self.setItemDelegate(self._hatch)
        self.setAlternatingRowColors(False)
        self.verticalHeader().setDefaultSectionSize(theme.px(30))
        self.horizontalHeader().setMinimumSectionSize(theme.px(64))
        heads = [Head(title, at >= grid.labels, total=at in grid.totals) for at, title in enumerate(grid.head)]
        self.show_lines(heads, [_line(row) for row in grid.rows])

    def size_columns(self, room: int) -> None:
        """Each as wide as its words, but the names in their share. What is left goes to the names, as long as the
        numbers stay near them."""
        widths = self.narrowest()
        widths[0] = min(widths[0], max(theme.px(150), round(room * _NAMES)))
        rest = room - sum(widths)
        widths[0] += max(0, rest if len(widths) < 4 else min(rest, theme.px(120)))
        words = self.horizontalHeader().fontMetrics().horizontalAdvance
        heads = [width - theme.px(HEAD_ROOM) for width in widths]
        self.break_head(broken=any(words(head.title) > one for head, one in zip(self.heads, heads, strict=True)))
        self.set_widths(widths)


def _line(row: GridRow) -> Line:
    cells = tuple(f"{cell.text} · {cell.below}" if cell.below else cell.text for cell in row.cells)
    hidden = {at: _(_WHY) for at, cell in enumerate(row.cells) if cell.hidden}
    return Line(cells, total=row.total, hidden=hidden)
