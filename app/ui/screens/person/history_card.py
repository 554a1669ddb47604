"""The card with the timeline: filters above, the lines, and the strip about the one that is selected."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from app.codelists import service_form
from app.i18n import _
from app.ui.forms.editor import CalmCombo
from app.ui.screens.person.history import items, kinds, record_of
from app.ui.screens.person.sources import Known
from app.ui.screens.person.strip import RecordStrip
from app.ui.widgets.card import Card
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.timeline import Timeline
from app.ui.widgets.timeline_items import TimelineItem


class HistoryCard(Card):
    """``opened(kind, record)``, ``again(service)``, ``receipt(service)``, ``first_wanted`` from the empty state."""

    opened = Signal(str, object)
    again = Signal(object)
    receipt = Signal(object)
    first_wanted = Signal()

    def __init__(self, known: Known) -> None:
        self.kinds = _combo(known)
        super().__init__(_("What was done"), self.kinds if self.kinds.count() > 2 else None)
        self._known = known
        self._services = {row.uid: row for row in known.services}
        self._items: dict[str, TimelineItem] = {}
        self.timeline = Timeline(_("What was done"))
        self.strip = RecordStrip()
        if items(known):
            self.add(self.timeline, 1)
            self.add(self.strip)
        else:
            self.add(self._nothing(), 1)
        self.timeline.opened.connect(self._opened)
        self.timeline.picked.connect(self._picked)
        self.strip.opened.connect(self._open_picked)
        self.strip.again.connect(self._again)
        self.strip.receipt.connect(self._receipt)
        self.kinds.currentIndexChanged.connect(self.show_wanted)
        self.show_wanted()

    def show_wanted(self) -> None:
        """Show what the filter leaves, and select the newest."""
        shown = items(self._known, str(self.kinds.currentData() or ""))
        self._items = {item.key: item for item in shown}
        self.timeline.show_items(shown)
        # The first line is a month's heading.
        self.timeline.setCurrentIndex(self.timeline.model().index(1, 0))
        self._picked(self.timeline.current_key())

    def wanted(self) -> str:
        """What the filter leaves: a tile, referrals, appointments, or all."""
        return str(self.kinds.currentData() or "")

    def want(self, kind: str) -> None:
        """Set the filter, where it is offered."""
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(kind)))

    def _nothing(self) -> EmptyState:
        nothing = EmptyState(
            "today",
            _("Nothing is recorded yet"),
            _("Record the first help: the date is today and the place is your centre unless you change it."),
            _("Record help") if self._known.mine else "",
        )
        nothing.acted.connect(self.first_wanted)
        return nothing

    def _picked(self, key: str) -> None:
        item, found = self._items.get(key), record_of(key)
        if item is None or found is None:
            self.strip.show_record("", None, again=False, receipt=False)
            return
        kind, uid = found
        row = self._services.get(uid)
        mine = self._known.mine and kind == "service"
        paid = row is not None and service_form(row.code) == "grant_payment"
        self.strip.show_record(item.title, self._known.deliveries.get(uid), again=mine, receipt=mine and paid)

    def _uid(self) -> uuid.UUID | None:
        found = record_of(self.timeline.current_key())
        return found[1] if found else None

    def _opened(self, key: str) -> None:
        if found := record_of(key):
            self.opened.emit(*found)

    def _open_picked(self) -> None:
        self._opened(self.timeline.current_key())

    def _again(self) -> None:
        self.again.emit(self._uid())

    def _receipt(self) -> None:
        self.receipt.emit(self._uid())


def _combo(known: Known) -> CalmCombo:
    """The filter offers what occurs."""
    combo = CalmCombo()
    combo.setAccessibleName(_("What is shown"))
    combo.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    combo.addItem(_("Everything"), "")
    for key, words in kinds(known):
        combo.addItem(words, key)
    return combo
