"""The form of a decision: what was decided, who does it, by when, how far it is."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from app.forms.decision import DECISION
from app.i18n import _
from app.ui.forms.context import Choice
from app.ui.records.form_page import FormPage, Today
from app.ui.records.forms import Drafts
from app.ui.records.task_force_words import meeting_title
from app.ui.routes import Desk
from app.usecases.task_force import TaskForce


class DecisionEdit(FormPage):
    """``DecisionEdit(desk, task_force, today, drafts, decision=..., meeting=...)``; a new one names its meeting."""

    form = DECISION

    def __init__(
        self,
        desk: Desk,
        task_force: TaskForce,
        today: Today,
        drafts: Drafts,
        *,
        decision: uuid.UUID | None = None,
        meeting: uuid.UUID | None = None,
    ) -> None:
        self._do = task_force
        self.travels = task_force.travels
        self._known = decision
        self._uid = decision or task_force.new_id()
        values = task_force.decision(decision) if decision else {}
        self._meeting = meeting or uuid.UUID(str(values["meeting"]))
        of = task_force.meeting(self._meeting)
        self.refs = self._refs
        title = _("Decision") if decision else _("New decision")
        sub = meeting_title(str(of.get("on", "")), str(of.get("oblast", "")))
        super().__init__(desk, drafts, today, title, sub, f"decision/{self._meeting}/{decision}")
        self.next_button.setVisible(decision is None)
        if decision is not None:
            self.offer_deleting(partial(task_force.delete_decision, decision))
        self.rebuild()

    def begins_with(self) -> Mapping[str, Any]:
        return self._do.decision(self._known) if self._known else self._do.decision_defaults(self._meeting)

    def store(self, *, sure: bool) -> None:
        self._do.save_decision(self._meeting, self.values(), decision=self._uid, sure=sure)

    def saved(self, *, following: bool) -> None:
        if not following:
            told = _("The decision is saved on this laptop · not sent yet")
            self.desk.say(told if self.travels else _("The decision is saved on this laptop."), "ok")
            self.desk.back()
            return
        self._uid = self._do.new_id()
        self.rebuild()
        self.views[0].start_at(("type", "text"))
        self.desk.say(_("Saved. Here is the next decision."), "ok")

    def _refs(self, kind: str, typed: str) -> Sequence[Choice]:
        """The other meetings, by any part of the date or the oblast."""
        found = [
            Choice(str(one.uid), meeting_title(one.on, one.oblast))
            for one in self._do.meetings()
            if one.uid != self._meeting
        ]
        if typed.startswith("="):
            return [one for one in found if one.key == typed[1:]]
        return [one for one in found if typed.casefold() in one.text.casefold()]
