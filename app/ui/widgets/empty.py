"""What a list shows while it is empty: what this place is for and what to do first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui import icons, theme
from app.ui.widgets.buttons import button
from app.ui.widgets.text import WrapLabel, label


class EmptyState(QWidget):
    """An icon, a title, a sentence and an optional button; ``acted`` fires when it is pressed."""

    acted = Signal()

    def __init__(self, icon: str, title: str, text: str = "", action: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(1)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(icons.icon_label(icon, theme.tokens().border_strong, 40), 0, centre)
        column.addWidget(label(title, "h2"), 0, centre)
        if text:
            line = WrapLabel(text, "sub")
            line.setAlignment(centre)
            column.addWidget(line)
        if action:
            press = button(action)
            press.clicked.connect(self.acted)
            column.addWidget(press, 0, centre)
        column.addStretch(2)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
