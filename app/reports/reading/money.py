"""Grants and payments out of the store, in exact minor units, with the rates that were recorded with them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.codelists import ConsentScope, Outcome, RecordState
from app.models import Case, Centre, Consent, Grant, Installation, Person, Record, SamePerson, Service
from app.reports.facts import months as months_of_store
from app.reports.facts.months import Months
from app.reports.facts.united import agrees
from app.reports.facts.work_documents import Document, decimal, number, read, text
from app.reports.facts.work_kinds import REINTEGRATION, Funded, Granted, Paid
from app.reports.reading.months import in_store
from app.reports.reading.periods import candidates, within
from app.reports.table import Scope

_PAYMENT: Final = (
    Service.code, Service.service_group, Service.grant_uid, Service.month, Service.on_date, Service.currency,
    Service.amount_minor, Service.donor, Service.project, Service.oblast, Service.centre_uid, Service.counted_uid,
    Service.person_rid,
)  # fmt: skip
_CHUNK: Final = 500
_DAY: Final = len("2026-03-09")
_MONTH: Final = len("2026-03")
_One = TypeVar("_One")


class Money(NamedTuple):
    """What was found. The doubtful ones stand in no month for certain, and are in none of the three."""

    granted: tuple[Granted, ...]
    paid: tuple[Paid, ...]
    funded: tuple[Funded, ...]
    left_out: int
    payments_doubtful: int
    grants_doubtful: int


def load(session: Session, scope: Scope, today: dt.date) -> Money:
    """The grants approved and the sums paid in ``scope``; with ``Scope.reporting`` of those who agreed to be counted.

    A payment belongs to the centre, oblast, donor and project that its own record names; where it names no donor or
    project, to those of its grant.
    """
    months = months_of_store.of_scope(in_store(session), scope, today)
    paid, payments_doubtful = _paid(session, scope, months, today)
    granted, grants_doubtful = _granted(session, scope, today)
    funded = _funded(session, scope, months, today) if scope.donor else ()
    everybody = {one.counted for one in paid} | {one.counted for one in granted} | {one.counted for one in funded}
    agreed = _agreed(session, everybody, today) if scope.reporting else everybody
    return Money(
        granted=tuple(one for one in granted if one.counted in agreed),
        paid=tuple(one for one in paid if one.counted in agreed),
        funded=tuple(one for one in funded if one.counted in agreed),
        left_out=len(everybody - agreed),
        payments_doubtful=payments_doubtful,
        grants_doubtful=grants_doubtful,
    )


def _place(scope: Scope) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if scope.oblast:
        found.append(Service.oblast == scope.oblast)
    if scope.centre:
        found.append(Service.centre_uid == uuid.UUID(scope.centre))
    return found


def _paid(session: Session, scope: Scope, months: Months, today: dt.date) -> tuple[list[Paid], int]:
    query = (
        select(*_PAYMENT, Record.data)
        .join(Record, Record.rid == Service.rid)
        .where(Service.month.in_((*months.within, *months.doubtful)), Service.amount_minor.is_not(None))
        .where(*_place(scope))
        .order_by(Service.rid)
    )
    rows = [(row, read(row.data)) for row in session.execute(query)]
    grants = _documents(session, {row.grant_uid for row, _document in rows if row.grant_uid})
    returned = _returned(session, {row.person_rid for row, document in rows if _wants_return(row, document)})
    found: list[Paid] = []
    doubtful = 0
    for row, document in rows:
        grant = grants.get(row.grant_uid, {}) if row.grant_uid else {}
        one = _payment(row, document, grant, returned.get(row.person_rid or 0, ()))
        if scope.donor in ("", one.donor):
            lies = within(row.month, row.on_date, scope, today)
            doubtful += lies is None
            found += [one] if lies else []
    return found, doubtful


def _payment(row: Any, document: Document, grant: Document, returned: Iterable[str]) -> Paid:
    months_after = number(document, "month_after_return")
    if months_after is None and _wants_return(row, document):
        months_after = _month_after(returned, row.on_date or "")
    return Paid(
        service=row.code,
        group=row.service_group,
        grant=str(row.grant_uid or ""),
        kind=text(grant, "grant_kind"),
        month=row.month,
        currency=row.currency or "",
        amount=row.amount_minor or 0,
        donor=row.donor or text(grant, "donor"),
        project=row.project or text(grant, "project"),
        oblast=row.oblast or "",
        centre=str(row.centre_uid or ""),
        counted=str(row.counted_uid or ""),
        rate_currency=text(document, "rate_currency"),
        rate=decimal(document, "rate"),
        months_after=months_after,
    )


def _granted(session: Session, scope: Scope, today: dt.date) -> tuple[list[Granted], int]:
    """A grant lies where most of it was paid, before its first payment where its person lives; and at the centre
    that keeps its record.
    """
    month = func.substr(func.coalesce(Grant.approved_on, ""), 1, _MONTH)
    query = (
        select(Grant, Record.uid, Record.data, Person.oblast, SamePerson.group_uid, Centre.uid)
        .join(Record, Record.rid == Grant.rid)
        .join(Installation, Installation.rid == Record.owner_rid)
        .join(Centre, Centre.rid == Installation.centre_rid)
        .outerjoin(Person, Person.rid == Grant.person_rid)
        .outerjoin(SamePerson, SamePerson.person_uid == Grant.person_uid)
        .where(candidates(month, scope))
        .order_by(Grant.rid)
    )
    found: list[Granted] = []
    doubtful = 0
    rows = session.execute(query).all()
    paid_in = _paid_in(session, [uid for _row, uid, *_rest in rows])
    for row, uid, data, oblast, group, centre in rows:
        document = read(data)
        one = Granted(
            kind=row.kind or "",
            month=(row.approved_on or "")[:_MONTH],
            currency=row.currency or "",
            approved=row.approved_minor or 0,
            donor=text(document, "donor"),
            project=text(document, "project"),
            oblast=paid_in.get(uid) or oblast or "",
            centre=str(centre),
            counted=str(group or row.person_uid or uid),
        )
        asked = ((scope.donor, one.donor), (scope.oblast, one.oblast), (scope.centre, one.centre))
        if all(wanted in ("", is_so) for wanted, is_so in asked):
            lies = within(one.month, row.approved_on, scope, today)
            doubtful += lies is None
            found += [one] if lies else []
    return found, doubtful


def _paid_in(session: Session, grants: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    found: dict[uuid.UUID, tuple[int, str]] = {}
    for chunk in _chunks(grants):
        query = select(Service.grant_uid, Service.oblast, func.count()).where(Service.grant_uid.in_(chunk))
        for grant, oblast, count in session.execute(query.group_by(Service.grant_uid, Service.oblast)):
            if grant is not None and oblast:
                found[grant] = max(found.get(grant, (0, "")), (count, oblast))
    return {grant: oblast for grant, (_count, oblast) in found.items()}


def _funded(session: Session, scope: Scope, months: Months, today: dt.date) -> tuple[Funded, ...]:
    """The services that name the donor and took place, whether or not a sum stands beside them."""
    wanted = (*months.within, *(() if months.bounded else months.doubtful))
    query = (
        select(Service.project, Service.service_group, Service.counted_uid, func.count())
        .where(Service.month.in_(wanted), Service.donor == scope.donor, *_place(scope))
        .where(or_(Service.outcome == Outcome.PROVIDED.value, Service.outcome.is_(None)))
        .where(or_(Service.on_date <= today.isoformat(), Service.on_date.is_(None)))
        .group_by(Service.project, Service.service_group, Service.counted_uid)
    )
    return tuple(
        Funded(project or "", group, str(counted or ""), count)
        for project, group, counted, count in session.execute(query)
    )


def _agreed(session: Session, everybody: Collection[str], today: dt.date) -> set[str]:
    """Who of ``everybody`` agreed to be counted for others, as ``united.agrees`` has it for all her entries."""
    entries = _entries(session, everybody)
    said: dict[str, list[set[str]]] = {}
    for chunk in _chunks(entries):
        query = select(Consent.person_uid, Consent.state, Record.data).join(Record, Record.rid == Consent.rid)
        query = query.where(Consent.scope == ConsentScope.REPORTING.value, Consent.person_uid.in_(chunk))
        for person, state, data in session.execute(query):
            until = text(read(data), "expires_on")
            is_over = bool(until) and until < today.isoformat()[: len(until)]
            if person is not None:
                said.setdefault(entries[person], []).append({"expired" if is_over else state})
    return {who for who, states in said.items() if agrees(states) == "agrees"}


def _entries(session: Session, everybody: Collection[str]) -> dict[uuid.UUID, str]:
    """The ids of all entries of the counted persons, each with the id under which it is counted."""
    counted = [uuid.UUID(one) for one in everybody if one]
    found = {one: str(one) for one in counted}
    for chunk in _chunks(counted):
        query = select(SamePerson.person_uid, SamePerson.group_uid).where(SamePerson.group_uid.in_(chunk))
        found |= {person: str(group) for person, group in session.execute(query)}
    return found


def _documents(session: Session, uids: Collection[uuid.UUID]) -> dict[uuid.UUID, Document]:
    found: dict[uuid.UUID, Document] = {}
    for chunk in _chunks(uids):
        query = select(Record.uid, Record.data).where(Record.uid.in_(chunk), Record.state == RecordState.LIVE.value)
        found |= {uid: read(data) for uid, data in session.execute(query)}
    return found


def _wants_return(row: Any, document: Document) -> bool:
    """Does it hang on the day of return? The reintegration grant, where the month is not written down."""
    return row.code == REINTEGRATION and number(document, "month_after_return") is None


def _returned(session: Session, persons: Collection[int | None]) -> dict[int, list[str]]:
    """The days on which these persons came back, from their cases."""
    found: dict[int, list[str]] = {}
    for chunk in _chunks(one for one in persons if one is not None):
        query = select(Case.person_rid, Record.data).join(Record, Record.rid == Case.rid)
        for person, data in session.execute(query.where(Case.person_rid.in_(chunk))):
            day = text(read(data), "returned_on")
            if person is not None and len(day) == _DAY:
                found.setdefault(person, []).append(day)
    return found


def _month_after(returned: Iterable[str], on: str) -> int | None:
    """The month after the last return before ``on``, the first being 1; None where a day is not known."""
    try:
        paid = dt.date.fromisoformat(on)
        before = [day for one in returned if (day := dt.date.fromisoformat(one)) <= paid]
    except ValueError:
        return None
    if not before:
        return None
    back = max(before)
    months = (paid.year - back.year) * 12 + paid.month - back.month
    return months + (paid.day >= back.day)


def _chunks(found: Iterable[_One]) -> Iterator[list[_One]]:
    listed = list(found)
    return (listed[start : start + _CHUNK] for start in range(0, len(listed), _CHUNK))
