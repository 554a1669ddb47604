"""What Today reads, in one go, and the verbs that settle a line where it stands."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.clock import Clock
from app.usecases.agenda import Agenda, AgendaDay
from app.usecases.assistance import Assistance
from app.usecases.delivery import Deliveries, Summary
from app.usecases.doubts import Doubt
from app.usecases.drafts import DraftLine, Drafts
from app.usecases.people import People, PersonRow
from app.usecases.planning import Planning
from app.usecases.safekeeping import BackupState, Safekeeping

RECENT: Final = 8
MOST_DOUBTS: Final = 60
"""Nobody looks at more in a day; a receipt may name thousands."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The use cases of this screen."""

    agenda: Agenda
    planning: Planning
    assistance: Assistance
    drafts: Drafts
    deliveries: Deliveries
    safekeeping: Safekeeping
    people: People
    clock: Clock
    centre_name: str

    def read(self) -> Known:
        """All of it, in the background: one job."""
        return Known(
            agenda=self.agenda.today(),
            drafts=self.drafts.list(),
            doubts=self.deliveries.doubts(MOST_DOUBTS),
            summary=self.deliveries.summary(),
            backup=self.safekeeping.state(),
            waits=self.safekeeping.handover_waits(),
            recent=self.people.rows(self.people.find()[:RECENT]),
        )

    def service_of(self, appointment: uuid.UUID) -> str:
        """The kind of help that an appointment is for; empty where none was named."""
        return str(self.planning.record(appointment).get("service", ""))


@dataclass(frozen=True, slots=True)
class Known:
    """What is true now."""

    agenda: AgendaDay
    drafts: Sequence[DraftLine]
    doubts: Sequence[Doubt]
    summary: Summary
    backup: BackupState
    waits: Mapping[uuid.UUID, int]
    """After a restore: how many records wait for the handover, by the former id of this laptop."""
    recent: Sequence[PersonRow]

    @property
    def newcomer(self) -> bool:
        """Is nothing here yet at all?"""
        return not self.recent and not self.drafts and not self.agenda.decisions
