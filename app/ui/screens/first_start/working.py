"""The step in which the program works and the person waits."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar

from app.i18n import _
from app.ui.screens.first_start.draft import Draft
from app.ui.screens.first_start.step import Step
from app.ui.widgets.buttons import primary_button
from app.ui.widgets.text import WrapLabel


class WorkingStep(Step):
    """A bar without a number: how long the keys take depends on the laptop. ``again`` is the work once more."""

    def __init__(self, draft: Draft, title: str, text: str, again: Callable[[], object]) -> None:
        super().__init__(draft, title, text)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(title)
        self.error = WrapLabel("", "error")
        self.error.hide()
        self.bar = bar
        self._again = again
        self.retry = primary_button(_("Try again"), "refresh", self._try_again)
        self.retry.hide()
        self.body.addWidget(bar)
        self.body.addWidget(self.error)
        self.body.addWidget(self.retry, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)

    def fail(self, sentence: str) -> None:
        """Say why it did not come to an end, and offer to try again."""
        self._show(failed=True)
        self.error.setText(sentence)
        self.retry.setFocus()

    def _try_again(self) -> None:
        self._show(failed=False)
        self._again()

    def _show(self, *, failed: bool) -> None:
        self.bar.setVisible(not failed)
        self.error.setVisible(failed)
        self.retry.setVisible(failed)
