"""Activities as a list and its sums: what the store answers, in one reading each.

A year alone (``2026``) belongs to the whole year, not to one of its quarters. What an imported row holds in the place
of a number may be anything (it is flagged then): it is no number.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from app import codelists
from app.forms.activity_measures import HOTLINE, measures_of, numbers_of
from app.models import Activity, Centre, Record
from app.sync.ledger import SELF_RID, values_of
from app.usecases.delivery import Delivery, deliveries


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which activities: the months from and to (``2026-03``, empty: open) and a kind (empty: all)."""

    first: str = ""
    last: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One line of the list. ``title`` is the topic of a lecture, ``topic`` the code of what a call was about."""

    uid: uuid.UUID
    kind: str
    on: str
    until: str
    title: str
    topic: str
    oblast: str
    place: str
    sessions: int | None
    attendances: int | None
    centre: str
    mine: bool
    delivery: Delivery | None = None
    """How far it has got to the coordinator; of what stays where it is, or is another centre's, nothing."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over what is listed. What gives no number of its sessions is one; calls of the hotline stand apart."""

    records: int = 0
    sessions: int = 0
    attendances: int = 0
    calls: int = 0


def listed(session: Session, wanted: Wanted) -> list[int]:
    """The keys of the activities that are wanted, the latest first."""
    query = select(Activity.rid).where(*_where(wanted)).order_by(Activity.on_date.desc(), Activity.rid.desc())
    return list(session.scalars(query))


def rows(session: Session, keys: Sequence[int], *, travels: bool) -> list[ActivityRow]:
    """The lines of these keys, in their order; one that is gone meanwhile is left out. ``travels``: with how far
    each has got to the coordinator.
    """
    query = (
        select(Activity, Record.uid, Record.data, Record.owner_rid, Centre.name)
        .join(Record, Record.rid == Activity.rid)
        .outerjoin(Centre, Centre.uid == Activity.centre_uid)
        .where(Activity.rid.in_(list(keys)))
    )
    found = {
        row.rid: _row(row, uid, values_of(data), centre or "", mine=owner == SELF_RID)
        for row, uid, data, owner, centre in session.execute(query)
    }
    listed = [found[key] for key in keys if key in found]
    if not travels:
        return listed
    told = deliveries(session, [row.uid for row in listed if row.mine])
    return [replace(row, delivery=told.get(row.uid)) for row in listed]


def totals(session: Session, wanted: Wanted) -> Totals:
    """The sums over what is wanted."""
    one_at_least = func.coalesce(_number("sessions"), 1)
    query = (
        select(
            func.count(),
            func.sum(case((Activity.code.in_(_in_sessions()), one_at_least), else_=0)),
            func.sum(func.coalesce(_number("attendances"), 0)),
            func.sum(case((Activity.code == HOTLINE, one_at_least), else_=0)),
        )
        .join(Record, Record.rid == Activity.rid)
        .where(*_where(wanted))
    )
    return Totals(*(int(one or 0) for one in session.execute(query).one()))


def years(session: Session) -> list[str]:
    """The years of which anything is recorded, the latest first."""
    query = select(func.substr(Activity.month, 1, 4)).distinct()
    return sorted((year for year in session.scalars(query) if year), reverse=True)


def kinds(session: Session) -> list[str]:
    """The kinds of which anything is recorded, in the order of the list; unknown ones last."""
    found = [code for code in session.scalars(select(Activity.code).distinct()) if code]
    return codelists.get("activity_kinds").in_order(sorted(found))


def used_since(session: Session, month: str) -> list[str]:
    """The kinds that were recorded here since ``month``, the most used first."""
    query = (
        select(Activity.code, func.count())
        .join(Record, Record.rid == Activity.rid)
        .where(Activity.month >= month, Record.owner_rid == SELF_RID)
        .group_by(Activity.code)
    )
    known = codelists.get("activity_kinds")
    ranked = sorted(session.execute(query).all(), key=lambda row: (-row[1], row[0]))
    return [code for code, _count in ranked if code in known]


def calls_on(session: Session, day: str) -> int:
    """How many calls of ``day`` were recorded on this laptop."""
    query = (
        select(func.count())
        .select_from(Activity)
        .join(Record, Record.rid == Activity.rid)
        .where(Activity.code == HOTLINE, Activity.on_date == day, Record.owner_rid == SELF_RID)
    )
    return int(session.scalar(query) or 0)


def _row(found: Activity, uid: uuid.UUID, values: Mapping[str, Any], centre: str, *, mine: bool) -> ActivityRow:
    asked = numbers_of(found.code)
    return ActivityRow(
        uid=uid,
        kind=found.code,
        on=found.on_date or "",
        until=_text(values, "until"),
        title=_text(values, "title"),
        topic=_text(values, "topic"),
        oblast=found.oblast or "",
        place=_text(values, "place"),
        sessions=_whole(values, "sessions") if "sessions" in asked else None,
        attendances=_whole(values, "attendances") if "attendances" in asked else None,
        centre=centre,
        mine=mine,
    )


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _whole(values: Mapping[str, Any], name: str) -> int | None:
    value = values.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _where(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    whole_year = wanted.first[5:] == "01" and wanted.last == f"{wanted.first[:4]}-12"
    if wanted.first:
        found.append(Activity.month >= (wanted.first[:4] if whole_year else wanted.first))
    if wanted.last:
        found.append(Activity.month <= wanted.last)
    if wanted.kind:
        found.append(Activity.code == wanted.kind)
    return found


def _in_sessions() -> list[str]:
    """The kinds of which sessions are counted; calls of the hotline are calls."""
    listed_kinds = codelists.get("activity_kinds").codes
    return [code for code in listed_kinds if code != HOTLINE and "sessions" in measures_of(code)]


def _number(name: str) -> ColumnElement[int]:
    """A whole number in the document."""
    path = f"$.{name}"
    is_whole = func.json_type(Record.data, path) == "integer"
    return case((is_whole, func.json_extract(Record.data, path)), else_=None)
