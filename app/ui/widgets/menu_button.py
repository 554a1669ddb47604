"""A quiet button that opens a short menu; the chosen entry's data comes with ``picked``.

A click on it leaves the focus where it is.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from app.ui.widgets.buttons import ghost_button, icon_button


class MenuButton(QWidget):
    """``MenuButton("RU", _("Language"))``; fill ``choices`` with actions that carry data."""

    picked = Signal(str)

    def __init__(self, text: str, name: str, icon: str = "") -> None:
        super().__init__()
        self.choices = QMenu(self)
        self._press = icon_button(icon, name, self._open) if icon else ghost_button(text, "", self._open)
        self._press.setAccessibleName(name)
        self._press.setToolTip(name)
        self._press.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._press)
        # No focus proxy here: with a menu among its children Qt loses what follows in the order of Tab (6.11).
        self.choices.triggered.connect(self._chosen)

    def _open(self) -> None:
        # ``popup`` and not ``exec``: an inner event loop would outlive a lock.
        self.choices.popup(self._press.mapToGlobal(QPoint(0, self._press.height() + 2)))

    def _chosen(self, entry: QAction) -> None:
        self.picked.emit(str(entry.data()))
