"""The file for the next centre: where to, one button, and what to do with the stick."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt

from app.i18n import _
from app.ui import errors
from app.ui.exchange.moments import moment
from app.ui.exchange.place_chooser import LastFolder, PlaceChooser
from app.ui.exchange.work import Ticker, WorkStrip
from app.ui.routes import Desk
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import button
from app.ui.widgets.card import Card
from app.ui.widgets.flow import Flow
from app.ui.widgets.text import WrapLabel, label
from app.usecases.outbox import Dispatched
from app.usecases.transfers import Transfers


class Writing(Card):
    """``show_wish`` says of which wish; None: it is not saved yet, and nothing can be written."""

    def __init__(self, desk: Desk, transfers: Transfers, last: LastFolder) -> None:
        super().__init__(_("The file for the next centre"))
        self._desk = desk
        self._transfers = transfers
        self._wish: uuid.UUID | None = None
        self._centre = ""
        self._on_stick = False
        self.told = WrapLabel("", "sub")
        self.places = PlaceChooser(transfers.removable_folders, last=last)
        self.places.changed.connect(self._offer)
        self.write = button(_("Write the file and check it"), "usb", self.start)
        self.work = WorkStrip(desk.tasks)
        self.work.finished.connect(self._offer)
        self.done = Banner()
        presses = Flow(8)
        presses.add(self.write)
        for item in (self.told, label(_("Where to"), "field"), self.places, presses, self.work, self.done):
            self.add(item)

    def show_wish(self, wish: uuid.UUID | None, centre: str, written_at: str, *, decided: bool = False) -> None:
        """The wish as it is saved; None while something in it is not saved."""
        self._wish, self._centre = wish, centre
        if wish is None:
            self.told.setText(_("Save the wish first. Then the records can be written for the next centre."))
        elif written_at:
            words = _(
                "Written last on {moment}. Write it once more if the stick was lost, or if something came since."
            )
            self.told.setText(words.format(moment=moment(written_at)))
        elif decided:
            words = _("Not written yet: {centre} has none of these records. Only {centre} can open the file.")
            self.told.setText(words.format(centre=centre))
        else:
            words = _("Only {centre} can open it. It can be written now, before the coordinator has decided.")
            self.told.setText(words.format(centre=centre))
        self._offer()

    def take_focus(self) -> None:
        """The hand is where the next press is: choosing a place while there is none."""
        (self.write if self.write.isEnabled() else self.places.choose).setFocus(Qt.FocusReason.OtherFocusReason)

    def start(self) -> None:
        """Write it, and read it back."""
        folder, wish = self.places.place(), self._wish
        if folder is None or wish is None:
            return
        transfers = self._transfers

        def work(ticker: Ticker) -> Dispatched:
            return transfers.write(wish, folder, ticker.progress)

        self._on_stick = self.places.is_stick()
        self.work.run(_("Writing the file and reading it back…"), work, self._written, self._failed)
        self._offer()

    def _offer(self) -> None:
        self.write.setEnabled(self._wish is not None and self.places.place() is not None and not self.work.is_busy())

    def _written(self, sent: Dispatched) -> None:
        end = _("You may take the stick out.") if self._on_stick else ""
        words = _("Written and checked: {name}. Give it to {centre}; it is read there like a receipt.")
        self.done.say(" ".join(filter(None, (words.format(name=sent.file.name, centre=self._centre), end))), "ok")
        self._desk.refresh_status()

    def _failed(self, error: BaseException) -> None:
        self.done.say(errors.words(error).text, "error")
