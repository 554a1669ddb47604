"""What all tables on screen share: whole rows without a grid, and columns that are fitted anew to each size.

Whether there are scroll bars is settled while fitting. Bars that Qt showed and took away by itself changed the rows
in sight, these the columns, and these the bars: the program stood still for ever (measured, one list in sixty).
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from app.ui import theme


class FittedTable(QTableView):
    """``FittedTable(name, row_height)``; a table says in ``fit_columns`` how wide they are."""

    def __init__(self, name: str, row_height: int) -> None:
        super().__init__()
        self._fitting = False
        self._fitted = QSize()
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(row_height))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(theme.px(48))

    def fit(self) -> None:
        """Fit once at a time: fitting resizes the table, and fitting anew inside of that crashes Qt (measured)."""
        if self._fitting:
            return
        self._fitting = True
        try:
            self.fit_columns()
        finally:
            self._fitting = False
            self._fitted = self.size()

    def fit_columns(self) -> None:
        """Settle the scroll bars and give each column its width in the room there is now."""
        raise NotImplementedError

    def room(self, *, bar: bool) -> int:
        """How wide the columns may be together, with a scroll bar at the right or without."""
        return self.contentsRect().width() - (self.verticalScrollBar().sizeHint().width() if bar else 0)

    def show_bars(self, *, right: bool, below: bool) -> None:
        """Have these scroll bars or have them not, whatever Qt would think."""
        on, off = Qt.ScrollBarPolicy.ScrollBarAlwaysOn, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(on if right else off)
        self.setHorizontalScrollBarPolicy(on if below else off)

    def break_head(self, *, broken: bool) -> None:
        """Give the head the height of two lines, or of one."""
        header = self.horizontalHeader()
        two = 2 * header.fontMetrics().lineSpacing() + theme.px(12)
        header.setFixedHeight(two if broken else header.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit to another size of the table; its own scroll bars, which make the inner size another, are settled."""
        super().resizeEvent(event)
        if self.size() != self._fitted:
            self.fit()
