"""A pack on screen as it will leave: choose, look at every table, then save it as a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import UserError
from app.i18n import _, language, translate
from app.reports import words
from app.reports.paper.tongue import Tongue
from app.ui import errors
from app.ui.figures.giving import Giving
from app.ui.figures.told_card import ToldCard
from app.ui.routes import Desk
from app.ui.screens.packs.choice import PackChoice
from app.ui.widgets.buttons import button
from app.ui.widgets.nested import empty
from app.ui.widgets.page import Page
from app.ui.widgets.text import WrapLabel
from app.usecases.packs import PackDraft, Packs
from app.usecases.statistics import Statistics


class PacksScreen(Page):
    """``PacksScreen(desk, packs, statistics, today)``; ``today`` is a day."""

    def __init__(self, desk: Desk, packs: Packs, statistics: Statistics, today: dt.date) -> None:
        super().__init__(_("Packs of tables"), _("All tables of an occasion in one file, protected for its readers."))
        self._desk = desk
        self._packs = packs
        self._statistics = statistics
        self._wanted: Callable[[], PackDraft] | None = None
        self.add_action(button(_("Released tables"), "document", self._to_register))
        self.choice = PackChoice(today)
        self.choice.wanted.connect(self.make)
        self.choice.changed.connect(self.drop)
        self.working = WrapLabel(_("Counting…"), "sub")
        self.giving = Giving(desk, packs)
        self.giving.put_off.connect(self.drop)
        self.preview = QWidget()
        self._tables = QVBoxLayout(self.preview)
        self._tables.setContentsMargins(0, 0, 0, 0)
        self._tables.setSpacing(12)
        for item in (self.choice, self.working, self.giving, self.preview):
            self.add(item)
        self.working.hide()
        self.body.addStretch(1)

    def entered(self) -> None:
        """Read what can be asked for, in the background."""
        statistics = self._statistics
        self._desk.tasks.run(lambda _job: (statistics.months(), statistics.donors()), self._know, self._failed)
        self.choice.kinds[self.choice.kind].setFocus()

    def make(self) -> None:
        """Make the pack in the background. Of several in a row only the last is shown."""
        self.drop()
        maker = self._wanted = self.choice.maker(self._packs)
        self.working.show()

        def work() -> tuple[Callable[[], PackDraft], PackDraft | UserError]:
            try:
                return maker, maker()
            except UserError as error:  # said only if nothing else was chosen meanwhile
                return maker, error

        self._desk.tasks.run(lambda _job: work(), self._show, self._failed)

    def drop(self) -> None:
        """What was made is not shown any more: something else is chosen, or it is not to leave."""
        self._wanted = None
        self.working.hide()
        self.giving.hide()
        self.banner.clear()
        empty(self._tables)

    def _know(self, found: tuple[Sequence[str], Sequence[str]]) -> None:
        self.choice.know(*found)

    def _show(self, made: tuple[Callable[[], PackDraft], PackDraft | UserError]) -> None:
        maker, draft = made
        if maker is not self._wanted:
            return
        self.working.hide()
        if isinstance(draft, UserError):
            self.say(draft.sentence(), "warn")
            return
        say = Tongue(language())
        for chapter in draft.pack.chapters:
            self._tables.addWidget(WrapLabel(translate(chapter.title), "h2"))
            for part in chapter.parts:
                self._tables.addWidget(ToldCard(part.table, part.picture, say))
        self._tables.addWidget(WrapLabel("\n".join(words.until(one, say) for one in draft.pack.until), "small"))
        self.giving.offer(draft)

    def _failed(self, error: BaseException) -> None:
        self.working.hide()
        self.say(errors.words(error).text, "error")

    def _to_register(self) -> None:
        self._desk.go("releases")
