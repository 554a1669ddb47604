"""Backup: one button that makes one, where it goes, and the list of those that are there, each checkable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from app.errors import UserError
from app.i18n import N_, _, ngettext, translate
from app.ui import errors
from app.ui.exchange.columns import Columns
from app.ui.exchange.moments import or_never
from app.ui.exchange.place_chooser import PlaceChooser
from app.ui.exchange.work import Ticker, WorkStrip
from app.ui.routes import Desk
from app.ui.screens.backup.listing import WHOLE, BackupTable
from app.ui.tasks import Job
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import button, primary_button
from app.ui.widgets.card import Card
from app.ui.widgets.flow import Flow
from app.ui.widgets.page import Page
from app.ui.widgets.text import WrapLabel, label
from app.usecases.safekeeping import NO_FOLDER, BackupMade, BackupRow, BackupState, Safekeeping

_FIRST: Final = N_("No backup is made yet. Make one now: from then on they are made there by themselves.")


@dataclass(frozen=True, slots=True)
class Known:
    """What is shown."""

    state: BackupState
    rows: Sequence[BackupRow]
    waits: Mapping[UUID, int]


class BackupScreen(Page):
    """Reached from Today and from Settings."""

    def __init__(self, desk: Desk, keeping: Safekeeping) -> None:
        super().__init__(_("Backup"), _("An encrypted copy of everything on this laptop, with its key file."))
        self._desk = desk
        self._keeping = keeping
        self._offered = False
        self._state: BackupState | None = None
        self.restored = Banner()
        self.restored.acted.connect(partial(desk.go, "centres"))
        self.add(self.restored)
        self.add(Columns(self._making_card(), _kept_card(), (3, 2)))
        self.add(self._list_card())
        self.body.addStretch(1)

    def entered(self) -> None:
        """Read what is known; a stick may have been put in meanwhile."""
        keeping = self._keeping
        self._desk.tasks.run(
            lambda _job: Known(keeping.state(), keeping.list(), keeping.handover_waits()), self._show, self._failed
        )

    def back_up(self) -> None:
        """Make a backup at the marked place, which is the place from now on."""
        place = self.places.place()
        if place is None:
            return
        keeping = self._keeping

        def work(ticker: Ticker) -> BackupMade:
            if keeping.state().folder != place:
                keeping.choose_folder(place)
            return keeping.back_up(ticker.progress, ticker.stopped)

        self.work.run(_("Making the backup and reading it back…"), work, self._made, self._failed)
        self._offer()

    def _choose(self, place: Path) -> None:
        """What she has chosen is chosen: from now on backups are made there by themselves too."""
        keeping = self._keeping

        def work(_job: Job) -> None:
            keeping.choose_folder(place)

        self._desk.tasks.run(work, self._chosen, self._failed)

    def _chosen(self, _nothing: None) -> None:
        self.done.clear()
        self.entered()

    def check(self) -> None:
        """Open the backup under the cursor and check every page of it."""
        row = self.table.backup()
        if row is None:
            return
        keeping = self._keeping

        def work(_ticker: Ticker) -> tuple[BackupRow, str]:
            try:
                keeping.verify(row.path)
            except UserError as error:
                return row, error.sentence()
            return row, WHOLE

        self.checking.run(_("Opening the backup and checking every page…"), work, self._checked, self._failed)
        self._offer()

    def _making_card(self) -> Card:
        card = Card(_("Make a backup"))
        self.last = WrapLabel("", "h2")
        self.where = WrapLabel("", "sub")
        self.problem = Banner()
        self.places = PlaceChooser(self._keeping.removable_folders, _("Where backups go"))
        self.places.changed.connect(self._offer)
        self.places.chosen.connect(self._choose)
        self.now = primary_button(_("Back up now"), "shield", self.back_up)
        self.work = WorkStrip(self._desk.tasks, stoppable=True, stop=_("Stop"), stopping=_("Stopping…"))
        self.work.finished.connect(self._offer)
        self.done = Banner(closable=True)
        presses = Flow(8)
        presses.add(self.now)
        for item in (
            self.last,
            self.where,
            self.problem,
            label(_("Where backups go"), "field"),
            self.places,
            presses,
        ):
            card.add(item)
        card.add(self.work)
        card.add(self.done)
        card.body.addStretch(1)
        return card

    def _list_card(self) -> Card:
        card = Card(_("Backups there"))
        self.nothing = WrapLabel("", "sub")
        self.table = BackupTable()
        self.table.picked.connect(self._offer)
        self.test = button(_("Check this backup"), "check", self.check)
        self.checking = WorkStrip(self._desk.tasks)
        self.checking.finished.connect(self._offer)
        self.verdict = Banner(closable=True)
        presses = Flow(8)
        presses.add(self.test)
        for item in (self.nothing, self.table, presses, self.checking, self.verdict):
            card.add(item)
        return card

    def _show(self, known: Known) -> None:
        state = known.state
        self.last.setText(_("Last backup: {moment}").format(moment=or_never(state.last_at)))
        self.where.setText(_("In: {place}").format(place=state.where) if state.where else "")
        self.where.setVisible(bool(state.where))
        self._state = state
        if state.folder is not None and state.is_there and not self._offered:
            self.places.choose_place(state.folder)
        self._offered = True
        self.table.show_backups(known.rows)
        self.nothing.setText(_("None yet. Put a stick in or choose a folder, then make the first one."))
        self.nothing.setVisible(not known.rows)
        self._tell_restored(known.waits)
        self._offer()

    def _tell_problem(self) -> None:
        """A place that is marked and not chosen yet (the stick that is in) becomes the place with the first one."""
        state = self._state
        if state is None:
            return
        waits = state.problem == NO_FOLDER and self.places.place() is not None
        problem = _FIRST if waits else state.problem
        said = " ".join(translate(text) for text in (problem, *state.warnings) if text)
        if said != self.problem.text():
            self.problem.say(said, "warn")

    def _tell_restored(self, waits: Mapping[UUID, int]) -> None:
        """After a restore, until the handover has come: what waits, and what to say to the coordinator."""
        count = sum(waits.values())
        if not count:
            self.restored.clear()
            return
        numbers = ", ".join(str(uid)[-12:] for uid in waits)
        text = ngettext(
            "This laptop was restored from a backup. {count} record of before can be read; it can be changed once "
            "the coordinator has taken in the card of this laptop and handed over the records of the former one, "
            "number {numbers}.",
            "This laptop was restored from a backup. {count} records of before can be read; they can be changed once "
            "the coordinator has taken in the card of this laptop and handed over the records of the former one, "
            "number {numbers}.",
            count,
        )
        self.restored.say(text.format(count=count, numbers=numbers), "warn", _("Give the card"))

    def _offer(self) -> None:
        self._tell_problem()
        busy = self.work.is_busy() or self.checking.is_busy()
        self.now.setEnabled(self.places.place() is not None and not busy)
        self.places.setEnabled(not busy)
        self.test.setVisible(self.table.isVisibleTo(self))
        self.test.setEnabled(self.table.backup() is not None and not busy)

    def _made(self, made: BackupMade) -> None:
        self.table.mark(made.path, WHOLE)
        said = [_("The backup is made and checked: {name}.").format(name=made.path.name)]
        if made.damaged:
            names = ", ".join(made.damaged)
            said.append(_("Damaged and not counted any more: {names}.").format(names=names))
        if not made.same_disk:
            said.append(_("You may take the stick out."))
        self.done.say(" ".join(said), "warn" if made.damaged else "ok")
        self.entered()
        self._desk.refresh_status()

    def _checked(self, found: tuple[BackupRow, str]) -> None:
        row, verdict = found
        self.table.mark(row.path, verdict)
        whole = _("{name} is whole: it opens, and every page of it is sound.").format(name=row.name)
        self.verdict.say(verdict or whole, "error" if verdict else "ok")

    def _failed(self, error: BaseException) -> None:
        self.done.say(errors.words(error).text, "error")
        self._offer()


def _kept_card() -> Card:
    card = Card(_("What is kept"))
    for words in (
        _("By itself: once a day, while the program is open and the stick or folder is there."),
        _("Of the last seven days, four weeks and twelve months one each, and always the three newest."),
        _("An older one is let go only after the newer ones were opened and checked."),
        _("Whoever finds the stick can read nothing: it opens with your passphrase or the recovery sheet alone."),
        _("To restore one: lock the program and choose “Restore a backup” there."),
    ):
        card.add(WrapLabel(words, "sub"))
    card.body.addStretch(1)
    return card
