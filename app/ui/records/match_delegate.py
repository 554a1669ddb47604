"""Cells of a list of people in which the letters that were typed stand bold: why somebody was found."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.matching.marks import spans

_MARGIN: Final = 3  # between the frame of a cell and its text, as the style draws it


class MatchDelegate(QStyledItemDelegate):
    """``typed`` is what the list was asked for; nothing is marked while it is empty."""

    typed = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Room for all of it in bold: a column is fitted to what is seen in it."""
        hint = super().sizeHint(option, index)
        if self.typed:
            shown = str(index.data() or "")
            wider = QFontMetrics(_bold(option.font)).horizontalAdvance(shown)
            hint.setWidth(hint.width() + wider - option.fontMetrics.horizontalAdvance(shown))
        return hint

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        shown = str(cell.text)
        found = spans(shown, self.typed) if self.typed else ()
        if not found:
            super().paint(painter, option, index)
            return
        style = cell.widget.style() if cell.widget is not None else QApplication.style()
        room = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, cell, cell.widget)
        cell.text = ""
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, cell.widget)
        layout = _laid_out(shown, cell, found, room.width() - 2 * _MARGIN)
        chosen = bool(cell.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        painter.save()
        painter.setClipRect(room)
        painter.setPen(cell.palette.color(role))
        top = room.top() + (room.height() - layout.boundingRect().height()) / 2
        layout.draw(painter, QPointF(room.left() + _MARGIN, top))
        painter.restore()


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.Bold)
    return bold


def _laid_out(shown: str, cell: QStyleOptionViewItem, found: tuple[tuple[int, int], ...], width: int) -> QTextLayout:
    bold = _bold(cell.font)
    marked = QTextCharFormat()
    marked.setFont(bold)
    # Measured in bold, so that what is too long is cut in time.
    text = QFontMetrics(bold).elidedText(shown, Qt.TextElideMode.ElideRight, width)
    layout = QTextLayout(text, cell.font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    ranges = []
    for start, length in found:
        one = QTextLayout.FormatRange()
        one.start, one.length, one.format = start, length, marked
        ranges.append(one)
    layout.setFormats(ranges)
    layout.beginLayout()
    layout.createLine().setLineWidth(1 << 20)
    layout.endLayout()
    return layout
