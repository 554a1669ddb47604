"""Which pack: for whom it is made, over which area or of which donor, and over which period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QPushButton

from app import codelists
from app.i18n import N_, _, translate
from app.reports.pack import PackKind
from app.reports.table import Audience
from app.ui.figures.audience import AudienceChoice
from app.ui.figures.period import HALF, QUARTER, YEAR, PeriodChoice
from app.ui.forms.editor import CalmCombo
from app.ui.widgets.buttons import primary_button, segment_button
from app.ui.widgets.card import Card
from app.ui.widgets.flow import Flow
from app.ui.widgets.named import Named
from app.ui.widgets.text import WrapLabel
from app.usecases.packs import PackDraft, Packs

_KINDS: Final = {
    PackKind.TASK_FORCE: N_("For a task force"),
    PackKind.DONOR: N_("For a donor"),
    PackKind.SUMMARY: N_("Summary for everybody"),
}
_PRESET: Final = {
    PackKind.TASK_FORCE: Audience.TASK_FORCE,
    PackKind.DONOR: Audience.PUBLIC,
    PackKind.SUMMARY: Audience.PUBLIC,
}


class PackChoice(Card):
    """``changed`` fires when anything else is chosen, ``wanted`` when the pack is to be made."""

    changed = Signal()
    wanted = Signal()

    def __init__(self, today: dt.date) -> None:
        super().__init__()
        self.kinds: dict[PackKind, QPushButton] = {}
        self._group = QButtonGroup(self)
        row = Flow(6)
        for kind, text in _KINDS.items():
            press = segment_button(translate(text))
            self._group.addButton(press)
            self.kinds[kind] = press
            row.add(press)
        self.kinds[PackKind.TASK_FORCE].setChecked(True)
        self._group.buttonClicked.connect(self._kind_chosen)
        self.oblast, self.donor = _combo(_("Oblast")), _combo(_("Donor"))
        self.oblast.addItem(_("The whole country"), "")
        for entry in codelists.get("oblasts"):
            self.oblast.addItem(codelists.get("oblasts").label(entry.code), entry.code)
        self.period = PeriodChoice(today, (QUARTER, HALF, YEAR))
        self.audience = AudienceChoice()
        self.note = WrapLabel(_("The summary is always for everybody: donors and the public."), "small")
        self.make = primary_button(_("Make the pack"), "document", self.wanted.emit)
        self._fields = {box: Named(box.accessibleName(), box) for box in (self.oblast, self.donor)}
        where = Flow(12)
        for field in (*self._fields.values(), self.period):
            where.add(field)
        for item in (row, where, self.audience, self.note):
            self.add(item)
        last = Flow(8)
        last.add(self.make)
        self.add(last)
        for box in (self.oblast, self.donor):
            box.activated.connect(self._chosen)
        for part in (self.period, self.audience):
            part.changed.connect(self._chosen)
        self._kind_chosen()

    @property
    def kind(self) -> PackKind:
        """The kind of pack that is chosen."""
        return next(kind for kind, press in self.kinds.items() if press.isChecked())

    def know(self, months: Sequence[str], donors: Sequence[str]) -> None:
        """What stands in the store: periods and donors that can be asked for."""
        self.period.know(months)
        chosen = self.donor.currentData()
        self.donor.clear()
        for code in donors:
            self.donor.addItem(codelists.get("donors").label(code), code)
        self.donor.setCurrentIndex(max(0, self.donor.findData(chosen)))
        self._kind_chosen()

    def maker(self, packs: Packs) -> Callable[[], PackDraft]:
        """The work that makes the pack as it is chosen now; it needs nothing of this widget any more."""
        (first, last), audience = self.period.bounds(), self.audience.audience
        oblast, donor = str(self.oblast.currentData() or ""), str(self.donor.currentData() or "")
        match self.kind:
            case PackKind.TASK_FORCE:
                return lambda: packs.task_force(oblast, first, last, audience)
            case PackKind.DONOR:
                return lambda: packs.donor(donor, first, last, audience)
            case _:
                return lambda: packs.summary(first, last)

    def _kind_chosen(self) -> None:
        kind = self.kind
        self._fields[self.oblast].setVisible(kind is PackKind.TASK_FORCE)
        self._fields[self.donor].setVisible(kind is PackKind.DONOR)
        self.audience.setVisible(kind is not PackKind.SUMMARY)
        self.note.setVisible(kind is PackKind.SUMMARY)
        self.audience.choose(_PRESET[kind])
        self.make.setEnabled(kind is not PackKind.DONOR or self.donor.count() > 0)
        self.make.setToolTip("" if self.make.isEnabled() else _("No help with a donor was recorded yet."))
        self.changed.emit()

    def _chosen(self) -> None:
        self.changed.emit()


def _combo(name: str) -> CalmCombo:
    box = CalmCombo()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return box
