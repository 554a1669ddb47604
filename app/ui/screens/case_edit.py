"""A case: opened, changed, closed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping

from app.forms.catalogue import form_for_kind
from app.i18n import _
from app.ui.records.edit_page import EditPage
from app.ui.records.forms import Drafts, asked, make_view
from app.ui.records.words import title_of
from app.ui.routes import Desk
from app.usecases.cases import Cases
from app.usecases.people import People


class CaseEdit(EditPage):
    """``CaseEdit(desk, people, cases, today, drafts, staff_name, person, case)``; without ``case`` one is opened."""

    def __init__(
        self,
        desk: Desk,
        people: People,
        cases: Cases,
        today: Callable[[], dt.date],
        drafts: Drafts,
        *,
        staff_name: str,
        person: uuid.UUID,
        case: uuid.UUID | None = None,
    ) -> None:
        super().__init__(desk, drafts, _("Case") if case else _("Open a case"))
        self._cases = cases
        self._today = today
        self._staff = staff_name
        self._person = person
        self._case = case
        self.set_title(self.title.text(), title_of(people.person(person), people.identity(person)))
        self.rebuild()

    def rebuild(self) -> None:
        self.clear()
        values = dict(self._cases.of_person(self._person)).get(self._case) if self._case else None
        view = make_view(asked(form_for_kind("case")), values or self._fresh(), self._today)
        self.show_forms(f"case/{self._person}/{self._case}", [view])

    def store(self, *, sure: bool) -> None:
        self._case = self._cases.save(self._person, self.values(), case=self._case, sure=sure)

    def saved(self, *, following: bool) -> None:
        self.desk.say(_("The case is saved on this laptop · not sent yet"), "ok")
        self.desk.back()

    def _fresh(self) -> Mapping[str, object]:
        return {"opened_on": self._today().isoformat(), "status": "Active", "case_worker": self._staff}
