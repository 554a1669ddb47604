"""Finds and restores backups in the background. Outlives the window, which is built anew with language and theme."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.i18n import N_
from app.ui.tasks import Job, Tasks

if TYPE_CHECKING:
    from app.usecases.by_sheet import OpenedBySheet
    from app.usecases.desk import Desk
    from app.usecases.restoring import BackupFound, Restoring

PHASES = {
    "copy": N_("Copying the backup and reading it back…"),
    "key": N_("Deriving the key…"),
    "check": N_("Checking every page…"),
    "place": N_("Putting it in place…"),
}


class Restorer(QObject):
    """``opened`` gives the desk of the restored store, ``proved`` what the sheet opened instead.

    ``found`` gives the backups at a place, ``phased`` marked text.
    """

    opened = Signal(object)
    refused = Signal(object)
    found = Signal(object)
    proved = Signal(object)
    phased = Signal(str)
    ready = Signal()

    def __init__(self, make: Callable[[], Restoring], tasks: Tasks) -> None:
        super().__init__()
        self._make = make
        self._tasks = tasks
        self._restoring: Restoring | None = None
        self.busy = False

    def warm(self) -> None:
        """Bring in the database library; ``ready`` when it is there."""
        self._tasks.run(self._warming, self._warmed, self._refused)

    def sticks(self) -> list[Path]:
        """The sticks that are put in, once the libraries are there."""
        return self._restoring.removable_folders() if self._restoring is not None else []

    def store_is_here(self) -> bool:
        """Whether a store lies here that would be put aside."""
        return self._restoring is not None and self._restoring.exists()

    def look(self, place: Path) -> None:
        """Look for backups at ``place``; ``found`` gives them, newest first."""
        self._tasks.run(lambda _job: self._ready().find(place), self._found, self._refused)

    def restore(self, backup: Path, passphrase: str, *, replace: bool) -> None:
        """Restore with the passphrase of its time."""
        self._begin(lambda do: do.restore(backup, passphrase, self._tell, replace=replace))

    def restore_by_sheet(self, backup: Path, groups: Sequence[str], *, replace: bool) -> None:
        """Restore with the recovery sheet of its time; who she is and her new passphrase are asked after that."""
        if not self.busy:
            self.busy = True

            def work(_job: Job) -> OpenedBySheet:
                return self._ready().restore_by_sheet(backup, groups, self._tell, replace=replace)

            self._tasks.run(work, self._proved, self._refused)

    def _begin(self, act: Callable[[Restoring], Desk]) -> None:
        if not self.busy:
            self.busy = True
            self._tasks.run(lambda _job: act(self._ready()), self._opened, self._refused)

    def _warming(self, _job: Job) -> None:
        self._ready()

    def _ready(self) -> Restoring:
        if self._restoring is None:
            self._restoring = self._make()
        return self._restoring

    def _tell(self, phase: str) -> None:
        self.phased.emit(PHASES[phase])

    def _warmed(self, _nothing: None) -> None:
        self.ready.emit()

    def _found(self, rows: Sequence[BackupFound]) -> None:
        self.found.emit(rows)

    def _proved(self, sheet: OpenedBySheet) -> None:
        self.busy = False
        self.proved.emit(sheet)

    def _opened(self, desk: Desk) -> None:
        self.busy = False
        self.opened.emit(desk)

    def _refused(self, error: BaseException) -> None:
        self.busy = False
        self.refused.emit(error)
