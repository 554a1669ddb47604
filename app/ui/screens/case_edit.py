"""A case: opened, changed, closed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.ui.records.forms import Drafts
from app.ui.records.one_form import OneForm
from app.ui.records.words import title_of
from app.ui.routes import Desk
from app.ui.widgets.banner import Banner
from app.usecases.cases import Cases
from app.usecases.people import People

_OPEN = frozenset({"Active", "FollowUp", ""})


class CaseEdit(OneForm):
    """``CaseEdit(desk, people, cases, today, drafts, staff_name, person, case)``; without ``case`` one is opened."""

    kind = "case"

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
        self._cases = cases
        self._staff = staff_name
        who = title_of(people.person(person), people.identity(person))
        super().__init__(desk, drafts, today, _("Case") if case else _("Open a case"), who, person, case)

    def recorded(self, record: uuid.UUID) -> Mapping[str, Any]:
        return dict(self._cases.of_person(self._person))[record]

    def fresh(self) -> Mapping[str, Any]:
        return {"opened_on": self._today().isoformat(), "status": "Active", "case_worker": self._staff}

    def above(self) -> list[QWidget]:
        """A second open case is rarely meant; nothing forbids it."""
        known = [values for _uid, values in self._cases.of_person(self._person)]
        if self._record is None and any(str(one.get("status", "")) in _OPEN for one in known):
            words = _("A case of this person is open already. Open another one only for a new period of work.")
            return [Banner(words, "warn")]
        return []

    def store(self, *, sure: bool) -> None:
        self._record = self._cases.save(self._person, self.values(), case=self._record, sure=sure)

    def done(self) -> str:
        return _("The case is saved on this laptop · not sent yet")
