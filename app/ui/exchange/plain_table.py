"""A table of a few hundred finished lines: words at the left, numbers at the right. Longer lists are fetched lazily
elsewhere; here everything is already in memory (figures, laptops, bundles).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFont, QIcon, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from app.ui import theme

Index = QModelIndex | QPersistentModelIndex
_TOP: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its title, whether it holds numbers, whether it takes the room that is left."""

    title: str
    number: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its cells, an icon for one of them, and whether it is a total. ``hint`` is its tool tip."""

    cells: tuple[str, ...]
    icon: QIcon | None = None
    icon_at: int = 0
    total: bool = False
    hint: str = ""


class PlainModel(QAbstractTableModel):
    """Lines and heads as they were given."""

    def __init__(self) -> None:
        super().__init__()
        self._heads: tuple[Head, ...] = ()
        self._lines: tuple[Line, ...] = ()

    def show_lines(self, heads: Sequence[Head], lines: Sequence[Line]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self._heads, self._lines = tuple(heads), tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or section >= len(self._heads):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self._heads[section]).value | Qt.TextFlag.TextWordWrap.value
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        return _value(self._lines[index.row()], self._heads[index.column()], index.column(), role)


def _value(line: Line, head: Head, column: int, role: int) -> object:
    """What a cell says for one of Qt's roles."""
    match role:
        case Qt.ItemDataRole.DisplayRole:
            found: object = line.cells[column]
        case Qt.ItemDataRole.AccessibleTextRole:
            found = f"{head.title}: {line.cells[column]}"
        case Qt.ItemDataRole.TextAlignmentRole:
            found = _alignment(head)
        case Qt.ItemDataRole.DecorationRole:
            found = line.icon if column == line.icon_at else None
        case Qt.ItemDataRole.ToolTipRole:
            found = line.hint or None
        case Qt.ItemDataRole.FontRole if line.total:
            found = theme.font(weight=QFont.Weight.DemiBold)
        case _:
            found = None
    return found


class PlainTable(QTableView):
    """``show_lines(heads, lines)``; ``picked`` gives the row under the cursor. Takes the height of its lines."""

    picked = Signal(int)

    def __init__(self, name: str, most_lines: int = 12) -> None:
        super().__init__()
        self._most = most_lines
        self._fitting = False
        self._heads: tuple[Head, ...] = ()
        self.lines = PlainModel()
        self.setModel(self.lines)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(32))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(theme.px(48))
        self.setIconSize(QSize(theme.px(18), theme.px(18)))

    def show_lines(self, heads: Sequence[Head], lines: Sequence[Line]) -> None:
        """Replace everything and give each column the width that it needs."""
        row = self.row()
        self._heads = tuple(heads)
        self.lines.show_lines(heads, lines)
        self._fit()
        if 0 <= row < len(lines):
            self.selectRow(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Fit once at a time: fitting resizes the table, and fitting anew inside of that crashes Qt (measured)."""
        if self._fitting:
            return
        self._fitting = True
        try:
            before = self.viewport().width()
            self._fit_columns()
            if self.viewport().width() != before:  # a scroll bar came or went
                self._fit_columns()
        finally:
            self._fitting = False

    def _fit_columns(self) -> None:
        """Columns as wide as their contents, the rest to the wide ones.

        Where that is too much, heads break into two lines; what does not fit even then scrolls sideways. Whether
        there are scroll bars is settled here: bars that came and went by themselves made it fit anew for ever
        (measured at 1366x747, ten lines).
        """
        policy = Qt.ScrollBarPolicy
        more = self.lines.rowCount() > self._most
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOn if more else policy.ScrollBarAlwaysOff)
        self._break_heads(broken=False)
        if self.viewport().width() < self.horizontalHeader().length():
            self._break_heads(broken=True)
        rest = self.viewport().width() - self.horizontalHeader().length()
        wide = [column for column, head in enumerate(self._heads) if head.wide]
        if rest > 0:
            for column in wide:
                self.setColumnWidth(column, self.columnWidth(column) + rest // len(wide))
        self.setHorizontalScrollBarPolicy(policy.ScrollBarAlwaysOn if rest < 0 else policy.ScrollBarAlwaysOff)
        shown = max(1, min(self.lines.rowCount(), self._most))
        height = self.horizontalHeader().height() + shown * self.verticalHeader().defaultSectionSize() + 8
        bar = self.horizontalScrollBar().sizeHint().height() if rest < 0 else 0
        if self.height() != height + bar:
            self.setFixedHeight(height + bar)

    def _break_heads(self, *, broken: bool) -> None:
        """Size the columns with heads in one line, or only as wide as their longest word needs."""
        self.resizeColumnsToContents()
        header = self.horizontalHeader()
        metrics = header.fontMetrics()
        line = header.sizeHint().height() if not broken else 2 * metrics.lineSpacing() + theme.px(12)
        header.setFixedHeight(line)
        if not broken:
            return
        room = theme.px(22)
        for column, head in enumerate(self._heads):
            word = max(metrics.horizontalAdvance(one) for one in [*head.title.split(), ""])
            self.setColumnWidth(column, max(self.sizeHintForColumn(column), word + room))

    def row(self) -> int:
        """The row under the cursor, or -1."""
        return self.currentIndex().row()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        super().currentChanged(current, previous)
        self.picked.emit(current.row())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(80))


def _alignment(head: Head) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if head.number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
