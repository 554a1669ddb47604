"""Work under way, on the screen: what is being done, how far it is, and a button that stops it between two bundles.

Stopping here is a request that the work itself looks at (``Ticker.stopped``), so that what was done until then is
still delivered. That is not the same as ``Job.cancel``, which belongs to the lock and delivers nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.i18n import _
from app.ui.tasks import Job, Tasks
from app.ui.widgets.buttons import button
from app.ui.widgets.nested import row_in
from app.ui.widgets.text import WrapLabel

T = TypeVar("T")


class Ticker(QObject):
    """What the work is given: it tells its phase and its progress, and asks whether to stop."""

    phased = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._job: Job | None = None
        self._stop = threading.Event()

    def begin(self, job: Job) -> None:
        """The work starts, in its thread."""
        self._job = job

    def stop(self) -> None:
        """Ask the work to stop where it does no harm."""
        self._stop.set()

    def phase(self, words: str) -> None:
        """Say what is being done now."""
        self.phased.emit(words)

    def progress(self, count: int, total: int) -> None:
        """Say how far it is. Raises Cancelled when the program locks."""
        if self._job is not None:
            self._job.report(count, total)

    def stopped(self) -> bool:
        """Does the person want it stopped?"""
        return self._stop.is_set() or (self._job is not None and self._job.cancelled)


class WorkStrip(QWidget):
    """Hidden while nothing is done. ``run`` does one piece of work; a second one meanwhile is refused (False)."""

    finished = Signal()
    """The work ended, well or not, after its result was delivered."""

    def __init__(self, tasks: Tasks, *, stoppable: bool = False, stop: str = "", stopping: str = "") -> None:
        """``stop`` is the word on the button and ``stopping`` what is said after it, where it is no bundle."""
        super().__init__()
        self._stopping = stopping or _("Stopping after the bundle that is being read…")
        self._tasks = tasks
        # Made in this thread and kept here, so that it is not destroyed in the other one.
        self._ticker = Ticker()
        self._busy = False
        self._done: Callable[[Any], object] | None = None  # the type is fixed by run's T for the time of one work
        self._failed: Callable[[BaseException], object] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        self.words = WrapLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = button(stop or _("Stop after this bundle"), "cross", self._ask_stop)
        head = row_in(column)
        head.addWidget(self.words, 1)
        head.addWidget(self.stop)
        self.stop.setHidden(not stoppable)
        column.addWidget(self.bar)
        self.hide()

    def is_busy(self) -> bool:
        """Is something under way?"""
        return self._busy

    def run(
        self,
        words: str,
        work: Callable[[Ticker], T],
        done: Callable[[T], object],
        failed: Callable[[BaseException], object],
    ) -> bool:
        """Do ``work`` in the background; ``done`` and ``failed`` are methods of the screen that holds this strip."""
        if self._busy:
            return False
        self._busy = True
        self._done, self._failed = done, failed
        self._ticker = ticker = Ticker()
        ticker.phased.connect(self._say)
        self.stop.setEnabled(True)
        self._say(words)
        self.bar.setRange(0, 0)
        self.show()

        def carry_out(job: Job) -> T:
            ticker.begin(job)
            return work(ticker)

        self._tasks.run(carry_out, self._deliver, self._refuse, self._moved)
        return True

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.bar.setAccessibleName(words)

    def _moved(self, count: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(count)
        self.bar.setAccessibleDescription(_("{count} of {total}").format(count=count, total=total))

    def _ask_stop(self) -> None:
        self._ticker.stop()
        self.stop.setEnabled(False)
        self._say(self._stopping)

    def _deliver(self, result: object) -> None:
        self._end()
        if self._done is not None:
            self._done(result)
        self.finished.emit()

    def _refuse(self, error: BaseException) -> None:
        self._end()
        if self._failed is not None:
            self._failed(error)
        self.finished.emit()

    def _end(self) -> None:
        self._busy = False
        self.hide()
