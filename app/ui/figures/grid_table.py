"""A told table on screen: the grid that stands on paper too. Hidden places are hatched and say that they are hidden.

The model knows the finished words of the grid alone, never a number that is hidden.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from app.i18n import N_, _
from app.reports.paper.blocks import Grid
from app.ui import theme

Index = QModelIndex | QPersistentModelIndex
_TOP: Final = QModelIndex()
_HIDDEN: Final = int(Qt.ItemDataRole.UserRole) + 1
WHY: Final = N_("Hidden: this number is small, or a small number could be worked out from it.")
"""Said of every hidden place alike: which of the two it is would tell more than the table tells."""
_MOST: Final = 16
_NAMES: Final = 0.42
"""The share of the width that the first column takes at most."""


class _Model(QAbstractTableModel):
    def __init__(self, grid: Grid) -> None:
        super().__init__()
        self.grid = grid

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.grid.rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.grid.head)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.grid.head):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.grid.head[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section).value | Qt.TextFlag.TextWordWrap.value
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.grid.rows[index.row()]
        cell = row.cells[index.column()]
        found: object = None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                found = f"{cell.text} · {cell.below}" if cell.below else cell.text
            case Qt.ItemDataRole.TextAlignmentRole:
                found = self._side(index.column()).value
            case Qt.ItemDataRole.FontRole if row.total or index.column() in self.grid.totals:
                found = theme.font(weight=QFont.Weight.DemiBold)
            case Qt.ItemDataRole.ToolTipRole if cell.hidden:
                found = _(WHY)
            case Qt.ItemDataRole.AccessibleTextRole:
                found = f"{self.grid.head[index.column()]}: {_(WHY) if cell.hidden else cell.text}"
            case _ if role == _HIDDEN:
                found = cell.hidden
        return found

    def _side(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignLeft if column < self.grid.labels else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter


class _Hatch(QStyledItemDelegate):
    """Hidden places have a hatch behind their word: neither empty nor nought."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.data(_HIDDEN):
            painter.fillRect(
                option.rect,
                QBrush(QColor(theme.tokens().border), Qt.BrushStyle.BDiagPattern),
            )
        super().paint(painter, option, index)


class GridTable(QTableView):
    """``GridTable(name, grid)``. Takes the height of its rows, up to a number; wider ones scroll sideways."""

    def __init__(self, name: str, grid: Grid) -> None:
        super().__init__()
        self._lines = _Model(grid)
        self._hatch = _Hatch(self)
        self._fitting = False
        self.setModel(self._lines)
        self.setItemDelegate(self._hatch)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(30))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(theme.px(64))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Fit once at a time: fitting resizes the table, and fitting anew inside of that crashes Qt (measured)."""
        if self._fitting:
            return
        self._fitting = True
        try:
            self._fit_columns()
        finally:
            self._fitting = False

    def _fit_columns(self) -> None:
        """The first column as wide as its words, the others as wide as theirs; what is left goes to the first."""
        header, grid = self.horizontalHeader(), self._lines.grid
        metrics, room = header.fontMetrics(), theme.px(22)
        widths = []
        for column, head in enumerate(grid.head):
            words = max([metrics.horizontalAdvance(word) for word in head.split()], default=0)
            widths.append(max(self.sizeHintForColumn(column), words + room))
        left = max(1, self.viewport().width())
        widths[0] = min(widths[0], max(theme.px(150), round(left * _NAMES)))
        rest = left - sum(widths)
        widths[0] += max(0, rest if len(widths) < 4 else min(rest, theme.px(120)))
        two_lines = any(
            metrics.horizontalAdvance(head) + room > width for head, width in zip(grid.head, widths, strict=True)
        )
        header.setFixedHeight((2 if two_lines else 1) * metrics.lineSpacing() + theme.px(14))
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        shown = max(1, min(len(grid.rows), _MOST))
        policy = Qt.ScrollBarPolicy
        wide = sum(widths) > left
        self.setHorizontalScrollBarPolicy(policy.ScrollBarAlwaysOn if wide else policy.ScrollBarAlwaysOff)
        more = len(grid.rows) > _MOST
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOn if more else policy.ScrollBarAlwaysOff)
        bar = self.horizontalScrollBar().sizeHint().height() if wide else 0
        height = header.height() + shown * self.verticalHeader().defaultSectionSize() + theme.px(6) + bar
        if self.height() != height:
            self.setFixedHeight(height)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(60))
