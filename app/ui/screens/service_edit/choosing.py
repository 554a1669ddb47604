"""The steps before the form: eight tiles, and the kinds of help under one of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGraphicsOpacityEffect, QPushButton, QVBoxLayout, QWidget

from app import codelists
from app.i18n import _
from app.ui.records.words import coded
from app.ui.widgets.buttons import button
from app.ui.widgets.tile import TileGrid, TileItem

MONEY = "money"
_FAINT = 0.4


def tiles(*, many: bool = False) -> TileGrid:
    """The eight tiles in the order of their digits. A payment belongs to one person: its tile keeps its digit, faint.

    Were it left out, the digits behind it would change, and a hand that knows them would miss.
    """
    grid = TileGrid(
        [TileItem(entry.code, coded("tiles", entry.code), group=entry.code) for entry in codelists.get("tiles")]
    )
    grid.setAccessibleName(_("What help"))
    for tile in grid.tiles:
        if many and tile.item.key == MONEY:
            tile.setEnabled(False)
            effect = QGraphicsOpacityEffect(tile)
            effect.setOpacity(_FAINT)
            tile.setGraphicsEffect(effect)
    return grid


def kinds_of(tile: str, used: Sequence[str]) -> list[str]:
    """The kinds under ``tile``, those first that are used most; the others in the order of the list."""
    codes = [code for code in codelists.get("services").codes if codelists.service_tile(code) == tile]
    return [code for code in used if code in codes] + [code for code in codes if code not in used]


class KindList(QWidget):
    """The kinds as wide buttons; a digit, an arrow or Enter is enough."""

    chosen = Signal(str)

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__()
        self.buttons: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for number, code in enumerate(codes, 1):
            words = coded("services", code)
            made = button(f"{number}   {words}" if number <= 9 else f"    {words}")
            made.setAccessibleName(words)
            made.setProperty("code", code)
            made.setStyleSheet("text-align: left;")
            made.clicked.connect(self._pressed)
            self.buttons.append(made)
            column.addWidget(made)
        if self.buttons:
            self.setFocusProxy(self.buttons[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = next((n for n, made in enumerate(self.buttons) if made.hasFocus()), 0)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        digit = int(event.text()) if event.text().isdecimal() else 0
        if 1 <= digit <= min(9, len(self.buttons)):
            self.buttons[digit - 1].click()
        elif step and 0 <= at + step < len(self.buttons):
            self.buttons[at + step].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.buttons[at].click()
        else:
            super().keyPressEvent(event)

    def _pressed(self) -> None:
        made = self.sender()
        if isinstance(made, QPushButton):
            self.chosen.emit(str(made.property("code")))
