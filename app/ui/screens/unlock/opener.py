"""Opens the store in the background. Outlives the window, which is built anew when language or theme change.

The use case brings in the database library, and the window must be painted before that (a seized laptop's owner
waits for the passphrase field, not for imports): so the factory is called in the background, after the first paint.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.ui.tasks import Job, Tasks

if TYPE_CHECKING:
    from app.usecases.access import Access


class Opener(QObject):
    """``opened`` gives the desk. ``refused`` gives the exception; ``drawn`` a fresh passphrase."""

    opened = Signal(object)
    refused = Signal(object)
    drawn = Signal(str)

    def __init__(self, make_access: Callable[[], Access], tasks: Tasks) -> None:
        super().__init__()
        self._make_access = make_access
        self._tasks = tasks
        self._access: Access | None = None
        self._warm = False
        self.busy = False

    def warm(self) -> None:
        """Bring in the libraries while the person types; a second call does nothing."""
        if not self._warm:
            self._warm = True
            self._tasks.run(self._warming, None, self._refused)

    def unlock(self, passphrase: str) -> None:
        """Open the store by its passphrase."""
        self._open(lambda access: access.unlock(passphrase))

    def recover(self, groups: Sequence[str], passphrase: str) -> None:
        """Open the store by the recovery sheet; ``passphrase`` becomes the new one."""
        self._open(lambda access: access.unlock_by_recovery(groups, passphrase))

    def draw(self) -> None:
        """Draw a passphrase; ``drawn`` gives it."""
        self._tasks.run(lambda _job: self._ready().new_passphrase(), self._drawn, self._refused)

    def _open(self, act: Callable[[Access], object]) -> None:
        if self.busy:
            return
        self.busy = True
        self._tasks.run(lambda _job: act(self._ready()), self._opened, self._refused)

    def _warming(self, _job: Job) -> None:
        self._ready()

    def _ready(self) -> Access:
        if self._access is None:
            self._access = self._make_access()
        return self._access

    def _drawn(self, passphrase: str) -> None:
        self.drawn.emit(passphrase)

    def _opened(self, desk: object) -> None:
        self.busy = False
        self.opened.emit(desk)

    def _refused(self, error: BaseException) -> None:
        self.busy = False
        self.refused.emit(error)
