"""The decisions of a meeting, over its form."""

from __future__ import annotations

import uuid
from functools import partial

from PySide6.QtCore import Qt

from app.i18n import _
from app.ui.exchange.plain_table import PlainTable
from app.ui.records.task_force_words import decision_heads, decision_lines
from app.ui.routes import Desk
from app.ui.widgets.buttons import button
from app.ui.widgets.card import Card
from app.ui.widgets.flow import flow_of
from app.ui.widgets.text import WrapLabel
from app.usecases.task_force import TaskForce


class Decided(Card):
    """``Decided(desk, task_force, meeting, may_change=...)``; Enter opens a decision."""

    def __init__(self, desk: Desk, task_force: TaskForce, meeting: uuid.UUID, *, may_change: bool) -> None:
        super().__init__(_("Decisions"))
        self._desk = desk
        self._meeting = meeting
        self._may_change = may_change
        self.rows = task_force.decisions(meeting)
        if self.rows:
            self.table = PlainTable(_("Decisions"), most_lines=8)
            self.table.show_lines(decision_heads(of_one=True), decision_lines(self.rows, of_one=True))
            self.table.activated.connect(lambda _index: self.open())
            self.table.selectRow(0)
            self.add(self.table)
        else:
            self.add(WrapLabel(_("No decision is recorded yet."), "sub"))
        if may_change:
            self.plus = button(_("Add a decision"), "plus", partial(desk.go, "decision_edit", meeting=meeting))
            presses = [self.plus]
            if self.rows:
                presses.append(button(_("Open the decision"), "pencil", self.open))
            self.add(flow_of(*presses))

    def take_focus(self) -> None:
        """Put the focus into the list, or on the button that begins it."""
        if self.rows:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._may_change:
            self.plus.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self) -> None:
        """Open the decision under the cursor."""
        if self._may_change and self.rows and 0 <= (at := self.table.row()) < len(self.rows):
            self._desk.go("decision_edit", decision=self.rows[at].uid, meeting=self._meeting)
