"""Big tiles: a digit, an icon and a word. The digit on the keyboard presses the tile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from app.ui import icons, theme


@dataclass(frozen=True, slots=True)
class TileItem:
    """One tile: ``key`` is answered when it is chosen; ``group`` gives the colour (a key of ``tokens.GROUPS``)."""

    key: str
    text: str
    icon: str = ""
    group: str = ""


class TileButton(QAbstractButton):
    """One tile, painted: the icon in its group's colour, the word below it, the digit in the corner."""

    def __init__(self, digit: int, item: TileItem) -> None:
        super().__init__()
        self.item = item
        self.digit = digit
        self._over = False
        self.setText(item.text)
        self.setCheckable(True)
        self.setAccessibleName(f"{digit}. {item.text}" if digit else item.text)
        self.setToolTip(item.text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(150), theme.px(84))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(96), theme.px(84))

    def enterEvent(self, event: QEnterEvent) -> None:
        self._over = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._over = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        colour = theme.group_colour(self.item.group) if self.item.group else t.accent_text
        side = theme.px(26)
        name = self.item.icon or theme.group(self.item.group).icon
        picture = icons.pixmap(name, colour, side, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - side) // 2, theme.px(10), picture)
        if self.digit:
            painter.setFont(theme.font(12, QFont.Weight.DemiBold))
            painter.setPen(QColor(t.text2))
            painter.drawText(
                QRect(theme.px(10), theme.px(7), theme.px(20), theme.px(18)),
                Qt.AlignmentFlag.AlignLeft,
                str(self.digit),
            )
        self._paint_word(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        t = theme.tokens()
        ground, edge, width = t.surface, t.border, 1
        if self._over or self.isDown():
            ground, edge = t.surface2, t.border_strong
        if self.isChecked():
            ground, edge, width = t.accent_soft, t.accent, 2
        if self.hasFocus():
            edge, width = t.text if self.isChecked() else t.focus, 2
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)

    def _paint_word(self, painter: QPainter) -> None:
        t = theme.tokens()
        face = theme.font(13, QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Medium)
        painter.setFont(face)
        painter.setPen(QColor(t.accent_text if self.isChecked() else t.text))
        room = QRect(theme.px(6), theme.px(40), self.width() - theme.px(12), self.height() - theme.px(44))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        text = self.text()
        needed = QFontMetrics(face).boundingRect(room, int(flags | Qt.TextFlag.TextWordWrap), text)
        if needed.height() <= room.height() and needed.width() <= room.width():
            painter.drawText(room, int(flags | Qt.TextFlag.TextWordWrap), text)
        else:
            short = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, int(flags), short)


class TileGrid(QWidget):
    """Exclusive tiles; ``chosen`` gives the key. Digits 1-9 choose, arrows move, Enter and space press."""

    chosen = Signal(str)

    def __init__(self, items: Sequence[TileItem], columns: int = 4) -> None:
        super().__init__()
        self._widest = columns
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self.tiles = [TileButton(n if n <= 9 else 0, item) for n, item in enumerate(items, 1)]
        for tile in self.tiles:
            tile.setParent(self)
            tile.clicked.connect(self._pressed)
        self._arrange(columns)

    def choose(self, key: str) -> None:
        """Mark the tile ``key`` (none, if there is no such) without a signal."""
        for tile in self.tiles:
            tile.setChecked(tile.item.key == key)

    def current(self) -> str:
        """The key that is marked, or an empty string."""
        return next((tile.item.key for tile in self.tiles if tile.isChecked()), "")

    def press_digit(self, digit: int) -> bool:
        """Choose by digit; False if there is no such tile."""
        if not 1 <= digit <= min(9, len(self.tiles)):
            return False
        self._choose(self.tiles[digit - 1])
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
        }
        key = Qt.Key(event.key())
        here = next((at for at, tile in enumerate(self.tiles) if tile.hasFocus()), 0)
        if event.text().isdecimal() and self.press_digit(int(event.text())):
            return
        if key in steps and 0 <= here + steps[key] < len(self.tiles):
            self.tiles[here + steps[key]].setFocus(Qt.FocusReason.TabFocusReason)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.tiles[here])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fitting = max(2, self.width() // theme.px(130))
        self._arrange(
            next(n for n in range(self._widest, 0, -1) if n <= fitting and (n % 2 == 0 or n == self._widest))
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(96) * 2 + 8, super().minimumSizeHint().height())

    def _pressed(self) -> None:
        tile = self.sender()
        if isinstance(tile, TileButton):
            self._choose(tile)

    def _choose(self, tile: TileButton) -> None:
        tile.setFocus(Qt.FocusReason.OtherFocusReason)
        self.choose(tile.item.key)
        self.chosen.emit(tile.item.key)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for at, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, at // columns, at % columns)
        for column in range(self._widest):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
