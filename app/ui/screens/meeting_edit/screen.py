"""The form of a meeting with its decisions above. One that another desk recorded is read."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.forms.meeting import MEETING
from app.i18n import _
from app.ui.forms.editor import CalmCombo
from app.ui.records.form_page import FormPage, Today, without_hidden_cells
from app.ui.records.forms import Drafts
from app.ui.records.task_force_words import meeting_title, released_title
from app.ui.records.words import shown
from app.ui.routes import Desk
from app.ui.screens.meeting_edit.decided import Decided
from app.ui.widgets.buttons import button
from app.ui.widgets.card import Card
from app.ui.widgets.flow import flow_of
from app.ui.widgets.key_value import KeyValue
from app.usecases.task_force import TaskForce

_FIGURES = "figures_shown"


class MeetingEdit(FormPage):
    """``MeetingEdit(desk, task_force, today, drafts, meeting=...)``; without ``meeting`` a new one."""

    form = MEETING

    def __init__(
        self, desk: Desk, task_force: TaskForce, today: Today, drafts: Drafts, *, meeting: uuid.UUID | None = None
    ) -> None:
        self._do = task_force
        self.travels = task_force.travels
        self._known = meeting
        self._uid = meeting or task_force.new_id()
        self.is_ours = meeting is None or task_force.is_ours(meeting)
        values = task_force.meeting(meeting) if meeting else {}
        title = _("Task force meeting") if meeting else _("New meeting")
        sub = meeting_title(str(values.get("on", "")), str(values.get("oblast", ""))) if meeting else ""
        super().__init__(desk, drafts, today, title, sub, f"meeting/{meeting}")
        if meeting is not None:
            self.add_action(button(_("Minutes"), "printer", partial(desk.go, "minutes", record=meeting)))
            if self.is_ours:
                self.offer_deleting(partial(task_force.delete_meeting, meeting))
        self.rebuild()

    def rebuild(self) -> None:
        if self.is_ours:
            super().rebuild()
            return
        self.clear()
        card = Card()
        card.add(KeyValue(shown(without_hidden_cells(MEETING), self.begins_with())))
        for one in (*self.above(), card):
            self.add(one)
        self.body.addStretch(1)
        self.say(_("Another desk recorded this meeting; it is changed there."), "info")

    def entered(self) -> None:
        if self._known is None or self._hand:
            super().entered()  # a form to be filled in, or one that was left in the middle
        else:
            self.decided.take_focus()

    def begins_with(self) -> Mapping[str, Any]:
        return self._do.meeting(self._known) if self._known else self._do.defaults()

    def above(self) -> list[QWidget]:
        if self._known is None:
            return []
        # First: whoever opens a meeting that was held comes for what it decided.
        self.decided = Decided(self.desk, self._do, self._known, may_change=self.is_ours)
        return [self.decided]

    def below(self) -> None:
        if released := self._do.released():
            self.tables = CalmCombo()
            self.tables.setAccessibleName(_("Released tables"))
            self.tables.setMinimumContentsLength(40)
            for one in released:
                self.tables.addItem(released_title(one), str(one.uid))
            card = Card(_("Tables that were released"))
            card.add(flow_of(self.tables, button(_("Add to the figures shown"), "plus", self.add_figures)))
            self.add(card)

    def add_figures(self) -> None:
        """Put the chosen table into the figures that were shown; the meeting then names the very release."""
        rows = self.values().get(_FIGURES)
        known = list(rows) if isinstance(rows, list) else []
        release = self.tables.currentData()
        if not any(row.get("release") == release for row in known):
            known.append({"title": self.tables.currentText(), "release": release})
            self.views[0].set_value(_FIGURES, known)
        self.views[0].go_to(_FIGURES)

    def store(self, *, sure: bool) -> None:
        self._do.save_meeting(self.values(), meeting=self._uid, sure=sure)

    def saved(self, *, following: bool) -> None:
        to_meeting = partial(self.desk.go, "meeting_edit", meeting=self._uid)
        if self._known is None:
            said = _("The meeting is saved on this laptop. Now its decisions.")
            self.desk.say(said, "ok", _("Add its decisions"), to_meeting)
        else:
            said = _("Saved on this laptop · not sent yet") if self.travels else _("Saved on this laptop.")
            self.desk.say(said, "ok")
        self.desk.back()
