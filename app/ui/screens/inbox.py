"""The coordinator's inbox: drop thirty sticks' worth of bundles, see what each would bring, take all, write receipts.

Looking and taking are two steps: the verdicts are shown before anything is changed, and again as what was done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QHBoxLayout

from app.i18n import N_, _, ngettext
from app.ui import errors
from app.ui.exchange import verdict_words
from app.ui.exchange.drop_zone import DropZone
from app.ui.exchange.moments import moment
from app.ui.exchange.place_chooser import LastFolder, PlaceChooser
from app.ui.exchange.plain_table import Head, Line, PlainTable
from app.ui.exchange.verdict_list import VerdictList
from app.ui.exchange.work import Ticker, WorkStrip
from app.ui.routes import Desk
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import button, ghost_button, primary_button
from app.ui.widgets.card import Card
from app.ui.widgets.flow import Flow
from app.ui.widgets.page import Page
from app.ui.widgets.text import WrapLabel
from app.usecases.receiving import Receiving, Seen, Verdict, bundle_files
from app.usecases.sending import Sending

T = TypeVar("T")
KINDS = {
    "records": N_("Records"),
    "receipt": N_("Receipt"),
    "trust": N_("Trust list"),
    "reference": N_("Lists"),
    "handover": N_("Handover"),
}


@dataclass(frozen=True, slots=True)
class Inspected:
    """What was looked at, and what it would do."""

    files: list[Path]
    verdicts: list[Verdict]


class InboxScreen(Page):
    """Bundles in, receipts out."""

    def __init__(self, desk: Desk, receiving: Receiving, sending: Sending, last: LastFolder | None = None) -> None:
        super().__init__(_("Inbox"))
        self._desk = desk
        self._receiving = receiving
        self._last = last
        self._files: list[Path] = []
        self.zone = DropZone(_("Drop bundles here: files, folders, or a whole stick. Their order does not matter."))
        self.zone.dropped.connect(self.look_into)
        self.work = WorkStrip(desk.tasks, stoppable=True)
        self.work.finished.connect(self._offer)
        self.add(self.zone)
        self.add(self.work)
        self.add(self._found_card())
        self.add(self._receipts_card(sending))
        self.add(self._history_card())
        self.body.addStretch(1)
        self.found.hide()
        self._offer()

    def entered(self) -> None:
        """Read what was taken in, and who waits for a receipt."""
        receiving = self._receiving
        self._desk.tasks.run(lambda _job: (receiving.seen(), receiving.receipts_due()), self._show_known)

    def look_into(self, paths: Sequence[Path]) -> None:
        """Say what each bundle would do. Takes nothing."""
        receiving = self._receiving

        def work(ticker: Ticker) -> Inspected:
            files = list(bundle_files(paths))
            verdicts: list[Verdict] = []
            for number, file in enumerate(files, 1):
                if ticker.stopped():
                    break
                verdict = receiving.inspect(file)
                # An alarm must stop its sender at once, and does so without taking anything in.
                verdicts.append(receiving.take(file) if verdict.answer == "FORK" else verdict)
                ticker.progress(number, len(files))
            return Inspected(files[: len(verdicts)], verdicts)

        self._run(_("Looking into the bundles…"), work, self._looked)

    def take_all(self) -> None:
        """Take in what was looked at."""
        files, receiving = list(self._files), self._receiving

        def work(ticker: Ticker) -> list[Verdict]:
            return receiving.take_all(files, ticker.progress, ticker.stopped)

        self._run(_("Taking the bundles in…"), work, self._taken)

    def write_receipts(self) -> None:
        """A receipt for each sender that waits for one."""
        folder, on_stick, receiving = self.places.place(), self.places.is_stick(), self._receiving
        if folder is None:
            return

        def work(_ticker: Ticker) -> tuple[int, bool]:
            return len(receiving.write_receipts(folder)), on_stick

        self._run(_("Writing receipts and reading them back…"), work, self._written)

    def _run(self, words: str, work: Callable[[Ticker], T], done: Callable[[T], object]) -> None:
        self.banner.clear()
        self.written.clear()
        self.work.run(words, work, done, self._failed)
        self._offer()

    def _found_card(self) -> Card:
        self.found = Card()
        self.told = WrapLabel("", "h2")
        self.verdicts = VerdictList()
        self.take = primary_button(_("Take all"), "download", self.take_all)
        self.clear = ghost_button(_("Clear this list"), "", self._clear)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.told, 1)
        row.addWidget(self.clear)
        row.addWidget(self.take)
        self.found.add(row)
        self.found.add(self.verdicts)
        return self.found

    def _receipts_card(self, sending: Sending) -> Card:
        card = Card(_("Receipts"))
        self.due = WrapLabel("")
        self.places = PlaceChooser(sending.removable_folders, _("Where to write the receipts"), self._last)
        self.places.changed.connect(self._offer)
        self.write = button(_("Write receipts for all senders"), "send", self.write_receipts)
        self.written = Banner()
        presses = Flow()
        presses.add(self.write)
        for item in (self.due, self.places, presses, self.written):
            card.add(item)
        self._due = 0
        return card

    def _history_card(self) -> Card:
        card = Card(_("Taken in until now"))
        self.none = WrapLabel(_("Nothing has been taken in yet. Drop the first bundle above."), "sub")
        self.history = PlainTable(_("Bundles taken in"))
        card.add(self.none)
        card.add(self.history)
        return card

    def _offer(self) -> None:
        busy = self.work.is_busy()
        self.zone.setEnabled(not busy)
        self.take.setEnabled(not busy)
        self.clear.setEnabled(not busy)
        self.write.setEnabled(not busy and self._due > 0 and self.places.place() is not None)

    def _looked(self, result: Inspected) -> None:
        self._files = result.files
        self._show_verdicts(result.verdicts, inspected=True)
        if not result.verdicts:
            self.say(_("There are no bundles in what you dropped. A bundle's name ends in .age."), "warn")

    def _taken(self, verdicts: list[Verdict]) -> None:
        self._files = []
        self._show_verdicts(verdicts, inspected=False)
        self._refresh()

    def _show_verdicts(self, verdicts: Sequence[Verdict], *, inspected: bool) -> None:
        self.found.setVisible(bool(verdicts))
        self.told.setText(verdict_words.summary(verdicts, inspected=inspected))
        self.verdicts.show_verdicts(verdicts, inspected=inspected)
        found = {verdict.answer for verdict in verdicts}
        # A gap may be filled by another bundle of the same heap; who sends one again has lost its receipt.
        new, again = found & {"ACCEPTED", "GAP"}, "ALREADY_IMPORTED" in found
        self.take.setVisible(inspected and bool(new or again))
        self.take.setText(_("Take all") if new else _("Prepare the receipts again"))
        self.take.setAccessibleName(self.take.text())

    def _written(self, result: tuple[int, bool]) -> None:
        count, on_stick = result
        text = ngettext(
            "Receipts for all senders are written and checked ({count} file).",
            "Receipts for all senders are written and checked ({count} files).",
            count,
        )
        end = _("You may take the stick out.") if on_stick else _("Carry them back to the centres.")
        self.written.say(f"{text.format(count=count)} {end}", "ok")
        self._refresh()

    def _failed(self, error: BaseException) -> None:
        self.say(errors.words(error).text, "error")
        self.entered()

    def _clear(self) -> None:
        self._files = []
        self._show_verdicts([], inspected=True)

    def _refresh(self) -> None:
        self.entered()
        self._desk.refresh_status()

    def _show_known(self, known: tuple[list[Seen], int]) -> None:
        seen, self._due = known
        self.due.setText(
            ngettext("{count} sender waits for a receipt.", "{count} senders wait for a receipt.", self._due).format(
                count=self._due
            )
            if self._due
            else _("No sender waits for a receipt.")
        )
        self.places.setVisible(self._due > 0)
        self.write.setVisible(self._due > 0)
        self.none.setVisible(not seen)
        self.history.setVisible(bool(seen))
        self.history.show_lines(_heads(), [_line(one) for one in seen])
        self._offer()


def _heads() -> tuple[Head, ...]:
    return (
        Head(_("Sender"), wide=True),
        Head(_("Bundle"), number=True),
        Head(_("What")),
        Head(_("Taken in")),
        Head(_("Records"), number=True),
        Head(_("New"), number=True),
        Head(_("Changed"), number=True),
        Head(_("Deleted"), number=True),
        Head(_("Needs attention"), number=True),
        Head(_("Receipt")),
    )


def _line(seen: Seen) -> Line:
    numbers = (seen.rows, seen.added, seen.changed, seen.deleted, seen.flagged)
    told = _("not written") if seen.receipt_seq is None else _("no. {number}").format(number=seen.receipt_seq)
    return Line(
        (
            seen.sender,
            str(seen.seq),
            _(KINDS.get(seen.type, seen.type)),
            moment(seen.received_at),
            *(str(number) for number in numbers),
            told if seen.type == "records" else "—",
        ),
        hint=seen.sender,
    )
