"""What all tables on screen share: whole rows without a grid, and columns that are fitted anew to each width."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from app.ui import theme


class FittedTable(QTableView):
    """``FittedTable(name, row_height)``; a table says in ``fit_columns`` how wide they are."""

    def __init__(self, name: str, row_height: int) -> None:
        super().__init__()
        self._fitting = False
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
            before = self.viewport().width()
            self.fit_columns()
            if self.viewport().width() != before:  # a scroll bar came or went
                self.fit_columns()
        finally:
            self._fitting = False

    def fit_columns(self) -> None:
        """Give each column its width in the room there is now."""
        raise NotImplementedError

    def break_head(self, *, broken: bool) -> None:
        """Give the head the height of two lines, or of one."""
        header = self.horizontalHeader()
        two = 2 * header.fontMetrics().lineSpacing() + theme.px(12)
        header.setFixedHeight(two if broken else header.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
