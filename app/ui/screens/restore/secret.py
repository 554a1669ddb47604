"""What opens the backup: the passphrase of its time, or the recovery sheet with a new passphrase."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from app.ui import theme
from app.ui.widgets.buttons import button, link_button
from app.ui.widgets.digits import DigitsEdit
from app.ui.widgets.passphrase import PassphraseEdit
from app.ui.widgets.text import WrapLabel, label

FOUR_BOXES = 400
"""Two rows of four boxes, as the groups stand on the sheet."""


class Secret(QWidget):
    """``by_sheet`` tells which one is asked; ``roll`` wants a new passphrase drawn; ``submitted`` on Enter."""

    submitted = Signal()
    roll = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.by_sheet = False
        self.edit = PassphraseEdit(_("Passphrase of that time"))
        self.edit.submitted.connect(self.submitted)
        self.digits = DigitsEdit(8, 6, _("Recovery sheet"))
        self.digits.setMaximumWidth(theme.px(FOUR_BOXES))
        self.phrase = WrapLabel("", "h2")
        self.again = PassphraseEdit(_("The new passphrase once more"))
        self.again.submitted.connect(self.submitted)
        self.turn = link_button(_("Use the recovery sheet instead"), self._turn)
        self._pages = (self._passphrase_page(), self._sheet_page())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for page in self._pages:
            column.addWidget(page)
        column.addWidget(self.turn, 0, Qt.AlignmentFlag.AlignLeft)
        self._pages[1].hide()
        self.setFocusProxy(self.edit)

    def show_phrase(self, phrase: str) -> None:
        """Show the passphrase that was drawn."""
        self.phrase.setText(phrase)
        self.again.clear()

    def groups(self) -> list[str]:
        """The groups of the sheet."""
        return [box.text() for box in self.digits.boxes]

    def missing(self) -> str:
        """What is still to be typed, in words; empty where all is there."""
        if not self.by_sheet:
            return "" if self.edit.text().strip() else _("Type the passphrase.")
        if not self.digits.is_complete():
            return _("A recovery sheet has 8 groups of 6 digits. Type all of them.")
        if not self.phrase.text() or _folded(self.again.text()) != _folded(self.phrase.text()):
            return _("This is not the new passphrase. Show what you have typed and mend it.")
        return ""

    def _turn(self) -> None:
        self.by_sheet = not self.by_sheet
        for page, shown in zip(self._pages, (not self.by_sheet, self.by_sheet), strict=True):
            page.setVisible(shown)
        words = _("Use the passphrase instead") if self.by_sheet else _("Use the recovery sheet instead")
        self.turn.setText(words)
        self.turn.setAccessibleName(words)
        first = self.digits if self.by_sheet else self.edit
        self.setFocusProxy(first)
        first.setFocus()
        if self.by_sheet and not self.phrase.text():
            self.roll.emit()

    def _passphrase_page(self) -> QWidget:
        page, column = _page()
        column.addWidget(label(_("Passphrase of that time"), "field"))
        column.addWidget(self.edit)
        return page

    def _sheet_page(self) -> QWidget:
        page, column = _page()
        row = QHBoxLayout()
        row.addWidget(self.phrase, 1)
        row.addWidget(button(_("Roll again"), "refresh", self.roll.emit), 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(label(_("The eight groups on the sheet"), "field"))
        column.addWidget(self.digits)
        column.addWidget(label(_("Your new passphrase: learn these six words"), "field"))
        column.addLayout(row)
        column.addWidget(label(_("The new passphrase once more"), "field"))
        column.addWidget(self.again)
        return page


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    return page, column


def _folded(phrase: str) -> list[str]:
    return phrase.casefold().replace("ё", "е").split()
