"""The first morning, in practice only: a few things to do once, each of which ticks itself when it is done.

It asks nothing and stops nobody; it stands in one line above the status line, steps aside for a form, and the cross
takes it away for good.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.i18n import _, translate
from app.ui import icons, theme
from app.ui.widgets.buttons import button, icon_button
from app.ui.widgets.text import WrapLabel, show_when_placed


@dataclass(frozen=True, slots=True)
class TourStep:
    """``text`` (marked) says what to do; ``route`` is where; ``done`` looks whether it has been done."""

    text: str
    route: str
    done: Callable[[], bool]


class Tour(QFrame):
    """Shows the first step that is not done. ``wanted`` gives the route of its button; gone when all are done.

    ``closed``: by the cross.
    """

    wanted = Signal(str)
    closed = Signal()

    def __init__(self, steps: Sequence[TourStep]) -> None:
        super().__init__()
        self.setObjectName("tour")
        self.setProperty("banner", "info")
        self._steps = tuple(steps)
        self._closed = not steps
        self._aside = False
        self._done: set[int] = set()
        self.words = WrapLabel()
        self.show_me = button(_("Show me"), "", self._go)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(icons.icon_label("check", theme.tokens().accent_text, 20))
        row.addWidget(self.words, 1)
        row.addWidget(self.show_me)
        row.addWidget(icon_button("cross", _("Close the first morning"), self.leave))
        self.look()

    def look(self) -> None:
        """See what has been done since; a step that was done once stays ticked."""
        if self._closed:
            self.hide()
            return
        self._done |= {at for at, one in enumerate(self._steps) if at not in self._done and one.done()}
        at = self._next()
        if at is None:
            self._closed = True
            self.hide()
            return
        text = _("First morning, step {number} of {count}: {what}")
        said = text.format(number=at + 1, count=len(self._steps), what=translate(self._steps[at].text))
        self.words.setText(said)
        self.setAccessibleName(said)
        self.show_me.setVisible(bool(self._steps[at].route))
        show_when_placed(self, shown=not self._aside)

    def leave(self) -> None:
        """No more of it."""
        self._closed = True
        self.hide()
        self.closed.emit()

    def step_aside(self, *, aside: bool) -> None:
        """Be out of the way as long as a form is filled in."""
        self._aside = aside
        self.setVisible(not aside and not self._closed)

    def _next(self) -> int | None:
        return next((at for at in range(len(self._steps)) if at not in self._done), None)

    def _go(self) -> None:
        if (at := self._next()) is not None:
            self.wanted.emit(self._steps[at].route)
