"""The program itself, with somebody looking over its shoulder: each change of what is seen is told as a line of JSON.

``python -m tools.drive.observed``. The driver waits for what should appear instead of sleeping and hoping. Nothing
here changes what the program does: a timer looks at the window and writes to the pipe named in the environment.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget

from app import bootstrap
from app.ui.main_window import MainWindow
from app.ui.widgets.banner import Banner
from app.ui.widgets.page import Page

LOOK_EVERY_MS: Final = 40
PIPE: Final = "APORA_OBSERVED_PIPE"


def seen() -> dict[str, object]:
    """What somebody would see: the window, the screen in it, the focus, and what is said."""
    window = QApplication.activeWindow()
    found: dict[str, object] = {"window": type(window).__name__ if window else ""}
    if isinstance(window, MainWindow):
        screen = window.stack.currentWidget()
        found |= {"route": window.place.route, "screen": type(screen).__name__, "said": _said(window)}
        if isinstance(screen, Page):
            found["title"] = screen.title.text()
    if (focus := QApplication.focusWidget()) is not None:
        found |= {"focus": type(focus).__name__, "name": focus.accessibleName(), "text": _text(focus)}
    return found


def _said(window: QWidget) -> list[str]:
    banners = [one for one in window.findChildren(Banner) if one.isVisible()]
    return [label.text() for one in banners for label in one.findChildren(QLabel) if label.text()]


def _text(focus: QWidget) -> str:
    if isinstance(focus, QLineEdit):
        return focus.text()
    return focus.toPlainText() if isinstance(focus, QPlainTextEdit) else ""


class Observed(bootstrap.Program):
    """The program, with a timer that looks at it from the moment it starts."""

    def start(self) -> None:
        self._pipe = os.fdopen(int(os.environ[PIPE]), "w", buffering=1)
        self._last = ""
        self._timer = QTimer()
        self._timer.timeout.connect(self._watch)
        self._timer.start(LOOK_EVERY_MS)
        super().start()

    def _watch(self) -> None:
        now = json.dumps(seen(), ensure_ascii=False)
        if now != self._last:
            self._last = now
            self._pipe.write(now + "\n")


if __name__ == "__main__":
    bootstrap.Program = Observed  # type: ignore[misc]  # the one hook: all else is the program as it is
    sys.exit(bootstrap.run([]))
