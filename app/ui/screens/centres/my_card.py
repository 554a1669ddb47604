"""My card: save it for the other side, and the 20 digits to read out on the phone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QLabel

from app.i18n import _
from app.ui.exchange.place_chooser import LastFolder, PlaceChooser
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import button
from app.ui.widgets.card import Card
from app.ui.widgets.flow import Flow
from app.ui.widgets.text import WrapLabel, label


class MyCard(Card):
    """``saved`` is called with the folder to write into; the digits come later, from a thread."""

    def __init__(
        self, sticks: Callable[[], list[Path]], save: Callable[[Path], object], last: LastFolder | None = None
    ) -> None:
        super().__init__(_("1. Give your card away"))
        self._save = save
        self.add(WrapLabel(_("The card says who this laptop is. It holds no records and no secrets."), "sub"))
        self.places = PlaceChooser(sticks, _("Where to save the card"), last)
        self.places.changed.connect(self._offer)
        self.save = button(_("Save my card there"), "download", self._pressed)
        row = Flow()
        row.add(self.save)
        self.told = Banner()
        for item in (self.places, row, self.told):
            self.add(item)
        self.add(WrapLabel(_("Your 20 digits: read them out when the other side asks"), "field"))
        self.groups: list[QLabel] = [label("·····", "kpi") for _group in range(4)]
        digits = Flow(22)
        for one in self.groups:
            digits.add(one)
        self.add(digits)
        self.body.addStretch(1)
        self._offer()

    def show_digits(self, groups: Sequence[str]) -> None:
        """The digits have been computed."""
        for number, (shown, digits) in enumerate(zip(self.groups, groups, strict=True), 1):
            shown.setText(digits)
            shown.setAccessibleName(_("Group {number}: {digits}").format(number=number, digits=" ".join(digits)))

    def _offer(self) -> None:
        self.save.setEnabled(self.places.place() is not None)

    def _pressed(self) -> None:
        if (place := self.places.place()) is not None:
            self._save(place)
