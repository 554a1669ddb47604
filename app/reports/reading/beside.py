"""What stands beside a person without being a service: cases, referrals, needs, and how soon help came."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from sqlalchemy.orm import Session

from app.reports.facts.documents import CLOSED
from app.reports.facts.months import month_of
from app.reports.facts.rows import CaseFacts, NeedFacts, ReferralFacts, Who
from app.reports.reading.places import Places
from app.reports.reading.query import listed, run
from app.reports.table import Scope

_ANYTHING: Final = "\U0010ffff"
_CASES: Final = """
    SELECT person_uid, rid, COALESCE(opened_on, ''), COALESCE(closed_on, ''), COALESCE(status, ''),
        COALESCE(counted, '{}')
    FROM case_file WHERE person_uid IS NOT NULL
"""
# What was certainly over before the period counts for nobody but those who were helped in it.
_TOUCHING: Final = """
    SELECT person_uid, rid, COALESCE(opened_on, ''), COALESCE(closed_on, ''), COALESCE(status, ''),
        COALESCE(counted, '{}')
    FROM case_file WHERE person_uid IS NOT NULL AND (
        NOT (COALESCE(status, '') IN (SELECT value FROM json_each(:closed)) AND COALESCE(closed_on, '') < :before
            AND COALESCE(opened_on, '') < :before AND COALESCE(date(closed_on) = closed_on, FALSE))
        OR person_rid IS NULL OR person_rid IN (SELECT value FROM json_each(:helped))
    )
"""
_KEPT_BY: Final = """
    SELECT rid, owner_rid FROM record INDEXED BY ix_record_kept
    WHERE kind IN ('case', 'need', 'referral') AND kind = ?
"""
_REFERRALS: Final = """
    SELECT person_uid, rid, code, agency, COALESCE(status, ''), COALESCE(sent_on, '') FROM referral
    WHERE person_uid IS NOT NULL AND COALESCE(sent_on, '') BETWEEN ? AND ?
"""
_NEEDS: Final = """
    SELECT person_uid, rid, category, progress, COALESCE(agreed_on, '') FROM need
    WHERE person_uid IS NOT NULL AND COALESCE(agreed_on, '') BETWEEN ? AND ?
"""
_DELAYS: Final = """
    SELECT case_file.rid, service.service_group, MIN(service.on_date)
    FROM case_file CROSS JOIN service
        ON service.person_rid = case_file.person_rid AND service.on_date >= case_file.opened_on
    WHERE length(case_file.opened_on) = 10 AND case_file.opened_on >= ? AND case_file.opened_on < ?
        AND length(service.on_date) = 10 AND service.on_date <= ?
    GROUP BY case_file.rid, service.service_group
"""
_OF_GROUPS: Final = """
    SELECT counted_uid, service_group, on_date FROM service
    WHERE person_uid IN (SELECT person_uid FROM same_person) AND length(on_date) = 10 AND on_date <= ?
"""


def cases(session: Session, group_of: Mapping[bytes, Who], where: Places) -> list[CaseFacts]:
    """All cases: what happened to a person may stand in any of hers."""
    return _cases(run(session, _CASES), _kept(session, "case", where), group_of)


def cases_touching(
    session: Session,
    group_of: Mapping[bytes, Who],
    where: Places,
    scope: Scope,
    today: dt.date,
    helped: Mapping[Who, Collection[int]],
) -> list[CaseFacts]:
    """The cases of all who were ``helped`` (with the keys of their records, as far as they are known here), and of
    others what is kept in the scope's place and touches its time.
    """
    values = {
        "before": min(scope.first, today.isoformat()),
        "closed": json.dumps(sorted(CLOSED)),
        "helped": listed([key for keys in helped.values() for key in keys]),
    }
    found, kept = run(session, _TOUCHING, values), _kept(session, "case", where)
    if scope.oblast or scope.centre or scope.donor:
        found = [row for row in found if _is_placed(kept[row[1]], scope) or group_of.get(row[0], row[0]) in helped]
    return _cases(found, kept, group_of)


def _cases(
    rows: Iterable[Any], kept: Mapping[int, tuple[str, str]], group_of: Mapping[bytes, Who]
) -> list[CaseFacts]:
    return [CaseFacts(group_of.get(row[0], row[0]), row[1], *kept[row[1]], *row[2:]) for row in rows]


def referrals(
    session: Session, group_of: Mapping[bytes, Who], where: Places, scope: Scope, today: dt.date
) -> list[ReferralFacts]:
    """The referrals of the scope's time; ``month`` is "" where it is not certain."""
    kept, day = _kept(session, "referral", where), today.isoformat()
    return [
        ReferralFacts(group_of.get(person, person), code, agency, status, month_of(sent, day), *kept[rid])
        for person, rid, code, agency, status, sent in run(session, _REFERRALS, _time(scope))
    ]


def needs(
    session: Session, group_of: Mapping[bytes, Who], where: Places, scope: Scope, today: dt.date
) -> list[NeedFacts]:
    """The needs of the scope's time; ``month`` is that in which the step was agreed."""
    kept, day = _kept(session, "need", where), today.isoformat()
    return [
        NeedFacts(group_of.get(person, person), category, progress, month_of(agreed, day), *kept[rid])
        for person, rid, category, progress, agreed in run(session, _NEEDS, _time(scope))
    ]


def _kept(session: Session, kind: str, where: Places) -> dict[int, tuple[str, str]]:
    """Centre and oblast of all records of a kind."""
    owners = {owner: where.of_owner(owner) for owner in where.owners}
    return {rid: owners.get(owner, ("", "")) for rid, owner in run(session, _KEPT_BY, (kind,))}


def _is_placed(place: tuple[str, str], scope: Scope) -> bool:
    centre, oblast = place
    return not scope.donor and scope.oblast in ("", oblast) and scope.centre in ("", centre)


def _time(scope: Scope) -> tuple[str, str]:
    """Bounds between which all dates lie whose month lies in the scope; anything, where it has no bounds."""
    return scope.first, f"{scope.last}~" if scope.last else _ANYTHING


def first_helps(session: Session, scope: Scope, today: dt.date) -> dict[int, dict[str, str]]:
    """By case opened in the scope's months: the day of the first service on or after it, by group of services."""
    bounds = scope.first, f"{scope.last or '9999'}~", today.isoformat()
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for rid, group, day in run(session, _DELAYS, bounds):
        found[rid][group] = day
    return found


def helps_of_groups(session: Session, today: dt.date) -> dict[Who, list[tuple[str, str]]]:
    """Day and group of all services of those who are linked, whichever entry they were written under."""
    found: dict[Who, list[tuple[str, str]]] = defaultdict(list)
    for who, group, day in run(session, _OF_GROUPS, (today.isoformat(),)):
        found[who].append((day, group))
    return found
