"""A line across the screen that says something and may offer one action. Never modal, never blinking."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from app.i18n import _
from app.ui import icons, theme
from app.ui.widgets.buttons import button, icon_button
from app.ui.widgets.text import WrapLabel, restyle, show_when_placed

BannerKind = Literal["info", "ok", "warn", "error"]
_ICONS = {"info": "info", "ok": "check", "warn": "warning", "error": "warning"}


class Banner(QFrame):
    """Hidden until ``say``. ``acted`` fires when the action's button is pressed, ``closed`` on the cross."""

    acted = Signal()
    closed = Signal()

    def __init__(
        self, text: str = "", kind: BannerKind = "info", action: str = "", *, closable: bool = False
    ) -> None:
        super().__init__()
        self._icon = QLabel()
        self._text = WrapLabel()
        self._action: QPushButton = button("")
        self._action.clicked.connect(self.acted)
        self._cross = icon_button("cross", _("Close this line"), self._close)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        row.addWidget(self._cross)
        # Only now: shown without a parent it would be a window of its own for a moment.
        self._cross.setVisible(closable)
        self.setProperty("banner", kind)
        self.say(text, kind, action)

    def say(self, text: str, kind: BannerKind = "info", action: str = "") -> None:
        """Show ``text``; an empty one hides the banner. ``action`` is the word on the button."""
        t = theme.tokens()
        colour = {"info": t.accent_text, "ok": t.ok, "warn": t.warn, "error": t.danger}[kind]
        side = theme.px(20)
        self._icon.setPixmap(icons.pixmap(_ICONS[kind], colour, side))
        self._text.setText(text)
        self._action.setText(action.replace("&", "&&"))
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))
        restyle(self, "banner", kind)
        self.setAccessibleName(text)
        show_when_placed(self, shown=bool(text))

    def text(self) -> str:
        """What is said now; empty if nothing."""
        return self._text.text()

    def clear(self) -> None:
        """Say nothing."""
        self.say("")

    def _close(self) -> None:
        self.clear()
        self.closed.emit()
