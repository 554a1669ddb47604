"""Statistics: choose a question, see a table and a picture, choose for whom; then keep the question or save a file.

What is shown for others is protected already as it would leave. Counting is done in the background; of several
questions in a row only the last one's answer is shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from app.errors import UserError
from app.i18n import _
from app.reports.table import Audience, Scope
from app.ui import errors
from app.ui.exchange.columns import Columns
from app.ui.figures.giving import Giving
from app.ui.routes import Desk
from app.ui.screens.statistics.bounds import Bounds
from app.ui.screens.statistics.keeping import Keeping
from app.ui.screens.statistics.questions import Questions
from app.ui.screens.statistics.shown import Shown
from app.ui.widgets.buttons import button, ghost_button, link_button, primary_button
from app.ui.widgets.column import column_of
from app.ui.widgets.page import Page
from app.ui.widgets.text import WrapLabel
from app.usecases.packs import PackDraft, Packs
from app.usecases.statistics import Answer, IndicatorRow, Question, Saved, Statistics


@dataclass(frozen=True, slots=True)
class _Known:
    """What can be asked in this store."""

    rows: tuple[IndicatorRow, ...]
    saved: tuple[Saved, ...]
    months: list[str]
    centres: dict[str, str]
    donors: list[str]


@dataclass(frozen=True, slots=True)
class _Refused:
    """A question that was not answered; it may be an older one than is shown now."""

    question: Question
    error: UserError


class StatisticsScreen(Page):
    """``StatisticsScreen(desk, statistics, packs, today)``; ``today`` is a day."""

    def __init__(self, desk: Desk, statistics: Statistics, packs: Packs, today: dt.date) -> None:
        super().__init__(_("Statistics"))
        self._desk = desk
        self._statistics = statistics
        self._packs = packs
        self._rows: dict[str, IndicatorRow] = {}
        self._code = ""
        self._wanted: Question | None = None
        self._before: Question | None = None
        """What was asked before the window was built anew."""
        self.give = primary_button(_("Save as a file…"), "download", self.prepare)
        self.keep = button(_("Keep the question…"), "plus", self._ask_name)
        self.forget = ghost_button(_("Forget the question"), "trash", self._forget)
        for press in (self.give, self.keep, self.forget):
            self.add_action(press)
        for words, route in (
            (_("Packs"), "packs"),
            (_("Released tables"), "releases"),
            (_("Entered figures"), "entered"),
            (_("People as an HTCDS spreadsheet"), "htcds"),
        ):
            self.add_mark(link_button(words, partial(desk.go, route)))
        self.questions = Questions()
        self.bounds = Bounds(today)
        self.keeping = Keeping()
        self.giving = Giving(desk, packs)
        self.working = WrapLabel(_("Counting…"), "sub")
        self.shown = Shown()
        right = column_of(self.bounds, self.keeping, self.giving, self.working, self.shown, at_top=True)
        self.add(Columns(self.questions, right, (2, 5)).top_aligned())
        self.body.addStretch(1)
        self._presses(shown=False, kept=False)
        self.questions.picked.connect(self._picked)
        self.bounds.changed.connect(self.ask)
        self.keeping.named.connect(self._keep)
        self.giving.put_off.connect(self.giving.hide)

    def entered(self) -> None:
        """Read what can be asked, in the background, then ask the first question."""
        self._read()
        self.questions.typed.setFocus()

    def ask(self) -> None:
        """Ask the question that is chosen."""
        self.giving.hide()
        if not self._code:
            return
        statistics, question = self._statistics, self.bounds.question(self._code)
        self._wanted = question
        self.working.show()

        def work(_job: object) -> Answer | _Refused:
            try:
                return statistics.ask(question)
            except UserError as error:
                return _Refused(question, error)

        self._desk.tasks.run(work, self._show, self._failed)

    def prepare(self) -> None:
        """Make the file's contents ready and say what would leave; nothing leaves by this."""
        packs, question = self._packs, self._wanted
        if question is not None:
            self.working.show()
            self._desk.tasks.run(lambda _job: (question, packs.of_table(question)), self._offer, self._failed)

    def snapshot(self) -> Mapping[str, object]:
        """The whole question: for whom it is must never fall back to ourselves unseen."""
        if not self._code:
            return {}
        asked = self.bounds.question(self._code)
        scope = [asked.scope.first, asked.scope.last, asked.scope.oblast, asked.scope.centre, asked.scope.donor]
        return {"code": asked.code, "by": list(asked.by), "scope": scope, "audience": asked.audience.value}

    def restore(self, state: Mapping[str, object]) -> None:
        """Be at the question of ``state``; one that cannot be read is passed over whole."""
        by, scope, audience = state.get("by"), state.get("scope"), state.get("audience")
        if not isinstance(by, list) or not isinstance(scope, list) or audience not in set(Audience):
            return
        first, last, oblast, centre, donor = map(str, [*scope, "", "", "", "", ""][:5])
        bounds = Scope(first, last, oblast, centre, donor)
        self._before = Question(str(state.get("code")), tuple(map(str, by)), bounds, Audience(str(audience)))

    def _read(self) -> None:
        ask = self._statistics

        def read() -> _Known:
            return _Known(ask.indicators(), ask.saved(), ask.months(), ask.centres(), ask.donors())

        self._desk.tasks.run(lambda _job: read(), self._know, self._failed)

    def _know(self, known: _Known) -> None:
        self._rows = {row.code: row for row in known.rows}
        self.bounds.know(known.months, known.centres, known.donors)
        self.questions.show_questions(known.saved, known.rows)
        before, self._before = self._before, None
        if before is not None and before.code in self._rows:
            self._code = before.code
            self.questions.choose(self._code)
            self.bounds.show_question(before, self._rows[self._code].dimensions)
            self.ask()
        elif self.questions.current() is None and known.rows:
            self._code = self._code if self._code in self._rows else known.rows[0].code
            self.questions.choose(self._code)
            self.bounds.offer(self._rows[self._code].dimensions)
            self.ask()
        self._presses(shown=self.give.isEnabled(), kept=isinstance(self.questions.current(), Saved))

    def _picked(self, what: object) -> None:
        self.keeping.hide()
        if isinstance(what, Saved) and what.question.code in self._rows:
            self._code = what.question.code
            self.bounds.show_question(what.question, self._rows[self._code].dimensions)
        elif isinstance(what, IndicatorRow):
            self._code = what.code
            self.bounds.offer(what.dimensions)
        else:
            self.say(_("This version of the program does not know this question. Choose another one."), "warn")
            return
        self.banner.clear()
        self.forget.setVisible(isinstance(what, Saved))
        self.ask()

    def _show(self, answer: Answer | _Refused) -> None:
        if answer.question != self._wanted:
            return
        if isinstance(answer, _Refused):
            self._failed(answer.error)
            return
        self.working.hide()
        self.shown.show_answer(answer)
        self._presses(shown=bool(answer.told), kept=isinstance(self.questions.current(), Saved))

    def _offer(self, made: tuple[Question, PackDraft]) -> None:
        self.working.hide()
        question, draft = made
        if question == self._wanted:
            self.giving.offer(draft)

    def _failed(self, error: BaseException) -> None:
        self.working.hide()
        self.say(errors.words(error).text, "error")

    def _presses(self, *, shown: bool, kept: bool) -> None:
        self.give.setEnabled(shown)
        self.keep.setEnabled(bool(self._code))
        self.forget.setVisible(kept)

    def _ask_name(self) -> None:
        self.keeping.ask()

    def _keep(self, name: str) -> None:
        if self._wanted is None:
            return
        try:
            self._statistics.save(name, self._wanted)
        except UserError as error:
            self.say(error.sentence(), "error")
            return
        self.keeping.hide()
        self.say(_("The question is kept. It stands first in the list."), "ok")
        self._read()

    def _forget(self) -> None:
        chosen = self.questions.current()
        if isinstance(chosen, Saved):
            self._statistics.forget(chosen.uid)
            self.say(_("The question is forgotten. No figures are lost by it."), "ok")
            self._read()
