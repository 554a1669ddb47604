"""Assistance: services given to a person, and grants with their payments and balance."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.forms import partial
from app.forms.catalogue import form_for_kind, form_for_service
from app.forms.grant_payment import GRANT_PAYMENT
from app.forms.medical import MEDICAL
from app.forms.spec import Problem
from app.forms.validate import Context, validate
from app.i18n import N_
from app.models import Person, Record, Service
from app.sync.ledger import SELF_RID, bury, document, put, values_of
from app.sync.projection import as_uid
from app.usecases import groups, habits
from app.usecases.agreed import consents_missing, reason_of_the_day
from app.usecases.cases import open_case
from app.usecases.checking import accept
from app.usecases.clock_check import wrong_clock
from app.usecases.desk import Desk
from app.usecases.grants import GrantBalance, GrantExceeded, balances, hold_to_grant, next_payment, paid_of
from app.usecases.people import rid_of

__all__ = ["UNDONE", "Assistance", "GrantBalance", "GrantExceeded", "ServiceRow"]

Values = Mapping[str, Any]

UNDONE: Final = "undone"
"""The reason of a tombstone whose record was taken back at once, before anybody relied on it."""


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service on a person's timeline."""

    uid: uuid.UUID
    code: str
    group: str
    on: str
    outcome: str
    amount_minor: int | None
    currency: str
    note: str
    changed_seq: int
    revision: int
    mine: bool


class Assistance:
    """The use cases about help given. Each public method is one transaction."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def new_service(self) -> uuid.UUID:
        """An id for a service about to be recorded: saving the same form twice is then one record."""
        return self._desk.clock.new_id()

    def defaults(self, person: uuid.UUID | None, code: str) -> dict[str, Any]:
        """What a new service form starts with: today, here, by me, the open case, the last donor and place.

        Without ``person`` for several people at once. No day where the laptop's clock cannot be right.
        """
        desk = self._desk
        values: dict[str, Any] = {
            "service": code,
            "on": desk.clock.today().isoformat() if wrong_clock(desk) is None else "",
            "outcome": "provided",
            "oblast": desk.me.oblast,
            "raion": desk.me.raion,
            "provider_person": desk.staff_name,
        }
        with desk.store.reading() as session:
            values |= habits.usual_answers(session, desk.staff, person, code)
            if person is not None and (case := open_case(session, person)):
                values["case"] = str(case)
            if person is not None:
                values |= _reminded(session, person) | self._answered_before(session, person, code)
            paying = person is not None and form_for_service(code) is GRANT_PAYMENT
            if person is not None and paying and len(grants := balances(session, person)) == 1:
                values |= next_payment(grants[0]) | self._month_after_return(session, person)
            if paying:
                values["paid_on"] = values["on"]
        return {key: value for key, value in values.items() if value}

    def defaults_for_many(self, persons: Sequence[uuid.UUID], code: str) -> dict[str, Any]:
        """What a form for several people starts with; it reminds of consent where one of them did not give it."""
        with self._desk.store.reading() as session:
            reminded = [_reminded(session, person) for person in persons]
        return self.defaults(None, code) | next((one for one in reminded if one["consent_recorded"]), {})

    def _answered_before(self, session: Session, person: uuid.UUID, code: str) -> dict[str, Any]:
        """What need not be asked again: why there is no consent (for the day), and at a doctor's, the allergies."""
        found = habits.known_allergies(session, person) if form_for_service(code) is MEDICAL else {}
        if consents_missing(session, person):
            found["no_consent_reason"] = reason_of_the_day(session, person, self._desk.clock.today())
        return found

    def consents_missing(self, person: uuid.UUID) -> tuple[str, ...]:
        """Which of the consents that help needs are not recorded as given."""
        with self._desk.store.reading() as session:
            return consents_missing(session, person)

    def _month_after_return(self, session: Session, person: uuid.UUID) -> dict[str, Any]:
        """Which month after the return today is in; the first is 1. Only where the day of the return is known."""
        case = open_case(session, person)
        returned = partial.day((document(session, case) or {}).get("returned_on")) if case else None
        today = self._desk.clock.today()
        if returned is None or returned > today:
            return {}
        months = (today.year - returned.year) * 12 + today.month - returned.month - (today.day < returned.day)
        return {"month_after_return": months + 1}

    def usual_kinds(self, person: uuid.UUID | None = None) -> list[str]:
        """The kinds of help most used: by this person, then by this centre in the last 90 days."""
        with self._desk.store.reading() as session:
            return habits.usual_kinds(session, self._desk.clock.today(), person)

    def last_of(self, person: uuid.UUID, code: str) -> uuid.UUID | None:
        """The person's latest service of this kind, for "same as last time"."""
        with self._desk.store.reading() as session:
            return habits.last_service(session, person, code=code)

    def look_over(self, person: uuid.UUID | None, values: Values) -> tuple[Problem, ...]:
        """What the check would say of ``values`` now, for the words beside the fields. Nothing is saved."""
        desk = self._desk
        form = form_for_service(str(values.get("service", "")))
        if person is None:
            return validate(form, {**values, "person": str(desk.me.uid)}, Context(desk.clock.today())).problems
        with desk.store.reading() as session:
            whole = {**values, "person": str(person), **_reminded(session, person)}
            return validate(form, whole, _context(session, desk, person, whole)).problems

    def record_service(
        self, person: uuid.UUID, values: Values, *, service: uuid.UUID, sure: bool = False
    ) -> uuid.UUID:
        """Save a service, new or changed. ``service`` comes from ``new_service``.

        Raises NotAccepted, NeedsConfirmation, GrantExceeded.
        """
        desk = self._desk
        with desk.store.transaction() as session:
            whole = {**_whole(desk, person, values), **_reminded(session, person)}
            context = _context(session, desk, person, whole)
            clean = accept(form_for_service(str(whole.get("service", ""))), whole, context, sure=sure)
            if "grant" in clean:
                hold_to_grant(session, person, service, clean)
            put(session, desk.author(), "service", service, clean)
        return service

    def record_for_many(
        self,
        persons: Sequence[uuid.UUID],
        values: Values,
        services: Mapping[uuid.UUID, uuid.UUID],
        *,
        sure: bool = False,
    ) -> None:
        """Save the same help for several people: all of it or none.

        ``services`` gives each person the id of her record (from ``new_service``): saving twice changes the same
        records. Each is checked with her own birth and case. Raises ``groups.NotForAll`` with the case codes of
        those whom a finding is about; ``sure`` passes over doubts. A payment belongs to one person.
        """
        desk, author = self._desk, self._desk.author()
        form = form_for_service(str(values.get("service", "")))
        if form is GRANT_PAYMENT:
            raise UserError(N_("A payment of a grant belongs to one person. Record it for her alone."))
        found: dict[str, list[Problem]] = {}
        clean: dict[uuid.UUID, Values] = {}
        shared = {name: value for name, value in values.items() if name not in ("person", "case")}
        with desk.store.transaction() as session:
            for person in dict.fromkeys(persons):
                whole = {**_whole(desk, person, shared), **_reminded(session, person)}
                if case := open_case(session, person):
                    whole["case"] = str(case)
                checked = validate(form, whole, _context(session, desk, person, whole))
                clean[person] = checked.values
                # What only she could answer is not asked of a group.
                found[_code(session, person)] = [one for one in checked.problems if one.code != "not_asked"]
            refusal = groups.NotForAll(groups.gathered(found))
            if refusal.forbids or (refusal.findings and not sure):
                raise refusal
            for person, whole_values in clean.items():
                put(session, author, "service", services[person], whole_values)
            groups.remember_group(session, values, {person: services[person] for person in clean})

    def take_back(self, services: Sequence[uuid.UUID]) -> None:
        """Undo what was just recorded, all of it or none. What remains are tombstones with the reason "undone"."""
        with self._desk.store.transaction() as session:
            for service in services:
                bury(session, self._desk.author(), service, UNDONE)
            groups.forget_group(session, services)

    def put_back(self, earlier: Mapping[uuid.UUID, Values]) -> None:
        """Undo a change: the values as they stood before it, without a new check."""
        with self._desk.store.transaction() as session:
            for service, values in earlier.items():
                put(session, self._desk.author(), "service", service, values)

    def returned_on(self, person: uuid.UUID) -> str:
        """When the person returned to the country, as her open case knows it; empty if it does not."""
        with self._desk.store.reading() as session:
            case = open_case(session, person)
            return str((document(session, case) or {}).get("returned_on", "")) if case else ""

    def staying(self) -> list[uuid.UUID]:
        """Who stays in this centre today (``groups.staying`` tells by what rule)."""
        with self._desk.store.reading() as session:
            return groups.staying(session, self._desk.clock.today())

    def last_groups(self) -> list[groups.Group]:
        """Who had help together last time, for each of the last kinds; the newest first."""
        with self._desk.store.reading() as session:
            return groups.last_groups(session)

    def service(self, uid: uuid.UUID) -> dict[str, Any]:
        """The values of one service."""
        with self._desk.store.reading() as session:
            values = document(session, uid)
        if values is None:
            raise UserError(N_("This record is no longer here."))
        return values

    def delete_service(self, uid: uuid.UUID, reason: str) -> None:
        """Delete a service; a tombstone with the reason (a code) remains and travels."""
        with self._desk.store.transaction() as session:
            bury(session, self._desk.author(), uid, reason)

    def timeline(self, person: uuid.UUID) -> list[ServiceRow]:
        """All services of a person, newest first."""
        query = (
            select(Service, Record.uid, Record.data, Record.changed_seq, Record.revision, Record.owner_rid)
            .join(Record, Record.rid == Service.rid)
            .order_by(Service.on_date.desc(), Service.rid.desc())
        )
        with self._desk.store.reading() as session:
            found = session.execute(query.where(Service.person_rid == rid_of(session, person))).all()
        return [
            ServiceRow(
                uid=uid,
                code=row.code,
                group=row.service_group,
                on=row.on_date or "",
                outcome=row.outcome or "",
                amount_minor=row.amount_minor,
                currency=row.currency or "",
                note=str(values_of(data).get("note", "")),
                changed_seq=changed_seq,
                revision=revision,
                mine=owner == SELF_RID,
            )
            for row, uid, data, changed_seq, revision, owner in found
        ]

    def approve_grant(
        self, person: uuid.UUID, values: Values, *, grant: uuid.UUID | None = None, sure: bool = False
    ) -> uuid.UUID:
        """Record an approved grant, or change one. The approved sum cannot fall below what is paid."""
        desk = self._desk
        uid = grant or desk.clock.new_id()
        with desk.store.transaction() as session:
            whole = {**values, "person": str(person)}
            context = Context(today=desk.clock.today())
            clean = accept(form_for_kind("grant"), whole, context, sure=sure)
            paid = paid_of(session, uid, but=None)
            if int(clean.get("approved", 0)) < paid:
                raise UserError(N_("More than this sum is already paid from the grant. Check the sum."))
            put(session, desk.author(), "grant", uid, clean)
        return uid

    def grants(self, person: uuid.UUID) -> list[GrantBalance]:
        """The person's grants with what is paid and left."""
        with self._desk.store.reading() as session:
            return balances(session, person)

    def grant(self, uid: uuid.UUID) -> dict[str, Any]:
        """The values of one grant."""
        return self.service(uid)


def _context(session: Session, desk: Desk, person: uuid.UUID, values: Values) -> Context:
    birth = (document(session, person) or {}).get("birth")
    case = as_uid(values.get("case"))
    opened = (document(session, case) or {}).get("opened_on") if case else None
    return Context(
        today=desk.clock.today(),
        birth=partial.bounds(birth),
        case_opened=partial.bounds(opened),
        grant_currency=_grant_currency(session, values),
        consents_missing=consents_missing(session, person),
    )


def _reminded(session: Session, person: uuid.UUID) -> dict[str, Any]:
    """What the form needs to remind of consent; a new answer takes the reminder away."""
    return {"consent_recorded": "no" if consents_missing(session, person) else ""}


def _whole(desk: Desk, person: uuid.UUID, values: Values) -> dict[str, Any]:
    return {**values, "person": str(person), "centre": str(values.get("centre") or desk.me.centre)}


def _code(session: Session, person: uuid.UUID) -> str:
    found = session.scalar(select(Person.code).where(Person.rid == rid_of(session, person)))
    if found is None:
        raise UserError(N_("One of these people is no longer here. Take her away from the list."))
    return found


def _grant_currency(session: Session, values: Values) -> str:
    grant = as_uid(values.get("grant"))
    return str((document(session, grant) or {}).get("currency", "")) if grant else ""
