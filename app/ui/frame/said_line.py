"""The line at the top of the window: what was just done, perhaps with a way back.

It belongs to the screen that is shown right after the deed. A screen says it and then leads elsewhere, so it outlives
the steps of that one turn of the event loop; whoever goes on afterwards leaves it behind. Above a new form an old
"saved" would be an untruth.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer

from app.ui.widgets.banner import Banner, BannerKind


class SaidLine(Banner):
    """``tell`` says something, with one action; ``moved_on`` takes it away unless it was said in this very turn."""

    def __init__(self) -> None:
        super().__init__(closable=True)
        self._action_of: Callable[[], object] | None = None
        self._fresh = False
        self.acted.connect(self._act)

    def tell(self, text: str, kind: BannerKind, action: str, acted: Callable[[], object] | None) -> None:
        """Say ``text``; an empty one takes the line away."""
        self._action_of = acted
        self._fresh = bool(text)
        if text or self.text():
            self.say(text, kind, action)
        if text:
            QTimer.singleShot(0, self, self._settle)

    def moved_on(self) -> None:
        """Another screen, or another step of it, is shown."""
        if not self._fresh:
            self.tell("", "info", "", None)

    def _settle(self) -> None:
        self._fresh = False

    def _act(self) -> None:
        acted, self._action_of = self._action_of, None
        self.clear()
        if acted is not None:
            acted()
