"""The line at the bottom: what is not sent, last receipt, last backup. Quiet unless overdue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.ui import icons, theme
from app.ui.widgets.flow import Flow
from app.ui.widgets.nested import empty
from app.ui.widgets.text import label


@dataclass(frozen=True, slots=True)
class StatusItem:
    """One saying of the line, already in the language shown; ``overdue`` colours it and adds a sign."""

    text: str
    icon: str = "info"
    overdue: bool = False


class StatusLine(QFrame):
    """``show_items([StatusItem(_("3 records not sent"), "send")])``."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 5, 20, 5)
        self._flow = Flow(20)
        row.addWidget(self._flow, 1)

    def show_items(self, items: Sequence[StatusItem]) -> None:
        """Replace the sayings; none hides the line."""
        empty(self._flow.flow)
        for item in items:
            self._flow.add(_saying(item))
        self.setVisible(bool(items))


def _saying(item: StatusItem) -> QFrame:
    t = theme.tokens()
    made = QFrame()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(icons.icon_label("warning" if item.overdue else item.icon, t.warn if item.overdue else t.text2, 15))
    row.addWidget(label(item.text, "doubt" if item.overdue else "small"))
    return made
