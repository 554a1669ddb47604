"""A card: a white surface with rounded corners, an optional title and a column of widgets."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.widgets.nested import row_in
from app.ui.widgets.text import WrapLabel

WIDEST: Final = 940
"""No card alone in a window is wider, however large the text: what a screen of 1024 has beside margins."""


class Card(QFrame):
    """``Card(_("History"), action=button)``; fill it with ``add`` or through ``body``."""

    def __init__(self, title: str = "", action: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 12, 16, 14)
        self.body.setSpacing(8)
        if title:
            head = row_in(self.body)
            head.addWidget(WrapLabel(title, "h2"), 1)
            if action is not None:
                head.addWidget(action)
            self.setAccessibleName(title)

    def stand_alone(self, width: float) -> None:
        """Be ``width`` wide (at 100 %), as the one card in the middle of a window."""
        self.setFixedWidth(min(theme.px(width), WIDEST))

    def add(self, item: QWidget, stretch: int = 0) -> None:
        """Append a widget."""
        self.body.addWidget(item, stretch)
