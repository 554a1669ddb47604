"""What is counted: the months from and to, and by what it is broken down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from app.i18n import _, translate
from app.ui.dates import month_and_year
from app.ui.widgets.buttons import segment_button
from app.ui.widgets.flow import Flow
from app.ui.widgets.named import Named
from app.usecases.reporting import HEADS, Dimension, Period

FIRST: Final = (Dimension.MONTH, Dimension.GROUP)
"""What is shown at first."""


class Choice(QWidget):
    """``changed`` fires when anything is chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.first = QComboBox()
        self.last = QComboBox()
        self.chips: dict[Dimension, QPushButton] = {}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        for words, box in ((_("From"), self.first), (_("To"), self.last)):
            box.setAccessibleName(words)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.activated.connect(self._period_chosen)
            line.addWidget(Named(words, box), 0, Qt.AlignmentFlag.AlignTop)
        chips = Flow(6)
        for dimension in Dimension:
            chip = segment_button(translate(HEADS[dimension]))
            chip.setChecked(dimension in FIRST)
            chip.toggled.connect(self._chip_toggled)
            self.chips[dimension] = chip
            chips.add(chip)
        line.addWidget(Named(_("Broken down by"), chips), 1, Qt.AlignmentFlag.AlignTop)

    def show_months(self, months: Sequence[str]) -> None:
        """Offer the months in which anything was recorded; what is chosen stays chosen."""
        whole = [month for month in months if len(month) == 7]
        for box, words in ((self.first, _("the beginning")), (self.last, _("today"))):
            chosen = box.currentData() or ""
            box.clear()
            box.addItem(words, "")
            for month in whole:
                box.addItem(month_and_year(month), month)
            box.setCurrentIndex(max(0, box.findData(chosen)))

    def period(self) -> Period:
        """The months chosen; empty means open."""
        return Period(str(self.first.currentData() or ""), str(self.last.currentData() or ""))

    def by(self) -> tuple[Dimension, ...]:
        """The dimensions chosen, in their fixed order."""
        return tuple(dimension for dimension, chip in self.chips.items() if chip.isChecked())

    def _period_chosen(self) -> None:
        first, last = self.period().first, self.period().last
        if first and last and first > last:
            # The box that was touched counts; the other follows.
            other = self.last if self.sender() is self.first else self.first
            other.setCurrentIndex(other.findData(first if other is self.last else last))
        self.changed.emit()

    def _chip_toggled(self) -> None:
        self.changed.emit()
