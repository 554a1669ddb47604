"""What the page reads: the use cases, and one reading of all that it shows."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

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
from app.usecases.same_person import Member
from app.usecases.transfer_state import State

Records = Sequence[tuple[uuid.UUID, dict[str, Any]]]


def _alone(_person: uuid.UUID) -> Sequence[Member]:
    return ()


def _nothing_told(_person: uuid.UUID) -> Sequence[str]:
    return ()


def _nobody_passes(_person: uuid.UUID) -> State | None:
    return None


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
    group: Callable[[uuid.UUID], Sequence[Member]] = _alone
    """At the coordinator's: everybody who is one with a person, herself first."""
    told: Callable[[uuid.UUID], Sequence[str]] = _nothing_told
    """At a centre: what the coordinator says of a person, in sentences."""
    passing: Callable[[uuid.UUID], State | None] = _nobody_passes
    """At a centre: how the transfer of a person to another centre stands."""


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
    told: Sequence[str]
    members: Sequence[Member]
    """Everybody whose records are shown together here, herself first; at a centre nobody."""
    passing: State | None = None
    of: Mapping[uuid.UUID, Member] = field(default_factory=dict)
    """Whose a record is, by record, where several entries are shown together."""

    @property
    def mine(self) -> bool:
        """Does the person belong to this laptop? Only then records may be written, and have a state of delivery."""
        return self.person in self.deliveries

    def centre_of(self, record: uuid.UUID) -> str:
        """The centre that recorded it, where those of several entries stand together; else empty."""
        return self.of[record].centre if record in self.of else ""

    def person_of(self, record: uuid.UUID) -> uuid.UUID:
        """The entry to which a record belongs."""
        return self.of[record].uid if record in self.of else self.person

    @property
    def names_answer(self) -> tuple[uuid.UUID | None, str]:
        """The answer about names to the coordinator: its record and its state."""
        for uid, one in self.consents:
            if one.get("scope") == ConsentScope.COORDINATOR_IDENTIFIABLE:
                return uid, str(one.get("state", ""))
        return None, ""


_TOGETHER: Final = ("services", "cases", "needs", "grants", "referrals", "appointments", "attachments")
"""What is shown as one where several entries are one person; consents and safe contact stay each entry's own."""


def read(sources: Sources, person: uuid.UUID) -> Known:
    """Read it. Raises UserError where the person is no longer here."""
    members = sources.group(person)
    known = _entry(sources, person, members)
    if len(members) < 2:
        return known
    entries = [(members[0], known), *((one, _entry(sources, one.uid, members)) for one in members[1:])]
    of = {_uid(record): one for one, entry in entries for name in _TOGETHER for record in getattr(entry, name)}
    together: dict[str, Any] = {
        name: [record for _one, entry in entries for record in getattr(entry, name)] for name in _TOGETHER
    }
    return replace(known, **together, of=of)


def _uid(record: Any) -> uuid.UUID:
    found: uuid.UUID = record[0] if isinstance(record, tuple) else record.uid
    return found


def _entry(sources: Sources, person: uuid.UUID, members: Sequence[Member]) -> Known:
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
        told=sources.told(person),
        members=members,
        passing=sources.passing(person),
    )
