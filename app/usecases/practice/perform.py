"""A plan carried out in a practice store: through the same use cases as everything that people record.

So practice data obey every rule of the program, and whoever breaks a rule of recording breaks the practice too.
The clock stands on the day of each event; chance is seeded by plan and installation, so ids never meet.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import uuid
from collections.abc import Callable, Sequence
from typing import Any, Final

from app.clock import SteadyClock
from app.errors import UserError
from app.i18n import N_
from app.usecases.activities import Activities
from app.usecases.assistance import Assistance
from app.usecases.cases import Cases
from app.usecases.desk import Desk
from app.usecases.people import People
from app.usecases.planning import Planning
from app.usecases.practice.events import Act, Event
from app.usecases.referrals import Referrals

Progress = Callable[[int, int], None]
_MORNING: Final = dt.time(9, 0, tzinfo=dt.UTC)


def silent(_done: int, _of: int) -> None:
    """For those who need no progress."""


class Performer:
    """Carries out the events of one plan, in one go or month by month: it remembers which key got which id."""

    def __init__(self, desk: Desk, seed: int = 0) -> None:
        """Raises UserError unless the store is for practice."""
        if not desk.me.practice:
            raise UserError(N_("Invented data go into a practice store only. Make a practice store first."))
        chance = hashlib.sha256(f"{seed}/{desk.me.uid}".encode()).digest()[:8]
        self._clock = SteadyClock(dt.datetime(2000, 1, 1, tzinfo=dt.UTC), int.from_bytes(chance, "big"))
        at_work = dataclasses.replace(desk, clock=self._clock)
        self._here = {
            key: value
            for key, value in (
                ("oblast", desk.me.oblast),
                ("raion", desk.me.raion),
                ("provider_person", desk.staff_name),
            )
            if value
        }
        self._people = People(at_work)
        self._cases = Cases(at_work)
        self._assistance = Assistance(at_work)
        self._planning = Planning(at_work)
        self._referrals = Referrals(at_work)
        self._activities = Activities(at_work)
        self._ids: dict[str, uuid.UUID] = {}

    def perform(self, events: Sequence[Event], progress: Progress = silent) -> None:
        """Carry out ``events``, which go on where the last call ended."""
        for number, event in enumerate(events, 1):
            self._clock.set(dt.datetime.combine(event.on, _MORNING))
            self._one(event)
            progress(number, len(events))

    def id_of(self, key: str) -> uuid.UUID:
        """The id that a person, case, grant or service of the plan has got; raises KeyError."""
        return self._ids[key]

    def _one(self, event: Event) -> None:
        values = {**event.values, **{name: str(self._ids[key]) for name, key in event.refers.items()}}
        match event.act:
            case Act.REGISTER:
                self._ids[event.person] = self._people.register(values, event.identity, sure=True)
            case Act.CORRECT:
                self._people.change_person(self._ids[event.person], values, sure=True)
            case Act.CONSENT:
                self._people.set_consent(self._ids[event.person], values, sure=True)
            case Act.CASE:
                known = self._ids.get(event.subject)
                self._ids[event.subject] = self._cases.save(self._ids[event.person], values, case=known, sure=True)
            case Act.GRANT:
                known = self._ids.get(event.subject)
                self._ids[event.subject] = self._assistance.approve_grant(
                    self._ids[event.person], values, grant=known, sure=True
                )
            case Act.SERVICE:
                self._record(event, values)
            case Act.ACTIVITY:
                self._do(event, values)
            case Act.DELETE_SERVICE:
                self._assistance.delete_service(self._ids[event.subject], event.reason)
            case Act.DELETE_PERSON:
                self._people.delete(self._ids[event.person], event.reason)
            case _:
                self._plan(event, values)

    def _plan(self, event: Event, values: dict[str, Any]) -> None:
        """Needs, appointments and referrals."""
        person, known = self._ids[event.person], self._ids.get(event.subject)
        match event.act:
            case Act.NEED:
                self._ids[event.subject] = self._planning.save_need(person, values, need=known, sure=True)
            case Act.APPOINTMENT:
                self._ids[event.subject] = self._planning.save_appointment(
                    person, values, appointment=known, sure=True
                )
            case Act.MARK:
                before = self._ids[event.subject]
                moved_to = str(values.get("moved_to", ""))
                after = self._planning.mark_appointment(before, str(values["state"]), moved_to)
                self._ids[event.subject] = after or before
            case Act.REFERRAL:
                self._ids[event.subject] = self._referrals.save(person, values, referral=known, sure=True)

    def _record(self, event: Event, values: dict[str, Any]) -> None:
        service = self._ids.setdefault(event.subject, self._assistance.new_service())
        self._assistance.record_service(self._ids[event.person], {**self._here, **values}, service=service, sure=True)

    def _do(self, event: Event, values: dict[str, Any]) -> None:
        """An activity; it is held here, unless its stops say where."""
        activity = self._ids.setdefault(event.subject, self._activities.new_id())
        here = () if "places" in values else ("oblast", "raion")
        whole = {**{name: self._here[name] for name in here if name in self._here}, **values}
        self._activities.save(whole, activity=activity, sure=True)
