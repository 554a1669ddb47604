"""Keeps the draft of one form while it is typed into: within two seconds, and only when something has changed.

Written directly, not in the background: a save takes some milliseconds, and long work there would hold it up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

from app.errors import UserError
from app.usecases.drafts import Draft, Drafts

PAUSE_MS: Final = 700
LATEST_MS: Final = 1400
"""Two seconds at most, with room for the writing itself on a laptop that is busy with something else."""


class DraftKeeper(QObject):
    """``touch`` after each change, ``keep`` before the form goes. ``make`` answers None where nothing is left of it.

    ``failed`` is told the first refusal of a row of them, ``well`` the first success afterwards.
    """

    def __init__(
        self,
        drafts: Drafts,
        make: Callable[[], Draft | None],
        failed: Callable[[UserError], object],
        well: Callable[[], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._drafts = drafts
        self._make = make
        self._failed = failed
        self._well = well
        self._key = ""
        self._kept: Draft | None = None
        self._open = False
        self._refused = False
        self._pause = self._timer(PAUSE_MS)
        self._latest = self._timer(LATEST_MS)

    def begin(self, key: str) -> Draft | None:
        """Watch over the form ``key``; answers its draft from before, where there is one."""
        self.rest()
        self._key = key
        self._kept = self._drafts.load(key)
        self._open = self._kept is not None
        return self._kept

    @property
    def open(self) -> bool:
        """Is there anything typed that is not saved?"""
        return self._open

    def touch(self) -> None:
        """Something was typed."""
        self._open = True
        self._pause.start()
        if not self._latest.isActive():
            self._latest.start()

    def keep(self) -> None:
        """Keep what is typed now."""
        self.rest()
        if not self._open:
            return
        draft = self._make()
        if draft == self._kept and not self._refused:
            return
        try:
            if draft is None:
                self._drafts.forget(self._key)
            else:
                self._drafts.keep(draft)
        except UserError as error:
            if not self._refused:
                self._refused = True
                self._failed(error)
            # The window still has it; with the next pause it is tried again.
            return
        self._kept = draft
        self._open = draft is not None
        if self._refused:
            self._refused = False
            self._well()

    def forget(self) -> None:
        """Throw it away."""
        self.saved()
        if self._key:
            self._drafts.forget(self._key)

    def saved(self) -> None:
        """The form is saved, and its draft went with that."""
        self.rest()
        self._kept, self._open = None, False

    def end(self) -> None:
        """The form is gone; another may follow."""
        self.saved()
        self._key = ""

    def lost(self) -> None:
        """A save took the draft away and was then refused half-way: keep it anew."""
        if self._open:
            self._kept = None
            self.keep()

    def rest(self) -> None:
        """Write nothing until it is touched again."""
        self._pause.stop()
        self._latest.stop()

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self.keep)
        return timer
