"""What is shown after a save: where the record is now, a way back, and what one may want next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.i18n import _
from app.ui import icons, theme
from app.ui.screens.service_edit.keys import UNDO, with_key
from app.ui.shortcuts import bind
from app.ui.widgets.buttons import button, ghost_button, primary_button
from app.ui.widgets.flow import Flow
from app.ui.widgets.text import WrapLabel


class Finished(QWidget):
    """``another``, ``to_person``, ``mend`` (look at the record again) and ``undo``. ``many``: for several people."""

    another = Signal()
    to_person = Signal()
    mend = Signal()
    undo = Signal()

    def __init__(self, *, many: bool = False) -> None:
        super().__init__()
        saved = WrapLabel(_("Saved on this laptop · not sent yet"), "h2")
        self.back = primary_button(
            _("Ready") if many else _("To the person's page"), "check" if many else "person", self.to_person.emit
        )
        self.take_back = with_key(button(_("Undo"), "undo", self.undo.emit), UNDO)
        row = Flow(8)
        for press in (
            self.back,
            self.take_back,
            button(_("Record another"), "plus", self.another.emit),
            ghost_button(_("Mend what was saved"), "pencil", self.mend.emit),
        ):
            row.add(press)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(12)
        column.addWidget(icons.icon_label("check", theme.tokens().ok, 28), 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(saved)
        column.addWidget(row)
        column.addStretch(1)
        bind(self, UNDO, self.undo.emit).setAutoRepeat(False)
        self.setFocusProxy(self.back)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus."""
        pressed = self.focusWidget()
        # A key still held down from the save is no answer to what the save brought.
        fresh = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat()
        if fresh and not event.modifiers() and isinstance(pressed, QPushButton):
            pressed.click()
        else:
            super().keyPressEvent(event)
