"""Keeping a question under a name, asked inline."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from app.i18n import _
from app.ui import theme
from app.ui.widgets.buttons import button, ghost_button
from app.ui.widgets.card import Card
from app.ui.widgets.flow import Flow
from app.usecases.statistics import LONGEST_NAME


class Keeping(Card):
    """Hidden until ``ask``; ``named`` gives the name that was typed."""

    named = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Keep this question"))
        self.name = QLineEdit()
        self.name.setAccessibleName(_("Name of the question"))
        self.name.setPlaceholderText(_("Name of the question"))
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setMinimumWidth(theme.px(220))
        self.keep = button(_("Keep"), "check", self._named)
        row = Flow(8)
        for part in (self.name, self.keep, ghost_button(_("Do not keep"), "", self.hide)):
            row.add(part)
        self.add(row)
        self.name.returnPressed.connect(self._named)
        self.hide()

    def ask(self) -> None:
        """Ask for the name."""
        self.name.clear()
        self.show()
        self.name.setFocus()

    def _named(self) -> None:
        if self.name.text().strip():
            self.named.emit(self.name.text())
        else:
            self.name.setFocus()
