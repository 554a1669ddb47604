"""The way in by the recovery sheet: eight groups of digits, and a new passphrase that is typed back."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import UserError
from app.i18n import _
from app.ui import theme
from app.ui.screens.unlock.opener import Opener
from app.ui.widgets.buttons import button, link_button, primary_button
from app.ui.widgets.digits import DigitsEdit
from app.ui.widgets.passphrase import PassphraseEdit
from app.ui.widgets.text import WrapLabel, label, restyle

FOUR_BOXES = 460
"""Two rows of four boxes, as the groups stand on the sheet."""


class BySheet(QWidget):
    """All on one page: digits, the new phrase, the phrase once more."""

    def __init__(self, opener: Opener) -> None:
        super().__init__()
        self._opener = opener
        self._phrase = ""
        opener.drawn.connect(self.show_phrase)
        self.digits = DigitsEdit(8, 6, _("Recovery sheet"))
        self.digits.setMaximumWidth(theme.px(FOUR_BOXES))
        self.digits_error = WrapLabel("", "error")
        self.phrase = WrapLabel("", "h2")
        self.again = PassphraseEdit(_("The new passphrase once more"))
        self.again.submitted.connect(self.submit)
        self.again_error = WrapLabel("", "error")
        self.open = primary_button(_("Unlock with the sheet"), "key", self.submit)
        self.back = link_button(_("Back to the passphrase"))
        roll = button(_("Roll again"), "refresh", opener.draw)
        row = QHBoxLayout()
        row.addWidget(self.phrase, 1)
        row.addWidget(roll, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(_("Recovery sheet"), "h1"))
        column.addWidget(label(_("The eight groups on the sheet"), "field"))
        column.addWidget(self.digits)
        column.addWidget(self.digits_error)
        column.addWidget(label(_("Your new passphrase: learn these six words"), "field"))
        column.addLayout(row)
        column.addWidget(label(_("The new passphrase once more"), "field"))
        column.addWidget(self.again)
        column.addWidget(self.again_error)
        column.addWidget(self.open)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        for error in (self.digits_error, self.again_error):
            error.hide()
        self.setFocusProxy(self.digits)

    def begin(self) -> None:
        """Draw the new passphrase, once."""
        if not self._phrase:
            self._opener.draw()

    def show_phrase(self, phrase: str) -> None:
        """Show the phrase that was drawn."""
        self._phrase = phrase
        self.phrase.setText(phrase)
        self.again.clear()

    def submit(self) -> None:
        """Check what can be checked here, then try the sheet."""
        if not self.digits.is_complete():
            self._tell(self.digits_error, _("A recovery sheet has 8 groups of 6 digits. Type all of them."))
            box = next(box for box in self.digits.boxes if len(box.text()) < 6)
            box.setFocus()
            return
        self._tell(self.digits_error, "")
        if not self._phrase or _folded(self.again.text()) != _folded(self._phrase):
            self._tell(self.again_error, _("This is not the new passphrase. Show what you have typed and mend it."))
            self.again.line.setFocus()
            return
        self._tell(self.again_error, "")
        self._opener.recover([box.text() for box in self.digits.boxes], self._phrase)
        self.show_busy()

    def refuse(self, error: BaseException, sentence: str) -> None:
        """Say why the sheet did not open the store, at the groups that are wrong."""
        self.show_busy()
        self._tell(self.digits_error, sentence)
        named = str(error.values.get("groups", "")) if isinstance(error, UserError) else ""
        wrong = [int(number) for number in re.findall(r"\d+", named)]
        for at, box in enumerate(self.digits.boxes, 1):
            restyle(box, "invalid", not wrong or at in wrong)
        self.digits.boxes[wrong[0] - 1 if wrong else 0].setFocus()

    def show_busy(self) -> None:
        """While the keys are derived, nothing can be changed."""
        busy = self._opener.busy
        words = _("Unlocking …") if busy else _("Unlock with the sheet")
        self.open.setText(words)
        self.open.setAccessibleName(words)
        for widget in (self.open, self.digits, self.again, self.back):
            widget.setEnabled(not busy)

    @staticmethod
    def _tell(where: WrapLabel, sentence: str) -> None:
        where.setText(sentence)
        where.setVisible(bool(sentence))


def _folded(phrase: str) -> list[str]:
    return phrase.casefold().replace("ё", "е").split()
