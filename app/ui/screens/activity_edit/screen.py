"""An activity: its kind is chosen first, then the form asks what that kind measures.

A new one begins with today, this centre's place and the last donor, or (``like``) with all that is the same as in an
earlier one. "Save and the same again" is for a day with five lectures.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt

from app.forms.activity_measures import HOTLINE
from app.i18n import _
from app.ui.records.activity_words import form_for_activity
from app.ui.records.edit_page import EditPage
from app.ui.records.forms import make_view
from app.ui.records.words import coded
from app.ui.routes import Desk
from app.ui.screens.activity_edit.choosing import KindChooser
from app.ui.widgets.buttons import ghost_button
from app.usecases.activities import Activities
from app.usecases.drafts import Drafts


class ActivityEdit(EditPage):
    """``ActivityEdit(desk, activities, drafts, activity=..., kind=..., like=...)``; without any of them the kind is
    chosen first."""

    def __init__(
        self,
        desk: Desk,
        activities: Activities,
        drafts: Drafts,
        *,
        activity: uuid.UUID | None = None,
        kind: str | None = None,
        like: uuid.UUID | None = None,
    ) -> None:
        super().__init__(desk, drafts, _("Activity"))
        self._activities = activities
        self.travels = activities.travels
        self._record = activity
        self._kind = kind or ""
        self._like = like
        self._has_chosen = False
        self._uid = activity or activities.new_id()
        self.chooser: KindChooser | None = None
        self.next_button.setText(_("Save and the same again"))
        self.next_button.setAccessibleName(self.next_button.text())
        if activity is not None:
            self.add_action(ghost_button(_("Same again"), "refresh", self._go_on))
            self.offer_deleting(partial(activities.delete, activity))
        self.rebuild()

    def entered(self) -> None:
        if self.chooser is not None:
            self.chooser.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().entered()

    def rebuild(self) -> None:
        if self._record is not None:
            self._fill(self._activities.record(self._record))
        elif self._like is not None:
            self._fill(self._activities.again(self._like))
        elif self._kind:
            self._fill(self._activities.defaults(self._kind))
        else:
            self._choose()

    def store(self, *, sure: bool) -> None:
        self._activities.save(self.values(), activity=self._uid, sure=sure)

    def saved(self, *, following: bool) -> None:
        if not following:
            told = _("Saved on this laptop · not sent yet") if self.travels else _("Saved on this laptop.")
            self.desk.say(told, "ok")
            self.desk.back()
            return
        self._like, self._uid = self._uid, self._activities.new_id()
        self._fill(self._activities.again(self._like))
        self.views[0].start_at(("attendances", "title", "on"))
        self.desk.say(_("Saved. Here is the next one: what stays the same is filled in."), "ok")

    def address(self) -> tuple[str, Mapping[str, Any]]:
        if self._record is not None:
            return "activity_edit", {"activity": self._record}
        return "activity_edit", {"kind": self._kind} if self._like is None else {"like": self._like}

    def about(self) -> str:
        return f"activity_kinds/{self._kind}"

    def snapshot(self) -> Mapping[str, object]:
        return {**super().snapshot(), "kind": self._kind} if self._has_chosen else super().snapshot()

    def restore(self, state: Mapping[str, object]) -> None:
        if self.chooser is not None and isinstance(kind := state.get("kind"), str):
            self._take(kind)
        super().restore(state)

    def step_back(self) -> bool:
        if super().step_back():
            return True
        if not self._has_chosen or self.chooser is not None:
            return False
        self._kind, self._has_chosen = "", False
        self._choose()
        self.entered()
        return True

    def _choose(self) -> None:
        self.clear()
        # What was said of the form does not stand over the kinds.
        self.say("")
        self.set_title(_("New activity"), _("What was it?"))
        self.chooser = KindChooser(self._activities.usual_kinds())
        self.chooser.chosen.connect(self._take)
        self.add(self.chooser, 1)

    def _take(self, kind: str) -> None:
        self._kind, self._has_chosen = kind, True
        self._fill(self._activities.defaults(kind))
        self.views[0].focus_first()

    def _fill(self, values: Mapping[str, Any]) -> None:
        self.clear()
        self.chooser = None
        self._kind = str(values.get("activity", ""))
        self.set_title(coded("activity_kinds", self._kind), "" if self._record else _("New activity"))
        view = make_view(form_for_activity(self._kind, _unasked(values)), values, self._activities.today)
        self.next_button.setVisible(self._record is None)
        # What was typed anew of this kind does not come up where the same again is wanted.
        self.show_forms(f"activity/{self._record or self._like or self._kind}", [view])

    def _go_on(self) -> None:
        self.desk.go("activity_edit", like=self._record)


def _unasked(values: Mapping[str, Any]) -> tuple[str, ...]:
    """The day of one call is that of its moment; calls that were written down together have no moment."""
    return ("on",) if values.get("activity") == HOTLINE and "call_at" in values else ()
