"""A call to the hotline in a few keys: the topic, who called, where the caller was sent. Ctrl+Enter saves and the
form stands empty for the next call.

No name and no telephone number is asked. The moment of the call is that of the save, unless another one is typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from app.forms.activity import ACTIVITY
from app.forms.activity_measures import HOTLINE
from app.forms.spec import Field, Form, Section
from app.i18n import N_, _, ngettext
from app.ui.records.edit_page import EditPage
from app.ui.records.forms import make_view
from app.ui.records.words import coded
from app.ui.routes import Desk
from app.usecases.activities import Activities
from app.usecases.drafts import Drafts

_ASKED: Final = ("topic", "caller", "minutes", "referred_to", "call_at", "oblast")
_NOW: Final = N_("Left empty: now")


class HotlineCall(EditPage):
    """``HotlineCall(desk, activities, drafts)``."""

    def __init__(self, desk: Desk, activities: Activities, drafts: Drafts) -> None:
        super().__init__(desk, drafts, _("Hotline call"))
        self._activities = activities
        self.save_button.setText(" " + _("Save, next call"))
        self.save_button.setAccessibleName(_("Save, next call"))
        self.rebuild()

    def rebuild(self) -> None:
        self.clear()
        self._uid = self._activities.new_id()
        values = self._activities.defaults(HOTLINE)
        # The day of a call that is written down tomorrow would be this one: the save says which it is.
        values.pop("on", None)
        self.show_forms("hotline_call", [make_view(_form(), values, self._activities.today)])
        today = self._activities.calls_today()
        words = ngettext("{count} call today", "{count} calls today", today)
        self.set_title(_("Hotline call"), words.format(count=today) if today else _("No names of callers."))

    def store(self, *, sure: bool) -> None:
        self._activities.save(self.values(), activity=self._uid, sure=sure)

    def saved(self, *, following: bool) -> None:
        topic = coded("hotline_topics", self.values().get("topic"))
        self.rebuild()
        self.views[0].focus_first()
        self.desk.say(_("The call is saved: {topic}").format(topic=topic) if topic else _("The call is saved."), "ok")

    def address(self) -> tuple[str, Mapping[str, Any]]:
        return "hotline_call", {}


def _form() -> Form:
    """The few questions of a call, in the order in which they come up."""
    fields = [ACTIVITY.field(name) for name in _ASKED]
    return replace(
        ACTIVITY, title=N_("Hotline call"), sections=(Section(N_("The call"), tuple(map(_fitted, fields))),)
    )


def _fitted(field: Field) -> Field:
    return replace(field, hint=_NOW) if field.name == "call_at" else field
