"""Why: each finding in words with its weight, what speaks for one person first. The sum is what ranks the pairs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.i18n import _
from app.ui.widgets.text import WrapLabel, label
from app.usecases.same_person import Finding, PairView


def weight(value: float) -> str:
    """A weight with its sign and one digit; the minus is the typographic one, as wide as the plus."""
    sign = "+" if value >= 0 else "−"
    return f"{sign}{abs(value):.1f}"


class Evidence(QWidget):
    """``show_pair`` replaces what is shown."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._inner = QWidget()
        self._column.addWidget(self._inner)

    def show_pair(self, view: PairView) -> None:
        """Show the findings and their sum."""
        old, self._inner = self._inner, QWidget()
        grid = QGridLayout(self._inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        ordered = sorted(view.findings, key=lambda one: -one.weight)
        for row, finding in enumerate(ordered):
            _line(grid, row, finding)
        total = label(weight(view.score), "strong")
        total.setAccessibleName(_("Together {weight}").format(weight=weight(view.score)))
        grid.addWidget(total, len(ordered), 0, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(WrapLabel(_("together: the higher, the likelier"), "sub"), len(ordered), 1)
        self._column.addWidget(self._inner)
        self._column.removeWidget(old)
        old.hide()
        old.deleteLater()


def _line(grid: QGridLayout, row: int, finding: Finding) -> None:
    number = label(weight(finding.weight), "strong")
    number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    grid.addWidget(number, row, 0)
    grid.addWidget(WrapLabel(finding.text), row, 1)
