"""Meetings, decisions and released tables as lists show them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.forms import partial
from app.forms.decision import is_open

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting: when and where, how many came, how many decisions it made and how many of them are open or late."""

    uid: uuid.UUID
    on: str
    time: str
    oblast: str
    place: str
    agencies: int
    decisions: int
    open: int
    overdue: int
    ours: bool


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision. ``meeting_on`` and ``oblast`` are those of its meeting, empty where that is not here."""

    uid: uuid.UUID
    meeting: uuid.UUID | None
    meeting_on: str
    oblast: str
    number: int
    """0 where it has none."""
    type: str
    text: str
    responsible: str
    due: str
    status: str
    is_open: bool
    overdue: bool
    ours: bool


@dataclass(frozen=True, slots=True)
class ReleasedRow:
    """A table or pack that left: its code, area and period (months)."""

    uid: uuid.UUID
    what: str
    area: str
    first: str
    last: str


def meeting_row(uid: uuid.UUID, values: Values, own: bool, counts: tuple[int, int, int]) -> MeetingRow:
    """The row of a meeting; ``counts`` are its decisions: all, open, overdue."""
    came, (decisions, still_open, overdue) = values.get("attendees"), counts
    return MeetingRow(
        uid=uid,
        on=_text(values, "on"),
        time=_text(values, "time"),
        oblast=_text(values, "oblast"),
        place=_text(values, "place"),
        agencies=len(came) if isinstance(came, list) else 0,
        decisions=decisions,
        open=still_open,
        overdue=overdue,
        ours=own,
    )


def decision_row(
    uid: uuid.UUID, values: Values, meeting: uuid.UUID | None, of: Values, *, own: bool, today: dt.date
) -> DecisionRow:
    """The row of a decision; ``of`` are the values of its meeting."""
    number = values.get("number")
    return DecisionRow(
        uid=uid,
        meeting=meeting,
        meeting_on=_text(of, "on"),
        oblast=_text(of, "oblast"),
        number=number if type(number) is int else 0,
        type=_text(values, "type"),
        text=_text(values, "text"),
        responsible=_text(values, "responsible"),
        due=_text(values, "due"),
        status=_text(values, "status") or "open",
        is_open=is_open(values),
        overdue=is_overdue(values, today),
        ours=own,
    )


def is_overdue(values: Values, today: dt.date) -> bool:
    """Is a decision still open after the last day that its due date can mean?"""
    days = partial.bounds(values.get("due"))
    return is_open(values) and days is not None and days[1] < today


def _text(values: Values, name: str) -> str:
    """Imported values may be of any kind; what is no text is not shown in a list."""
    value = values.get(name)
    return value if isinstance(value, str) else ""
