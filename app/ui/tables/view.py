"""The table on screen: whole rows, Enter or double click opens, headers sort."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.ui import theme
from app.ui.tables.model import Column, Fetch, IdTableModel, Sort


class IdTable(QTableView):
    """``IdTable(name, columns, fetch, sort)``; ``opened`` and ``picked`` give the id (``picked`` -1 for none)."""

    # ``object``: an id may be larger than the 32 bits of Qt's int.
    opened = Signal(object)
    picked = Signal(object)

    def __init__(self, name: str, columns: Sequence[Column], fetch: Fetch, sort: Sort | None = None) -> None:
        super().__init__()
        self.rows = IdTableModel(columns, fetch, sort)
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(34))
        self._size_columns(columns, sortable=sort is not None)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentRowChanged.connect(self._pick)
        self.rows.modelReset.connect(self._pick)

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

    def _size_columns(self, columns: Sequence[Column], *, sortable: bool) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(theme.px(48))
        for at, column in enumerate(columns):
            if column.width:
                # A head in another language may be longer than what stands under it.
                header.resizeSection(at, max(theme.px(column.width), header.sectionSizeHint(at)))
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
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
