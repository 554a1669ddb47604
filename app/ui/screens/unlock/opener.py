"""Opens the store in the background. Outlives the window, which is built anew when language or theme change.

The use case brings in the database library, and the window must be painted before that (a seized laptop's owner
waits for the passphrase field, not for imports): so the factory is called in the background, after the first paint.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from app.ui.tasks import Job, Tasks

if TYPE_CHECKING:
    from app.usecases.access import Access
    from app.usecases.by_sheet import OpenedBySheet

WAIT_MS: Final = 5 * 60_000
"""So long the store stays open for who has proved the sheet and does not go on: the names are on the screen."""


class Opener(QObject):
    """``opened`` gives the desk. ``refused`` gives the exception; ``drawn`` a fresh passphrase.

    ``proved``: the sheet opened the store, and ``sheet`` is what it opened; None again: that is over.
    ``set_anew`` tells whether the desk was opened by the sheet.
    """

    opened = Signal(object)
    proved = Signal()
    refused = Signal(object)
    drawn = Signal(str)

    def __init__(
        self, make_access: Callable[[], Access], tasks: Tasks, bring_in: Callable[[], object] | None = None
    ) -> None:
        """``bring_in`` reads what the desk is made of, so that it stands at once when the store is open."""
        super().__init__()
        self._make_access = make_access
        self._bring_in = bring_in
        self._tasks = tasks
        self._access: Access | None = None
        self._warm = False
        self.busy = False
        self.sheet: OpenedBySheet | None = None
        self.set_anew = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(WAIT_MS)
        self._patience.timeout.connect(self.leave_sheet)

    def warm(self) -> None:
        """Bring in the libraries while the person types; a second call does nothing."""
        if not self._warm:
            self._warm = True
            self._tasks.run(self._warming, None, self._refused)

    def unlock(self, passphrase: str) -> None:
        """Open the store by its passphrase."""
        self._open(lambda access: access.unlock(passphrase))

    def prove(self, groups: Sequence[str]) -> None:
        """Open the store by the recovery sheet; ``proved`` when it is open to nobody yet."""
        if not self.busy:
            self.busy = True
            self._tasks.run(lambda _job: self._ready().open_by_sheet(groups), self.take_sheet, self._refused)

    def take_sheet(self, sheet: OpenedBySheet) -> None:
        """Go on with a store that the sheet has opened (here, or by restoring a backup)."""
        self.busy = False
        self.sheet = sheet
        self._patience.start()
        self.proved.emit()

    def enter(self, member: UUID, passphrase: str) -> None:
        """Work as ``member``, with ``passphrase`` as her new one."""
        sheet = self.sheet
        if sheet is not None and not self.busy:
            self.busy = True
            self._tasks.run(lambda _job: sheet.enter(member, passphrase), self._entered, self._refused)

    def leave_sheet(self) -> None:
        """Close what the sheet has opened: nobody went on."""
        if self.sheet is not None and not self.busy:
            self._patience.stop()
            self.sheet.close()
            self.sheet = None
            self.proved.emit()

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
        if self._bring_in is not None:
            # What is wrong with the desk is told when it is to be shown, and not to who types her passphrase.
            with suppress(Exception):
                self._bring_in()

    def _ready(self) -> Access:
        if self._access is None:
            self._access = self._make_access()
        return self._access

    def _drawn(self, passphrase: str) -> None:
        self.drawn.emit(passphrase)

    def _entered(self, desk: object) -> None:
        self._patience.stop()
        self.sheet, self.set_anew = None, True
        self._opened(desk)

    def _opened(self, desk: object) -> None:
        self.busy = False
        self.opened.emit(desk)

    def _refused(self, error: BaseException) -> None:
        self.busy = False
        if self.sheet is not None:
            self._patience.start()
        self.refused.emit(error)
