"""What lies in a heap: problems in words on top, one line for the rest, and a table of it; "Take all"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from app.i18n import _, ngettext
from app.ui.exchange import verdict_words
from app.ui.exchange.plain_table import Head, Line, PlainTable
from app.ui.exchange.verdict_list import VerdictList
from app.ui.screens.inbox.kinds import kind_of
from app.ui.widgets.buttons import ghost_button, primary_button
from app.ui.widgets.card import Card
from app.ui.widgets.nested import row_in
from app.ui.widgets.text import WrapLabel
from app.usecases.receiving import Verdict

MOST: Final = 300
"""Lines of the table. A heap of thousands is told by its sums; nobody reads further."""


class FoundCard(Card):
    """``show_verdicts`` replaces everything; hidden while there is nothing."""

    def __init__(self, take: Callable[[], object], clear: Callable[[], object]) -> None:
        super().__init__()
        self.told = WrapLabel("", "h2")
        self.take = primary_button(_("Take all"), "download", take)
        self.clear = ghost_button(_("Clear this list"), "", clear)
        self.problems = VerdictList()
        self.sums = WrapLabel("", "sub")
        self.rest = PlainTable(_("Bundles in order"), most_lines=8)
        self.more = WrapLabel("", "sub")
        row = row_in(self.body)
        row.setSpacing(8)
        row.addWidget(self.told, 1)
        row.addWidget(self.clear)
        row.addWidget(self.take)
        for item in (self.problems, self.sums, self.rest, self.more):
            self.add(item)
        self._shown: list[Verdict] = []
        self.hide()

    def verdicts(self) -> list[Verdict]:
        """What is shown, problems first."""
        return list(self._shown)

    def show_verdicts(self, verdicts: Sequence[Verdict], *, inspected: bool) -> None:
        """Show ``verdicts``: of what was only looked into, or of what was done."""
        self._shown = verdict_words.in_order(verdicts)
        problems = [one for one in self._shown if verdict_words.needs_attention(one)]
        rest = [one for one in self._shown if not verdict_words.needs_attention(one)]
        self.setVisible(bool(verdicts))
        self.told.setText(verdict_words.summary(verdicts, inspected=inspected))
        self.problems.setVisible(bool(problems))
        self.problems.show_verdicts(problems, inspected=inspected)
        self.sums.setText(verdict_words.sums(verdicts))
        self.sums.setVisible(bool(self.sums.text()))
        self.rest.setVisible(bool(rest))
        self.rest.show_lines(_heads(), [_line(one, inspected=inspected) for one in rest[:MOST]])
        left = len(rest) - MOST
        self.more.setText(ngettext("… and {count} more.", "… and {count} more.", left).format(count=left))
        self.more.setVisible(left > 0)
        self._offer(verdicts, inspected=inspected)

    def offer_rest(self) -> None:
        """It was stopped in the middle: the same button goes on."""
        self.take.setText(_("Take the rest"))
        self.take.setAccessibleName(self.take.text())
        self.take.show()

    def _offer(self, verdicts: Sequence[Verdict], *, inspected: bool) -> None:
        found = {verdict.answer for verdict in verdicts}
        # What is refused now is set aside by taking it; who sends a bundle again has lost its receipt.
        again = found <= {"ALREADY_IMPORTED", "OLD", "NOT_FOR_US", "UNREADABLE", "FAULT", "FORK"}
        self.take.setVisible(inspected and bool(found - {"OLD", "NOT_FOR_US", "UNREADABLE", "FAULT", "FORK"}))
        self.take.setText(_words(found, again=again))
        self.take.setAccessibleName(self.take.text())


def _words(found: set[str], *, again: bool) -> str:
    if again:
        return _("Prepare the receipts again")
    return _("Take all") if found & {"ACCEPTED", "GAP"} else _("Set these aside")


def _heads() -> tuple[Head, ...]:
    return (
        Head(_("Sender"), wide=True),
        Head(_("Bundle"), number=True),
        Head(_("What")),
        Head(_("New"), number=True),
        Head(_("Changed"), number=True),
        Head(_("Deleted"), number=True),
        Head(_("Needs attention"), number=True),
        Head(_("Verdict")),
    )


def _line(verdict: Verdict, *, inspected: bool) -> Line:
    counts = (verdict.added, verdict.changed, verdict.deleted, verdict.flagged)
    told = [str(count) for count in counts] if verdict.answer == verdict_words.ACCEPTED else ["—"] * len(counts)
    return Line(
        (
            verdict.sender or verdict.file_name,
            str(verdict.seq) if verdict.seq else "—",
            kind_of(verdict.type) if verdict.type else "—",
            *told,
            _(verdict_words.look(verdict, inspected=inspected).word),
        ),
        hint=verdict.sentence,
    )
