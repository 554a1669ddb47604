"""What the page reads: the use cases, and one reading of all that it shows."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.codelists import ConsentScope
from app.forms.spec import Values
from app.usecases.assistance import Assistance, GrantBalance, ServiceRow
from app.usecases.attachments import Attachments
from app.usecases.cases import Cases
from app.usecases.delivery import Deliveries, Delivery
from app.usecases.doubts import Doubt
from app.usecases.drafts import DraftLine, Drafts
from app.usecases.people import People
from app.usecases.planning import Planning
from app.usecases.referrals import Referrals

Records = Sequence[tuple[uuid.UUID, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Sources:
    """The use cases this page reads from."""

    people: People
    assistance: Assistance
    cases: Cases
    deliveries: Deliveries
    planning: Planning
    referrals: Referrals
    attachments: Attachments
    drafts: Drafts
    today: Callable[[], dt.date]


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of one person, as it is now."""

    person: uuid.UUID
    today: dt.date
    values: Values
    identity: Values
    consents: Records
    services: Sequence[ServiceRow]
    cases: Records
    needs: Records
    grants: Sequence[GrantBalance]
    referrals: Records
    appointments: Records
    attachments: Records
    deliveries: Mapping[uuid.UUID, Delivery]
    drafts: Sequence[DraftLine]
    doubts: Sequence[Doubt]

    @property
    def mine(self) -> bool:
        """Does the person belong to this laptop? Only then records may be written, and have a state of delivery."""
        return self.person in self.deliveries

    @property
    def names_answer(self) -> tuple[uuid.UUID | None, str]:
        """The answer about names to the coordinator: its record and its state."""
        for uid, one in self.consents:
            if one.get("scope") == ConsentScope.COORDINATOR_IDENTIFIABLE:
                return uid, str(one.get("state", ""))
        return None, ""


def read(sources: Sources, person: uuid.UUID) -> Known:
    """Read it. Raises UserError where the person is no longer here."""
    return Known(
        person=person,
        today=sources.today(),
        values=sources.people.person(person),
        identity=sources.people.identity(person),
        consents=sources.people.consents(person),
        services=sources.assistance.timeline(person),
        cases=sources.cases.of_person(person),
        needs=sources.planning.needs(person),
        grants=sources.assistance.grants(person),
        referrals=sources.referrals.of_person(person),
        appointments=sources.planning.appointments(person),
        attachments=sources.attachments.of_person(person),
        deliveries=sources.deliveries.of_person(person),
        drafts=[one for one in sources.drafts.list() if one.subject == person],
        doubts=sources.deliveries.doubts_of(person),
    )
