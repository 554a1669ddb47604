"""Paints the timeline: a circle with the group's icon, title, sub line, note, date and chip; headers by month."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui import icons, theme
from app.ui.widgets.timeline_items import TimelineEntry, TimelineItem

ENTRY: Final = int(Qt.ItemDataRole.UserRole) + 1
_ROW: Final = 19
"""The height of one more line of text."""
_FOLDED: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TimelineDelegate(QStyledItemDelegate):
    """A delegate because ``::item:focus`` in style sheets breaks list views (measured)."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        entry: TimelineEntry = index.data(ENTRY)
        if entry.item is None:
            return QSize(theme.px(100), theme.px(34))
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else option.rect.width()
        rows = (1 if entry.item.note else 0) + (1 if _is_long(entry, width) else 0)
        return QSize(theme.px(100), theme.px(56 + _ROW * rows))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry: TimelineEntry = index.data(ENTRY)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry.item is None:
            painter.setFont(theme.font(12, QFont.Weight.DemiBold))
            painter.setPen(QColor(theme.tokens().text2))
            painter.drawText(rect.adjusted(6, theme.px(8), 0, 0), _LEFT, entry.header)
        else:
            _paint_ground(painter, rect, state)
            _paint_circle(painter, rect, entry)
            _paint_text(painter, rect, entry, selected=bool(state & QStyle.StateFlag.State_Selected))
        painter.restore()


def _paint_ground(painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
    t = theme.tokens()
    selected = bool(state & QStyle.StateFlag.State_Selected)
    if selected or state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.accent_soft if selected else t.surface2))
        painter.drawRoundedRect(QRectF(rect.adjusted(2, 1, -2, -1)), 8, 8)
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(QColor(t.focus), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect.adjusted(3, 2, -3, -2)), 7, 7)


def _paint_circle(painter: QPainter, rect: QRect, entry: TimelineEntry) -> None:
    assert entry.item is not None
    t = theme.tokens()
    x, y, radius = rect.left() + theme.px(28), rect.top() + theme.px(26), theme.px(16)
    if not entry.last_of_month:
        painter.setPen(QPen(QColor(t.border), 2))
        painter.drawLine(x, y + radius + 4, x, rect.bottom() + theme.px(8))
    colour = theme.group_colour(entry.item.group)
    soft = QColor(colour)
    soft.setAlpha(46 if theme.current().dark else 30)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(soft)
    painter.drawEllipse(QPoint(x, y), radius, radius)
    side = theme.px(18)
    name = entry.item.icon or theme.group(entry.item.group).icon
    picture = icons.pixmap(name, colour, side, painter.device().devicePixelRatioF())
    painter.drawPixmap(x - side // 2, y - side // 2, picture)


def _paint_text(painter: QPainter, rect: QRect, entry: TimelineEntry, *, selected: bool) -> None:
    assert entry.item is not None
    item, day = entry.item, entry.day
    t = theme.tokens()
    left, line = rect.left() + theme.px(54), theme.px(20)
    width = rect.width() - theme.px(66)
    small, strong = theme.font(12), theme.font(14, QFont.Weight.DemiBold)
    day_width = _day_width(day)
    painter.setFont(small)
    painter.setPen(QColor(t.text2))
    painter.drawText(QRect(left + width - day_width, rect.top() + theme.px(8), day_width, line), _RIGHT, day)
    beside = QRect(left, rect.top() + theme.px(8), _title_width(rect.width(), day), line)
    top = rect.top()
    if _is_long(entry, rect.width()):
        top += theme.px(_ROW)
        painter.setFont(strong)
        painter.setPen(QColor(t.text))
        # A little less than two lines hold: the first breaks between words.
        room = beside.width() * 7 // 4
        shown = QFontMetrics(strong).elidedText(item.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(beside.adjusted(0, 0, 0, theme.px(_ROW)), _FOLDED, shown)
    else:
        _line(painter, strong, t.text, beside, item.title)
    taken = _paint_chip(painter, QRect(left, top + theme.px(29), width, line), item, selected=selected)
    quiet = theme.font(13)
    _line(painter, quiet, t.text2, QRect(left, top + theme.px(28), width - taken, line), item.sub)
    if item.note:
        _line(painter, quiet, t.text2, QRect(left, top + theme.px(47), width, line), item.note)


def _day_width(day: str) -> int:
    return QFontMetrics(theme.font(12)).horizontalAdvance(day) + theme.px(6)


def _title_width(width: int, day: str) -> int:
    """What a line of ``width`` leaves for its title beside the day."""
    return width - theme.px(66) - _day_width(day) - 8


def _is_long(entry: TimelineEntry, width: int) -> bool:
    """Does the title need a second line? (A third there is not: the tool tip says it all.)"""
    assert entry.item is not None
    metrics = QFontMetrics(theme.font(14, QFont.Weight.DemiBold))
    return metrics.horizontalAdvance(entry.item.title) > _title_width(width, entry.day)


def _line(painter: QPainter, face: QFont, colour: str, room: QRect, text: str) -> None:
    painter.setFont(face)
    painter.setPen(QColor(colour))
    painter.drawText(room, _LEFT, QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, room.width()))


def _paint_chip(painter: QPainter, room: QRect, item: TimelineItem, *, selected: bool) -> int:
    """Paint the chip at the right of ``room``; returns the width it took."""
    if not item.chip:
        return 0
    t = theme.tokens()
    back, front = {
        "ok": (t.ok_soft, t.ok),
        "warn": (t.warn_soft, t.warn),
        "danger": (t.danger_soft, t.danger),
        "accent": (t.accent_soft, t.accent_text),
        "plain": (t.border, t.text2),
    }[item.chip_kind]
    face = theme.font(12, QFont.Weight.Medium)
    width = min(room.width() // 2, QFontMetrics(face).horizontalAdvance(item.chip) + theme.px(18))
    chip = QRect(room.right() - width, room.top(), width, room.height())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(t.surface if selected else back))
    painter.drawRoundedRect(QRectF(chip), chip.height() / 2, chip.height() / 2)
    painter.setFont(face)
    painter.setPen(QColor(front))
    inside = chip.adjusted(theme.px(8), 0, -theme.px(8), 0)
    shown = QFontMetrics(face).elidedText(item.chip, Qt.TextElideMode.ElideRight, inside.width())
    painter.drawText(inside, Qt.AlignmentFlag.AlignCenter, shown)
    return width + theme.px(8)
