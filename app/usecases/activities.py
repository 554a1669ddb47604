"""Activities: the work that is about no single person, recorded at the centres and at the coordinator's.

Listed newest first, by period and kind; sums are of *sessions* and of *attendances* (a person who comes twice counts
twice), never of persons. What another centre recorded is read here and changed there.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import codelists
from app.errors import UserError
from app.forms.activity import ACTIVITY
from app.forms.activity_measures import HOTLINE, NUMBERS, TOURS, measures_of
from app.forms.validate import Context
from app.i18n import N_
from app.models import Activity, Record
from app.sync.ledger import SELF_RID, bury, document, put, values_of
from app.sync.verifier import Role
from app.usecases import activity_list
from app.usecases.activity_list import ActivityRow, Totals, Wanted
from app.usecases.checking import accept
from app.usecases.clock_check import wrong_clock
from app.usecases.desk import Desk

__all__ = ["Activities", "ActivityRow", "Totals", "Wanted"]

Values = Mapping[str, Any]

COUNTED_DAYS: Final = 365
"""What was usual in the last year is offered first."""
_NOT_AGAIN: Final = frozenset(
    {*NUMBERS, "on", "until", "call_at", "note", "amount", "status", "women", "men", "minors", "places"}
) - {"sessions"}


class Activities:
    """The use cases about activities. Each public method is one transaction."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def travels(self) -> bool:
        """Does what is recorded here go to somebody? (The coordinator's own stays with her.)"""
        return self._desk.me.role != Role.COORDINATOR

    def new_id(self) -> uuid.UUID:
        """An id for an activity about to be recorded: saving the same form twice is then one record."""
        return self._desk.clock.new_id()

    def defaults(self, kind: str) -> dict[str, Any]:
        """What a new form starts with: today, here, the last donor and project of mine.

        No day where the laptop's clock cannot be right. The moment of a call is the save (``save``).
        """
        desk = self._desk
        values: dict[str, Any] = {"activity": kind}
        if kind not in TOURS:
            # A tour is where its stops are: ours, taken for granted, would be counted as one more.
            values |= {"oblast": desk.me.oblast, "raion": desk.me.raion}
        values["on"] = desk.clock.today().isoformat() if wrong_clock(desk) is None else ""
        if "amount" in measures_of(kind):
            values["currency"] = "BYN"
        with desk.store.reading() as session:
            values |= _paid_last(session, desk.staff)
        return {key: value for key, value in values.items() if value}

    def again(self, activity: uuid.UUID) -> dict[str, Any]:
        """The same lecture once more: all but its day, its numbers of people, and what was noted of it."""
        before = self.record(activity)
        values = {name: value for name, value in before.items() if name not in _NOT_AGAIN}
        values["centre"] = str(self._desk.me.centre)
        if isinstance(rows := values.get("agencies"), list):
            values["agencies"] = [{"agency": row["agency"]} for row in rows if "agency" in row]
        today = self.defaults(str(before.get("activity", ""))).get("on")
        return values | ({"on": today} if today else {})

    def usual_kinds(self) -> list[str]:
        """The kinds most recorded here in the last year, the most used first."""
        since = self._desk.clock.today() - dt.timedelta(days=COUNTED_DAYS)
        with self._desk.store.reading() as session:
            return activity_list.used_since(session, since.isoformat()[:7])

    def save(self, values: Values, *, activity: uuid.UUID, sure: bool = False) -> uuid.UUID:
        """Record an activity, new or changed. ``activity`` comes from ``new_id``.

        The day of a call is that of its moment; a new one without a moment was just now.
        Raises NotAccepted, NeedsConfirmation; UserError where the record is another centre's.
        """
        desk = self._desk
        whole = {**values, "centre": str(values.get("centre") or desk.me.centre)}
        with desk.store.transaction() as session:
            if whole.get("activity") == HOTLINE:
                whole |= self._moment(session, activity, whole)
            clean = accept(ACTIVITY, whole, Context(today=desk.clock.today()), sure=sure)
            put(session, desk.author(), "activity", activity, clean)
        return activity

    def delete(self, activity: uuid.UUID, reason: str) -> None:
        """Delete an activity; a tombstone with the reason (a code) remains and travels."""
        with self._desk.store.transaction() as session:
            bury(session, self._desk.author(), activity, reason)

    def record(self, activity: uuid.UUID) -> dict[str, Any]:
        """The values of one activity. Raises UserError where it is no longer here."""
        with self._desk.store.reading() as session:
            values = document(session, activity)
        if values is None:
            raise UserError(N_("This record is no longer here."))
        return values

    def listed(self, wanted: Wanted) -> list[int]:
        """The keys of the activities that are wanted, the latest first; ``rows`` reads them page by page."""
        with self._desk.store.reading() as session:
            return activity_list.listed(session, wanted)

    def rows(self, keys: Sequence[int]) -> list[ActivityRow]:
        """The lines of these keys, in their order; one that is gone meanwhile is left out."""
        with self._desk.store.reading() as session:
            return activity_list.rows(session, keys, travels=self.travels)

    def totals(self, wanted: Wanted) -> Totals:
        """The sums over what is wanted."""
        with self._desk.store.reading() as session:
            return activity_list.totals(session, wanted)

    def years(self) -> list[str]:
        """The years of which anything is recorded, the latest first."""
        with self._desk.store.reading() as session:
            return activity_list.years(session)

    def kinds(self) -> list[str]:
        """The kinds of which anything is recorded, in the order of the list; unknown ones last."""
        with self._desk.store.reading() as session:
            return activity_list.kinds(session)

    def today(self) -> dt.date:
        """The day by this laptop's clock."""
        return self._desk.clock.today()

    def calls_today(self) -> int:
        """How many calls of today were recorded on this laptop."""
        with self._desk.store.reading() as session:
            return activity_list.calls_on(session, self.today().isoformat())

    def _moment(self, session: Session, activity: uuid.UUID, values: Values) -> dict[str, Any]:
        """``on`` after ``call_at``; for one new call without a moment, now (several at once have none)."""
        call_at = values.get("call_at")
        is_new = session.scalar(select(Record.rid).where(Record.uid == activity)) is None
        one = values.get("sessions") in (None, "", 1)
        if not call_at and is_new and one and wrong_clock(self._desk) is None:
            today = self._desk.clock.today().isoformat()
            # A call of another day is typed in with its day alone.
            if values.get("on") not in (None, "", today):
                return {}
            call_at = self._desk.clock.now().astimezone().strftime("%Y-%m-%dT%H:%M")
        if isinstance(call_at, str) and len(call_at) > len("2026-03-09"):
            return {"call_at": call_at, "on": call_at[:10]}
        return {}


def _paid_last(session: Session, staff: uuid.UUID) -> dict[str, Any]:
    """Donor and project of my last activity; what the list does not know is never handed on."""
    query = (
        select(Record.data)
        .join(Activity, Activity.rid == Record.rid)
        .where(Record.owner_rid == SELF_RID, Record.changed_by == staff)
        .order_by(Activity.rid.desc())
        .limit(1)
    )
    data = session.scalar(query)
    before = values_of(data) if data else {}
    if before.get("donor") not in codelists.get("donors"):
        return {}
    return {name: before[name] for name in ("donor", "project") if name in before}
