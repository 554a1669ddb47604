"""Exceptions in words. A ``UserError`` is a sentence; anything else is a defect with a number and a log entry.

The log gets the kinds of the exceptions and the places in our files, never their texts: the text of an exception
may hold the contents of a record (a database error quotes its parameters).
"""

from __future__ import annotations

import logging
import secrets
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from app.errors import UserError
from app.i18n import _

LOG: Final = logging.getLogger("apora.ui")


@dataclass(frozen=True, slots=True)
class Words:
    """What is told to a person; ``defect`` is the number of the log's entry, empty for an ordinary refusal."""

    text: str
    defect: str = ""


def words(error: BaseException) -> Words:
    """The sentence for ``error``; a defect is written to the log."""
    if isinstance(error, UserError):
        return Words(error.sentence())
    number = secrets.token_hex(3).upper()
    LOG.error("defect %s: %s", number, outline(error))
    return Words(
        _(
            "Something went wrong inside the program. What was saved is safe. "
            "If it happens again, tell the coordinator this number: {number}"
        ).format(number=number),
        number,
    )


def outline(error: BaseException) -> str:
    """The kinds of ``error`` and its causes, and the places they came through; no texts, no values, no folders."""
    parts: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(parts) < 8:
        places = [
            f"{Path(frame.filename).name}:{frame.lineno}:{frame.name}"
            for frame in traceback.extract_tb(seen.__traceback__)
        ]
        parts.append(f"{type(seen).__module__}.{type(seen).__qualname__} at {' > '.join(places[-12:]) or '?'}")
        seen = seen.__cause__ or seen.__context__
    return " | from ".join(parts)


class Reporter(QObject):
    """Tells errors from anywhere, in any thread, to whoever listens to ``told`` (the main window's line)."""

    told = Signal(object)

    def tell(self, error: BaseException) -> None:
        """Put ``error`` into words and tell it. KeyboardInterrupt and SystemExit are left alone."""
        if isinstance(error, KeyboardInterrupt | SystemExit):
            return
        self.told.emit(words(error))


def install(reporter: Reporter) -> Callable[[], None]:
    """Route uncaught exceptions and Qt's messages here; answers a function that undoes it."""
    before, before_thread = sys.excepthook, threading.excepthook

    def hook(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        reporter.tell(error)

    def thread_hook(found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None:
            reporter.tell(found.exc_value)

    sys.excepthook = hook
    threading.excepthook = thread_hook
    before_qt = qInstallMessageHandler(_qt_message)

    def undo() -> None:
        sys.excepthook, threading.excepthook = before, before_thread
        qInstallMessageHandler(before_qt)

    return undo


_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def _qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    # A Qt message may quote what a widget holds: the category and the length must do.
    LOG.log(_LEVELS.get(kind, logging.WARNING), "qt %s, %d characters", context.category or "default", len(message))
