"""An appointment: for whom, what and when; afterwards whether it was kept."""

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
from app.usecases.people import People
from app.usecases.planning import Planning


class AppointmentEdit(OneForm):
    """``AppointmentEdit(desk, people, planning, today, drafts, staff_name=..., person=..., appointment=...)``."""

    kind = "appointment"

    def __init__(
        self,
        desk: Desk,
        people: People,
        planning: Planning,
        today: Callable[[], dt.date],
        drafts: Drafts,
        *,
        staff_name: str,
        person: uuid.UUID,
        appointment: uuid.UUID | None = None,
    ) -> None:
        self._planning = planning
        self._people = people
        self._staff = staff_name
        who = title_of(people.person(person), people.identity(person))
        title = _("Appointment") if appointment else _("New appointment")
        super().__init__(desk, drafts, today, title, who, person, appointment, planning.delete)

    def recorded(self, record: uuid.UUID) -> Mapping[str, Any]:
        return self._planning.record(record)

    def fresh(self) -> Mapping[str, Any]:
        return {**self._planning.appointment_defaults(self._person), "with_whom": self._staff}

    def above(self) -> list[QWidget]:
        """How she may be reminded is said before a day is agreed."""
        identity = self._people.identity(self._person)
        words = ", ".join(
            str(identity[name]) for name in ("contact_time", "contact_forbidden_note") if identity.get(name)
        )
        if not words:
            return []
        return [Banner(_("Agreed about contact: {words}").format(words=words), "warn")]

    def store(self, *, sure: bool) -> None:
        self._record = self._planning.save_appointment(
            self._person, self.values(), appointment=self._record, sure=sure
        )

    def done(self) -> str:
        return _("The appointment is saved on this laptop · not sent yet")
