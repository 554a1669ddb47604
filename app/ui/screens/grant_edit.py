"""A grant: what was approved for a person, and what is paid of it. Its payments are recorded as help."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.forms.spec import Problem, Severity
from app.i18n import _, ngettext
from app.ui.records.forms import Drafts
from app.ui.records.one_form import OneForm
from app.ui.records.words import amount, title_of
from app.ui.routes import Desk
from app.ui.widgets.banner import Banner
from app.usecases.assistance import Assistance
from app.usecases.people import People


class GrantEdit(OneForm):
    """``GrantEdit(desk, people, assistance, today, drafts, person, grant)``; without ``grant`` a new one."""

    kind = "grant"

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
        self._assistance = assistance
        who = title_of(people.person(person), people.identity(person))
        super().__init__(desk, drafts, today, _("Grant") if grant else _("New grant"), who, person, grant)

    def recorded(self, record: uuid.UUID) -> Mapping[str, Any]:
        return self._assistance.grant(record)

    def fresh(self) -> Mapping[str, Any]:
        return {"currency": "BYN", "approved_on": self._today().isoformat()}

    def above(self) -> list[QWidget]:
        """What is paid already: the approved sum cannot fall below it."""
        known = next((one for one in self._assistance.grants(self._person) if one.uid == self._record), None)
        if known is None:
            return []
        words = ngettext(
            "{count} payment: {paid} paid, {left} left.",
            "{count} payments: {paid} paid, {left} left.",
            known.payments,
        ).format(
            count=known.payments,
            paid=amount(known.paid, known.currency),
            left=amount(known.left, known.currency),
        )
        return [Banner(words, "info")]

    def store(self, *, sure: bool) -> None:
        self._record = self._assistance.approve_grant(self._person, self.values(), grant=self._record, sure=sure)

    def refused(self, error: UserError) -> None:
        # The one refusal of this use case that is no problem of a field: more is paid already than approved now.
        problem = Problem("approved", Severity.ERROR, "below_paid", error.message, error.values)
        self.views[0].show_problems([problem])
        self.views[0].go_to("approved")

    def done(self) -> str:
        return _("The grant is saved on this laptop · not sent yet")
