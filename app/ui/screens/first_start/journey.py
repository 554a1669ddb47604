"""The journey as it goes on while windows come and go: the answers, where one is, and the work in the background.

A change of language or theme builds the window anew. What runs meanwhile (the making of keys, the writing of the
store) must not lose its result with the window, so it belongs to this object, which outlives it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.ui.screens.first_start.draft import Draft, Stop
from app.ui.tasks import Job, Tasks

if TYPE_CHECKING:
    from app.usecases.access import Access, Created


class Journey(QObject):
    """``opened`` gives the desk once the store is written; ``given_up`` when the person stops before that.

    ``made`` and ``refused`` are for the screen: the set-up is prepared, or why not.
    """

    opened = Signal(object)
    given_up = Signal()
    made = Signal()
    refused = Signal(object)

    def __init__(self, access: Access, tasks: Tasks) -> None:
        super().__init__()
        self.access = access
        self.draft = Draft()
        self.stop = Stop.LANGUAGE
        self._tasks = tasks

    def make(self) -> None:
        """Prepare the set-up. Nothing is written yet."""
        access, setup, passphrase = self.access, self.draft.setup(), self.draft.passphrase

        def work(_job: Job) -> Created:
            return access.create(setup, passphrase, _silent)

        self._tasks.run(work, self._made, self._refused)

    def finish(self) -> None:
        """Write the store and open it: everything is proved."""
        access, passphrase = self.access, self.draft.passphrase

        def work(_job: Job) -> object:
            return access.unlock(passphrase)

        self._tasks.run(work, self._opened, self._refused)

    def give_up(self) -> None:
        """Forget everything. Nothing was written."""
        self.access.discard()
        self.draft = Draft()
        self.stop = Stop.LANGUAGE
        self.given_up.emit()

    def _made(self, created: Created) -> None:
        self.draft.recovery_groups = created.recovery_groups
        self.draft.typed_phrase = self.draft.typed_groups = ""
        self.draft.coordinator_recovery = created.coordinator_recovery or ""
        self.stop = Stop.SHEET
        self.made.emit()

    def _opened(self, desk: object) -> None:
        self.draft = Draft()
        self.opened.emit(desk)

    def _refused(self, error: BaseException) -> None:
        if self.stop is Stop.WORKING:
            # What is refused at the making is the centre's name or card.
            self.access.discard()
            self.stop = Stop.CENTRE
        self.refused.emit(error)


def _silent(_what: str) -> None:
    """The making of keys is one short act: the bar without a number says enough."""
