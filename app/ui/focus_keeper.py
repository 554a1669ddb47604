"""Where the focus goes when the widget that has it vanishes: it stays on the screen, never in the bar at the left.

Qt asks for the next in the chain then, and nothing is left to count from: it would be the first of the window, where
Enter leads to another place with a form unsaved.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.ui import focus_order
from app.ui.widgets.page import Page

KEPT: Final = 12
_WHY: Final = Qt.FocusReason.OtherFocusReason
_HIDDEN: Final = Qt.WidgetAttribute.WA_WState_Hidden
_BY_HAND: Final = Qt.WidgetAttribute.WA_WState_ExplicitShowHide


class FocusKeeper(QObject):
    """Remembers what had the focus on the present screen of ``window``, which ``screen`` gives."""

    def __init__(self, window: QWidget, screen: Callable[[], QWidget | None]) -> None:
        super().__init__(window)
        self._window = window
        self._screen = screen
        self._had: list[QWidget] = []
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def vanished(self) -> bool:
        """Has the focus been on something that cannot be seen or used any more?"""
        focus = self._window.focusWidget()
        return self._window.isVisible() and focus is not None and not _usable(focus)

    def give_back(self) -> None:
        """The focus to what had it last on this screen, else to the first that can be used there."""
        screen = self._screen()
        if screen is None:
            return
        self._had = [one for one in self._had if isValid(one) and screen.isAncestorOf(one)]
        before = next((one for one in reversed(self._had) if _usable(one)), None)
        (before or first_of(screen) or screen).setFocus(_WHY)
        # What is put in its place comes in the same turn, but only after what was there has gone.
        QTimer.singleShot(0, self, self.settle)

    def settle(self) -> None:
        """If nothing on the screen has the focus, give it to the first that can have it."""
        screen, focus = self._screen(), self._window.focusWidget()
        nowhere = focus is None or focus is screen or _is_gone(focus)
        if screen is not None and nowhere and self._window.isVisible() and (first := first_of(screen)) is not None:
            first.setFocus(_WHY)

    def _moved(self, _left: QWidget | None, to: QWidget | None) -> None:
        screen = self._screen()
        if to is None:
            # Deleted without being hidden first. (Or one went to another program: then the window is not active.)
            if isValid(self._window) and self._window.isActiveWindow():
                QTimer.singleShot(0, self, self.settle)
        elif screen is not None and screen.isAncestorOf(to):
            self._had = [*self._had[-KEPT:], to]


def first_of(screen: QWidget) -> QWidget | None:
    """The first control of the column; only then what stands beside the title."""
    inner = screen.body.parentWidget() if isinstance(screen, Page) else None
    for root in filter(None, (inner, screen)):
        if (found := next(focus_order.stops(root), None)) is not None:
            return found
    return None


def _usable(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled()


def _is_gone(widget: QWidget) -> bool:
    """Hidden by somebody, or off. What was only just put into a layout is not seen yet, and is not gone."""
    one: QWidget | None = widget
    while one is not None and not one.isWindow():
        if one.testAttribute(_HIDDEN) and one.testAttribute(_BY_HAND):
            return True
        one = one.parentWidget()
    return not widget.isEnabled()
