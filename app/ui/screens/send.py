"""Send and receive: one button takes the receipts from a stick, writes the bundle on it and checks it.

Receipts are read *before* the bundle is made: what they acknowledge need not travel again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _, ngettext
from app.ui import errors
from app.ui.exchange import verdict_words
from app.ui.exchange.columns import Columns
from app.ui.exchange.drop_zone import DropZone
from app.ui.exchange.line_card import LineCard
from app.ui.exchange.line_work import LineWork
from app.ui.exchange.moments import or_never
from app.ui.exchange.place_chooser import LastFolder, PlaceChooser
from app.ui.exchange.verdict_list import VerdictList
from app.ui.exchange.who_goes import WhoGoes
from app.ui.exchange.work import Ticker, WorkStrip
from app.ui.routes import Desk
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import button, link_button, primary_button
from app.ui.widgets.card import Card
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.flow import Flow
from app.ui.widgets.key_value import KeyValue
from app.ui.widgets.page import Page
from app.ui.widgets.text import WrapLabel, label
from app.usecases.delivery import Deliveries, Summary
from app.usecases.receiving import Receiving, Verdict
from app.usecases.sending import Sending, SendPreview, Sent

NOT_OURS = frozenset({"NOT_FOR_US"})
"""On a stick lie our own bundles too, which we cannot open either: they are counted, not listed."""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What one press of the button did."""

    receipts: list[Verdict]
    sent: Sent
    on_stick: bool


class SendScreen(Page):
    """The nurse's door to the coordinator."""

    def __init__(
        self,
        desk: Desk,
        sending: Sending,
        receiving: Receiving,
        deliveries: Deliveries,
        last: LastFolder | None = None,
        line: LineWork | None = None,
    ) -> None:
        """``line``: also over the internet, where a shared folder is set; without it by sticks and folders alone."""
        super().__init__(_("Send and receive"))
        self._desk = desk
        self._sending = sending
        self._receiving = receiving
        self._deliveries = deliveries
        self._last = last
        self._preview: SendPreview | None = None
        self.first = _first_steps()
        self.first.acted.connect(self._exchange_cards)
        self.both = QWidget()
        column = QVBoxLayout(self.both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(Columns(self._sending_card(), self._state_card(), (3, 2)))
        self.line = self._line_card(line) if line else None
        if self.line is not None:
            column.addWidget(self.line)
        column.addWidget(self._receipts_card())
        column.addStretch(1)
        self.first.hide()
        self.add(self.first, 1)
        self.add(self.both, 1)

    def entered(self) -> None:
        """Count again what is not sent; in the background, because a first bundle may hold thousands of records."""
        if self._preview is None:
            self.what.setText(_("Counting what is not sent…"))
        self._offer()
        if self.line is not None:
            self.line.refresh()
        sending, deliveries = self._sending, self._deliveries
        self._desk.tasks.run(lambda _job: (sending.preview(), deliveries.summary()), self._counted)

    def _counted(self, found: tuple[SendPreview, Summary]) -> None:
        preview, summary = found
        self.first.setVisible(preview.to is None)
        self.both.setVisible(preview.to is not None)
        self._preview = preview if preview.to is not None else None
        if self._preview is not None:
            self._show(self._preview, summary)
        else:
            self._offer()

    def start(self) -> None:
        """Receipts in, bundle out, read back and compared."""
        self._start(anew=False)

    def start_anew(self) -> None:
        """As ``start``, with everything from the beginning: the coordinator misses bundles."""
        self._start(anew=True)

    def _start(self, *, anew: bool) -> None:
        folder, on_stick = self.places.place(), self.places.is_stick()
        if folder is None:
            return
        receiving, sending = self._receiving, self._sending
        writing = _("Writing the bundle and reading it back…")

        def work(ticker: Ticker) -> Exchanged:
            receipts = receiving.take_all([folder], ticker.progress)
            ticker.phase(writing)
            return Exchanged(receipts, sending.send(folder, ticker.progress, anew=anew), on_stick)

        self.work.run(_("Reading receipts…"), work, self._exchanged, self._failed)
        self._offer()

    def read_receipts(self) -> None:
        """Only the receipts from the place that is marked."""
        if (folder := self.places.place()) is not None:
            self._take([folder])

    def _take(self, paths: Sequence[Path]) -> None:
        receiving = self._receiving

        def work(ticker: Ticker) -> list[Verdict]:
            return receiving.take_all(paths, ticker.progress, ticker.stopped)

        self.work.run(_("Reading receipts…"), work, self._received, self._failed)
        self._offer()

    def _take_fetched(self, files: list[Path]) -> None:
        """What came over the line is read like what lies on a stick; only what was taken goes from the server."""
        receiving = self._receiving

        def work(ticker: Ticker) -> tuple[list[Path], list[Verdict]]:
            return files, receiving.take_all(files, ticker.progress, ticker.stopped)

        self.work.run(_("Reading receipts…"), work, self._took_fetched, self._failed)
        self._offer()

    def _took_fetched(self, found: tuple[list[Path], list[Verdict]]) -> None:
        files, verdicts = found
        taken = {verdict.file_name for verdict in verdicts if verdict.ok}
        if self.line is not None:
            self.line.settle([file for file in files if file.name in taken])
        self._received(verdicts)

    def _sending_card(self) -> Card:
        card = Card(_("Send"))
        self.to = WrapLabel("", "sub")
        self.what = WrapLabel("", "h2")
        self.held = WrapLabel("", "sub")
        self.places = PlaceChooser(self._sending.removable_folders, last=self._last)
        self.places.changed.connect(self._offer)
        self.send = primary_button(_("Write and check"), "send", self.start)
        self.work = WorkStrip(self._desk.tasks)
        self.work.finished.connect(self._offer)
        self.done = Banner()
        self.read = button(_("Only read receipts"), "download", self.read_receipts)
        presses = Flow(8)
        presses.add(self.send)
        presses.add(self.read)
        self.anew = link_button(_("Send everything from the beginning"), self.start_anew)
        self.anew.setToolTip(_("Only where the coordinator says that bundles are missing."))
        presses.add(self.anew)
        self.who = WhoGoes()
        for item in (self.to, self.what, self.held, self.who, label(_("Where to"), "field"), self.places, presses):
            card.add(item)
        card.add(self.work)
        card.add(self.done)
        card.body.addStretch(1)
        return card

    def _line_card(self, line: LineWork) -> LineCard:
        made = LineCard(self._desk, line, _("Carries the next bundle to the coordinator and brings her receipts."))
        made.fetched.connect(self._take_fetched)
        made.changed.connect(self._refresh)
        line.began.connect(self._offer)
        line.ended.connect(self._carried)
        return made

    def _carried(self, _result: object) -> None:
        self._offer()

    def _state_card(self) -> Card:
        card = Card(_("Until now"))
        self.state = KeyValue()
        self.asked = WrapLabel("", "strong")
        self.to_questions = link_button(_("Show the questions"), partial(self._desk.go, "today"))
        for item in (self.state, self.asked, self.to_questions):
            card.add(item)
        card.body.addStretch(1)
        return card

    def _receipts_card(self) -> Card:
        card = Card(_("Receipts"))
        told = _(
            "A receipt says what has reached the coordinator. "
            "Those on the stick or in the folder chosen above are read before anything is written."
        )
        self.zone = DropZone(_("Drop receipts here: files or a folder."))
        self.zone.dropped.connect(self._take)
        self.verdicts = VerdictList()
        for item in (WrapLabel(told, "sub"), self.zone, self.verdicts):
            card.add(item)
        return card

    def _show(self, preview: SendPreview, summary: Summary) -> None:
        assert preview.to is not None
        self.to.setText(_("To: {name}").format(name=preview.to.centre_name or preview.to.name))
        self.what.setText(what_waits(preview))
        self.held.setText(" ".join(filter(None, (repeated(preview), held_back(preview)))))
        self.held.setVisible(bool(self.held.text()))
        self.who.show_people(preview.people)
        self.state.show_rows(
            [
                (_("Not sent yet"), str(summary.unsent)),
                (_("Sent last"), or_never(preview.last_sent_at)),
                (_("Receipt read last"), or_never(preview.last_received_at)),
                (_("Needs attention"), str(summary.attention)),
            ]
        )
        self._show_asked(summary.attention)
        again = not preview.records and preview.records_total
        self.send.setText(_("Write and check again") if again else _("Write and check"))
        self.send.setAccessibleName(self.send.text())
        self._offer()

    def _show_asked(self, count: int) -> None:
        """What a receipt asks is not to be overlooked: it waits on another screen."""
        words = ngettext(
            "The coordinator asks about {count} record. Her question stands in Today.",
            "The coordinator asks about {count} records. Her questions stand in Today.",
            count,
        )
        self.asked.setText(words.format(count=count))
        for part in (self.asked, self.to_questions):
            part.setVisible(count > 0)

    def _offer(self) -> None:
        """The buttons work while there is a place, something to write, and nothing under way."""
        preview = self._preview
        writing, carrying = self.work.is_busy(), self.line is not None and self.line.carries()
        free = self.places.place() is not None and not writing and not carrying
        if self.line is not None:
            self.line.hold(held=writing)
        self.send.setEnabled(free and preview is not None and bool(preview.rows))
        self.read.setEnabled(free)
        self.anew.setEnabled(free)
        self.zone.setEnabled(not writing)

    def _exchanged(self, result: Exchanged) -> None:
        receipts = self._tell_receipts(result.receipts)
        end = _("You may take the stick out.") if result.on_stick else _("Carry the file to the coordinator.")
        self.done.say(" ".join(filter(None, (receipts, written(result.sent), end))), "ok")
        self._refresh()

    def _received(self, verdicts: list[Verdict]) -> None:
        said = self._tell_receipts(verdicts)
        worry = any(verdict_words.needs_attention(verdict) for verdict in verdicts)
        self.done.say(said or _("No receipts for this laptop were found there."), "warn" if worry else "info")
        self._refresh()

    def _tell_receipts(self, verdicts: Sequence[Verdict]) -> str:
        mine = [verdict for verdict in verdicts if verdict.answer not in NOT_OURS]
        self.verdicts.show_verdicts(mine)
        return verdict_words.receipts_summary(mine)

    def _refresh(self) -> None:
        self.entered()
        self._desk.refresh_status()

    def _failed(self, error: BaseException) -> None:
        self.done.say(errors.words(error).text, "error")
        self.entered()

    def _exchange_cards(self) -> None:
        self._desk.go("centres")


def _first_steps() -> EmptyState:
    return EmptyState(
        "key",
        _("There is nobody to send to yet"),
        _(
            "First exchange cards with the coordinator: give her the card of this laptop, take hers in, "
            "and compare the digits by phone. It is done once."
        ),
        _("Exchange cards"),
    )


def what_waits(preview: SendPreview) -> str:
    """``37 records of 12 people are not sent.``, or that all is on its way, or that all has arrived.

    Where some are about nobody (activities, meetings, deletions), the people are told of beside the count.
    """
    of_people = sum(one.waiting for one in preview.people)
    if preview.records and (not preview.persons or 0 < of_people < preview.records):
        frame = ngettext("{count} record is not sent.", "{count} records are not sent.", preview.records)
        whole = frame.format(count=preview.records)
        among = ngettext(
            "Among them are records of {count} person.", "Among them are records of {count} people.", preview.persons
        )
        return f"{whole} {among.format(count=preview.persons)}" if preview.persons else whole
    if preview.records:
        people = ngettext("of {count} person", "of {count} people", preview.persons).format(count=preview.persons)
        frame = ngettext(
            "{count} record {of_people} is not sent.", "{count} records {of_people} are not sent.", preview.records
        )
        return frame.format(count=preview.records, of_people=people)
    if preview.records_total:
        return ngettext(
            "Everything is written. {count} record waits for its receipt; if the stick was lost, write again.",
            "Everything is written. {count} records wait for their receipt; if the stick was lost, write again.",
            preview.records_total,
        ).format(count=preview.records_total)
    if preview.last_sent_at:
        return _("Everything is sent, and the coordinator has it.")
    return _("There is nothing to send yet.")


def repeated(preview: SendPreview) -> str:
    """What the bundle holds again, because no receipt has come for it."""
    again = preview.records_total - preview.records
    if not preview.records or again <= 0:
        return ""
    return ngettext(
        "The bundle repeats {count} record that has no receipt yet.",
        "The bundle repeats {count} records that have no receipt yet.",
        again,
    ).format(count=again)


def held_back(preview: SendPreview) -> str:
    """How many names do not go; empty where all may."""
    if not preview.held_back_persons:
        return ""
    return ngettext(
        "{count} person has not agreed that the name goes: the records go under the code.",
        "{count} people have not agreed that their names go: their records go under the code.",
        preview.held_back_persons,
    ).format(count=preview.held_back_persons)


def written(sent: Sent) -> str:
    """What was written, in words."""
    text = ngettext(
        "Bundle {number} is written and checked: {count} record, {kilobytes} KB.",
        "Bundle {number} is written and checked: {count} records, {kilobytes} KB.",
        sent.rows,
    )
    return text.format(number=sent.seq, count=sent.rows, kilobytes=-(-sent.size // 1000))
