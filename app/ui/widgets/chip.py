"""A chip: a short word on a soft ground. Kinds: ok, warn, danger, accent, plain. The word says it too."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui.widgets.text import restyle, show_when_placed

ChipKind = Literal["ok", "warn", "danger", "accent", "plain"]


class Chip(QLabel):
    """``Chip(_("not sent"), "warn")``; ``show_text`` changes both."""

    def __init__(self, text: str = "", kind: ChipKind = "plain", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.setProperty("chip", kind)

    def show_text(self, text: str, kind: ChipKind = "plain") -> None:
        """Change the word and its kind; an empty word hides the chip."""
        self.setText(text)
        show_when_placed(self, shown=bool(text))
        restyle(self, "chip", kind)
