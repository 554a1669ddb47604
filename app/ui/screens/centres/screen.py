"""Centres and trust: cards on a stick, twenty digits by phone. On a centre's laptop also whom it trusts.

The order of the screen is the order of the work: give your card, take theirs, compare by phone, and then look
after those who are trusted. The coordinator looks after her centres on a screen of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import UserError
from app.i18n import N_, _
from app.ui import errors
from app.ui.exchange.columns import Columns
from app.ui.exchange.drop_zone import DropZone
from app.ui.exchange.place_chooser import LastFolder, PlaceChooser
from app.ui.routes import Desk
from app.ui.screens.centres.my_card import MyCard
from app.ui.screens.centres.peers import PeerTable
from app.ui.screens.centres.pending import PendingCard, name_of
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import button, danger_button
from app.ui.widgets.card import Card
from app.ui.widgets.flow import Flow
from app.ui.widgets.page import Page
from app.usecases.enrolment import Enrolment, Peer, WrongDigits
from app.usecases.sending import Sending

LARGEST_CARD = 64 * 1024
_TOO_LARGE = N_("This file is too large for a card. Choose the card file that the other side saved.")
_UNREADABLE = N_("This file cannot be read. Copy it again from the other side.")
_UNWRITABLE = N_("The card could not be written there. Choose another stick or folder.")


class CentresScreen(Page):
    """``coordinator`` tells whose laptop this is."""

    def __init__(
        self,
        desk: Desk,
        enrolment: Enrolment,
        sending: Sending,
        last: LastFolder | None = None,
        *,
        coordinator: bool,
    ) -> None:
        super().__init__(_("Centres and trust"), _intro(coordinator=coordinator))
        self._desk = desk
        self._enrolment = enrolment
        self._digits_known = False
        self._comparing: PendingCard | None = None
        self.mine = MyCard(sending.removable_folders, self._save_card, last)
        self._coordinator = coordinator
        self.add(Columns(self.mine, self._their_card(), (1, 1)))
        self.known = self._known_card()
        self.add(self.known)
        self.body.addStretch(1)
        self.banner.acted.connect(self._to_send)

    def entered(self) -> None:
        """Read the list again; the digits are computed once."""
        self._refresh()
        if not self._digits_known:
            self._digits_known = True
            enrolment = self._enrolment
            self._desk.tasks.run(lambda _job: enrolment.my_digits(), self.mine.show_digits)

    @property
    def places(self) -> PlaceChooser:
        """Where the card is saved."""
        return self.mine.places

    def take_in(self, paths: Sequence[Path]) -> None:
        """Take in cards from files. What is wrong with one is said; the others are taken."""
        self.told.clear()
        for path in paths:
            try:
                view = self._enrolment.receive(_card_bytes(path))
            except UserError as error:
                self.told.say(error.sentence(), "error")
            else:
                self.told.say(
                    _("The card of {name} is here. Now compare the digits by phone.").format(name=view.centre_name)
                )
        self._refresh()

    def _their_card(self) -> Card:
        card = Card(_("2. Take their card in and compare"))
        self.zone = DropZone(_("Drop the card of the other side here."), folders=False)
        self.zone.dropped.connect(self.take_in)
        self.told = Banner(closable=True)
        inner = QWidget()
        self._waiting = QVBoxLayout(inner)
        self._waiting.setContentsMargins(0, 0, 0, 0)
        self._waiting.setSpacing(8)
        self.pending: list[PendingCard] = []
        for item in (self.zone, self.told, inner):
            card.add(item)
        card.body.addStretch(1)
        return card

    def _known_card(self) -> Card:
        card = Card(_("Known laptops"))
        self.alarm = Banner()
        self.table = PeerTable()
        self.table.picked.connect(self._offer)
        presses = Flow(8)
        self.resume = button(_("Trust this laptop again…"), "undo", self.ask_resume)
        self.revoke = danger_button(_("Revoke this laptop…"), "cross", self.ask_revoke)
        presses.add(self.resume)
        presses.add(self.revoke)
        for item in (self.alarm, self.table, presses):
            card.add(item)
        return card

    def ask_revoke(self) -> None:
        """Ask above the screen; the verb stands on the button."""
        if (peer := self.table.peer()) is not None:
            question = _(
                "Take nothing more from {name}? Do this when the laptop is lost or stolen. "
                "What came until now stays. It cannot be undone: a new laptop needs a new card."
            )
            self.confirm.ask(question.format(name=name_of(peer)), _("Revoke"), self._revoke, danger=True)

    def ask_resume(self) -> None:
        """The decision after an alarm."""
        if (peer := self.table.peer()) is not None:
            question = _(
                "Trust {name} again? Do this only after a call: there is one laptop, nobody works on a copy, "
                "and nothing was stolen."
            )
            self.confirm.ask(question.format(name=name_of(peer)), _("Trust again"), self._resume, danger=True)

    def _refresh(self) -> None:
        peers = self._enrolment.peers()
        known = [peer for peer in peers if peer.trust != "pending"]
        self._show_pending([peer for peer in peers if peer.trust == "pending"])
        self.known.setVisible(bool(known) and not self._coordinator)
        self.table.show_peers(known)
        stopped = [peer for peer in known if peer.trust == "stopped"]
        self.alarm.say(fork_in_words(stopped[0]) if stopped else "", "error")
        self._offer()

    def _show_pending(self, peers: Sequence[Peer]) -> None:
        if [card.peer.inst for card in self.pending] == [peer.inst for peer in peers]:
            return  # half-typed digits stay
        for card in self.pending:
            self._waiting.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.pending = [PendingCard(peer, self._confirm, self._forget) for peer in peers]
        for card in self.pending:
            self._waiting.addWidget(card)

    def _offer(self) -> None:
        peer = self.table.peer()
        self.revoke.setVisible(peer is not None and peer.trust in {"trusted", "stopped"})
        self.resume.setVisible(peer is not None and peer.trust == "stopped")

    def _save_card(self, folder: Path) -> None:
        try:
            file = folder / self._enrolment.card_file_name()
            file.write_bytes(self._enrolment.my_card())
        except OSError:
            self.mine.told.say(_(_UNWRITABLE), "error")
            return
        self.mine.told.say(_("Saved as {name}.").format(name=file.name), "ok")

    def _confirm(self, inst: UUID, typed: Sequence[str]) -> None:
        self._comparing = next(card for card in self.pending if card.peer.inst == inst)
        self._comparing.comparing()
        enrolment = self._enrolment
        self._desk.tasks.run(lambda _job: enrolment.confirm(inst, typed), self._confirmed, self._not_confirmed)

    def _confirmed(self, _nothing: None) -> None:
        card, self._comparing = self._comparing, None
        self._refresh()
        self._desk.refresh_status()
        if card is None:
            return
        action = _("Send and receive") if card.peer.role == "coordinator" else ""
        self.told.clear()
        self.say(_("The digits agree: {name} is trusted.").format(name=name_of(card.peer)), "ok", action)

    def _not_confirmed(self, error: BaseException) -> None:
        card, self._comparing = self._comparing, None
        if card is not None:
            groups = error.groups if isinstance(error, WrongDigits) else ()
            card.show_wrong(errors.words(error).text, groups)

    def _forget(self, inst: UUID) -> None:
        self._do(self._enrolment.forget, inst)

    def _revoke(self) -> None:
        if (peer := self.table.peer()) is not None:
            self._do(self._enrolment.revoke, peer.inst)

    def _resume(self) -> None:
        if (peer := self.table.peer()) is not None:
            self._do(self._enrolment.resume, peer.inst)

    def _do(self, what: Callable[[UUID], None], inst: UUID) -> None:
        self.banner.clear()
        try:
            what(inst)
        except UserError as error:
            self.say(error.sentence(), "error")
        self._refresh()
        self._desk.refresh_status()

    def _to_send(self) -> None:
        self._desk.go("send")


def fork_in_words(peer: Peer) -> str:
    """What the alarm means and what to do, for a person who has never heard of a fork."""
    return _(
        "Alarm: {name} sent two different histories. Either its laptop was copied, or an old backup was restored "
        "on it, or its key was stolen. Nothing is taken from it any more. Call the centre: which laptop is at "
        "work, was anything restored, is a copy in use? If it was stolen, revoke it; if one laptop goes on alone, "
        "trust it again."
    ).format(name=peer.centre_name)


def _card_bytes(path: Path) -> bytes:
    """The contents of a card file; a film dropped by mistake is not read into memory."""
    try:
        if path.stat().st_size > LARGEST_CARD:
            raise UserError(_TOO_LARGE)
        return path.read_bytes()
    except OSError as error:
        raise UserError(_UNREADABLE) from error


def _intro(*, coordinator: bool) -> str:
    if coordinator:
        return _("Each centre is enrolled once: cards on a stick, then twenty digits by phone in both directions.")
    return _("Done once with the coordinator: cards on a stick, then twenty digits by phone in both directions.")
