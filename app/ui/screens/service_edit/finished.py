"""What is shown after a save: where the record is now, and what one may want next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from app.ui import icons, theme
from app.ui.widgets.buttons import button, ghost_button, primary_button
from app.ui.widgets.text import WrapLabel


class Finished(QWidget):
    """``another``, ``to_person`` and ``mend`` (look at the record again)."""

    another = Signal()
    to_person = Signal()
    mend = Signal()

    def __init__(self, what: str) -> None:
        super().__init__()
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(icons.icon_label("check", theme.tokens().ok, 28), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.addWidget(WrapLabel(_("Saved on this laptop · not sent yet"), "h2"))
        words.addWidget(WrapLabel(what, "sub"))
        head.addLayout(words, 1)
        self.back = primary_button(_("To the person's page"), "person", self.to_person.emit)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addWidget(button(_("Record another"), "plus", self.another.emit))
        row.addWidget(ghost_button(_("Mend what was saved"), "pencil", self.mend.emit))
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(16)
        column.addLayout(head)
        column.addLayout(row)
        column.addStretch(1)
        self.setFocusProxy(self.back)
