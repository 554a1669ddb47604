"""Who stands behind the services: what her entries say of her, whether she was helped before, her word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy.orm import Session

from app.reports.facts import documents as read
from app.reports.facts.months import Months
from app.reports.facts.rows import Who
from app.reports.facts.united import Entry
from app.reports.facts.work_entered import ASSISTED_BEFORE
from app.reports.reading.acts import place
from app.reports.reading.query import listed, marks, run
from app.reports.table import Scope

_GROUPS: Final = "SELECT person_uid, group_uid FROM same_person"
_MEMBERS: Final = """
    SELECT record.rid, same_person.group_uid FROM same_person CROSS JOIN record ON record.uid = same_person.person_uid
"""
_ENTRIES: Final = "SELECT rid, sex, birth_year FROM person WHERE rid IN (SELECT value FROM json_each(?))"
_CITIZENS: Final = """
    SELECT record.rid, record.data FROM record JOIN person ON person.rid = record.rid
    WHERE record.rid IN (SELECT value FROM json_each(?))
"""
_WORDS: Final = (
    "SELECT person_uid, state, expires_on FROM consent WHERE scope = 'reporting' AND person_uid IS NOT NULL"
)
# A certain month as ``app.sync.columns`` takes it from a day: no digit follows it.
_EARLIER: Final = """
    on_date < ? AND on_date <= ? AND substr(on_date, 6, 2) BETWEEN '01' AND '12'
    AND (on_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]' OR on_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9][^0-9]*')
"""
_HELPED_EARLIER: Final = """
    SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM service WHERE person_rid = value AND {earlier})
"""
_STRANGERS_EARLIER: Final = "SELECT counted_uid FROM service WHERE person_rid IS NULL AND {earlier}"
_YEARS: Final = "SELECT counted_uid, MIN(month) FROM service WHERE month IN ({months}) GROUP BY counted_uid"
_EVER: Final = """
    SELECT counted_uid, MIN(month) FROM service {how} WHERE month IN ({months}) AND {where} GROUP BY counted_uid
"""
_EVER_AT_ALL: Final = "SELECT DISTINCT counted_uid, '' FROM service {how} WHERE month IN ({months}) AND {where}"
_BALANCES: Final = "SELECT EXISTS (SELECT 1 FROM entered_figure WHERE code = ?)"


def groups(session: Session) -> dict[bytes, Who]:
    """The group of everybody who is linked with another."""
    return dict(map(tuple, run(session, _GROUPS)))


def members(session: Session) -> dict[int, Who]:
    """The same by the keys of their records, as far as these are known here."""
    return dict(map(tuple, run(session, _MEMBERS)))


def entries(session: Session, persons: Collection[int], *, citizenships: bool) -> dict[int, Entry]:
    """Sex, year of birth and (where asked for) citizenships of persons' entries, by the keys of their records."""
    found: dict[int, Entry] = {
        rid: (read.known(sex), read.whole(born), ()) for rid, sex, born in run(session, _ENTRIES, (listed(persons),))
    }
    if citizenships:
        for rid, data in run(session, _CITIZENS, (listed(persons),)):
            sex, born, _none = found[rid]
            found[rid] = sex, born, read.codes(read.read_person(data).citizenships)
    return found


def words(session: Session, today: dt.date) -> dict[bytes, str]:
    """What each entry says of its person being counted for others: the states of that consent, apart by a space."""
    day = today.isoformat()
    found: dict[bytes, str] = {}
    for person, state, until in run(session, _WORDS):
        said = "expired" if until and state == "given" and until < day[: len(until)] else state
        found[person] = f"{found[person]} {said}" if person in found else said
    return found


def helped_earlier(session: Session, persons: Mapping[int, Who], scope: Scope, today: dt.date) -> set[Who]:
    """Who of ``persons``, and of those whose record is not here, was helped in a certain month before the scope."""
    if not scope.first:
        return set()
    bounds = scope.first, today.isoformat()
    found = run(session, _HELPED_EARLIER.format(earlier=_EARLIER), (listed(persons), *bounds))
    known = {persons[rid] for (rid,) in found}
    return known | {who for (who,) in run(session, _STRANGERS_EARLIER.format(earlier=_EARLIER), bounds)}


def first_years(session: Session, months: Months) -> dict[Who, str]:
    """The first year in which somebody was helped, of those of whom some service names a year alone."""
    text = _YEARS.format(months=marks(months.years))
    return {who: year for who, year in run(session, text, months.years) if who is not None}


def ever(session: Session, months: tuple[str, ...], scope: Scope) -> dict[Who, str]:
    """Everybody who was helped in ``months`` within ``scope``, with the first of these months.

    The months stay "" while no opening balance is entered: nobody asks for them then, and they take their time.
    """
    there, bounds = place(scope)
    values: tuple[Any, ...] = (*months, *bounds)
    how = "NOT INDEXED" if scope.oblast or scope.donor else ""
    dated = run(session, _BALANCES, (ASSISTED_BEFORE,))[0][0]
    where = f"counted_uid IS NOT NULL AND {there}"
    text = (_EVER if dated else _EVER_AT_ALL).format(how=how, months=marks(months), where=where)
    return dict(map(tuple, run(session, text, values)))
