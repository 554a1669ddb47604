"""The use cases that recording help needs."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from app.codelists import ConsentScope
from app.i18n import _
from app.ui.forms.context import Choice
from app.ui.records.words import amount, coded
from app.usecases.assistance import Assistance
from app.usecases.people import People


@dataclass(frozen=True, slots=True)
class Sources:
    """Use cases, and the day."""

    people: People
    assistance: Assistance
    today: Callable[[], dt.date]

    def agrees_to_help(self, person: uuid.UUID) -> bool:
        """Has the person said yes to being helped by this organisation?"""
        return any(
            one.get("scope") == ConsentScope.SERVICES and one.get("state") == "given"
            for _uid, one in self.people.consents(person)
        )

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

    def used_kinds(self, person: uuid.UUID) -> list[str]:
        """The kinds of help that this person has had, the most frequent first."""
        codes = [row.code for row in self.assistance.timeline(person)]
        return sorted(dict.fromkeys(codes), key=codes.count, reverse=True)
