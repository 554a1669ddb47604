"""The step in which the program works and the person waits."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar

from app.ui.screens.first_start.draft import Draft
from app.ui.screens.first_start.step import Step
from app.ui.widgets.text import WrapLabel


class WorkingStep(Step):
    """A bar without a number: how long the keys take depends on the laptop."""

    def __init__(self, draft: Draft, title: str, text: str) -> None:
        super().__init__(draft, title, text)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(title)
        self.error = WrapLabel("", "error")
        self.error.hide()
        self.bar = bar
        self.body.addWidget(bar)
        self.body.addWidget(self.error)
        self.body.addStretch(1)

    def fail(self, sentence: str) -> None:
        """Say why it did not come to an end."""
        self.bar.hide()
        self.error.setText(sentence)
        self.error.show()
