"""The way in by the recovery sheet: eight groups of digits. What follows its proof is asked after it."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import UserError
from app.i18n import _
from app.ui import theme
from app.ui.screens.unlock.opener import Opener
from app.ui.widgets.buttons import link_button, primary_button
from app.ui.widgets.digits import DigitsEdit
from app.ui.widgets.text import WrapLabel, label, restyle

FOUR_BOXES = 460
"""Two rows of four boxes, as the groups stand on the sheet."""


class BySheet(QWidget):
    """The digits alone."""

    def __init__(self, opener: Opener) -> None:
        super().__init__()
        self._opener = opener
        self.digits = DigitsEdit(8, 6, _("Recovery sheet"))
        self.digits.setMaximumWidth(theme.px(FOUR_BOXES))
        self.digits.submitted.connect(self.submit)
        self.error = WrapLabel("", "error")
        self.error.hide()
        self.open = primary_button(_("Check the digits"), "key", self.submit)
        self.back = link_button(_("Back to the passphrase"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(_("Recovery sheet"), "h1"))
        column.addWidget(label(_("The eight groups on the sheet"), "field"))
        column.addWidget(self.digits)
        column.addWidget(self.error)
        column.addWidget(WrapLabel(_("Then you say who you are, and get a new passphrase."), "small"))
        column.addWidget(self.open)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.digits)

    def clear(self) -> None:
        """Forget the digits: the sheet is proved, or was given up."""
        for box in self.digits.boxes:
            box.clear()
        self._tell("")
        self.show_busy()

    def submit(self) -> None:
        """Check what can be checked here, then try the sheet."""
        if not self.digits.is_complete():
            self._tell(_("A recovery sheet has 8 groups of 6 digits. Type all of them."))
            box = next(box for box in self.digits.boxes if len(box.text()) < 6)
            box.setFocus()
            return
        self._tell("")
        self._opener.prove([box.text() for box in self.digits.boxes])
        self.show_busy()

    def refuse(self, error: BaseException, sentence: str) -> None:
        """Say why the sheet did not open the store, at the groups that are wrong."""
        self.show_busy()
        self._tell(sentence)
        named = str(error.values.get("groups", "")) if isinstance(error, UserError) else ""
        wrong = [int(number) for number in re.findall(r"\d+", named)]
        for at, box in enumerate(self.digits.boxes, 1):
            restyle(box, "invalid", not wrong or at in wrong)
        self.digits.boxes[wrong[0] - 1 if wrong else 0].setFocus()

    def show_busy(self) -> None:
        """While the sheet is tried, nothing can be changed."""
        busy = self._opener.busy
        words = _("Checking …") if busy else _("Check the digits")
        self.open.setText(words)
        self.open.setAccessibleName(words)
        for widget in (self.open, self.digits, self.back):
            widget.setEnabled(not busy)

    def _tell(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
