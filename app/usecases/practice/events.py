"""What happens in an invented centre, as plain values: planned first, then carried out through the use cases.

A plan is a list of events in the order of their days. Nothing in it touches a store, so the truth about it can be
counted without one (``app.usecases.practice.truth``), and the same plan can be carried out anywhere.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import Any

Values = Mapping[str, Any]


class Act(StrEnum):
    """What an event does. The values of an event are always the whole record, as a form gives it."""

    REGISTER = "register"
    CORRECT = "correct"  # what is known of a person
    CONSENT = "consent"
    CASE = "case"
    NEED = "need"
    GRANT = "grant"
    SERVICE = "service"
    REFERRAL = "referral"
    APPOINTMENT = "appointment"
    MARK = "mark"  # what became of an appointment
    ACTIVITY = "activity"  # about no single person
    DELETE_SERVICE = "delete_service"
    DELETE_PERSON = "delete_person"


@dataclass(frozen=True, slots=True)
class Event:
    """One act on one day. ``person`` and ``subject`` are keys of the plan; whoever carries it out makes the ids.

    ``person`` is empty in an activity.
    """

    on: dt.date
    act: Act
    person: str
    values: Values = field(default_factory=dict)
    subject: str = ""
    """The case, grant, service ... that is meant; the same key again is a change of the same record."""
    refers: Mapping[str, str] = field(default_factory=dict)
    """Fields that name another record, by its key in the plan: ``{"grant": "0/7/g0"}``."""
    identity: Values = field(default_factory=dict)
    """Names and safe contact, with REGISTER."""
    human: str = ""
    """With REGISTER: who it is. The same human may stand in the registers of two centres."""
    reason: str = ""
    """Why something is deleted (a code)."""


@dataclass(frozen=True, slots=True)
class Span:
    """The months of a plan: ``count`` of them, from the month of ``first`` on."""

    first: dt.date
    count: int

    @property
    def start(self) -> dt.date:
        """The first day."""
        return self.first.replace(day=1)

    @property
    def end(self) -> dt.date:
        """The last day."""
        month = self.start.month - 1 + self.count - 1
        year, month = self.start.year + month // 12, month % 12 + 1
        return dt.date(year, month, calendar.monthrange(year, month)[1])

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.end - self.start).days + 1


def working_day(random: Random, first: dt.date, last: dt.date) -> dt.date:
    """A day between the two, Monday to Friday where there is one."""
    day = first + dt.timedelta(days=random.randint(0, max(0, (last - first).days)))
    back = max(0, day.weekday() - 4)
    return max(first, day - dt.timedelta(days=back))


def chance(random: Random, share: float) -> bool:
    """True in ``share`` of all cases."""
    return random.random() < share


def pick(random: Random, weighted: Mapping[str, float]) -> str:
    """One of the keys, as often as its weight says."""
    return random.choices(list(weighted), list(weighted.values()))[0]
