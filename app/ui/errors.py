"""Exceptions in words. A ``UserError`` is a sentence; anything else is a defect with a number and a log entry."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Final

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from app import defects
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
    number = defects.number_of(error)
    return Words(
        _(
            "Something went wrong inside the program. What was saved is safe. "
            "If it happens again, tell the coordinator this number: {number}"
        ).format(number=number),
        number,
    )


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
