"""The program cannot start (it runs already, its folder cannot be written): said in a window of its own look.

A box of the system would be light in a dark room, have the text at 100 %, and a button "OK" in another language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.i18n import _
from app.ui import icons, shortcuts, theme
from app.ui.widgets.buttons import primary_button
from app.ui.widgets.nested import row_in
from app.ui.widgets.text import WrapLabel

if TYPE_CHECKING:
    from app.settings import Look


class Refusal(QWidget):
    """One sentence and one button; Enter and Esc close it too."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.setWindowTitle("Apora")
        self.setAccessibleName(sentence)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(24)] * 4)
        column.setSpacing(theme.px(20))
        words = row_in(column)
        words.setSpacing(theme.px(14))
        sign = icons.icon_label("info", theme.tokens().accent_text, 28)
        words.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        words.addWidget(WrapLabel(sentence), 1)
        self.close_it = primary_button(_("Close"), "", self.close)
        column.addStretch(1)
        below = row_in(column)
        below.addStretch(1)
        below.addWidget(self.close_it)
        shortcuts.bind(self, ("Esc",), self.close)
        self.resize(theme.px(460), theme.px(170))
        self.close_it.setFocus()


def refuse(app: QApplication, look: Look, sentence: str) -> None:
    """Say it in the look that was chosen, and wait until it is read."""
    theme.apply(app, dark=look.dark, scale=look.scale)
    window = Refusal(sentence)
    window.show()
    app.exec()
