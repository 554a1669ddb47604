"""A card: a white surface with rounded corners, an optional title and a column of widgets."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.ui.widgets.text import subheading


class Card(QFrame):
    """``Card(_("History"), action=button)``; fill it with ``add`` or through ``body``."""

    def __init__(self, title: str = "", action: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 12, 16, 14)
        self.body.setSpacing(8)
        if title:
            head = QHBoxLayout()
            head.addWidget(subheading(title))
            head.addStretch(1)
            if action is not None:
                head.addWidget(action)
            self.body.addLayout(head)
            self.setAccessibleName(title)

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Append a widget or a layout."""
        if isinstance(item, QWidget):
            self.body.addWidget(item, stretch)
        else:
            self.body.addLayout(item, stretch)
