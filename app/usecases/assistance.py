"""Assistance: services given to a person, and grants with their payments and balance."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.codelists import CaseStatus
from app.errors import UserError
from app.forms import money, partial
from app.forms.catalogue import form_for_kind, form_for_service
from app.forms.grant_payment import GRANT_PAYMENT
from app.forms.validate import Context
from app.i18n import N_
from app.models import Case, Record, Service
from app.sync.ledger import SELF_RID, bury, document, put
from app.sync.projection import as_uid
from app.usecases.checking import accept
from app.usecases.desk import Desk
from app.usecases.people import documents_of, rid_of

Values = Mapping[str, Any]


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


@dataclass(frozen=True, slots=True)
class GrantBalance:
    """A grant and what is left of it. All sums in minor units of ``currency``."""

    uid: uuid.UUID
    kind: str
    currency: str
    approved: int
    paid: int
    payments: int
    planned: int

    @property
    def left(self) -> int:
        """What may still be paid."""
        return self.approved - self.paid


class GrantExceeded(UserError):
    """A payment is larger than what is left of its grant."""

    def __init__(self, left: int, currency: str) -> None:
        super().__init__(
            N_("The payment is larger than what is left of the grant: {left} {currency}. Check the sum."),
            left=money.plain(left, currency),
            currency=currency,
        )


class Assistance:
    """The use cases about help given. Each public method is one transaction."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def new_service(self) -> uuid.UUID:
        """An id for a service about to be recorded: saving the same form twice is then one record."""
        return self._desk.clock.new_id()

    def defaults(self, person: uuid.UUID, code: str) -> dict[str, Any]:
        """What a new service form starts with: today, here, by me, the open case, the last donor."""
        desk = self._desk
        values: dict[str, Any] = {
            "service": code,
            "on": desk.clock.today().isoformat(),
            "outcome": "provided",
            "oblast": desk.me.oblast,
            "raion": desk.me.raion,
            "provider_person": desk.staff_name,
        }
        with desk.store.reading() as session:
            if case := _open_case(session, person):
                values["case"] = str(case)
            if form_for_service(code) is GRANT_PAYMENT and len(grants := _balances(session, person)) == 1:
                values |= {"grant": str(grants[0].uid), "currency": grants[0].currency}
        return {key: value for key, value in values.items() if value}

    def record_service(
        self, person: uuid.UUID, values: Values, *, service: uuid.UUID, sure: bool = False
    ) -> uuid.UUID:
        """Save a service, new or changed. ``service`` comes from ``new_service``.

        Raises NotAccepted, NeedsConfirmation, GrantExceeded.
        """
        desk = self._desk
        whole = {**values, "person": str(person), "centre": str(values.get("centre") or desk.me.centre)}
        with desk.store.transaction() as session:
            context = _context(session, desk, person, whole)
            clean = accept(form_for_service(str(whole.get("service", ""))), whole, context, sure=sure)
            if "grant" in clean:
                _hold_to_grant(session, person, service, clean)
            put(session, desk.author(), "service", service, clean)
        return service

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
            select(Service, Record.uid, Record.changed_seq, Record.revision, Record.owner_rid)
            .join(Record, Record.rid == Service.rid)
            .order_by(Service.on_date.desc(), Service.rid.desc())
        )
        with self._desk.store.reading() as session:
            found = session.execute(query.where(Service.person_rid == rid_of(session, person))).all()
            notes = {uid: (document(session, uid) or {}).get("note", "") for _, uid, *_rest in found}
        return [
            ServiceRow(
                uid=uid,
                code=row.code,
                group=row.service_group,
                on=row.on_date or "",
                outcome=row.outcome or "",
                amount_minor=row.amount_minor,
                currency=row.currency or "",
                note=notes[uid],
                changed_seq=changed_seq,
                revision=revision,
                mine=owner == SELF_RID,
            )
            for row, uid, changed_seq, revision, owner in found
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
            paid = _paid(session, uid, but=None)
            if int(clean.get("approved", 0)) < paid:
                raise UserError(N_("More than this sum is already paid from the grant. Check the sum."))
            put(session, desk.author(), "grant", uid, clean)
        return uid

    def grants(self, person: uuid.UUID) -> list[GrantBalance]:
        """The person's grants with what is paid and left."""
        with self._desk.store.reading() as session:
            return _balances(session, person)

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
    )


def _grant_currency(session: Session, values: Values) -> str:
    grant = as_uid(values.get("grant"))
    return str((document(session, grant) or {}).get("currency", "")) if grant else ""


def _open_case(session: Session, person: uuid.UUID) -> uuid.UUID | None:
    query = (
        select(Record.uid)
        .join(Case, Case.rid == Record.rid)
        .where(Case.person_rid == rid_of(session, person))
        .where(Case.status.is_(None) | Case.status.in_((CaseStatus.ACTIVE, CaseStatus.FOLLOW_UP)))
        .order_by(Case.opened_on.desc())
    )
    return session.scalars(query.limit(1)).one_or_none()


def _paid(session: Session, grant: uuid.UUID, *, but: uuid.UUID | None) -> int:
    query = (
        select(func.coalesce(func.sum(Service.amount_minor), 0))
        .join(Record, Record.rid == Service.rid)
        .where(Service.grant_uid == grant)
    )
    if but is not None:
        query = query.where(Record.uid != but)
    return int(session.scalar(query) or 0)


def _hold_to_grant(session: Session, person: uuid.UUID, service: uuid.UUID, clean: dict[str, Any]) -> None:
    """A payment names a grant of the same person, in its currency, within what is left of it."""
    grant = document(session, uuid.UUID(clean["grant"]))
    if grant is None or grant.get("person") != str(person):
        raise UserError(N_("This grant does not belong to this person. Choose another one."))
    left = int(grant.get("approved", 0)) - _paid(session, uuid.UUID(clean["grant"]), but=service)
    if int(clean.get("amount", 0)) > left:
        raise GrantExceeded(left, str(grant["currency"]))


def _balances(session: Session, person: uuid.UUID) -> list[GrantBalance]:
    found = documents_of(session, person, "grant")
    counted: Sequence[Any] = session.execute(
        select(Service.grant_uid, func.coalesce(func.sum(Service.amount_minor), 0), func.count())
        .where(Service.grant_uid.in_([uid for uid, _ in found]))
        .group_by(Service.grant_uid)
    ).all()
    paid = {uid: (int(total), int(count)) for uid, total, count in counted}
    return [
        GrantBalance(
            uid=uid,
            kind=str(values.get("grant_kind", "")),
            currency=str(values.get("currency", "")),
            approved=int(values.get("approved", 0)),
            paid=paid.get(uid, (0, 0))[0],
            payments=paid.get(uid, (0, 0))[1],
            planned=int(values.get("instalments", 0)),
        )
        for uid, values in found
    ]
