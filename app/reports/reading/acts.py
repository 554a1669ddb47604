"""Services of a period, and what stands in their documents."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from typing import Any, Final

from sqlalchemy.orm import Session

from app.reports.facts import documents as read
from app.reports.facts.months import Months
from app.reports.facts.rows import Act
from app.reports.reading.query import listed, marks, run, text_of
from app.reports.table import Scope

_ACTS: Final = """
    SELECT counted_uid, person_rid, rid, code, service_group, COALESCE(on_date, ''), month, centre_uid,
        COALESCE(oblast, ''), CASE sex WHEN 'unknown' THEN '' ELSE sex END,
        CASE age_group WHEN 'unknown' THEN '' ELSE age_group END, COALESCE(outcome, ''), COALESCE(donor, ''),
        COALESCE(project, ''), COALESCE(provider, ''), grant_uid, amount_minor, COALESCE(currency, '')
    FROM service {how} WHERE ({where}) AND {place}
"""
# The keys first: they are looked up in order then, and no page is deciphered twice.
_IN_MONTHS: Final = "rid IN (SELECT rid FROM service WHERE month IN ({}))"
_IN_MONTHS_ALL: Final = "month IN ({})"
_OF_PERSONS: Final = "person_rid IN (SELECT value FROM json_each(?))"
_OF_STRANGERS: Final = "person_rid IS NULL"
_DETAILS: Final = "SELECT rid, data FROM record WHERE rid IN (SELECT value FROM json_each(?))"


def acts(session: Session, scope: Scope, months: Months, today: dt.date) -> list[Act]:
    """The services of the scope; without bounds the doubtful ones too."""
    how = "NOT INDEXED" if months.many else ""
    where = f"{(_IN_MONTHS_ALL if months.many else _IN_MONTHS).format(marks(months.within))} AND on_date <= ?"
    found = _acts(session, how, where, (*months.within, today.isoformat()), scope)
    if not months.bounded:
        found += [act._replace(month="") for act in doubtful(session, scope, months, today)]
    return found


def doubtful(session: Session, scope: Scope, months: Months, today: dt.date) -> list[Act]:
    """The services of the scope's place whose month is not certain."""
    day = today.isoformat()
    where = f"month IN ({marks(months.doubtful)}) OR (month = ? AND on_date > ?)"
    return _acts(session, "", where, (*months.doubtful, day[:7], day), scope)


def anywhere(session: Session, persons: Collection[int], months: Months, today: dt.date) -> list[Act]:
    """The services of the scope's months that ``persons`` got at any place, and those of who is not known here."""
    # A plus keeps SQLite from the index of months: there are few persons.
    where = f"{{}} AND +month IN ({marks(months.within)}) AND on_date <= ?"
    values = (*months.within, today.isoformat())
    return [
        *_acts(session, "", where.format(_OF_PERSONS), (listed(persons), *values), Scope()),
        *_acts(session, "", where.format(_OF_STRANGERS), values, Scope()),
    ]


def place(scope: Scope) -> tuple[str, tuple[Any, ...]]:
    """The condition of a service's oblast, donor and centre, and its values."""
    centre = uuid.UUID(scope.centre).bytes if scope.centre else None
    asked = (("oblast", scope.oblast), ("donor", scope.donor), ("centre_uid", centre))
    found = [(column, value) for column, value in asked if value]
    return " AND ".join(["1", *(f"+{column} = ?" for column, _value in found)]), tuple(
        value for _name, value in found
    )


def _acts(session: Session, how: str, where: str, values: tuple[Any, ...], scope: Scope) -> list[Act]:
    there, bounds = place(scope)
    centres: dict[bytes | None, str] = {}
    found: list[Act] = []
    for row in run(session, _ACTS.format(how=how, where=where, place=there), (*values, *bounds)):
        centre = row[7]
        if centre not in centres:
            centres[centre] = text_of(centre)
        found.append(Act._make((*row[:7], centres[centre], *row[8:])))
    return found


def details(session: Session, services: Iterable[int]) -> dict[int, read.ServiceDocument]:
    """What came of courses and where journeys began, by the key of the service."""
    rows = run(session, _DETAILS, (listed(list(services)),))
    return {rid: read.read_service(data) for rid, data in rows}
