"""Activities out of the store, with the numbers that were written down; none is made up for one that was not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Activity, Record
from app.reports.facts.work_documents import Document, codes, number, read, rows, text
from app.reports.facts.work_kinds import Act
from app.reports.reading.periods import candidates, within
from app.reports.table import Scope

NUMBERS: Final = (
    "titles", "copies_printed", "copies_distributed", "spots", "broadcasts", "articles", "placements", "items",
    "weeks", "visits", "volunteers", "reached", "units_equipped", "minutes",
)  # fmt: skip


def load(session: Session, scope: Scope, today: dt.date) -> tuple[tuple[Act, ...], int]:
    """The activities in ``scope``, and how many cannot be said to lie in its period.

    An activity of several days counts in the month in which it began. One at several places lies in an oblast if it
    was held there; of a tour through several oblasts only the visitors there are counted then.
    """
    query = select(Activity, Record.data).join(Record, Record.rid == Activity.rid).order_by(Activity.rid)
    query = query.where(candidates(Activity.month, scope))
    found: list[Act] = []
    doubtful = 0
    for row, data in session.execute(query):
        act = _act(row, read(data), scope.oblast)
        if act is None or not _matches(act, scope):
            continue
        lies = within(row.month, row.on_date, scope, today)
        doubtful += lies is None
        if lies:
            found.append(act)
    return tuple(found), doubtful


def _matches(act: Act, scope: Scope) -> bool:
    return scope.centre in ("", act.centre) and scope.donor in ("", act.donor)


def _act(row: Activity, document: Document, asked: str) -> Act | None:
    """``asked`` is the oblast that is asked about; None for an activity that was held elsewhere."""
    places = rows(document, "places")
    oblasts = {oblast for place in places if (oblast := text(place, "oblast"))} | (
        {row.oblast} if row.oblast else set()
    )
    if asked and asked not in oblasts:
        return None
    there = [place for place in places if text(place, "oblast") == asked] if asked else []
    is_part = bool(there) and len(oblasts) > 1
    return Act(
        code=row.code,
        month=row.month,
        oblast=asked or row.oblast or (oblasts.pop() if len(oblasts) == 1 else ""),
        centre=str(row.centre_uid or ""),
        donor=text(document, "donor"),
        project=text(document, "project"),
        sessions=None if is_part else number(document, "sessions"),
        attendances=_visitors(there) if is_part else number(document, "attendances"),
        women=None if is_part else number(document, "women"),
        men=None if is_part else number(document, "men"),
        minors=None if is_part else number(document, "minors"),
        numbers={} if is_part else _numbers(document),
        audiences=codes(document, "audiences"),
        agencies=_agencies(document),
        topic=text(document, "topic"),
        referred_to=text(document, "referred_to"),
        amount=None if is_part else number(document, "amount"),
        currency=text(document, "currency"),
    )


def _numbers(document: Document) -> dict[str, int]:
    return {name: value for name in NUMBERS if (value := number(document, name)) is not None}


def _agencies(document: Document) -> tuple[tuple[str, int | None], ...]:
    named = ((text(row, "agency"), number(row, "participants")) for row in rows(document, "agencies"))
    return tuple((agency, count) for agency, count in named if agency)


def _visitors(places: Iterable[Document]) -> int | None:
    known = [count for place in places if (count := number(place, "visitors")) is not None]
    return sum(known) if known else None
