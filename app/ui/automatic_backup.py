"""Backups that are made by themselves: some minutes after unlock when one is due, and whenever a stick is put in.

In a thread of their own, so that a slow stick keeps no screen waiting; the store is held only for the moment in which
it is copied. What fails is told once, not every few minutes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.i18n import _
from app.ui.tasks import Job, Tasks

if TYPE_CHECKING:
    from app.usecases.safekeeping import BackupMade, Safekeeping

FIRST_LOOK_MS: Final = 2 * 60_000
"""Not at once: the first minutes after unlock belong to the person who waits."""
LOOK_EVERY_MS: Final = 5 * 60_000


class AutomaticBackup(QObject):
    """``told`` says a sentence to the person, ``changed`` reads the status line again."""

    def __init__(
        self,
        keeping: Safekeeping,
        told: Callable[[str], object],
        changed: Callable[[], object],
        failure: Callable[[BaseException], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._keeping = keeping
        self._told = told
        self._changed = changed
        self._failure = failure
        self._failed_before = False
        self.tasks = Tasks(failure, self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(FIRST_LOOK_MS)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.stop)

    def look(self) -> None:
        """Make a backup if one is due and its place is there."""
        self._timer.start(LOOK_EVERY_MS)
        if not self.tasks.busy:
            self.tasks.run(self._back_up, self._made, self._refused)

    def stop(self) -> None:
        """Break off what is being made; the older backups stay whole."""
        self._timer.stop()
        self.tasks.stop()

    def _back_up(self, job: Job) -> BackupMade | None:
        return self._keeping.back_up_if_due(job.report)

    def _made(self, made: BackupMade | None) -> None:
        if made is None:
            return
        self._failed_before = False
        if made.damaged:
            self._told(_("A backup was made. An older one is damaged: look at the list of backups."))
        self._changed()

    def _refused(self, error: BaseException) -> None:
        if not self._failed_before:
            self._failed_before = True
            self._failure(error)
