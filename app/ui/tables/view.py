"""The table on screen: whole rows, Enter or double click opens, headers sort.

Columns are as wide as what is seen in them, in any language and size of text; where that is more than the window
has, the heads break into two lines, and then the table scrolls sideways instead of cutting words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent

from app.i18n import translate
from app.ui import theme
from app.ui.tables.fitted import FittedTable
from app.ui.tables.model import Column, Fetch, IdTableModel, Sort

_BESIDE: Final = 34
"""What stands beside the words of a head: its padding and the arrow of the order."""
WIDEST: Final = 300
"""No column asks for more (at 100 %): one very long name must not push the others off the screen."""


class IdTable(FittedTable):
    """``IdTable(name, columns, fetch, sort)``; ``opened`` and ``picked`` give the id (``picked`` -1 for none)."""

    # ``object``: an id may be larger than the 32 bits of Qt's int.
    opened = Signal(object)
    picked = Signal(object)

    def __init__(self, name: str, columns: Sequence[Column], fetch: Fetch, sort: Sort | None = None) -> None:
        super().__init__(name, 34)
        self.rows = IdTableModel(columns, fetch, sort)
        self.setModel(self.rows)
        self._dress_head(sortable=sort is not None)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentRowChanged.connect(self._pick)
        self.rows.modelReset.connect(self._pick)
        self.rows.modelReset.connect(self.fit)
        self.rows.dataChanged.connect(self.fit)

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show these ids in this order."""
        self.rows.show_ids(ids)

    def current_id(self) -> int | None:
        """The id of the selected row."""
        return self.rows.id_at(self.currentIndex().row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def fit_columns(self) -> None:
        """What is seen decides, then the wishes, then what is left goes to the columns that stretch."""
        columns = self.rows.columns
        seen = [min(self.sizeHintForColumn(at), theme.px(WIDEST)) for at in range(len(columns))]
        for right in (False, True):
            room = self.room(bar=right)
            widths = self._widths(seen, room)
            below = sum(widths) > room
            if self._rows_fit(below=below):
                break
        self.show_bars(right=right, below=below)
        wishes = [max(width, theme.px(column.width)) for width, column in zip(widths, columns, strict=True)]
        if sum(wishes) <= room:
            widths = wishes
        stretching = [at for at, column in enumerate(columns) if not column.width] or [0]
        left = max(0, room - sum(widths))
        for at in stretching:
            widths[at] += left // len(stretching)
        for at, width in enumerate(widths):
            self.setColumnWidth(at, width)

    def _rows_fit(self, *, below: bool) -> bool:
        room = self.contentsRect().height() - self.horizontalHeader().height()
        bar = self.horizontalScrollBar().sizeHint().height() if below else 0
        return self.verticalHeader().length() <= room - bar

    def _widths(self, seen: Sequence[int], room: int) -> list[int]:
        """What each column needs; where that is more than there is, its head breaks into two lines."""
        header = self.horizontalHeader()
        widths = [max(header.sectionSizeHint(at), needed) for at, needed in enumerate(seen)]
        metrics = header.fontMetrics()
        broken = sum(widths) > room
        if broken:
            heads = [_broken(translate(column.title), metrics) + theme.px(_BESIDE) for column in self.rows.columns]
            widths = [max(head, needed) for head, needed in zip(heads, seen, strict=True)]
            broken = any(header.sectionSizeHint(at) > width for at, width in enumerate(widths))
        self.break_head(broken=broken)
        return widths

    def _dress_head(self, *, sortable: bool) -> None:
        header = self.horizontalHeader()
        # Only the rows on screen are measured: more would fetch pages that nobody looks at.
        header.setResizeContentsPrecision(0)
        if sortable:
            header.setSortIndicatorShown(True)
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            header.setSectionsClickable(True)
            header.sortIndicatorChanged.connect(self.rows.sort)

    def _open(self, index: QModelIndex) -> None:
        if (found := self.rows.id_at(index.row())) is not None:
            self.opened.emit(found)

    def _pick(self) -> None:
        found = self.current_id()
        self.picked.emit(-1 if found is None else found)


def _broken(title: str, metrics: QFontMetrics) -> int:
    """How wide a head is at best in two lines: the wider of them, broken between two words."""
    words = title.split()
    halves = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(len(words))]
    return min((max(map(metrics.horizontalAdvance, half)) for half in halves), default=0)
