"""The pairs that wait, likeliest first: two lines each, who and who, and how sure the comparison is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.i18n import _
from app.ui import theme
from app.usecases.same_person import Pair

PAIR: Final = int(Qt.ItemDataRole.UserRole) + 1
_HEIGHT: Final = 64
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_TOP: Final = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


def sureness(pair: Pair) -> str:
    """How sure, in a word."""
    if pair.later:
        return _("put off")
    return _("likely") if pair.likely else _("possible")


class PairModel(QAbstractListModel):
    """The pairs in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs: list[Pair] = []

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        """Replace all."""
        self.beginResetModel()
        self.pairs = list(pairs)
        self.endResetModel()

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.pairs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.pairs):
            return None
        pair = self.pairs[index.row()]
        if role == PAIR:
            return pair
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            words = _("{one} and {other}: {sureness}")
            return words.format(one=pair.one_words, other=pair.other_words, sureness=sureness(pair))
        return pair.one_words if role == Qt.ItemDataRole.DisplayRole else None


class PairDelegate(QStyledItemDelegate):
    """Two lines and a word at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(160), theme.px(_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        pair: Pair = index.data(PAIR)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _ground(painter, rect, state)
        inside = rect.adjusted(theme.px(12), theme.px(8), -theme.px(12), -theme.px(8))
        word_width = _word(painter, inside, pair)
        line = inside.height() // 2
        room = inside.width() - word_width - theme.px(8)
        _line(painter, QRect(inside.left(), inside.top(), room, line), pair.one_words)
        _line(painter, QRect(inside.left(), inside.top() + line, inside.width(), line), pair.other_words)
        painter.restore()


def _ground(painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
    t = theme.tokens()
    if state & QStyle.StateFlag.State_Selected:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.accent_soft))
        painter.drawRoundedRect(QRectF(rect.adjusted(2, 1, -2, -1)), 8, 8)
    else:
        painter.setPen(QPen(QColor(t.border), 1))
        painter.drawLine(rect.left() + theme.px(12), rect.bottom(), rect.right() - theme.px(12), rect.bottom())
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(QColor(t.focus), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect.adjusted(3, 2, -3, -2)), 7, 7)


def _word(painter: QPainter, inside: QRect, pair: Pair) -> int:
    """How sure, at the right of the first line; returns the width it took."""
    t = theme.tokens()
    face = theme.font(12, QFont.Weight.DemiBold if pair.likely and not pair.later else QFont.Weight.Normal)
    word = sureness(pair)
    width = QFontMetrics(face).horizontalAdvance(word)
    painter.setFont(face)
    painter.setPen(QColor(t.accent_text if pair.likely and not pair.later else t.text2))
    painter.drawText(QRect(inside.right() - width, inside.top(), width + 1, inside.height() // 2), _LEFT, word)
    return width


def _line(painter: QPainter, room: QRect, text: str) -> None:
    face = theme.font(13)
    painter.setFont(face)
    painter.setPen(QColor(theme.tokens().text))
    painter.drawText(room, _LEFT, QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, room.width()))


class PairList(QListView):
    """``picked`` gives the pair under the cursor, or None."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Pairs that wait for a decision"))
        self.setItemDelegate(PairDelegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMinimumWidth(theme.px(240))
        self.rows = PairModel()
        self.setModel(self.rows)
        self.selectionModel().currentChanged.connect(self._picked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is typed is for the screen, whose keys decide: Qt would search the list by it."""
        if event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        """Replace the list; the line under the cursor stays where it was, so that the next one comes up."""
        row = max(0, self.currentIndex().row())
        self.rows.show_pairs(pairs)
        if pairs:
            self.setCurrentIndex(self.rows.index(min(row, len(pairs) - 1)))
        else:
            self.picked.emit(None)

    def pair(self) -> Pair | None:
        """The pair under the cursor."""
        index = self.currentIndex()
        return index.data(PAIR) if index.isValid() else None

    def _picked(self, index: QModelIndex) -> None:
        self.picked.emit(index.data(PAIR) if index.isValid() else None)
