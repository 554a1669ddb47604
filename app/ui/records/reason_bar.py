"""Deleting asks why: the reason is the answer, and the tombstone that travels carries it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from app.i18n import N_, _, translate
from app.ui.widgets.buttons import button, danger_button
from app.ui.widgets.flow import Flow
from app.ui.widgets.text import WrapLabel, label

REASONS: Final = (
    ("entered_by_mistake", N_("Delete: it was a mistake")),
    ("asked_by_person", N_("Delete: the person asked for it")),
    ("no_longer_needed", N_("Delete: it is no longer needed")),
)


class ReasonBar(QFrame):
    """Hidden until ``ask``; ``chosen`` gives the code of the reason. Esc and "Keep it" hide it again.

    What is about nobody (not ``of_person``) nobody asked to be deleted.
    """

    chosen = Signal(str)

    def __init__(self, *, of_person: bool) -> None:
        super().__init__()
        self.setProperty("banner", "warn")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addWidget(label(_("Delete this record?"), "strong"))
        column.addWidget(WrapLabel(_("That it was deleted and why remains known, its contents do not.")))
        presses = Flow(8)
        self.buttons: dict[str, QPushButton] = {}
        for code, words in REASONS:
            press = danger_button(translate(words))
            press.setProperty("reason", code)
            press.clicked.connect(self._pressed)
            self.buttons[code] = press
            presses.add(press)
        self.buttons["asked_by_person"].setVisible(of_person)
        self.keep = button(_("Keep it"), "", self.hide)
        presses.add(self.keep)
        column.addWidget(presses)
        self.setAccessibleName(_("Delete this record?"))
        self.hide()

    def ask(self) -> None:
        """Show the question; the harmless answer has the focus."""
        self.show()
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _pressed(self) -> None:
        press = self.sender()
        if isinstance(press, QPushButton):
            self.hide()
            self.chosen.emit(str(press.property("reason")))
