"""Task force: open decisions first (overdue ones at the top), then the meetings, the latest first."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from app import codelists
from app.errors import UserError
from app.i18n import _
from app.ui.dates import long_date
from app.ui.exchange.plain_table import PlainTable
from app.ui.records.list_filter import ListFilter
from app.ui.records.task_force_words import (
    decision_heads,
    decision_lines,
    meeting_heads,
    meeting_line,
    meeting_title,
)
from app.ui.routes import Desk
from app.ui.widgets.buttons import button, primary_button
from app.ui.widgets.card import Card
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.flow import flow_of
from app.ui.widgets.page import Page
from app.ui.widgets.text import WrapLabel
from app.usecases.task_force import TaskForce
from app.usecases.task_force_rows import DecisionRow, MeetingRow


class TaskForceScreen(Page):
    """``TaskForceScreen(desk, task_force)``. What another desk recorded is read here, and changed there."""

    def __init__(self, desk: Desk, task_force: TaskForce) -> None:
        super().__init__(_("Task force"))
        self._desk = desk
        self._do = task_force
        self._meetings: tuple[MeetingRow, ...] = ()
        self._open: tuple[DecisionRow, ...] = ()
        self.add_action(button(_("Partners"), "partner", partial(desk.go, "partners")))
        self.add_action(button(_("Memorandum"), "document", partial(desk.go, "memorandum")))
        self.add_action(primary_button(_("New meeting"), "plus", partial(desk.go, "meeting_edit")))
        self.oblast = ListFilter(_("Oblast"), "oblasts", _("all oblasts"))
        self.oblast.combo.activated.connect(self.look)
        self.nothing = EmptyState(
            "people",
            _("No meeting is recorded yet"),
            _("Record a meeting: who came, what was shown, what was decided. You are reminded of what is due."),
            _("New meeting"),
        )
        self.nothing.acted.connect(partial(desk.go, "meeting_edit"))
        self.next = WrapLabel("", "strong")
        self.add(flow_of(self.oblast))
        self.add(self.next)
        self.add(self.nothing, 1)
        self.add(self._decisions_card())
        self.add(self._meetings_card())
        self.body.addStretch(1)

    def entered(self) -> None:
        known = {one.oblast for one in self._do.meetings()} - {""}
        self.oblast.offer(code for code in codelists.get("oblasts").codes if code in known)
        self.oblast.setVisible(len(known) > 1)
        self.look()
        for table in (self.decisions, self.meetings):
            if table.lines.rowCount():
                table.setFocus()
                break

    def snapshot(self) -> Mapping[str, object]:
        return {"oblast": self.oblast.code(), "decision": self.decisions.row(), "meeting": self.meetings.row()}

    def restore(self, state: Mapping[str, object]) -> None:
        self.oblast.choose(state.get("oblast"))
        self.look()
        for name, table in (("decision", self.decisions), ("meeting", self.meetings)):
            row = state.get(name)
            if isinstance(row, int) and 0 <= row < table.lines.rowCount():
                table.selectRow(row)

    def look(self) -> None:
        """Read the lists anew."""
        oblast = self.oblast.code()
        self._meetings = self._do.meetings(oblast)
        self._open = tuple(one for one in self._do.decisions(oblast=oblast) if one.is_open)
        self.nothing.setVisible(not self._meetings)
        self.meetings_card.setVisible(bool(self._meetings))
        self.decisions_card.setVisible(bool(self._open))
        self.decisions.show_lines(decision_heads(of_one=False), decision_lines(self._open, of_one=False))
        self.meetings.show_lines(meeting_heads(), [meeting_line(one) for one in self._meetings])
        for table in (self.decisions, self.meetings):
            if table.row() < 0 and table.lines.rowCount():
                table.selectRow(0)
        coming = self._do.next_meeting(oblast)
        words = _("Next meeting: {date}, {where}")
        where = meeting_title("", coming.oblast).strip(" ·") if coming else ""
        self.next.setText(words.format(date=long_date(coming.on), where=where) if coming else "")
        self.next.setVisible(coming is not None)
        self._offer()

    def _decisions_card(self) -> Card:
        self.decisions_card = card = Card(_("Open decisions"))
        self.decisions = PlainTable(_("Open decisions"), most_lines=6)
        self.decisions.picked.connect(lambda _row: self._offer())
        self.decisions.activated.connect(lambda _index: self._open_decision())
        self.done = button(_("Mark as done"), "check", self._mark_done)
        self.open_decision = button(_("Open"), "pencil", self._open_decision)
        card.add(self.decisions)
        card.add(flow_of(self.done, self.open_decision))
        return card

    def _meetings_card(self) -> Card:
        self.meetings_card = card = Card(_("Meetings"))
        self.meetings = PlainTable(_("Meetings"), most_lines=8)
        self.meetings.activated.connect(lambda _index: self._open_meeting())
        self.open_meeting = button(_("Open"), "people", self._open_meeting)
        self.minutes = button(_("Minutes"), "printer", self._to_minutes)
        card.add(self.meetings)
        card.add(flow_of(self.open_meeting, self.minutes))
        return card

    def _offer(self) -> None:
        one = self._decision()
        self.done.setEnabled(one is not None and one.ours)

    def _decision(self) -> DecisionRow | None:
        row = self.decisions.row()
        return self._open[row] if 0 <= row < len(self._open) else None

    def _meeting(self) -> MeetingRow | None:
        row = self.meetings.row()
        return self._meetings[row] if 0 <= row < len(self._meetings) else None

    def _mark_done(self) -> None:
        if (one := self._decision()) is None:
            return
        try:
            self._do.mark(one.uid, "done")
        except UserError as error:
            self.say(error.sentence(), "error")
            return
        told = _("The decision is marked as done. It travels with the next bundle.")
        said = told if self._do.travels else _("The decision is marked as done.")
        self._desk.say(said, "ok", _("Undo"), partial(self._undo, one))
        self._desk.refresh_status()
        self.look()
        (self.decisions if self._open else self.meetings).setFocus()

    def _undo(self, one: DecisionRow) -> None:
        self._do.mark(one.uid, one.status)
        self._desk.go("task_force")

    def _open_decision(self) -> None:
        if (one := self._decision()) is None:
            return
        if one.ours:
            self._desk.go("decision_edit", decision=one.uid, meeting=one.meeting)
        elif one.meeting is not None:
            self._desk.go("meeting_edit", meeting=one.meeting)

    def _open_meeting(self) -> None:
        if (one := self._meeting()) is not None:
            self._desk.go("meeting_edit", meeting=one.uid)

    def _to_minutes(self) -> None:
        if (one := self._meeting()) is not None:
            self._desk.go("minutes", record=one.uid)
