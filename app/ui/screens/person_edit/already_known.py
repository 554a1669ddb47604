"""Asks, a moment after the last key, whom the typed values may be; the answer comes from the background."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer

from app.ui.screens.person_edit.likely_panel import LikelyPanel
from app.ui.tasks import Job, Tasks
from app.usecases.likely import Likely, LikelyMatch

PAUSE: Final = 250  # milliseconds without a change before the register is asked

Values = Mapping[str, Any]


class AlreadyKnown(QObject):
    """``values()`` answers what is typed of the person and of her identity."""

    def __init__(
        self,
        tasks: Tasks,
        likely: Likely,
        panel: LikelyPanel,
        values: Callable[[], tuple[Values, Values]],
    ) -> None:
        super().__init__(panel)
        self._tasks = tasks
        self._likely = likely
        self._panel = panel
        self._values = values
        self._asked: tuple[Values, Values] | None = None
        self._job: Job | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._ask)

    def soon(self) -> None:
        """Something was typed."""
        self._pause.start()

    @property
    def waiting(self) -> bool:
        """Is an answer awaited?"""
        return self._pause.isActive() or (self._job is not None and not self._job.done)

    def very_like(self) -> list[LikelyMatch]:
        """Who is more than a namesake, asked now: a save does not wait for the pause after the last key."""
        return [one for one in self._likely.of(*self._values()) if not one.weak]

    def _ask(self) -> None:
        wanted = self._values()
        if wanted == self._asked:
            return
        self._asked = wanted
        if self._job is not None:
            self._job.cancel()
        person, identity = wanted
        likely = self._likely
        self._job = self._tasks.run(lambda _job: likely.of(person, identity), self._found, self._failed)

    def _found(self, matches: Sequence[LikelyMatch]) -> None:
        self._panel.show_matches(matches)

    def _failed(self, _error: BaseException) -> None:
        """A hint that cannot be had is not worth a message in the middle of typing; the next change asks again."""
        self._asked = None
        self._panel.show_matches(())
