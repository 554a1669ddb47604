"""Why: each finding in words with its weight, what speaks for one person first. The sum is what ranks the pairs.

Above both entries, so that whoever decides sees on what.
"""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _
from app.ui.widgets.chip import Chip
from app.ui.widgets.flow import flow_of
from app.ui.widgets.text import label
from app.usecases.same_person import PairView


def weight(value: float) -> str:
    """A weight with its sign and one digit; the minus is the typographic one, as wide as the plus."""
    sign = "+" if value >= 0 else "−"
    return f"{sign}{abs(value):.1f}"


class Evidence(QWidget):
    """``show_pair`` replaces what is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("What speaks for it and against it"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._shown = QWidget()
        self._column.addWidget(self._shown)

    def show_pair(self, view: PairView) -> None:
        """Show the sum and the findings, the weightiest for it first, against it last."""
        total = label(_("Together {weight}").format(weight=weight(view.score)), "strong")
        total.setToolTip(_("together: the higher, the likelier"))
        chips = [
            Chip(f"{weight(one.weight)}  {one.text}", "ok" if one.weight > 0 else "warn")
            for one in sorted(view.findings, key=lambda one: -one.weight)
        ]
        old, self._shown = self._shown, flow_of(total, *chips, spacing=6)
        self._column.replaceWidget(old, self._shown)
        old.hide()
        old.deleteLater()
