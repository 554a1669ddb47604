"""Buttons. One primary per screen; the others plain; ghost for what is rarely pressed; danger for what destroys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from app.ui import icons, theme


class Press(QPushButton):
    """A push button that Enter presses too, once: Qt does so in dialogs only, and goes on while the key is held."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & _WITH:
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)


# Ctrl+Enter is for the form around; the keypad's Enter carries a modifier of its own that does not count.
_WITH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier


def _make(text: str, kind: str, icon: str, colour: str, clicked: Callable[[], object] | None) -> QPushButton:
    # Qt reads "&" as a mnemonic; our texts carry none. The blank keeps the icon off the word.
    shown = text.replace("&", "&&")
    made = Press(f" {shown}" if icon and shown else shown)
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if kind:
        made.setProperty("kind", kind)
    if icon:
        side = theme.px(18)
        made.setIcon(icons.icon(icon, colour, side))
        made.setIconSize(QSize(side, side))
    if clicked is not None:
        # ``clicked`` of Qt carries a flag that the action does not take.
        made.clicked.connect(lambda _checked=False: clicked())
    return made


def primary_button(text: str, icon: str = "", clicked: Callable[[], object] | None = None) -> QPushButton:
    """The one main thing to do on a screen."""
    return _make(text, "primary", icon, theme.tokens().on_accent, clicked)


def button(text: str, icon: str = "", clicked: Callable[[], object] | None = None) -> QPushButton:
    """An ordinary button."""
    return _make(text, "", icon, "", clicked)


def ghost_button(text: str, icon: str = "", clicked: Callable[[], object] | None = None) -> QPushButton:
    """A quiet button without a frame."""
    return _make(text, "ghost", icon, "", clicked)


def danger_button(text: str, icon: str = "", clicked: Callable[[], object] | None = None) -> QPushButton:
    """A button that destroys or revokes something; its text names the action."""
    return _make(text, "danger", icon, theme.tokens().danger, clicked)


def link_button(text: str, clicked: Callable[[], object] | None = None) -> QPushButton:
    """A button that reads like a line of text and leads somewhere."""
    return _make(text, "link", "", "", clicked)


def icon_button(icon: str, name: str, clicked: Callable[[], object] | None = None) -> QPushButton:
    """A square button with an icon alone; ``name`` is its tool tip and accessible name."""
    made = _make("", "icon", icon, "", clicked)
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def segment_button(text: str) -> QPushButton:
    """One of several exclusive choices in a row (yes, no, not known); checkable."""
    made = _make(text, "segment", "", "", None)
    made.setCheckable(True)
    return made
