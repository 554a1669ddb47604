"""Which kind of activity: found by typing a part of a word; the kinds most used stand first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.i18n import _
from app.ui import theme
from app.ui.forms.code_choices import code_choices
from app.ui.widgets.text import label

_CODE = int(Qt.ItemDataRole.UserRole)
_FOUND_BY = _CODE + 1


class KindChooser(QWidget):
    """``chosen`` gives the code. Enter takes the marked line, the arrow keys move from the field above."""

    chosen = Signal(str)

    def __init__(self, used: Sequence[str]) -> None:
        super().__init__()
        self.line = _Line(self._move, self._take)
        self.line.setPlaceholderText(_("Type a part of the word"))
        self.line.setAccessibleName(_("Kind of activity"))
        self.line.textChanged.connect(self._filter)
        self.kinds = QListWidget()
        self.kinds.setAccessibleName(_("Kinds of activity"))
        self.kinds.setUniformItemSizes(True)
        self.none = label(_("No kind is called so."), "sub")
        self.none.hide()
        choices = {one.key: one for one in code_choices("activity_kinds")}
        for code in dict.fromkeys([*used, *choices]):
            item = QListWidgetItem(choices[code].text)
            item.setData(_CODE, code)
            item.setData(_FOUND_BY, f"{choices[code].text} {choices[code].also}".casefold())
            item.setSizeHint(QSize(0, theme.px(32)))
            self.kinds.addItem(item)
        self.kinds.itemClicked.connect(self._clicked)
        self.kinds.itemActivated.connect(self._clicked)
        self.kinds.setMinimumHeight(theme.px(280))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.line, self.none):
            column.addWidget(widget)
        column.addWidget(self.kinds, 1)
        self.kinds.setCurrentRow(0)
        self.setFocusProxy(self.line)

    def shown(self) -> list[str]:
        """The codes that fit what is typed, in their order."""
        items = (self.kinds.item(at) for at in range(self.kinds.count()))
        return [str(item.data(_CODE)) for item in items if not item.isHidden()]

    def _filter(self, typed: str) -> None:
        wanted = typed.casefold().split()
        first = None
        for at in range(self.kinds.count()):
            item = self.kinds.item(at)
            item.setHidden(not all(word in str(item.data(_FOUND_BY)) for word in wanted))
            if first is None and not item.isHidden():
                first = item
        self.none.setVisible(first is None)
        if first is not None:
            self.kinds.setCurrentItem(first)

    def _move(self, step: int) -> None:
        at = self.kinds.currentRow() + step
        while 0 <= at < self.kinds.count():
            if not self.kinds.item(at).isHidden():
                self.kinds.setCurrentRow(at)
                return
            at += step

    def _take(self) -> None:
        item = self.kinds.currentItem()
        if item is not None and not item.isHidden():
            self.chosen.emit(str(item.data(_CODE)))

    def _clicked(self, item: QListWidgetItem) -> None:
        self.chosen.emit(str(item.data(_CODE)))


class _Line(QLineEdit):
    """The arrow keys go through the list below, Enter takes from it."""

    def __init__(self, move: Callable[[int], object], take: Callable[[], object]) -> None:
        super().__init__()
        self._move, self._take = move, take

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self._move(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._take()
        else:
            super().keyPressEvent(event)
