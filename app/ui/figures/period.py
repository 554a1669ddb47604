"""Over which months: a quarter, a half-year, a year, own months, or all time. The latest that is over comes first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from app.i18n import N_, _, language, translate
from app.reports import words
from app.reports.paper.tongue import Tongue
from app.ui.dates import month_and_year
from app.ui.forms.editor import CalmCombo
from app.ui.widgets.flow import Flow
from app.ui.widgets.named import Named

QUARTER: Final = "quarter"
HALF: Final = "half"
YEAR: Final = "year"
MONTHS: Final = "months"
ALL: Final = "all"
_KINDS: Final = {
    QUARTER: N_("Quarter"),
    HALF: N_("Half-year"),
    YEAR: N_("Year"),
    MONTHS: N_("Own months"),
    ALL: N_("All time"),
}
_LENGTH: Final = {QUARTER: 3, HALF: 6, YEAR: 12}
_FIRST_YEAR: Final = 2002
"""When the programme began."""


def spans(kind: str, today: dt.date, first: str = "") -> list[tuple[str, str]]:
    """The periods of a kind from that of the month ``first`` to the present one, the latest first."""
    length, begin = _LENGTH[kind], int(first[:4]) if first else today.year - 1
    years = range(max(_FIRST_YEAR, min(begin, today.year)), today.year + 1)
    begun = [(year, month) for year in years for month in range(1, 13, length) if dt.date(year, month, 1) <= today]
    found = [(f"{year}-{month:02}", f"{year}-{month + length - 1:02}") for year, month in begun]
    return found[::-1]


class PeriodChoice(QWidget):
    """``first`` and ``last`` are months, empty for no bound; ``changed`` fires when others are chosen."""

    changed = Signal()

    def __init__(self, today: dt.date, kinds: Sequence[str] = tuple(_KINDS)) -> None:
        super().__init__()
        self._today = today
        self._months: list[str] = []
        self.kind = _combo(_("Kind of period"))
        for kind in kinds:
            self.kind.addItem(translate(_KINDS[kind]), kind)
        self.span = _combo(_("Period"))
        self.first, self.last = _combo(_("From")), _combo(_("To"))
        line = Flow(8)
        self._fields = {
            box: Named(box.accessibleName(), box) for box in (self.kind, self.span, self.first, self.last)
        }
        for field in self._fields.values():
            line.add(field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(line)
        self._fields[self.kind].setVisible(len(kinds) > 1)
        self.kind.activated.connect(self._kind_chosen)
        for box in (self.span, self.first, self.last):
            box.activated.connect(self._chosen)
        self._offer()

    def know(self, months: Sequence[str]) -> None:
        """Months in which anything was recorded: periods from the first of them on are offered."""
        self._months = [month for month in months if len(month) == 7]
        bounds = self.bounds()
        self._offer()
        self.choose(*bounds)

    def bounds(self) -> tuple[str, str]:
        """The first and the last month; empty means open."""
        match self.kind.currentData():
            case str(kind) if kind in _LENGTH:
                first, last = self.span.currentData() or ("", "")
            case str(kind) if kind == MONTHS:
                first, last = str(self.first.currentData() or ""), str(self.last.currentData() or "")
            case _:
                first, last = "", ""
        return str(first), str(last)

    def choose(self, first: str, last: str) -> None:
        """Choose these months, as the kind of period that they are."""
        for kind in (*_LENGTH, MONTHS, ALL):
            at = self.kind.findData(kind)
            if at < 0:
                continue
            if kind in _LENGTH:
                offered = self._of(kind)
                if (first, last) not in offered:
                    continue
                self.kind.setCurrentIndex(at)
                self._offer()
                self.span.setCurrentIndex(offered.index((first, last)))
                return
            if (kind == ALL) == (not first and not last):
                self.kind.setCurrentIndex(at)
                self._offer()
                for box, month in ((self.first, first), (self.last, last)):
                    if box.findData(month) < 0:
                        box.addItem(month_and_year(month), month)
                    box.setCurrentIndex(box.findData(month))
                return

    def _of(self, kind: str) -> list[tuple[str, str]]:
        return spans(kind, self._today, self._months[0] if self._months else "")

    def _offer(self) -> None:
        kind = str(self.kind.currentData())
        say = Tongue(language())
        self.span.clear()
        for bounds in self._of(kind) if kind in _LENGTH else ():
            self.span.addItem(words.period(*bounds, say), bounds)
        over = next((at for at in range(self.span.count()) if self._is_over(self.span.itemData(at)[1])), 0)
        self.span.setCurrentIndex(over)
        for box, open_end in ((self.first, _("the beginning")), (self.last, _("today"))):
            chosen = box.currentData() or ""
            box.clear()
            box.addItem(open_end, "")
            for month in self._months:
                box.addItem(month_and_year(month), month)
            box.setCurrentIndex(max(0, box.findData(chosen)))
        for box, shown in ((self.span, kind in _LENGTH), (self.first, kind == MONTHS), (self.last, kind == MONTHS)):
            self._fields[box].setVisible(shown)

    def _is_over(self, month: str) -> bool:
        return month < f"{self._today:%Y-%m}"

    def _kind_chosen(self) -> None:
        self._offer()
        self.changed.emit()

    def _chosen(self) -> None:
        first, last = self.bounds()
        if first and last and first > last:
            # The box that was touched counts; the other follows.
            other = self.last if self.sender() is self.first else self.first
            other.setCurrentIndex(other.findData(first if other is self.last else last))
        self.changed.emit()


def _combo(name: str) -> CalmCombo:
    box = CalmCombo()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return box
