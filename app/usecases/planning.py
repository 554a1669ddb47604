"""The plan of a person: what she needs and the agreed steps, and the appointments made with her."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy.orm import Session

from app.errors import UserError
from app.forms import partial
from app.forms.catalogue import form_for_kind
from app.forms.validate import Context
from app.i18n import N_
from app.sync.ledger import bury, document, put
from app.usecases.cases import open_case
from app.usecases.checking import accept
from app.usecases.desk import Desk
from app.usecases.people import documents_of

Values = Mapping[str, Any]
Found = list[tuple[uuid.UUID, dict[str, Any]]]
MOVED: Final = "moved"
_LAST: Final = "9999"


class Planning:
    """The use cases about needs and appointments. Each public method is one transaction."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def new_id(self) -> uuid.UUID:
        """An id for a need or an appointment about to be made: saving the same form twice is then one record."""
        return self._desk.clock.new_id()

    def need_defaults(self, person: uuid.UUID) -> dict[str, Any]:
        """What a new need starts with: the open case, agreed today, I am responsible."""
        today = self._desk.clock.today().isoformat()
        known = {"agreed_on": today, "responsible": self._desk.staff_name, "progress": "in_progress"}
        return {**self._in_case(person), **{key: value for key, value in known.items() if value}}

    def save_need(
        self, person: uuid.UUID, values: Values, *, need: uuid.UUID | None = None, sure: bool = False
    ) -> uuid.UUID:
        """Record a need, or change ``need``. Raises NotAccepted, NeedsConfirmation."""
        return self._save("need", person, values, need, sure=sure)

    def needs(self, person: uuid.UUID) -> Found:
        """The person's needs: those in progress first, each by the day on which its step is due."""
        found = self._of_person(person, "need")
        return sorted(found, key=lambda one: (not in_progress(one[1]), str(one[1].get("due", _LAST))))

    def appointment_defaults(self, person: uuid.UUID) -> dict[str, Any]:
        """What a new appointment starts with: the open case; it is planned."""
        return {**self._in_case(person), "state": "planned"}

    def save_appointment(
        self, person: uuid.UUID, values: Values, *, appointment: uuid.UUID | None = None, sure: bool = False
    ) -> uuid.UUID:
        """Make an appointment, or change ``appointment``. Raises NotAccepted, NeedsConfirmation."""
        return self._save("appointment", person, {"state": "planned", **values}, appointment, sure=sure)

    def appointments(self, person: uuid.UUID) -> Found:
        """The person's appointments in the order of their days."""
        return sorted(self._of_person(person, "appointment"), key=lambda one: str(one[1].get("at", "")))

    def mark_appointment(self, appointment: uuid.UUID, state: str, moved_to: str = "") -> uuid.UUID | None:
        """Say what became of an appointment. One that is moved leaves a new one at ``moved_to``: its id is returned.

        Saying the same once more changes nothing, so a double click makes no second appointment.
        """
        desk = self._desk
        if state == MOVED and not moved_to:
            raise UserError(N_("Choose the new day and time."))
        with desk.store.transaction() as session:
            before = _found(session, appointment)
            told = {**before, "state": state, "moved_to": moved_to}  # an empty one is not kept
            context = self._context(session, uuid.UUID(before["person"]))
            form = form_for_kind("appointment")
            clean = accept(form, told, context, sure=True)
            changed = put(session, desk.author(), "appointment", appointment, clean).changed
            if state != MOVED or not changed:
                return None
            anew = {**before, "state": "planned", "at": clean["moved_to"]}
            uid = desk.clock.new_id()
            put(session, desk.author(), "appointment", uid, accept(form, anew, context, sure=True))
            return uid

    def record(self, uid: uuid.UUID) -> dict[str, Any]:
        """The values of one need or appointment."""
        with self._desk.store.reading() as session:
            return _found(session, uid)

    def delete(self, uid: uuid.UUID, reason: str) -> None:
        """Delete a need or an appointment; a tombstone with the reason (a code) remains and travels."""
        with self._desk.store.transaction() as session:
            bury(session, self._desk.author(), uid, reason)

    def _save(self, kind: str, person: uuid.UUID, values: Values, uid: uuid.UUID | None, *, sure: bool) -> uuid.UUID:
        desk = self._desk
        uid = uid or desk.clock.new_id()
        whole = {**values, "person": str(person)}
        with desk.store.transaction() as session:
            clean = accept(form_for_kind(kind), whole, self._context(session, person), sure=sure)
            put(session, desk.author(), kind, uid, clean)
        return uid

    def _context(self, session: Session, person: uuid.UUID) -> Context:
        birth = _found(session, person).get("birth")
        return Context(today=self._desk.clock.today(), birth=partial.bounds(birth))

    def _in_case(self, person: uuid.UUID) -> dict[str, Any]:
        with self._desk.store.reading() as session:
            case = open_case(session, person)
        return {"case": str(case)} if case else {}

    def _of_person(self, person: uuid.UUID, kind: str) -> Found:
        with self._desk.store.reading() as session:
            return documents_of(session, person, kind)


def in_progress(need: Values) -> bool:
    """Is there still something to be done about this need?"""
    return str(need.get("progress", "in_progress")) == "in_progress"


def _found(session: Session, uid: uuid.UUID) -> dict[str, Any]:
    values = document(session, uid)
    if values is None:
        raise UserError(N_("This record is no longer here."))
    return values
