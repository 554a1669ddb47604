"""To which centre, with which consent, what goes and what stays: read before anything is asked or written."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from app.i18n import _, ngettext, translate
from app.ui.records.places import name_of
from app.ui.widgets.banner import Banner
from app.ui.widgets.card import Card
from app.ui.widgets.nested import empty
from app.ui.widgets.text import WrapLabel, label
from app.usecases.transfers import File, NextCentre, Offer

_KB = 1024


class Whither(Card):
    """``chosen``: another centre; ``consent_wanted``: to the form of the release; ``ticked``: other files."""

    chosen = Signal()
    consent_wanted = Signal()
    ticked = Signal()

    def __init__(self, centres: Sequence[NextCentre]) -> None:
        super().__init__(_("Where to"))
        self._centres = list(centres)
        self.centre = QComboBox()
        self.centre.setAccessibleName(_("Centre that goes on"))
        self.centre.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.centre.setMinimumContentsLength(28)
        twice = {one.name for one in centres if sum(one.name == other.name for other in centres) > 1}
        for one in centres:
            name = _("{centre} · laptop {number}").format(centre=one.name, number=one.laptop)
            self.centre.addItem(name if one.name in twice else one.name, str(one.inst))
        self.centre.setCurrentIndex(-1)
        self.centre.setPlaceholderText(_("Choose a centre"))
        self.centre.currentIndexChanged.connect(lambda _at: self.chosen.emit())
        self.consent = Banner()
        self.consent.acted.connect(self.consent_wanted)
        self.goes, self.stays = WrapLabel(), WrapLabel()
        self.files = QWidget()
        self._column = QVBoxLayout(self.files)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._ticks: dict[uuid.UUID, QCheckBox] = {}
        self.told = QWidget()
        column = QVBoxLayout(self.told)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        for title, shown in ((_("This goes to the next centre"), self.goes), ("", self.files)):
            if title:
                column.addWidget(label(title, "field"))
            column.addWidget(shown)
        column.addWidget(label(_("This stays here"), "field"))
        column.addWidget(self.stays)
        self.told.hide()
        for item in (self.centre, self.consent, self.told):
            self.add(item)

    def inst(self) -> uuid.UUID | None:
        """The laptop that is chosen."""
        chosen = self.centre.currentData()
        return uuid.UUID(chosen) if chosen else None

    def name(self) -> str:
        """The name of its centre."""
        return next((one.name for one in self._centres if one.inst == self.inst()), "")

    def choose(self, inst: uuid.UUID) -> None:
        """Mark one, if it is still on the list."""
        if (at := self.centre.findData(str(inst))) >= 0:
            self.centre.setCurrentIndex(at)

    def chosen_files(self) -> tuple[uuid.UUID, ...]:
        """The files that are ticked."""
        return tuple(uid for uid, tick in self._ticks.items() if tick.isChecked())

    def tick(self, files: Collection[uuid.UUID]) -> None:
        """Tick these files and no others."""
        for uid, tick in self._ticks.items():
            tick.setChecked(uid in files)

    def show_offer(self, offer: Offer) -> None:
        """What passing on to the chosen centre would mean."""
        ticked = self.chosen_files()
        if offer.consent is not None:
            self.consent.say(_("The person has agreed to be passed on to {centre}.").format(centre=self.name()), "ok")
        else:
            words = _(
                "The release to {centre} is not recorded. Ask the person, then record it: a release to another "
                "named organisation, with this name."
            )
            self.consent.say(words.format(centre=self.name()), "warn", _("Record the release…"))
        self.goes.setText(_counted(offer))
        self._show_files(offer.files)
        self.tick(ticked)
        never = ", ".join(translate(one) for one in offer.stays)
        words = _(
            "What never leaves this centre: {fields}; and files not ticked. The next centre asks the person anew."
        )
        none = _("Files that are not ticked. Nothing else is held back.")
        self.stays.setText(words.format(fields=never) if never else none)
        self.told.show()

    def _show_files(self, files: Sequence[File]) -> None:
        empty(self._column)
        self._ticks = {}
        if files:
            self._column.addWidget(WrapLabel(_("Files go only where they are ticked:"), "sub"))
        for one in files:
            size = _("{size} KB").format(size=max(1, round(one.size / _KB)))
            tick = QCheckBox(f"{one.name or _('File')} · {size}".replace("&", "&&"))
            tick.toggled.connect(lambda _on: self.ticked.emit())
            self._ticks[one.uid] = tick
            self._column.addWidget(tick)


def _counted(offer: Offer) -> str:
    total = sum(count for _kind, count in offer.goes)
    named = ", ".join(f"{name_of(kind)}: {count}" if count > 1 else name_of(kind) for kind, count in offer.goes)
    words = ngettext("{count} record, with the name: {kinds}.", "{count} records, with the name: {kinds}.", total)
    return words.format(count=total, kinds=named)
