"""A control under its name."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.widgets.text import label


class Named(QWidget):
    """``Named(_("Year"), combo)``: a small label above the control."""

    def __init__(self, words: str, control: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(label(words, "field"))
        column.addWidget(control)
