"""A table of a few hundred finished lines: words at the left, numbers at the right. Longer lists are fetched lazily
elsewhere; here everything is already in memory (figures, laptops, bundles).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFont, QIcon

from app.ui import theme
from app.ui.tables.fitted import FittedTable

Index = QModelIndex | QPersistentModelIndex
_TOP: Final = QModelIndex()
HIDDEN: Final = int(Qt.ItemDataRole.UserRole) + 1
"""The role under which a cell says that it is hidden."""
HEAD_ROOM: Final = 22
"""What stands beside the words of a head."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its title, whether it holds numbers, takes the room that is left, or sums up the others."""

    title: str
    number: bool = False
    wide: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its cells, an icon for one of them, and whether it is a total. ``hint`` is its tool tip.

    ``hidden`` says of the columns whose cell is hidden why it is; what it hides is not here.
    """

    cells: tuple[str, ...]
    icon: QIcon | None = None
    icon_at: int = 0
    total: bool = False
    hint: str = ""
    hidden: Mapping[int, str] = field(default_factory=dict)


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
            found = f"{head.title}: {line.hidden.get(column, line.cells[column])}"
        case Qt.ItemDataRole.TextAlignmentRole:
            found = _alignment(head)
        case Qt.ItemDataRole.DecorationRole:
            found = line.icon if column == line.icon_at else None
        case Qt.ItemDataRole.ToolTipRole:
            found = line.hidden.get(column, line.hint) or None
        case Qt.ItemDataRole.FontRole if line.total or head.total:
            found = theme.font(weight=QFont.Weight.DemiBold)
        case _:
            found = column in line.hidden if role == HIDDEN else None
    return found


class PlainTable(FittedTable):
    """``show_lines(heads, lines)``; ``picked`` gives the row under the cursor. Takes the height of its lines."""

    picked = Signal(int)

    def __init__(self, name: str, most_lines: int = 12) -> None:
        super().__init__(name, 32)
        self._most = most_lines
        self.heads: tuple[Head, ...] = ()
        self.lines = PlainModel()
        self.setModel(self.lines)
        self.setIconSize(QSize(theme.px(18), theme.px(18)))

    def show_lines(self, heads: Sequence[Head], lines: Sequence[Line]) -> None:
        """Replace everything and give each column the width that it needs."""
        row = self.row()
        self.heads = tuple(heads)
        self.lines.show_lines(heads, lines)
        self.fit()
        if 0 <= row < len(lines):
            self.selectRow(row)

    def fit_columns(self) -> None:
        """What does not fit scrolls sideways."""
        more = self.lines.rowCount() > self._most
        room = self.room(bar=more)
        self.size_columns(room)
        wide = self.horizontalHeader().length() > room
        self.show_bars(right=more, below=wide)
        shown = max(1, min(self.lines.rowCount(), self._most))
        height = self.horizontalHeader().height() + shown * self.verticalHeader().defaultSectionSize() + 8
        bar = self.horizontalScrollBar().sizeHint().height() if wide else 0
        if self.height() != height + bar:
            self.setFixedHeight(height + bar)

    def size_columns(self, room: int) -> None:
        """As wide as their contents, the rest to the wide ones. Where that is too much, heads break in two."""
        self.resizeColumnsToContents()
        broken = room < self.horizontalHeader().length()
        self.break_head(broken=broken)
        if broken:
            self.set_widths(self.narrowest())
        rest = room - self.horizontalHeader().length()
        wide = [column for column, head in enumerate(self.heads) if head.wide]
        if rest > 0:
            for column in wide:
                self.setColumnWidth(column, self.columnWidth(column) + rest // len(wide))

    def narrowest(self) -> list[int]:
        """How wide each column is at least: its cells, and the longest word of its head."""
        header, room = self.horizontalHeader(), theme.px(HEAD_ROOM)
        words, least = header.fontMetrics().horizontalAdvance, header.minimumSectionSize()
        longest = [max(map(words, head.title.split()), default=0) for head in self.heads]
        return [max(self.sizeHintForColumn(at), word + room, least) for at, word in enumerate(longest)]

    def set_widths(self, widths: Sequence[int]) -> None:
        """Give each column its width."""
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)

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
