"""The coordinator's inbox: drop thirty sticks' worth of bundles, see what each would bring, take all, write receipts.

Looking and taking are two steps: the verdicts are shown before anything is changed, and again as what was done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.i18n import _, ngettext
from app.ui import errors
from app.ui.exchange.drop_zone import DropZone
from app.ui.exchange.line_card import LineCard
from app.ui.exchange.place_chooser import LastFolder
from app.ui.exchange.work import Ticker, WorkStrip
from app.ui.routes import Desk
from app.ui.screens.inbox.aside import AsideCard
from app.ui.screens.inbox.found import FoundCard
from app.ui.screens.inbox.history import HistoryCard
from app.ui.screens.inbox.receipts import ReceiptsCard, written
from app.ui.widgets.page import Page
from app.usecases.receiving import AsideFile, Receiving, Seen, Verdict, bundle_files
from app.usecases.sending import Sending

T = TypeVar("T")
LookFor = Callable[[Callable[[int, int], object], Callable[[], bool]], object]


@dataclass(frozen=True, slots=True)
class Inspected:
    """What was looked at, and what it would do."""

    files: list[Path]
    verdicts: list[Verdict]
    left: int
    """Files that were not come to, because she stopped it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What stands here when the screen is opened."""

    seen: list[Seen]
    due: int
    aside: list[AsideFile]


class InboxScreen(Page):
    """Bundles in, receipts out. ``line`` (a card) stands under the place to drop things, where there is one.

    ``look_for_same`` is asked after each taking: who of those who came may be recorded already?
    """

    def __init__(
        self,
        desk: Desk,
        receiving: Receiving,
        sending: Sending,
        last: LastFolder | None = None,
        line: LineCard | None = None,
        look_for_same: LookFor | None = None,
    ) -> None:
        super().__init__(_("Inbox"))
        self._desk = desk
        self._receiving = receiving
        self._look_for_same = look_for_same
        self._line = line
        if line is not None:
            line.fetched.connect(self._look_into_fetched)
        self._files: list[Path] = []
        self._fetched: frozenset[Path] = frozenset()
        self.zone = DropZone(_("Drop bundles here: files, folders, or a whole stick. Their order does not matter."))
        self.zone.dropped.connect(self.look_into)
        self.work = WorkStrip(desk.tasks, stoppable=True)
        self.work.finished.connect(self._offer)
        self.found = FoundCard(self.take_all, self._clear)
        self.aside = AsideCard()
        self.aside.again.connect(self.try_again)
        self.aside.let_go.connect(self._ask_let_go)
        self.aside.centres_wanted.connect(partial(desk.go, "centres"))
        self.receipts = ReceiptsCard(sending, last, self.write_receipts)
        self.receipts.places.changed.connect(self._offer)
        self.history = HistoryCard()
        cards = (self.zone, line, self.work, self.found, self.aside, self.receipts, self.history)
        for card in cards:
            if card is not None:
                self.add(card)
        self.body.addStretch(1)
        self._offer()

    def entered(self) -> None:
        """Read what was taken in, what is set aside, and who waits for a receipt."""
        self.zone.files.setFocus(Qt.FocusReason.OtherFocusReason)
        self._read()

    def _read(self) -> None:
        if self._line is not None:
            self._line.refresh()
        receiving = self._receiving
        self._desk.tasks.run(
            lambda _job: Known(receiving.seen(), receiving.receipts_due(), receiving.aside()), self._show_known
        )

    def look_into(self, paths: Sequence[Path]) -> None:
        """Say what each bundle would do. Takes nothing."""
        receiving = self._receiving

        def work(ticker: Ticker) -> Inspected:
            looked = receiving.look(paths, ticker.progress, ticker.stopped)
            for file in [one for one, verdict in looked.items() if verdict.answer == "FORK"]:
                # An alarm must stop its sender at once, and does so without taking anything in. It is one where the
                # other history is in the register already, not where both lie in this heap.
                if receiving.inspect(file).answer == "FORK":
                    looked[file] = receiving.take(file)
            left = len(set(bundle_files(paths)) - set(looked)) if ticker.stopped() else 0
            return Inspected(list(looked), list(looked.values()), left)

        self._run(_("Looking into the bundles…"), work, self._looked)

    def _look_into_fetched(self, files: list[Path]) -> None:
        self._fetched |= frozenset(files)
        self.look_into(files)

    def take_all(self) -> None:
        """Take in what was looked at."""
        files, receiving = list(self._files), self._receiving

        def work(ticker: Ticker) -> list[Verdict]:
            verdicts = receiving.take_all(files, ticker.progress, ticker.stopped)
            self._compare(ticker)
            return verdicts

        self._run(_("Taking the bundles in…"), work, self._taken_all)

    def try_again(self, ids: Sequence[int]) -> None:
        """Take files that were set aside once more."""
        receiving = self._receiving

        def work(ticker: Ticker) -> list[Verdict]:
            verdicts = receiving.try_again(ids, ticker.progress, ticker.stopped)
            self._compare(ticker)
            return verdicts

        self._run(_("Taking the bundles in…"), work, self._tried)

    def _compare(self, ticker: Ticker) -> None:
        """In the thread of the taking, after it."""
        if self._look_for_same is not None and not ticker.stopped():
            ticker.phase(_("Looking for the same person among what came…"))
            self._look_for_same(ticker.progress, ticker.stopped)

    def write_receipts(self) -> None:
        """A receipt for each sender that waits for one."""
        places, receiving = self.receipts.places, self._receiving
        folder, on_stick = places.place(), places.is_stick()
        if folder is None:
            return

        def work(_ticker: Ticker) -> tuple[int, bool]:
            return len(receiving.write_receipts(folder)), on_stick

        self._run(_("Writing receipts and reading them back…"), work, self._written)

    def _run(self, words: str, work: Callable[[Ticker], T], done: Callable[[T], object]) -> None:
        self.banner.clear()
        self.confirm.dismiss()
        self.work.run(words, work, done, self._failed)
        self._offer()

    def _offer(self) -> None:
        busy = self.work.is_busy()
        for press in (self.zone, self.found.take, self.found.clear):
            press.setEnabled(not busy)
        self.aside.set_busy(busy=busy)
        self.receipts.offer(busy=busy)
        if self._line is not None:
            self._line.hold(held=busy)

    def _looked(self, result: Inspected) -> None:
        self._files = result.files
        self.found.show_verdicts(result.verdicts, inspected=True)
        if result.left:
            words = ngettext(
                "Stopped. {count} file was not looked into yet: drop it once more.",
                "Stopped. {count} files were not looked into yet: drop them once more.",
                result.left,
            )
            self.say(words.format(count=result.left), "warn")
        elif not result.verdicts:
            self.say(_("There are no bundles in what you dropped. A bundle's name ends in .age."), "warn")
        self._offer()
        self._lead_on(self.found.take, self.zone.files)
        self._refresh()

    def _taken_all(self, verdicts: list[Verdict]) -> None:
        """By name: where she stopped it, verdicts are there for those files only that were come to."""
        good = {verdict.file_name for verdict in verdicts if verdict.ok}
        done = {verdict.file_name for verdict in verdicts}
        if self._line is not None:
            # What came over the line goes from the server once it is taken; the rest stays there.
            self._line.settle([file for file in self._files if file in self._fetched and file.name in good])
        rest = [file for file in self._files if file.name not in done]
        self._taken(verdicts)
        if rest:
            self._files = rest
            self.found.offer_rest()
            words = ngettext(
                "Stopped. {count} file is not taken in yet. “Take the rest” goes on with it.",
                "Stopped. {count} files are not taken in yet. “Take the rest” goes on with them.",
                len(rest),
            )
            self.say(words.format(count=len(rest)), "warn")
        self._offer()
        self._lead_on(self.found.take, self.found.clear, self.zone.files)

    def _tried(self, verdicts: list[Verdict]) -> None:
        self._taken(verdicts)
        self._offer()
        self._lead_on(self.found.clear)

    def _taken(self, verdicts: list[Verdict]) -> None:
        self._files = []
        self.found.show_verdicts(verdicts, inspected=False)
        self._refresh()

    def _lead_on(self, *presses: QPushButton) -> None:
        """The focus goes to what comes next: the button that began the work could not keep it."""
        for press in presses:
            if press.isVisible() and press.isEnabled():
                press.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _written(self, result: tuple[int, bool]) -> None:
        count, on_stick = result
        # Above the column, where it is seen from everywhere: the button that was pressed is far below.
        self.say(written(count, on_stick=on_stick), "ok")
        self._refresh()

    def _failed(self, error: BaseException) -> None:
        self.say(errors.words(error).text, "error")
        self._refresh()

    def _clear(self) -> None:
        self._files = []
        self.found.show_verdicts([], inspected=True)

    def _ask_let_go(self, one: int) -> None:
        question = _("Delete this file? If it is needed after all, its sender must send it again.")
        self.confirm.ask(question, _("Let it go"), lambda: self._let_go(one), danger=True)

    def _let_go(self, one: int) -> None:
        receiving = self._receiving

        def work(_ticker: Ticker) -> None:
            receiving.let_go(one)

        self._run(_("Letting the file go…"), work, self._gone)

    def _gone(self, _nothing: None) -> None:
        self._refresh()

    def _refresh(self) -> None:
        self._read()
        self._desk.refresh_status()

    def _show_known(self, known: Known) -> None:
        self.history.show_seen(known.seen)
        self.receipts.show_due(known.due)
        self.aside.show_files(known.aside)
        self._offer()
