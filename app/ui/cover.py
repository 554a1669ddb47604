"""The blank sheet that is laid over the window at the lock, before anything else is done (faults L16)."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget


class Cover(QWidget):
    """Plain background, no words. It takes no focus: where the cursor was is still to be noted below it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setGeometry(window.rect())


def cover(window: QWidget) -> Cover:
    """Nothing of the program can be read when this returns: ``window`` is blank, all its others are away."""
    sheet = Cover(window)
    sheet.show()
    sheet.raise_()
    # At once, and not when the event loop comes to it: closing the store may take a while.
    window.repaint()
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible():
            other.hide()
    return sheet
