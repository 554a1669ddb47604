"""Same person: the pairs that may be one at the left, the two entries and the evidence at the right, three keys.

Nothing is decided by the program. A decision counts at once in the figures, stands in the list of decisions and is
undone there; the records of both centres stay as they are.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import _, ngettext
from app.ui import errors, theme
from app.ui.exchange.columns import Columns
from app.ui.exchange.work import Ticker, WorkStrip
from app.ui.routes import Desk
from app.ui.screens.same_person.decided import Contradictions, Decided
from app.ui.screens.same_person.evidence import Evidence
from app.ui.screens.same_person.pair_list import PairList
from app.ui.screens.same_person.side_by_side import SideBySide
from app.ui.widgets.buttons import button, ghost_button, primary_button, segment_button
from app.ui.widgets.card import Card
from app.ui.widgets.column import column_of
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.nested import row_in
from app.ui.widgets.page import Page, scrolling
from app.ui.widgets.text import WrapLabel
from app.usecases.same_person import Contradiction, Counts, Decision, Pair, PairView, SamePersons

SAME, DIFFERENT, LATER = "same", "different", "later"
_KEYS = {Qt.Key.Key_1: SAME, Qt.Key.Key_2: DIFFERENT, Qt.Key.Key_3: LATER}


@dataclass(frozen=True, slots=True)
class _Known:
    """One reading of all that the screen shows."""

    pairs: Sequence[Pair]
    counts: Counts
    decisions: Sequence[Decision]
    contradictions: Sequence[Contradiction]


class SamePersonScreen(Page):
    """``person``: only the pairs of one person, the weaker ones too (from her page)."""

    def __init__(self, desk: Desk, same: SamePersons, person: uuid.UUID | None = None) -> None:
        super().__init__(_("Same person"), "", scroll=False)
        self._desk = desk
        self._same = same
        self._person = person
        self._shown: tuple[uuid.UUID, uuid.UUID] | None = None
        self._build_head()
        self.work = WorkStrip(desk.tasks, stoppable=True, stop=_("Stop here"), stopping=_("Stopping…"))
        self.add(self.work)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._waiting_page())
        self.decided = Decided()
        self.decided.undo_wanted.connect(self.undo)
        self.decided.pair_wanted.connect(self.show_pair)
        self.contradictions = Contradictions()
        self.contradictions.pair_wanted.connect(self.show_pair)
        self.stack.addWidget(scrolling(column_of(self.contradictions, self.decided, at_top=True)))
        self.add(self.stack, 1)

    def entered(self) -> None:
        """Look for candidates among what came since the last time, then read."""
        self.refresh()
        self.pairs.setFocus()
        self.work.run(
            _("Looking for the same person among what came…"), self._look_for_new, self._found, self._failed
        )

    def refresh(self) -> None:
        """Read everything again, in the background."""
        same, person = self._same, self._person

        def read() -> _Known:
            pairs = same.like(person) if person is not None else same.waiting()
            return _Known(pairs, same.counts(), same.decisions(person), same.contradictions())

        self._desk.tasks.run(lambda _job: read(), self._show)

    def show_pair(self, one: uuid.UUID, other: uuid.UUID) -> None:
        """Show these two side by side, from whichever of the two lists."""
        self._switch(0)
        self._look_at(one, other)

    def _look_at(self, one: uuid.UUID, other: uuid.UUID) -> None:
        self._shown = (one, other)
        self._desk.tasks.run(lambda _job: self._same.pair(one, other), self._show_view, self._failed)

    def decide(self, verdict: str) -> None:
        """Decide about the pair that is shown; the next one comes up."""
        if self._shown is None:
            return
        one, other = self._shown
        self._shown = None
        decision = self._same.decide(one, other, verdict)
        said = {
            SAME: _("They count as one person from now on. Their records stay as they are."),
            DIFFERENT: _("They stay two persons. You will not be asked about them again."),
            LATER: _("Put off. The pair stands at the end of the list."),
        }
        self._desk.say(said[verdict], "ok", _("Undo"), partial(self.undo, decision))
        self._after()

    def undo(self, decision: uuid.UUID) -> None:
        """Take a decision back."""
        self._same.undo(decision)
        self._desk.say(_("The decision is taken back."), "ok")
        self._after()

    def look_through_all(self) -> None:
        """Compare everybody with everybody, on request: the weights may have changed since."""

        def work(ticker: Ticker) -> int:
            return self._same.look_through_all(ticker.progress, ticker.stopped)

        self.work.run(_("Comparing everybody in the register…"), work, self._found, self._failed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        verdict = _KEYS.get(Qt.Key(event.key()))
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if verdict and plain and self.stack.currentIndex() == 0 and not event.isAutoRepeat():
            self.decide(verdict)
        else:
            super().keyPressEvent(event)

    # building

    def _build_head(self) -> None:
        self.tabs: list[QPushButton] = []
        for at, words in enumerate((_("To decide"), _("Decided"))):
            press = segment_button(words)
            press.setChecked(at == 0)
            press.clicked.connect(partial(self._turn_to, at))
            self.tabs.append(press)
            self.add_action(press)
        self.all = ghost_button(_("Compare the whole register"), "refresh", self.look_through_all)
        self.add_action(self.all)

    def _waiting_page(self) -> QWidget:
        self.pairs = PairList()
        self.pairs.picked.connect(self._picked)
        left = Card()
        left.body.setContentsMargins(4, 8, 4, 8)
        left.add(self.pairs, 1)
        left.setMinimumWidth(theme.px(260))
        self.side = QStackedWidget()
        self.side.addWidget(self._pair_page())
        self.nothing = EmptyState(
            "same",
            _("No pair waits for a decision"),
            _("Entries that may be one person are found when bundles are taken in."),
            "",
        )
        self.side.addWidget(self.nothing)
        self.side.setCurrentWidget(self.nothing)
        self.columns = Columns(left, self.side, stretches=(2, 5))
        return self.columns

    def _pair_page(self) -> QWidget:
        self.both = SideBySide()
        self.both.opened.connect(self._open)
        self.evidence = Evidence()
        self.standing = WrapLabel("", "sub")
        card = Card()
        card.add(self.evidence)
        card.add(self.both)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(scrolling(column_of(card, at_top=True)), 1)
        column.addWidget(self.standing)
        self._fill_presses(row_in(column))
        return made

    def _fill_presses(self, row: QHBoxLayout) -> None:
        row.setSpacing(8)
        self.same_press = primary_button(_("1  The same person"), "", partial(self.decide, SAME))
        self.different_press = button(_("2  Not the same"), "", partial(self.decide, DIFFERENT))
        self.later_press = button(_("3  Later"), "", partial(self.decide, LATER))
        for press in (self.same_press, self.different_press, self.later_press):
            row.addWidget(press)
        row.addStretch(1)

    # what comes back

    def _look_for_new(self, ticker: Ticker) -> int:
        return self._same.look_for(ticker.progress, ticker.stopped)

    def _found(self, _count: int) -> None:
        self.refresh()
        self._desk.refresh_status()

    def _after(self) -> None:
        self.refresh()
        self._desk.refresh_status()
        self._focus_list()

    def _focus_list(self) -> None:
        (self.pairs if self.stack.currentIndex() == 0 else self.decided.table).setFocus()

    def _show(self, known: _Known) -> None:
        self.sub.setText(_words(known.counts))
        self.sub.setVisible(True)
        self.pairs.show_pairs(known.pairs)
        self.decided.show_decisions(known.decisions)
        self.contradictions.show_contradictions(known.contradictions)
        if known.contradictions:
            count = len(known.contradictions)
            words = ngettext(
                "In {count} group something does not fit: see “Decided”.",
                "In {count} groups something does not fit: see “Decided”.",
                count,
            )
            self.say(words.format(count=count), "warn")
        else:
            self.banner.clear()

    def _picked(self, pair: Pair | None) -> None:
        if pair is not None:
            self._look_at(pair.one, pair.other)  # she may be reading the other list: it stays
        elif self._shown is None:
            self.side.setCurrentWidget(self.nothing)

    def _show_view(self, view: PairView) -> None:
        if self._shown != (view.one.uid, view.other.uid):
            return  # another pair was chosen meanwhile
        self.both.show_pair(view)
        self.evidence.show_pair(view)
        self.standing.setText(_standing(view))
        self.standing.setVisible(bool(self.standing.text()))
        self.side.setCurrentIndex(0)

    def _failed(self, error: BaseException) -> None:
        self.say(errors.words(error).text, "error")

    def _open(self, person: uuid.UUID) -> None:
        self._desk.go("person", person=person)

    def _turn_to(self, page: int) -> None:
        self._switch(page)
        self._focus_list()

    def _switch(self, page: int) -> None:
        self.stack.setCurrentIndex(page)
        for at, press in enumerate(self.tabs):
            press.setChecked(at == page)


def _words(counts: Counts) -> str:
    parts = [ngettext("{count} pair waits", "{count} pairs wait", counts.waiting).format(count=counts.waiting)]
    if counts.later:
        parts.append(ngettext("{count} is put off", "{count} are put off", counts.later).format(count=counts.later))
    if counts.groups:
        told = ngettext("{count} person has several entries", "{count} persons have several entries", counts.groups)
        parts.append(told.format(count=counts.groups))
    if counts.passed_over:
        told = ngettext(
            "{count} very common mark was not compared by itself",
            "{count} very common marks were not compared by themselves",
            counts.passed_over,
        )
        parts.append(told.format(count=counts.passed_over))
    return " · ".join(parts)


def _standing(view: PairView) -> str:
    if view.standing is not None and not view.standing.revoked:
        return {
            SAME: _("Decided: the same person. Another key changes it."),
            DIFFERENT: _("Decided: not the same. Another key changes it."),
            LATER: _("This pair was put off."),
        }.get(view.standing.verdict, "")
    return _("They count as one person already, through other entries.") if view.same_group else ""
