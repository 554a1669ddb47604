"""The worker of the line: a thread of its own, so that a slow line holds up no screen, and one goes on working.

It lives as long as the desk. A card that is opened while something is carried shows it; one that is left does not
stop it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.i18n import _
from app.ui.exchange.work import Ticker
from app.ui.tasks import Job, Tasks
from app.ui.widgets.buttons import button
from app.ui.widgets.nested import row_in
from app.ui.widgets.text import WrapLabel
from app.usecases.line import Line


class LineWork(QObject):
    """``LineWork(line, shell.reporter.tell, shell)``. One piece of work at a time."""

    began = Signal()
    moved = Signal(int, int)
    ended = Signal(object)
    """What the work answered, or its exception."""

    def __init__(self, line: Line, failure: Callable[[BaseException], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self.tasks = Tasks(failure, self)
        self.words = ""
        self.stopping = False
        self._ticker: Ticker | None = None
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close)

    @property
    def busy(self) -> bool:
        """Is something carried now?"""
        return self._ticker is not None

    def run(self, words: str, work: Callable[[Ticker], object]) -> bool:
        """Begin ``work``, told as ``words``; False while something else is carried."""
        if self._ticker is not None:
            return False
        self._ticker = ticker = Ticker()
        self.words, self.stopping = words, False
        self.tasks.run(lambda job: _carry_out(ticker, job, work), self._end, self._end, self._move)
        self.began.emit()
        return True

    def stop(self) -> None:
        """Ask what is carried to stop; it does within a second, and ``ended`` tells."""
        if self._ticker is not None:
            self.stopping = True
            self._ticker.stop()

    def close(self) -> bool:
        """Cut the line (before lock): nothing is delivered any more. False if it did not end in time."""
        self._ticker = None
        return self.tasks.stop()

    def _move(self, count: int, total: int) -> None:
        self.moved.emit(count, total)

    def _end(self, result: object) -> None:
        self._ticker = None
        self.ended.emit(result)


class LineStrip(QWidget):
    """What is carried now, how far it is, and a button that stops it. Hidden while nothing is."""

    def __init__(self, work: LineWork) -> None:
        super().__init__()
        self._work = work
        self.words = WrapLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = button(_("Stop"), "cross", self._stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        head = row_in(column)
        head.addWidget(self.words, 1)
        head.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.bar)
        work.began.connect(self._show)
        work.moved.connect(self._move)
        work.ended.connect(self._hide)
        self.hide()
        if work.busy:
            self._show()

    def _show(self) -> None:
        self._say(self._work.words)
        self.bar.setRange(0, 0)
        self.stop.setEnabled(not self._work.stopping)
        self.show()

    def _move(self, count: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(count)
        self.bar.setAccessibleDescription(_("{count} of {total}").format(count=count, total=total))

    def _hide(self, _result: object) -> None:
        self.hide()

    def _stop(self) -> None:
        self._work.stop()
        self.stop.setEnabled(False)
        self._say(_("Stopping; what is there stays there…"))

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.bar.setAccessibleName(words)


def _carry_out(ticker: Ticker, job: Job, work: Callable[[Ticker], object]) -> object:
    ticker.begin(job)
    return work(ticker)
