"""The left bar: icon and word for each place, a count where something waits; folds to icons when narrow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from app.i18n import _, translate
from app.ui import icons, theme
from app.ui.routes import Route
from app.ui.widgets.nested import row_in
from app.ui.widgets.text import label

WIDE: Final = 248
NARROW: Final = 60
_ICON: Final = int(Qt.ItemDataRole.UserRole)
_NAME: Final = _ICON + 1
_COUNT: Final = _ICON + 2


class NavDelegate(QStyledItemDelegate):
    """Paints a place; a delegate, because ``::item:focus`` in style sheets breaks lists (measured)."""

    folded = False

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(40), theme.px(42))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        t = theme.tokens()
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(area).adjusted(1, 2, -1, -2)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.nav_selected if chosen else t.border))
            painter.drawRoundedRect(ground, 7, 7)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(t.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), 6, 6)
        side = theme.px(20)
        left = area.left() + ((area.width() - side) // 2 if self.folded else theme.px(12))
        colour = t.accent_text if chosen else t.text2
        picture = icons.pixmap(str(index.data(_ICON)), colour, side, painter.device().devicePixelRatioF())
        painter.drawPixmap(left, area.center().y() - side // 2 + 1, picture)
        count = int(index.data(_COUNT) or 0)
        if not self.folded:
            self._paint_word(painter, area, str(index.data()), chosen=chosen, count=count)
        if count:
            self._paint_count(painter, area, count)
        painter.restore()

    def _paint_word(self, painter: QPainter, area: QRect, text: str, *, chosen: bool, count: int) -> None:
        face = theme.font(14, QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        painter.setFont(face)
        painter.setPen(QColor(theme.tokens().text))
        room = area.adjusted(theme.px(44), 0, -theme.px(44 if count else 8), 0)
        shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _paint_count(self, painter: QPainter, area: QRect, count: int) -> None:
        t = theme.tokens()
        painter.setPen(Qt.PenStyle.NoPen)
        if self.folded:
            painter.setBrush(QColor(t.accent))
            painter.drawEllipse(QRectF(area.right() - theme.px(14), area.top() + theme.px(8), 8, 8))
            return
        pill = QRectF(area.right() - theme.px(42), area.center().y() - theme.px(9), theme.px(32), theme.px(19))
        painter.setBrush(QColor(t.surface))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setFont(theme.font(12, QFont.Weight.DemiBold))
        painter.setPen(QColor(t.text2))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, "99+" if count > 99 else str(count))


class _Places(QListWidget):
    """Enter alone opens a place: Ctrl+Enter is for saving, and Qt would take it for Enter."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)


class NavBar(QFrame):
    """``chosen`` gives the name of the route that was pressed (also when it is the present one)."""

    chosen = Signal(str)

    def __init__(self, routes: Sequence[Route]) -> None:
        super().__init__()
        self.setObjectName("nav")
        self._delegate = NavDelegate(self)
        self.list = _Places()
        self.list.setObjectName("navlist")
        self.list.setAccessibleName(_("Places"))
        self.list.setItemDelegate(self._delegate)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for number, route in enumerate(routes, 1):
            item = QListWidgetItem(translate(route.label))
            item.setData(_ICON, route.icon)
            item.setData(_NAME, route.name)
            item.setToolTip(f"{translate(route.label)} · Ctrl+{number}" if number <= 9 else translate(route.label))
            self.list.addItem(item)
        self._word = label("Apora", "h2")
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 6, 4, 6)
        brand = row_in(column)
        brand.setContentsMargins(14, 8, 8, 8)
        brand.setSpacing(8)
        brand.addWidget(icons.icon_label("logo", theme.tokens().accent, 24))
        brand.addWidget(self._word, 1)
        column.addWidget(self.list, 1)
        self.list.itemClicked.connect(self._pressed)
        self.list.itemActivated.connect(self._pressed)
        self.fold(folded=False)

    def fold(self, *, folded: bool) -> None:
        """Icons alone, or icons and words."""
        self._delegate.folded = folded
        self._word.setVisible(not folded)
        self.setFixedWidth(theme.px(NARROW if folded else WIDE))
        self.list.doItemsLayout()

    def light(self, name: str) -> None:
        """Show that the place ``name`` is open; none is lit for an unknown name."""
        self.list.clearSelection()
        for at in range(self.list.count()):
            if self.list.item(at).data(_NAME) == name:
                self.list.setCurrentRow(at)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """How much waits at each place (0: nothing is shown)."""
        for at in range(self.list.count()):
            item = self.list.item(at)
            count = counts.get(str(item.data(_NAME)), 0)
            item.setData(_COUNT, count)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()} {count}" if count else item.text())

    def _pressed(self, item: QListWidgetItem) -> None:
        self.chosen.emit(str(item.data(_NAME)))
