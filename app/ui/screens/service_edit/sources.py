"""The use cases that recording help needs."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from app.forms import partial
from app.i18n import _, language, ngettext
from app.ui.forms.context import Choice
from app.ui.records.words import amount, coded, title_of
from app.usecases.assistance import Assistance
from app.usecases.people import People


@dataclass(frozen=True, slots=True)
class Sources:
    """Use cases, and the day."""

    people: People
    assistance: Assistance
    today: Callable[[], dt.date]

    def grants(self, person: uuid.UUID) -> list[Choice]:
        """The person's grants with what is left of each."""
        return [
            Choice(
                str(grant.uid),
                _("{kind}: {left} left of {approved}").format(
                    kind=coded("grant_kinds", grant.kind),
                    left=amount(grant.left, grant.currency),
                    approved=amount(grant.approved, grant.currency),
                ),
            )
            for grant in self.assistance.grants(person)
        ]

    def name(self, person: uuid.UUID) -> str:
        """The code, and the name where one is known."""
        return title_of(self.people.person(person), self.people.identity(person))

    def payment_hints(self, person: uuid.UUID) -> dict[str, str]:
        """Words below the fields of a payment: what is left, how many were paid, when the person returned."""
        grants = self.assistance.grants(person)
        hints: dict[str, str] = {}
        if len(grants) == 1:
            hints["amount"] = self.grants(person)[0].text
            paid = ngettext(
                "{count} payment of this grant is recorded",
                "{count} payments of this grant are recorded",
                grants[0].payments,
            )
            hints["instalment"] = paid.format(count=grants[0].payments)
        if returned := self.assistance.returned_on(person):
            day = partial.display(returned, language())
            hints["month_after_return"] = _("Returned on {date}").format(date=day)
        return hints
