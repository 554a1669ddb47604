"""The questions to the store behind ``PeopleFacts``: plain SQL, for a quarter must come out of a million services
within seconds. What they answer is put together in ``people``.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.orm import Session

from app.reports.facts import documents as read
from app.reports.facts.months import Months, month_of
from app.reports.facts.rows import Act, CaseFacts, NeedFacts, ReferralFacts, Who
from app.reports.facts.work_entered import ASSISTED_BEFORE
from app.reports.table import Scope

_ACTS: Final = """
    SELECT counted_uid, person_uid, rid, code, service_group, COALESCE(on_date, ''), month, centre_uid,
        COALESCE(oblast, ''), sex, age_group, COALESCE(outcome, ''), COALESCE(donor, ''), COALESCE(project, ''),
        COALESCE(provider, ''), grant_uid, amount_minor, COALESCE(currency, '')
    FROM service {how} WHERE {where}
"""
_EVER: Final = """
    SELECT counted_uid, MIN(month) FROM service {how} WHERE month IN ({months}) AND {where} GROUP BY counted_uid
"""
_EVER_AT_ALL: Final = "SELECT DISTINCT counted_uid, '' FROM service {how} WHERE month IN ({months}) AND {where}"
_BALANCES: Final = "SELECT EXISTS (SELECT 1 FROM entered_figure WHERE code = ?)"
_YEARS: Final = "SELECT counted_uid, MIN(month) FROM service WHERE month IN ({months}) GROUP BY counted_uid"
_ENTRIES: Final = """
    SELECT record.uid, person.sex, person.birth_year, record.data FROM record JOIN person ON person.rid = record.rid
    WHERE record.uid IN (SELECT unhex(value) FROM json_each(?) UNION SELECT person_uid FROM same_person)
"""
_WORDS: Final = "SELECT person_uid, state, rid FROM consent WHERE scope = 'reporting' AND person_uid IS NOT NULL"
_ENDING: Final = """
    SELECT rid, data FROM record
    WHERE rid IN (SELECT rid FROM consent WHERE scope = 'reporting' AND state = 'given') AND instr(data, 'expires_on')
"""
_CASES: Final = """
    SELECT case_file.person_uid, case_file.rid, record.owner_rid, record.data
    FROM case_file CROSS JOIN record ON record.rid = case_file.rid WHERE case_file.person_uid IS NOT NULL
"""
_REFERRALS: Final = """
    SELECT referral.person_uid, referral.code, referral.agency, COALESCE(referral.status, ''),
        COALESCE(referral.sent_on, ''), record.owner_rid
    FROM referral JOIN record ON record.rid = referral.rid WHERE referral.person_uid IS NOT NULL
"""
_NEEDS: Final = """
    SELECT need.person_uid, need.category, need.progress, record.data, record.owner_rid
    FROM need JOIN record ON record.rid = need.rid WHERE need.person_uid IS NOT NULL
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
_CENTRES: Final = "SELECT uid, name, COALESCE(oblast, '') FROM centre"
_OWNERS: Final = "SELECT installation.rid, centre.uid FROM installation JOIN centre ON centre.rid = centre_rid"
_OBLASTS: Final = "SELECT centre_uid, oblast, COUNT(*) FROM service WHERE oblast > '' GROUP BY centre_uid, oblast"
_DONORS: Final = """
    SELECT DISTINCT donor FROM service WHERE donor > ''
    UNION SELECT json_extract(data, '$.donor') FROM record WHERE kind IN ('grant', 'activity') AND state = 'live'
"""
_DETAILS: Final = "SELECT rid, data FROM record WHERE rid IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Places:
    """The centres: names and oblasts by id, and the centre of each installation that keeps records."""

    names: Mapping[str, str]
    oblasts: Mapping[str, str]
    owners: Mapping[int, str]

    def of_owner(self, rid: int) -> tuple[str, str]:
        """Centre and oblast of the installation that keeps a record."""
        centre = self.owners.get(rid, "")
        return centre, self.oblasts.get(centre, "")


def places(session: Session) -> Places:
    """The centres as they are known here. Where the oblast of one was never told, most of its services tell it."""
    rows = _run(session, _CENTRES)
    names = {_text_of(uid): name for uid, name, _oblast in rows}
    oblasts = {_text_of(uid): oblast for uid, _name, oblast in rows if oblast}
    if any(uid not in oblasts for uid in names):
        found: dict[str, tuple[int, str]] = {}
        for centre, oblast, count in _run(session, _OBLASTS):
            uid = _text_of(centre)
            found[uid] = max(found.get(uid, (0, "")), (count, oblast))
        oblasts = {uid: oblast for uid, (_count, oblast) in found.items()} | oblasts
    owners = {rid: _text_of(uid) for rid, uid in _run(session, _OWNERS)}
    return Places(names, oblasts, owners)


def groups(session: Session) -> dict[bytes, Who]:
    """The group of everybody who is linked with another."""
    return dict(map(tuple, _run(session, "SELECT person_uid, group_uid FROM same_person")))


def acts(session: Session, months: Months, today: dt.date) -> Iterator[Act]:
    """The services of the months of a scope, wherever they were given; without bounds the doubtful ones too."""
    how, marks = "NOT INDEXED" if months.many else "", _marks(months.within)
    where = f"month IN ({marks}) AND on_date <= ?"
    yield from _acts(session, how, where, (*months.within, today.isoformat()))
    if not months.bounded:
        yield from (act._replace(month="") for act in doubtful(session, months, today))


def doubtful(session: Session, months: Months, today: dt.date) -> Iterator[Act]:
    """The services whose month is not certain."""
    where = f"month IN ({_marks(months.doubtful)}) OR (month = ? AND on_date > ?)"
    day = today.isoformat()
    return _acts(session, "", where, (*months.doubtful, day[:7], day))


def _acts(session: Session, how: str, where: str, values: tuple[Any, ...]) -> Iterator[Act]:
    centres: dict[bytes | None, str] = {}
    for row in _run(session, _ACTS.format(how=how, where=where), values):
        centre = row[7]
        if centre not in centres:
            centres[centre] = _text_of(centre)
        sex, age = row[9], row[10]
        sex, age = "" if sex == "unknown" else sex, "" if age == "unknown" else age
        yield Act._make((*row[:7], centres[centre], row[8], sex, age, *row[11:]))


def ever(session: Session, months: tuple[str, ...], scope: Scope) -> dict[Who, str]:
    """Everybody who was helped in ``months`` within ``scope``, with the first of these months.

    The months stay "" while no opening balance is entered: nobody asks for them then, and they take their time.
    """
    where, values = ["counted_uid IS NOT NULL"], list[Any](months)
    for column, value in (("oblast", scope.oblast), ("donor", scope.donor)):
        if value:
            where.append(f"{column} = ?")
            values.append(value)
    if scope.centre:
        where.append("centre_uid = ?")
        values.append(uuid.UUID(scope.centre).bytes)
    how = "NOT INDEXED" if scope.oblast or scope.donor else ""
    dated = _run(session, _BALANCES, (ASSISTED_BEFORE,))[0][0]
    text = (_EVER if dated else _EVER_AT_ALL).format(how=how, months=_marks(months), where=" AND ".join(where))
    return dict(map(tuple, _run(session, text, tuple(values))))


def first_years(session: Session, months: Months) -> dict[Who, str]:
    """The first year in which somebody was helped, of those of whom some service names a year alone."""
    text = _YEARS.format(months=_marks(months.years))
    return {who: year for who, year in _run(session, text, months.years) if who is not None}


def entries(session: Session, persons: Iterable[bytes]) -> dict[bytes, tuple[str, int | None, tuple[str, ...]]]:
    """Sex, year of birth and citizenships of persons' records, by id; of ``persons`` and of all who are linked."""
    return {
        uid: (read.known(sex), read.whole(born), read.codes(read.read_person(data).citizenships))
        for uid, sex, born, data in _run(session, _ENTRIES, (json.dumps([uid.hex() for uid in persons]),))
    }


def words(session: Session, today: dt.date) -> dict[bytes, str]:
    """What each entry says of its person being counted for others: the states of that consent, apart by a space."""
    rows, day = _run(session, _WORDS), today.isoformat()
    ended = {
        rid
        for rid, data in _run(session, _ENDING)
        if (until := read.text(read.read_consent(data).expires_on)) and until < day[: len(until)]
    }
    found: dict[bytes, str] = {}
    for person, state, rid in rows:
        said = "expired" if rid in ended else state
        found[person] = f"{found[person]} {said}" if person in found else said
    return found


def cases(session: Session, group_of: Mapping[bytes, Who], where: Places) -> list[CaseFacts]:
    """All cases: what happened to a person may stand in any of hers."""
    decode, owned = read.read_case, {owner: where.of_owner(owner) for owner in where.owners}
    return [
        CaseFacts(group_of.get(person, person), rid, *owned.get(owner, ("", "")), decode(data))
        for person, rid, owner, data in _run(session, _CASES)
    ]


def referrals(
    session: Session, group_of: Mapping[bytes, Who], where: Places, today: dt.date
) -> Iterator[ReferralFacts]:
    """All referrals; ``month`` is "" where it is not certain."""
    for person, code, agency, status, sent, owner in _run(session, _REFERRALS):
        who = group_of.get(person, person)
        yield ReferralFacts(who, code, agency, status, month_of(sent, today.isoformat()), *where.of_owner(owner))


def needs(session: Session, group_of: Mapping[bytes, Who], where: Places, today: dt.date) -> Iterator[NeedFacts]:
    """All needs; ``month`` is that in which the step was agreed."""
    for person, category, progress, data, owner in _run(session, _NEEDS):
        month = month_of(read.text(read.read_need(data).agreed_on), today.isoformat())
        yield NeedFacts(group_of.get(person, person), category, progress, month, *where.of_owner(owner))


def first_helps(session: Session, scope: Scope, today: dt.date) -> dict[int, dict[str, str]]:
    """By case opened in the scope's months: the day of the first service on or after it, by group of services."""
    bounds = scope.first, f"{scope.last or '9999'}~", today.isoformat()
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for rid, group, day in _run(session, _DELAYS, bounds):
        found[rid][group] = day
    return found


def helps_of_groups(session: Session, today: dt.date) -> dict[Who, list[tuple[str, str]]]:
    """Day and group of all services of those who are linked, whichever entry they were written under."""
    found: dict[Who, list[tuple[str, str]]] = defaultdict(list)
    for who, group, day in _run(session, _OF_GROUPS, (today.isoformat(),)):
        found[who].append((day, group))
    return found


def details(session: Session, services: Iterable[int]) -> dict[int, read.ServiceDocument]:
    """What came of courses and where journeys began, by the key of the service."""
    rows = _run(session, _DETAILS, (json.dumps(list(services)),))
    return {rid: read.read_service(data) for rid, data in rows}


def donors(session: Session) -> list[str]:
    """The donors that stand in some service, grant or activity; also those that no list knows."""
    return sorted({donor for (donor,) in _run(session, _DONORS) if isinstance(donor, str) and donor})


def _run(session: Session, text: str, values: tuple[Any, ...] = ()) -> list[Any]:
    """All rows as plain tuples: a row object for each of a million costs as much as the reading."""
    cursor = session.connection().exec_driver_sql(text, values).cursor
    return list(cursor.fetchall()) if cursor is not None else []


def _marks(values: tuple[str, ...]) -> str:
    return ", ".join("?" * len(values)) or "NULL"


def _text_of(uid: bytes | None) -> str:
    return str(uuid.UUID(bytes=uid)) if uid else ""
