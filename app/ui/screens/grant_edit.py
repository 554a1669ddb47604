"""A grant: what was approved for a person. Its payments are recorded as help."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping

from app.errors import UserError
from app.forms.catalogue import form_for_kind
from app.forms.spec import Problem, Severity
from app.i18n import _
from app.ui.records.edit_page import EditPage
from app.ui.records.forms import Drafts, asked, make_view
from app.ui.records.words import title_of
from app.ui.routes import Desk
from app.usecases.assistance import Assistance
from app.usecases.people import People


class GrantEdit(EditPage):
    """``GrantEdit(desk, people, assistance, today, drafts, person, grant)``; without ``grant`` a new one."""

    def __init__(
        self,
        desk: Desk,
        people: People,
        assistance: Assistance,
        today: Callable[[], dt.date],
        drafts: Drafts,
        *,
        person: uuid.UUID,
        grant: uuid.UUID | None = None,
    ) -> None:
        super().__init__(desk, drafts, _("Grant") if grant else _("New grant"))
        self._assistance = assistance
        self._today = today
        self._person = person
        self._grant = grant
        self.set_title(self.title.text(), title_of(people.person(person), people.identity(person)))
        self.rebuild()

    def rebuild(self) -> None:
        self.clear()
        values: Mapping[str, object] = self._assistance.grant(self._grant) if self._grant else self._fresh()
        view = make_view(asked(form_for_kind("grant")), values, self._today)
        self.show_forms(f"grant/{self._person}/{self._grant}", [view])

    def store(self, *, sure: bool) -> None:
        self._grant = self._assistance.approve_grant(self._person, self.values(), grant=self._grant, sure=sure)

    def saved(self, *, following: bool) -> None:
        self.desk.say(_("The grant is saved on this laptop · not sent yet"), "ok")
        self.desk.back()

    def refused(self, error: UserError) -> None:
        # The one refusal of this use case that is no problem of a field: more is paid already than approved now.
        problem = Problem("approved", Severity.ERROR, "below_paid", error.message, error.values)
        self.views[0].show_problems([problem])
        self.views[0].go_to("approved")

    def _fresh(self) -> Mapping[str, object]:
        return {"currency": "BYN", "approved_on": self._today().isoformat()}
