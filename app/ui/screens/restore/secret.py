"""What opens the backup: the passphrase of its time, or the recovery sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _
from app.ui import theme
from app.ui.widgets.buttons import link_button
from app.ui.widgets.digits import DigitsEdit
from app.ui.widgets.passphrase import PassphraseEdit
from app.ui.widgets.text import WrapLabel, label

FOUR_BOXES = 400
"""Two rows of four boxes, as the groups stand on the sheet."""


class Secret(QWidget):
    """``by_sheet`` tells which one is asked; ``submitted`` on Enter."""

    submitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.by_sheet = False
        self.edit = PassphraseEdit(_("Passphrase of that time"))
        self.edit.submitted.connect(self.submitted)
        self.digits = DigitsEdit(8, 6, _("Recovery sheet"))
        self.digits.setMaximumWidth(theme.px(FOUR_BOXES))
        self.digits.submitted.connect(self.submitted)
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

    def groups(self) -> list[str]:
        """The groups of the sheet."""
        return [box.text() for box in self.digits.boxes]

    def missing(self) -> str:
        """What is still to be typed, in words; empty where all is there."""
        if not self.by_sheet:
            return "" if self.edit.text().strip() else _("Type the passphrase.")
        if not self.digits.is_complete():
            return _("A recovery sheet has 8 groups of 6 digits. Type all of them.")
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

    def _passphrase_page(self) -> QWidget:
        page, column = _page()
        column.addWidget(label(_("Passphrase of that time"), "field"))
        column.addWidget(self.edit)
        return page

    def _sheet_page(self) -> QWidget:
        page, column = _page()
        column.addWidget(label(_("The eight groups on the sheet"), "field"))
        column.addWidget(self.digits)
        column.addWidget(WrapLabel(_("Then you say who you are, and get a new passphrase."), "small"))
        return page


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    return page, column
