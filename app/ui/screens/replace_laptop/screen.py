"""Which laptop is lost, which one follows it, and where the word for the new one is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QComboBox

from app.i18n import _, ngettext
from app.ui import errors
from app.ui.exchange.place_chooser import PlaceChooser
from app.ui.exchange.work import Ticker, WorkStrip
from app.ui.routes import Desk
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import primary_button
from app.ui.widgets.card import Card
from app.ui.widgets.flow import Flow
from app.ui.widgets.page import Page
from app.ui.widgets.text import WrapLabel, label
from app.usecases.enrolment import Enrolment, Peer

Replace = Callable[[UUID, UUID, Path], list[Path]]
"""Old laptop, new laptop, folder; gives the file for the new one."""


class ReplaceLaptop(Page):
    """The new laptop's card has been taken in and its digits compared before."""

    def __init__(self, desk: Desk, enrolment: Enrolment, replace: Replace, sticks: Callable[[], list[Path]]) -> None:
        super().__init__(_("A laptop is lost or was restored"))
        self._desk = desk
        self._enrolment = enrolment
        self._replace = replace
        self._peers: list[Peer] = []
        self.old = _combo(_("The laptop of before"))
        self.old.currentIndexChanged.connect(self._old_chosen)
        self.new = _combo(_("The laptop that follows it"))
        self.new.currentIndexChanged.connect(self._offer)
        self.nobody = WrapLabel(
            _("No other laptop of this centre is trusted. First take in its card, and compare the digits by phone."),
            "doubt",
        )
        self.places = PlaceChooser(sticks, _("Where to write the handover"))
        self.places.changed.connect(self._offer)
        self.write = primary_button(_("Hand the records over"), "return", self.ask)
        self.work = WorkStrip(desk.tasks)
        self.work.finished.connect(self._offer)
        self.done = Banner()
        self._lay_out()

    def entered(self) -> None:
        """Read who is known."""
        enrolment = self._enrolment
        self._desk.tasks.run(lambda _job: enrolment.peers(), self._show, self._failed)

    def ask(self) -> None:
        """Ask before: a laptop that is at work all the same could send nothing any more."""
        question = _(
            "Hand over everything of {old} and take nothing more from it? It cannot be undone. Do this only after a "
            "call: the laptop of before is lost, or was restored on another one."
        )
        words = self.old.currentText()
        self.confirm.ask(question.format(old=words), _("Hand the records over"), self.hand_over, danger=True)

    def hand_over(self) -> None:
        """Write the word for the new laptop; from now on nothing more is taken from the old one."""
        old, new, folder = self.old.currentData(), self.new.currentData(), self.places.place()
        if old is None or new is None or folder is None:
            return
        replace = self._replace

        def work(_ticker: Ticker) -> list[Path]:
            return replace(UUID(old), UUID(new), folder)

        self.work.run(_("Writing the handover…"), work, self._written, self._failed)
        self._offer()

    def _lay_out(self) -> None:
        card = Card(_("Hand its records over"))
        told = _(
            "All records of the laptop of before become those of the one that follows it, and each is counted once. "
            "From the laptop of before nothing more is taken."
        )
        presses = Flow(8)
        presses.add(self.write)
        for item in (
            WrapLabel(told, "sub"),
            label(self.old.accessibleName(), "field"),
            self.old,
            label(self.new.accessibleName(), "field"),
            self.new,
            self.nobody,
            label(_("Where to write the handover"), "field"),
            self.places,
            presses,
            self.work,
            self.done,
        ):
            card.add(item)
        self.add(card)
        self.body.addStretch(1)

    def _show(self, peers: Sequence[Peer]) -> None:
        self._peers = [peer for peer in peers if peer.role == "centre" and peer.trust != "pending"]
        chosen = self.old.currentData()
        self.old.clear()
        for peer in self._peers:
            self.old.addItem(_words(peer), str(peer.inst))
        if (at := self.old.findData(chosen)) >= 0:
            self.old.setCurrentIndex(at)
        self._old_chosen()

    def _old_chosen(self) -> None:
        """Only a laptop of the same centre follows."""
        old = next((peer for peer in self._peers if str(peer.inst) == self.old.currentData()), None)
        self.new.clear()
        for peer in self._peers:
            if old and peer.inst != old.inst and peer.centre_name == old.centre_name and peer.trust == "trusted":
                self.new.addItem(_words(peer), str(peer.inst))
        self.new.setVisible(self.new.count() > 0)
        self.nobody.setVisible(old is not None and not self.new.count())
        self._offer()

    def _offer(self) -> None:
        ready = self.new.currentData() is not None and self.places.place() is not None
        self.write.setEnabled(ready and not self.work.is_busy())

    def _written(self, files: list[Path]) -> None:
        names = ", ".join(file.name for file in files)
        text = _("Written and checked: {names}. Take it to the new laptop; it is read there like a receipt.")
        self.done.say(text.format(names=names), "ok")
        self._desk.refresh_status()
        self.entered()

    def _failed(self, error: BaseException) -> None:
        self.done.say(errors.words(error).text, "error")
        self._offer()


def _combo(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(24)
    return made


def _words(peer: Peer) -> str:
    """The centre, the end of the laptop's number as it stands on its settings screen, and how much is its own."""
    records = ngettext("{count} record", "{count} records", peer.records).format(count=peer.records)
    return _("{centre} · number {number} · {records}").format(
        centre=peer.centre_name, number=str(peer.inst)[-12:], records=records
    )
