"""Below the timeline: the record that is selected, where it has got to in a whole sentence, and what one may do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.i18n import _
from app.ui.widgets.buttons import button
from app.ui.widgets.flow import Flow
from app.ui.widgets.text import WrapLabel
from app.usecases.delivery import Delivery


class RecordStrip(QFrame):
    """``opened``, ``again`` ("same as last time") and ``receipt`` are about the record shown."""

    opened = Signal()
    again = Signal()
    receipt = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "row")
        self.title = WrapLabel("", "strong")
        self.told = WrapLabel("", "sub")
        self.open_button = button(_("Open"), "pencil", self.opened.emit)
        self.again_button = button(_("Same as last time"), "refresh", self.again.emit)
        self.receipt_button = button(_("Print the receipt"), "printer", self.receipt.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.told)
        presses = Flow(8)
        for press in (self.open_button, self.again_button, self.receipt_button):
            presses.add(press)
        column.addWidget(presses)
        self.hide()

    def show_record(self, title: str, delivery: Delivery | None, *, again: bool, receipt: bool) -> None:
        """Say which record it is; an empty title hides the strip."""
        self.title.setText(title)
        told = delivery.words() if delivery is not None else _("Recorded by another centre: for reading")
        self.told.setText(told)
        self.again_button.setVisible(again)
        self.receipt_button.setVisible(receipt)
        for press in (self.open_button, self.again_button, self.receipt_button):
            press.setAccessibleName(f"{press.text().strip()}: {title}")
        self.setVisible(bool(title))
