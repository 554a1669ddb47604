"""The one door for work in the background: one thread for the database, progress, cancel, and safe delivery.

Results are delivered in the interface's thread to *bound methods* of a QObject (a screen). Measured: a queued call
to a lambda still fires on a deleted widget; a bound method is looked at first, and dropped if its screen is gone.
One thread, because the store has one writer; work that waits is done in the order in which it was given.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import MethodType
from typing import Generic, TypeVar
from weakref import ReferenceType, ref

import shiboken6
from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from app.errors import AppError

T = TypeVar("T")


class Cancelled(AppError):
    """Raised inside the work at its next report after ``Job.cancel``."""


class Delivery:
    """A bound method of a QObject, held weakly: it is called only while its object lives."""

    def __init__(self, method: Callable[..., object] | None) -> None:
        self._owner: ReferenceType[QObject] | None = None
        if method is None:
            return
        if not isinstance(method, MethodType) or not isinstance(method.__self__, QObject):
            raise TypeError("results go to bound methods of QObjects")
        self._owner = ref(method.__self__)
        self._function: Callable[..., object] = method.__func__

    def call(self, *arguments: object) -> bool:
        """Call the method; False if there is none or its object is gone."""
        owner = self._owner() if self._owner is not None else None
        if owner is None or not shiboken6.isValid(owner):
            return False
        self._function(owner, *arguments)
        return True


class Job(QObject):
    """What the work sees (``report``) and what the screen keeps (``cancel``, ``done``)."""

    progressed = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._stop = threading.Event()
        self.done = False

    def report(self, count: int, total: int) -> None:
        """Called by the work between two records; raises Cancelled when the person wants it stopped."""
        if self._stop.is_set():
            raise Cancelled
        self.progressed.emit(count, total)

    def cancel(self) -> None:
        """Ask the work to stop at its next report; nothing is delivered to the screen any more."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Was it asked to stop?"""
        return self._stop.is_set()


@dataclass(slots=True)
class _Outcome(Generic[T]):
    job: Job
    done: Delivery
    failed: Delivery
    result: T | None = None
    error: BaseException | None = field(default=None)


class Tasks(QObject):
    """``tasks.run(lambda job: usecase.export(progress=job.report), self._exported, self._failed)``.

    ``failure`` gets the errors of work whose screen named no method of its own: nothing fails in silence.
    """

    _finished = Signal(object)

    def __init__(self, failure: Callable[[BaseException], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._failure = failure
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        # The thread stays: a database connection belongs to the thread that opened it.
        self._pool.setExpiryTimeout(-1)
        self._running: list[Job] = []
        self._stopped = False
        self._finished.connect(self._deliver)

    def run(
        self,
        work: Callable[[Job], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
        progressed: Callable[[int, int], object] | None = None,
    ) -> Job:
        """Do ``work`` in the background; ``done`` gets its result, ``failed`` its exception, both in this thread.

        After ``stop`` nothing is begun any more: a timer of a screen that is left over must not read a closed store.
        """
        job = Job()
        if self._stopped:
            job.cancel()
            job.done = True
            return job
        outcome: _Outcome[T] = _Outcome(job, Delivery(done), Delivery(failed))
        if progressed is not None:
            job.progressed.connect(progressed)
        self._running.append(job)

        def carry_out() -> None:
            try:
                outcome.result = work(job)
            except BaseException as error:  # whatever it is, it is delivered and told
                outcome.error = error
            self._finished.emit(outcome)

        self._pool.start(carry_out)
        return job

    @property
    def busy(self) -> bool:
        """Is any work under way or waiting?"""
        return bool(self._running)

    def stop(self, milliseconds: int = 5000) -> bool:
        """Cancel everything for good and wait for the thread (before lock); False if it did not end in time."""
        self._stopped = True
        for job in self._running:
            job.cancel()
        return self._pool.waitForDone(milliseconds)

    @Slot(object)
    def _deliver(self, outcome: _Outcome[object]) -> None:
        outcome.job.done = True
        self._running.remove(outcome.job)
        error = outcome.error
        if outcome.job.cancelled or isinstance(error, Cancelled):
            return
        if error is None:
            outcome.done.call(outcome.result)
        elif not outcome.failed.call(error):
            self._failure(error)
