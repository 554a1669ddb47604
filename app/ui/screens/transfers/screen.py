"""Wishes that wait, first; below what was decided. Her word takes effect here at once; writing it is one press."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import UserError
from app.i18n import _, ngettext
from app.ui import errors
from app.ui.exchange.moments import day
from app.ui.exchange.place_chooser import LastFolder, PlaceChooser
from app.ui.exchange.plain_table import Head, Line, PlainTable
from app.ui.exchange.work import Ticker, WorkStrip
from app.ui.routes import Desk
from app.ui.screens.transfers.wish_card import WishCard, person_of, to, who
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import button, primary_button
from app.ui.widgets.card import Card
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.flow import Flow
from app.ui.widgets.nested import empty
from app.ui.widgets.page import Page
from app.ui.widgets.text import WrapLabel, label
from app.usecases.transfer_desk import TransferDesk, Wish, WishState


class TransfersScreen(Page):
    """``TransfersScreen(desk, transfers, last)``."""

    def __init__(self, desk: Desk, transfers: TransferDesk, last: LastFolder | None = None) -> None:
        super().__init__(_("Passing on"), _("A centre passes a person on to another one. You give the word."))
        self._desk = desk
        self._transfers = transfers
        self._decided: list[Wish] = []
        self._due = 0
        self._to_first = False
        self.cards: list[WishCard] = []
        words = _("When a centre wishes to pass a person on, it stands here with the consent of the person.")
        self.nothing = EmptyState("send", _("No transfer is wished"), words)
        holder = QWidget()
        self._waiting = QVBoxLayout(holder)
        self._waiting.setContentsMargins(0, 0, 0, 0)
        self._waiting.setSpacing(12)
        self.words = self._words_card(last or LastFolder())
        self.decided = self._decided_card()
        self.add(self.nothing, 1)
        for item in (holder, self.words, self.decided):
            self.add(item)
        self.body.addStretch(1)

    def entered(self) -> None:
        """Read the wishes anew; the focus goes to the first that waits."""
        self._to_first = True
        self._read()

    def _read(self) -> None:
        transfers = self._transfers
        self._desk.tasks.run(lambda _job: (transfers.wishes(), transfers.words_due()), self._show, self._failed)

    def grant(self, wish: Wish) -> None:
        """Pass the person on: it cannot be undone but by another transfer, so it is asked once."""
        question = _("Pass {person} on to {centre}? From now on {centre} alone writes these records.")
        ask = question.format(person=who(wish), centre=to(wish))
        self.confirm.ask(ask, _("Pass on"), partial(self._grant, wish.uid))

    def decline(self, wish: Wish, words: str) -> None:
        """The person stays; the centre learns of it with the next receipt."""
        said = _("The person stays. The centre learns of it with the next receipt.")
        self._decide(partial(self._transfers.decline, words=words), wish.uid, said)

    def write(self) -> None:
        """Write what is due."""
        self._write(self._transfers.write_words)

    def write_again(self) -> None:
        """Write the word about the chosen transfer once more."""
        if (wish := self._chosen()) is not None:
            self._write(partial(self._transfers.write_again, wish.uid))

    def hand_over_rest(self) -> None:
        """Give also what came after the grant, and write the word about it."""
        if (wish := self._chosen()) is None:
            return
        transfers, uid = self._transfers, wish.uid

        def both(folder: Path) -> list[Path]:
            transfers.grant_rest(uid)
            return transfers.write_again(uid, folder)

        self._write(both)

    def _words_card(self, last: LastFolder) -> Card:
        card = Card(_("The handovers"))
        self.due = WrapLabel("", "sub")
        self.places = PlaceChooser(self._transfers.removable_folders, _("Where to write the handovers"), last)
        self.places.changed.connect(self._offer)
        self.write_button = primary_button(_("Write the handovers"), "usb", self.write)
        self.work = WorkStrip(self._desk.tasks)
        self.work.finished.connect(self._offer)
        self.done = Banner()
        presses = Flow(8)
        presses.add(self.write_button)
        for item in (self.due, label(_("Where to"), "field"), self.places, presses, self.work, self.done):
            card.add(item)
        return card

    def _decided_card(self) -> Card:
        card = Card(_("Decided"))
        self.table = PlainTable(_("Decided"), most_lines=8)
        self.table.picked.connect(lambda _row: self._offer())
        self.again = button(_("Write the word once more"), "usb", self.write_again)
        self.rest = button(_("Hand over what came later"), "return", self.hand_over_rest)
        self.open = button(_("Open the person"), "person", self._open_chosen)
        presses = Flow(8)
        for press in (self.again, self.rest, self.open):
            presses.add(press)
        card.add(self.table)
        card.add(presses)
        return card

    def _show(self, found: tuple[Sequence[Wish], int]) -> None:
        wishes, due = found
        empty(self._waiting)
        self.cards = [WishCard(one) for one in wishes if one.state is WishState.WAITING]
        for card in self.cards:
            card.granted.connect(self.grant)
            card.declined.connect(self.decline)
            card.opened.connect(self._open)
            self._waiting.addWidget(card)
        self._decided = [one for one in wishes if one.state is not WishState.WAITING]
        self._list(self._decided)
        said = ngettext(
            "{count} centre is to be told of your decisions. It also goes with the receipts.",
            "{count} centres are to be told of your decisions. It also goes with the receipts.",
            due,
        )
        self._due = due
        told = _("Every centre was told. A lost file can be written again.")
        self.due.setText(said.format(count=due) if due else told)
        self.nothing.setVisible(not wishes)
        self.words.setVisible(any(one.state is WishState.GRANTED for one in wishes))
        self.decided.setVisible(bool(self._decided))
        self._offer()
        if self._to_first and self.cards:
            first = self.cards[0]
            (first.grant if first.grant.isEnabled() else first.decline).setFocus(Qt.FocusReason.OtherFocusReason)
        self._to_first = False

    def _list(self, wishes: Sequence[Wish]) -> None:
        states = {
            WishState.GRANTED: _("passed on"),
            WishState.DECLINED: _("not passed on"),
            WishState.OVER: _("over: the person is elsewhere"),
        }
        heads = (
            Head(_("Person"), wide=True),
            Head(_("From the centre")),
            Head(_("To the centre")),
            Head(_("Decision")),
            Head(_("Decided on")),
            Head(_("Came later"), number=True),
        )
        lines = [
            Line(
                (
                    who(one),
                    one.from_centre,
                    to(one),
                    states[one.state],
                    day(one.decided_at) if one.decided_at else "",
                    str(one.records) if one.state is WishState.GRANTED and one.records else "",
                )
            )
            for one in wishes
        ]
        self.table.show_lines(heads, lines)
        if lines and self.table.row() < 0:
            self.table.selectRow(0)

    def _chosen(self) -> Wish | None:
        row = self.table.row()
        return self._decided[row] if 0 <= row < len(self._decided) else None

    def _offer(self) -> None:
        wish, free = self._chosen(), self.places.place() is not None and not self.work.is_busy()
        granted = wish is not None and wish.state is WishState.GRANTED
        self.write_button.setEnabled(free and bool(self._due))
        self.again.setEnabled(free and granted)
        self.rest.setVisible(granted and wish is not None and bool(wish.records))
        self.rest.setEnabled(free)
        self.open.setEnabled(wish is not None and person_of(wish) is not None)

    def _grant(self, wish: uuid.UUID) -> None:
        said = _("Passed on. Both centres learn of it from the handovers, which also go with the receipts.")
        self._decide(self._transfers.grant, wish, said)

    def _decide(self, act: Callable[[uuid.UUID], object], uid: uuid.UUID, said: str) -> None:
        try:
            act(uid)
        except UserError as error:
            self.say(error.sentence(), "error")
        else:
            self.say(said, "ok")
        self._desk.refresh_status()
        self.entered()

    def _write(self, act: Callable[[Path], list[Path]]) -> None:
        folder = self.places.place()
        if folder is None:
            return

        def work(_ticker: Ticker) -> list[Path]:
            return act(folder)

        self.work.run(_("Writing the handovers…"), work, self._written, self._failed)
        self._offer()

    def _written(self, files: list[Path]) -> None:
        words = ngettext(
            "{count} file is written and checked. Each centre can open its own; they read it like a receipt.",
            "{count} files are written and checked. Each centre can open its own; they read it like a receipt.",
            len(files),
        )
        self.done.say(words.format(count=len(files)), "ok")
        self._desk.refresh_status()
        self._read()

    def _failed(self, error: BaseException) -> None:
        self.done.say(errors.words(error).text, "error")
        self._offer()

    def _open_chosen(self) -> None:
        if (wish := self._chosen()) is not None and (person := person_of(wish)) is not None:
            self._open(person)

    def _open(self, person: uuid.UUID) -> None:
        self._desk.go("person", person=person)
