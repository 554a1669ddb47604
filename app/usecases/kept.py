"""Help that begins from something on the list of today: an appointment that was kept, an instalment that is due."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from app import codelists
from app.usecases.assistance import Assistance
from app.usecases.desk import Desk
from app.usecases.grants import next_payment
from app.usecases.planning import Planning

Values = Mapping[str, Any]
DONE, PLANNED = "done", "planned"
_PAYMENT = "grant_payment"


class KeptAppointment(Assistance):
    """As any help; once it is saved for the person of the appointment, that is marked as kept; undone with it."""

    def __init__(self, desk: Desk, appointment: uuid.UUID) -> None:
        super().__init__(desk)
        self._planning = Planning(desk)
        self._appointment = appointment
        self._kept_by: uuid.UUID | None = None

    def record_service(
        self, person: uuid.UUID, values: Values, *, service: uuid.UUID, sure: bool = False
    ) -> uuid.UUID:
        """Save the help, then the appointment. Saying so twice changes nothing (``mark_appointment``)."""
        saved = super().record_service(person, values, service=service, sure=sure)
        if self._planning.record(self._appointment).get("person") == str(person):
            self._planning.mark_appointment(self._appointment, DONE)
            self._kept_by = saved
        return saved

    def take_back(self, services: Sequence[uuid.UUID]) -> None:
        """Undo the help, and with it what it said of the appointment."""
        super().take_back(services)
        if self._kept_by in services:
            self._planning.mark_appointment(self._appointment, PLANNED)
            self._kept_by = None


class DueInstalment(Assistance):
    """As any payment; the form starts with the grant that is due, also where the person has several."""

    def __init__(self, desk: Desk, grant: uuid.UUID) -> None:
        super().__init__(desk)
        self._grant = grant

    def defaults(self, person: uuid.UUID | None, code: str) -> dict[str, Any]:
        """The usual defaults, with the grant, its currency and the number of the instalment."""
        values = super().defaults(person, code)
        if person is None or codelists.service_form(code) != _PAYMENT:
            return values
        due = next((one for one in self.grants(person) if one.uid == self._grant), None)
        return values | next_payment(due) if due is not None else values


def payment_code(grant_kind: str) -> str:
    """The service as which a payment of this kind of grant is recorded; the first one for a kind without its own."""
    codes = [code for code in codelists.get("services").codes if codelists.service_form(code) == _PAYMENT]
    own = f"grant_{grant_kind}"
    return own if own in codes else codes[0]
