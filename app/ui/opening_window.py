"""The window before unlock: a screen in the middle, language and theme in the corner. It names nobody.

(The unlock window of a seized laptop must tell nothing: neither the centre nor its staff.)
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLayout, QPushButton, QVBoxLayout, QWidget

from app.i18n import _, language
from app.ui import focus_order, shortcuts, theme
from app.ui.frame.top_bar import LANGUAGE_NAMES
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import ghost_button, icon_button
from app.ui.widgets.nested import column_in, row_in
from app.ui.widgets.page import Page


class OpeningWindow(QWidget):
    """Holds the unlock or first-start screen, which takes the focus: let it have a focus proxy."""

    language_wanted = Signal(str)
    theme_wanted = Signal()
    scale_wanted = Signal(float)

    def __init__(self, screen: QWidget) -> None:
        super().__init__()
        self.setWindowTitle("Apora")
        self.screen_shown = screen
        self.line = Banner(closable=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(800, 520)
        corner = row_in(column)
        corner.setContentsMargins(20, 12, 20, 0)
        corner.addStretch(1)
        for code, name in LANGUAGE_NAMES:
            press = ghost_button(name)
            press.setCheckable(True)
            press.setChecked(code == language())
            press.setProperty("code", code)
            press.clicked.connect(self._language)
            corner.addWidget(press)
        dark = theme.current().dark
        name = _("Light colours (F11)") if dark else _("Dark colours (F11)")
        corner.addWidget(icon_button("sun" if dark else "moon", name, self.theme_wanted.emit))
        said = column_in(column)
        said.setContentsMargins(20, 4, 20, 0)
        said.addWidget(self.line)
        column.addWidget(screen, 1)
        shortcuts.bind(self, shortcuts.THEME, self.theme_wanted.emit)
        shortcuts.bind(self, shortcuts.LARGER, lambda: self.scale_wanted.emit(0.125))
        shortcuts.bind(self, shortcuts.SMALLER, lambda: self.scale_wanted.emit(-0.125))

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, N802 - Qt's names
        return focus_order.step(self, forward=next)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if isinstance(self.screen_shown, Page):
            self.screen_shown.entered()
        # The first thing to do is in the screen, not in the corner.
        self.screen_shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, text: str) -> None:
        """Say that something went wrong."""
        self.line.say(text, "error")

    def _language(self) -> None:
        press = self.sender()
        if isinstance(press, QPushButton):
            self.language_wanted.emit(str(press.property("code")))
