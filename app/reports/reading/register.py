"""What is known of the data themselves: what is missing in them, what came late, who was entered twice."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from app.models import BundleSeen, Case, Centre, Installation, Person, Record, SamePerson, Service, Setting
from app.reports.facts.work_kinds import Bundles, Missing, Register
from app.reports.reading.periods import candidates
from app.reports.table import Scope

USUAL_DAYS: Final = 30
"""After how many days a bundle is late where nothing else was agreed (``app.usecases.watch``)."""
_AGREED: Final = "silence_days"
_RECORDS: Final = "records"
_UNKNOWN: Final = ("", "unknown")
_OF_CASES: Final = ("referral_source", "formal_status", "exploitation", "border", "means_of_control", "recruiter")


def load(session: Session, scope: Scope) -> Register:
    """All of it. It looks at every record of the scope: slower than any other figure, and asked for alone."""
    return Register(
        missing=_missing(session, scope),
        bundles=_bundles(session, scope),
        linked=_linked(session, scope),
    )


def centres(session: Session) -> dict[str, str]:
    """The names of the centres by id."""
    return {str(uid): name for uid, name in session.execute(select(Centre.uid, Centre.name))}


def _missing(session: Session, scope: Scope) -> tuple[Missing, ...]:
    """Fields without an answer: of the services in scope, of the persons who got them, and of their cases."""
    helped = select(Service.person_rid).where(*_of(scope)).distinct()
    services = {
        "service.day": _is_missing(func.substr(Service.on_date, 9, 2)),
        "service.oblast": _is_missing(Service.oblast),
        "service.outcome": _is_missing(Service.outcome),
        "service.donor": _is_missing(Service.donor),
    }
    persons = {
        "person.sex": _is_missing(Person.sex),
        "person.birth_year": _is_missing(Person.birth_year),
        "person.oblast": _is_missing(Person.oblast),
    }
    cases = {f"case.{name}": _is_missing(func.json_extract(Record.data, f"$.{name}")) for name in _OF_CASES}
    owned = select(Centre.uid).select_from(Record)
    owned = owned.join(Installation, Installation.rid == Record.owner_rid)
    owned = owned.join(Centre, Centre.rid == Installation.centre_rid)
    of_persons = owned.join(Person, Person.rid == Record.rid).where(Person.rid.in_(helped))
    of_cases = owned.join(Case, Case.rid == Record.rid).where(Case.person_rid.in_(helped))
    return (
        *_counted(session, select(Service.centre_uid).where(*_of(scope)).group_by(Service.centre_uid), services),
        *_counted(session, of_persons.group_by(Centre.uid), persons),
        *_counted(session, of_cases.group_by(Centre.uid), cases),
    )


def _of(scope: Scope) -> list[ColumnElement[bool]]:
    found = [candidates(Service.month, scope)]
    for column, wanted in ((Service.oblast, scope.oblast), (Service.donor, scope.donor)):
        if wanted:
            found.append(column == wanted)
    if scope.centre:
        found.append(Service.centre_uid == uuid.UUID(scope.centre))
    return found


def _is_missing(column: ColumnElement[Any] | Any) -> ColumnElement[bool]:
    return or_(column.is_(None), column.in_(_UNKNOWN))


def _counted(session: Session, query: Select[Any], fields: Mapping[str, ColumnElement[bool]]) -> list[Missing]:
    """``query`` gives the centre of each record, grouped by it."""
    counts = [func.sum(case((missing, 1), else_=0)) for missing in fields.values()]
    return [
        Missing(field, str(row[0] or ""), int(missing), int(row[1]))
        for row in session.execute(query.add_columns(func.count(), *counts))
        for field, missing in zip(fields, row[2:], strict=True)
    ]


def _bundles(session: Session, scope: Scope) -> tuple[Bundles, ...]:
    """By the day on which each was taken in here: field clocks are wrong as often as not."""
    setting = session.get(Setting, _AGREED)
    everybody = int(setting.value) if setting else USUAL_DAYS
    query = (
        select(Centre.uid, Installation.rid, Installation.silence_days, BundleSeen.received_at)
        .join(Installation, Installation.rid == BundleSeen.from_rid)
        .join(Centre, Centre.rid == Installation.centre_rid)
        .where(BundleSeen.type == _RECORDS)
        .order_by(Installation.rid, BundleSeen.received_at)
    )
    taken: dict[str, int] = defaultdict(int)
    late: dict[str, int] = defaultdict(int)
    before: tuple[int, dt.date] | None = None
    for centre, laptop, agreed, received_at in session.execute(query):
        day, uid = dt.date.fromisoformat(received_at[:10]), str(centre)
        is_late = before is not None and before[0] == laptop and (day - before[1]).days > (agreed or everybody)
        before = laptop, day
        if scope.centre not in ("", uid) or not _in_months(day, scope):
            continue
        taken[uid] += 1
        late[uid] += is_late
    return tuple(Bundles(uid, taken[uid], late[uid]) for uid in taken)


def _in_months(day: dt.date, scope: Scope) -> bool:
    month = day.isoformat()[:7]
    return (not scope.first or month >= scope.first) and (not scope.last or month <= scope.last)


def _linked(session: Session, scope: Scope) -> dict[str, int]:
    """As it stands today, whatever the period: a link holds for all that was ever recorded."""
    query = (
        select(Centre.uid, func.count())
        .select_from(SamePerson)
        .join(Record, Record.uid == SamePerson.person_uid)
        .join(Installation, Installation.rid == Record.owner_rid)
        .join(Centre, Centre.rid == Installation.centre_rid)
        .where(SamePerson.person_uid != SamePerson.group_uid)
        .group_by(Centre.uid)
    )
    return {str(uid): count for uid, count in session.execute(query) if scope.centre in ("", str(uid))}
