"""The coordinator's questions by where they have got to: answered first, for those wait for her."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import UserError
from app.i18n import _, ngettext
from app.ui.records.places import reading_of
from app.ui.routes import Desk
from app.ui.screens.questions.card import QuestionCard, Verbs
from app.ui.widgets.buttons import button, ghost_button
from app.ui.widgets.card import Card
from app.ui.widgets.chip import Chip
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.nested import empty, row_in
from app.ui.widgets.page import Page
from app.ui.widgets.text import WrapLabel, subheading
from app.usecases.questions import QuestionRow, Questions, QuestionState

MOST: Final = 20


@dataclass(frozen=True, slots=True)
class _Known:
    open: Sequence[QuestionRow]
    answered: Sequence[QuestionRow]
    closed: Sequence[QuestionRow]


class QuestionsScreen(Page):
    """``QuestionsScreen(desk, questions)``."""

    def __init__(self, desk: Desk, questions: Questions) -> None:
        super().__init__(_("Questions"), _("What you asked the centres, and what they answered. You change nothing."))
        self._desk = desk
        self._questions = questions
        self._back_to: tuple[QuestionState, int] | None = None
        self.empty = EmptyState(
            "question",
            _("No question was asked yet"),
            _("Open a person in the register, open a record, and choose “Ask the centre about this record”."),
            _("Open the register"),
        )
        self.empty.acted.connect(partial(desk.go, "people"))
        self.empty.hide()
        self.sections = {
            QuestionState.ANSWERED: Section(_("Answered: please look"), unfolded=True),
            QuestionState.TO_TELL: Section(
                _("To be told"), _("These go with the next receipts, which are written in the inbox."), unfolded=True
            ),
            QuestionState.ASKED: Section(_("Asked, no answer yet"), unfolded=True),
            QuestionState.CLOSED: Section(_("Closed"), unfolded=False),
        }
        self.receipts = button(_("To the inbox"), "inbox", partial(desk.go, "inbox"))
        self.sections[QuestionState.TO_TELL].head.addWidget(self.receipts)
        self.add(self.empty)
        for section in self.sections.values():
            self.add(section)
        self.body.addStretch(1)

    def entered(self) -> None:
        """Read in the background; another may have taken bundles in meanwhile."""
        questions = self._questions
        self._desk.tasks.run(
            lambda _job: _Known(questions.open(), questions.answered(), questions.closed()), self._show
        )

    def _show(self, known: _Known) -> None:
        rows = {
            QuestionState.ANSWERED: known.answered,
            QuestionState.TO_TELL: [one for one in known.open if one.state is QuestionState.TO_TELL],
            QuestionState.ASKED: [one for one in known.open if one.state is QuestionState.ASKED],
            QuestionState.CLOSED: known.closed,
        }
        for state, section in self.sections.items():
            section.show_rows(rows[state], self._verbs())
        self.empty.setVisible(not any(rows.values()))
        if self._back_to is not None:
            state, at = self._back_to
            self._back_to = None
            if not self.sections[state].focus_card(at) and not self._focus_first():
                self.setFocus()
        elif self.hasFocus():
            self._focus_first()

    def _focus_first(self) -> bool:
        """Put the focus on the first question that can be acted on; False where there is none."""
        return any(one.focus_card(0) for one in self.sections.values())

    def _verbs(self) -> Verbs:
        return Verbs(
            open_person=lambda person: self._desk.go("person", person=person),
            open_record=self._open_record,
            close=lambda row: self._do(lambda: self._questions.close(row.uid), _("The question is closed.")),
            again=lambda row, words: self._do(
                lambda: self._questions.ask_again(row.uid, words),
                _("Asked. The question goes with the next receipt for this centre."),
            ),
            take_back=self._take_back,
        )

    def _do(self, act: Callable[[], object], said: str) -> None:
        self._back_to = next(
            ((state, at) for state, one in self.sections.items() if (at := one.focused()) >= 0), self._back_to
        )
        try:
            act()
        except UserError as error:
            self._desk.tell(error)
        else:
            self._desk.say(said, "ok")
        self._desk.refresh_status()
        self.entered()

    def _take_back(self, row: QuestionRow) -> None:
        said = _("The question is taken back. It goes from the nurse's desk with the next receipt.")
        if row.state is QuestionState.TO_TELL:
            said = _("The question is taken back. The centre has not heard of it.")
        self._do(lambda: self._questions.take_back(row.uid), said)

    def _open_record(self, row: QuestionRow) -> None:
        self._desk.go(reading_of(row.kind), person=row.person, kind=row.kind, record=row.record, field=row.field)


class Section(Card):
    """The questions of one state; hidden while there are none. ``unfolded``: shown at once."""

    def __init__(self, title: str, sub: str = "", *, unfolded: bool) -> None:
        super().__init__()
        self.cards: list[QuestionCard] = []
        self._rows: Sequence[QuestionRow] = ()
        self._do: Verbs | None = None
        self._unfolded = unfolded
        self._most = MOST
        self._count = Chip("", "plain")
        self.head = row_in(self.body)
        self.head.setSpacing(8)
        self.head.addWidget(subheading(title))
        self.head.addWidget(self._count)
        self.head.addStretch(1)
        if sub:
            self.add(WrapLabel(sub, "sub"))
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.add(inner)
        self.setAccessibleName(title)
        self.hide()

    def show_rows(self, rows: Sequence[QuestionRow], do: Verbs) -> None:
        """Show these in place of those before."""
        self._rows, self._do = rows, do
        self._fill()

    def focus_card(self, at: int) -> bool:
        """Put the focus on the first button of question ``at`` (or of the last one); False where there is none."""
        cards = [card for card in self.cards if card.buttons]
        if not cards:
            return False
        cards[min(at, len(cards) - 1)].buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def focused(self) -> int:
        """The question that holds the focus, or -1."""
        here = self.focusWidget()
        return next((at for at, card in enumerate(self.cards) if here is not None and card.isAncestorOf(here)), -1)

    def unfold(self) -> None:
        """Show them."""
        self._unfolded = True
        self._fill()
        self.focus_card(0)

    def _fill(self) -> None:
        empty(self._column)
        shown = self._rows[: self._most] if self._unfolded else []
        assert self._do is not None
        self.cards = [QuestionCard(row, self._do) for row in shown]
        for card in self.cards:
            self._column.addWidget(card)
        left = len(self._rows) - len(shown)
        if left and not self._unfolded:
            self._more(_("Show"), self.unfold)
        elif left:
            self._more(ngettext("Show {count} more", "Show {count} more", left).format(count=left), self._show_more)
        self._count.show_text(str(len(self._rows)) if self._rows else "")
        self.setVisible(bool(self._rows))

    def _more(self, words: str, run: Callable[[], object]) -> None:
        self._column.addWidget(ghost_button(words, "chevron-down", run), 0, Qt.AlignmentFlag.AlignLeft)

    def _show_more(self) -> None:
        at = self._most
        self._most = len(self._rows)
        self._fill()
        self.focus_card(at)
