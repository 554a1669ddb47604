"""What was decided, newest first, with the way back; and the groups in which something does not fit."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal

from app.i18n import N_, _, translate
from app.ui import theme
from app.ui.dates import short_date
from app.ui.exchange.plain_table import Head, Line, PlainTable
from app.ui.widgets.buttons import button
from app.ui.widgets.card import Card
from app.ui.widgets.flow import Flow
from app.ui.widgets.text import WrapLabel
from app.usecases.same_person import Contradiction, Decision

VERDICTS: Final = {
    "same": N_("The same person"),
    "different": N_("Not the same"),
    "later": N_("Put off"),
}


class Decided(Card):
    """``undo_wanted`` gives the decision; ``pair_wanted`` the two persons."""

    undo_wanted = Signal(object)
    pair_wanted = Signal(object, object)

    def __init__(self) -> None:
        super().__init__(_("Decided"))
        self._decisions: list[Decision] = []
        self.none = WrapLabel(_("Nothing has been decided yet."), "sub")
        self.table = _tall(PlainTable(_("Decisions")))
        self.table.picked.connect(self._offer)
        self.table.activated.connect(self._look)
        self.undo = button(_("Undo this decision"), "undo", self._undo)
        self.look = button(_("Look at both"), "same", self._look)
        presses = Flow(8)
        presses.add(self.undo)
        presses.add(self.look)
        for item in (self.none, self.table, presses):
            self.add(item)
        self._offer()

    def show_decisions(self, decisions: Sequence[Decision]) -> None:
        """Replace the list."""
        self._decisions = list(decisions)
        self.none.setVisible(not decisions)
        self.table.setVisible(bool(decisions))
        heads = (
            Head(_("Decided on")),
            Head(_("Decision")),
            Head(_("One"), wide=True),
            Head(_("The other"), wide=True),
            Head(_("By")),
        )
        self.table.show_lines(heads, [_line(one) for one in decisions])
        if decisions and self.table.row() < 0:
            self.table.selectRow(0)
        self._offer()

    def decision(self) -> Decision | None:
        """The decision under the cursor."""
        row = self.table.row()
        return self._decisions[row] if 0 <= row < len(self._decisions) else None

    def _offer(self, _row: int = -1) -> None:
        found = self.decision()
        self.undo.setEnabled(found is not None and not found.revoked)
        self.look.setEnabled(found is not None)

    def _undo(self) -> None:
        if (found := self.decision()) is not None:
            self.undo_wanted.emit(found.uid)

    def _look(self) -> None:
        if (found := self.decision()) is not None:
            self.pair_wanted.emit(found.one, found.other)


def _line(one: Decision) -> Line:
    verdict = translate(VERDICTS.get(one.verdict, one.verdict))
    if one.revoked:
        verdict = _("{verdict} (undone)").format(verdict=verdict)
    cells = (short_date(one.decided_at[:10]), verdict, _two_lines(one.one_words), _two_lines(one.other_words), one.by)
    return Line(cells)


def _tall(table: PlainTable) -> PlainTable:
    """Two lines in a cell, so that both entries are read without scrolling sideways on a small screen."""
    table.verticalHeader().setDefaultSectionSize(theme.px(52))
    return table


def _two_lines(words: str) -> str:
    """Who, and below it where: the centre stands last."""
    return "\n".join(words.rsplit(" · ", 1))


class Contradictions(Card):
    """Groups whose members cannot all be one person. ``pair_wanted`` gives the two that do not fit."""

    pair_wanted = Signal(object, object)

    def __init__(self) -> None:
        super().__init__(_("Something does not fit"))
        self._pairs: list[tuple[uuid.UUID, uuid.UUID]] = []
        words = _("These entries count as one person, but what is known of them contradicts. Please look again.")
        self.add(WrapLabel(words, "sub"))
        self.table = _tall(PlainTable(_("Contradictions"), most_lines=6))
        self.table.activated.connect(self._look)
        self.add(self.table)
        presses = Flow(8)
        presses.add(button(_("Look at both"), "same", self._look))
        self.add(presses)

    def show_contradictions(self, found: Sequence[Contradiction]) -> None:
        """Replace the list; without any the card is not there."""
        self._pairs = [(one.one, one.other) for one in found]
        heads = (Head(_("One"), wide=True), Head(_("The other"), wide=True), Head(_("What does not fit"), wide=True))
        self.table.show_lines(
            heads, [Line((_two_lines(one.one_words), _two_lines(one.other_words), one.words)) for one in found]
        )
        if found and self.table.row() < 0:
            self.table.selectRow(0)
        self.setVisible(bool(found))

    def _look(self) -> None:
        row = self.table.row()
        if 0 <= row < len(self._pairs):
            self.pair_wanted.emit(*self._pairs[row])
