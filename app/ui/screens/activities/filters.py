"""Which activities are listed: a year, a quarter of it, a kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from app.i18n import N_, _, translate
from app.ui.forms.editor import CalmCombo
from app.ui.records.words import coded
from app.ui.widgets.flow import Flow
from app.ui.widgets.named import Named
from app.usecases.activities import Wanted

_QUARTERS: Final = (
    ("01", "12", N_("the whole year")),
    ("01", "03", N_("1st quarter")),
    ("04", "06", N_("2nd quarter")),
    ("07", "09", N_("3rd quarter")),
    ("10", "12", N_("4th quarter")),
)


class Filters(Flow):
    """``changed`` fires when anything is chosen; ``wanted`` says what."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(12)
        self.year, self.quarter, self.kind = _combo(), _combo(), _combo()
        self.kind.setMinimumContentsLength(18)
        for first, last, words in _QUARTERS:
            self.quarter.addItem(translate(words), (first, last))
        for words, combo in ((_("Year"), self.year), (_("Quarter"), self.quarter), (_("Kind"), self.kind)):
            combo.setAccessibleName(words)
            combo.activated.connect(self._chosen)
            self.add(Named(words, combo))

    def offer(self, years: Sequence[str], kinds: Sequence[str]) -> None:
        """Offer the years and kinds of which anything is recorded; what is chosen stays chosen."""
        _fill(self.year, [("", _("all years")), *((year, year) for year in years)])
        _fill(self.kind, [("", _("all kinds")), *((kind, coded("activity_kinds", kind)) for kind in kinds)])
        self._fit()

    def wanted(self) -> Wanted:
        """What is chosen. A quarter is one of a year."""
        year, kind = str(self.year.currentData() or ""), str(self.kind.currentData() or "")
        if not year:
            return Wanted(kind=kind)
        first, last = self.quarter.currentData()
        return Wanted(f"{year}-{first}", f"{year}-{last}", kind)

    def state(self) -> Mapping[str, object]:
        """What is chosen, to be put back later."""
        return {
            "year": self.year.currentData(),
            "quarter": self.quarter.currentIndex(),
            "kind": self.kind.currentData(),
        }

    def put_back(self, state: Mapping[str, object]) -> None:
        """Choose what ``state`` gave, as far as it is offered."""
        self.year.setCurrentIndex(max(0, self.year.findData(state.get("year") or "")))
        self.kind.setCurrentIndex(max(0, self.kind.findData(state.get("kind") or "")))
        quarter = state.get("quarter")
        self.quarter.setCurrentIndex(quarter if isinstance(quarter, int) and quarter < len(_QUARTERS) else 0)
        self._fit()

    def _chosen(self) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        self.quarter.setEnabled(bool(self.year.currentData()))


def _combo() -> CalmCombo:
    made = CalmCombo()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    made.setMaxVisibleItems(16)
    return made


def _fill(combo: QComboBox, entries: Sequence[tuple[str, str]]) -> None:
    chosen = combo.currentData() or ""
    combo.clear()
    for key, words in entries:
        combo.addItem(words, key)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
