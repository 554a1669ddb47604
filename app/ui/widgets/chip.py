"""A chip: a short word on a soft ground. Kinds: ok, warn, danger, accent, plain. The word says it too."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui import theme
from app.ui.widgets.text import restyle, show_when_placed

ChipKind = Literal["ok", "warn", "danger", "accent", "plain"]
_LONG: Final = 32
"""A text of more letters folds where it has little room."""
_BESIDE: Final = 9
"""The padding beside the text, as the style sheet has it."""


class Chip(QLabel):
    """``Chip(_("not sent"), "warn")``; ``show_text`` changes both."""

    def __init__(self, text: str = "", kind: ChipKind = "plain", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("chip", kind)
        self._fold()

    def sizeHint(self) -> QSize:
        """In one line; QLabel would fold a long text although there is room for it."""
        if not self.wordWrap():
            return super().sizeHint()
        # The few pixels more are what QLabel takes for itself before it folds.
        width = self.fontMetrics().horizontalAdvance(self.text()) + theme.px(2 * _BESIDE + 8)
        return QSize(width, self.heightForWidth(width))

    def show_text(self, text: str, kind: ChipKind = "plain") -> None:
        """Change the word and its kind; an empty word hides the chip."""
        self.setText(text)
        self._fold()
        show_when_placed(self, shown=bool(text))
        restyle(self, "chip", kind)

    def _fold(self) -> None:
        """Let a long text fold, and be higher then than in one line."""
        long = len(self.text()) > _LONG
        self.setWordWrap(long)
        upright = QSizePolicy.Policy.Preferred if long else QSizePolicy.Policy.Maximum
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, upright)
        policy.setHeightForWidth(long)
        self.setSizePolicy(policy)
