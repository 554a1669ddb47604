"""The timeline: what happened with a person, newest first, by month. Data objects in, one signal out."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView

from app.i18n import _
from app.ui.dates import day_and_month, long_date, month_and_year
from app.ui.widgets.timeline_delegate import ENTRY, TimelineDelegate
from app.ui.widgets.timeline_items import TimelineEntry, TimelineItem

Index = QModelIndex | QPersistentModelIndex


class TimelineModel(QAbstractListModel):
    """Items and the headers between them."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[TimelineEntry] = []

    def show_items(self, items: Iterable[TimelineItem]) -> None:
        """Replace all; the order is kept (newest first is the use case's business)."""
        self.beginResetModel()
        self._entries = list(_entries(items))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self._entries[index.row()].item is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == ENTRY:
            return entry
        if entry.item is None:
            shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return entry.header if shown else None
        return _words(entry.item, role)


def _words(item: TimelineItem, role: int) -> str | None:
    """What an item says for one of Qt's roles."""
    if role == Qt.ItemDataRole.DisplayRole:
        return item.title
    if role == Qt.ItemDataRole.ToolTipRole:
        return "\n".join(part for part in (item.title, item.sub, item.note) if part)
    if role == Qt.ItemDataRole.AccessibleTextRole:
        said = (long_date(item.on), item.group_word, item.title, item.sub, item.note, item.chip)
        return ". ".join(part for part in said if part)
    return None


def _entries(items: Iterable[TimelineItem]) -> Iterable[TimelineEntry]:
    listed = list(items)
    month = None
    for at, item in enumerate(listed):
        if item.on[:7] != month:
            month = item.on[:7]
            yield TimelineEntry(header=month_and_year(item.on) or _("Date not known"))
        following = listed[at + 1].on[:7] if at + 1 < len(listed) else None
        yield TimelineEntry(item=item, day=day_and_month(item.on), last_of_month=following != month)


class Timeline(QListView):
    """The list itself; ``opened`` gives the key on a double click or Enter, ``picked`` when the selection moves."""

    opened = Signal(str)
    picked = Signal(str)

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.setObjectName("timeline")
        self.setAccessibleName(name or _("Timeline"))
        self.setItemDelegate(TimelineDelegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self._model = TimelineModel()
        self.setModel(self._model)
        self.activated.connect(self._activated)
        self.selectionModel().currentChanged.connect(self._picked)

    def show_items(self, items: Iterable[TimelineItem]) -> None:
        """Show these items in their order."""
        self._model.show_items(items)

    def current_key(self) -> str:
        """The key of the selected item, or an empty string."""
        return self._key(self.currentIndex())

    def _key(self, index: Index) -> str:
        entry = index.data(ENTRY) if index.isValid() else None
        return entry.item.key if isinstance(entry, TimelineEntry) and entry.item else ""

    def _activated(self, index: QModelIndex) -> None:
        if key := self._key(index):
            self.opened.emit(key)

    def _picked(self, index: QModelIndex) -> None:
        self.picked.emit(self._key(index))
