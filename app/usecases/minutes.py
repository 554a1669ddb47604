"""The minutes of a meeting in the words of one language, for ``app.reports.paper.minutes``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.reports.paper.blocks import Paper
from app.reports.paper.head import Issuer
from app.reports.paper.minutes import Attendance, Decided, Minutes, minutes_paper
from app.reports.paper.tongue import Tongue
from app.usecases.desk import Desk
from app.usecases.task_force_rows import DecisionRow

Values = Mapping[str, Any]


def minutes_of(desk: Desk, meeting: Values, decisions: Sequence[DecisionRow], language: str) -> Paper:
    """The minutes of ``meeting`` with its ``decisions`` in their order."""
    say = Tongue(language)
    issuer = Issuer(
        desk.me.centre_name, desk.me.oblast, desk.me.raion, desk.staff_name, desk.clock.today().isoformat()
    )
    minutes = Minutes(
        date=str(meeting.get("on", "")),
        time=str(meeting.get("time", "")),
        oblast=str(meeting.get("oblast", "")),
        place=str(meeting.get("place", "")),
        chair_agency=say.code("agencies", meeting.get("chair_agency")),
        chair_post=str(meeting.get("chair_post", "")),
        panel=tuple(say.code("agencies", code) for code in meeting.get("panel", ())),
        technical_support=say.code("agencies", meeting.get("technical_support")),
        attendees=tuple(_came(say, row) for row in _rows(meeting, "attendees")),
        guests=tuple(guest for row in _rows(meeting, "guests") if (guest := _guest(say, row))),
        agenda=tuple(str(row["item"]) for row in _rows(meeting, "agenda") if row.get("item")),
        figures=tuple(str(row["title"]) for row in _rows(meeting, "figures_shown") if row.get("title")),
        decisions=tuple(_decided(say, one) for one in decisions),
    )
    return minutes_paper(say, issuer, minutes)


def _rows(values: Values, name: str) -> list[Values]:
    """Imported values may be of any kind."""
    rows = values.get(name)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _came(say: Tongue, row: Values) -> Attendance:
    count = row.get("count")
    return Attendance(
        say.code("agencies", row.get("agency")), count if type(count) is int else None, row.get("party") == "yes"
    )


def _guest(say: Tongue, row: Values) -> str:
    named = ", ".join(part for part in (str(row.get("guest", "")), say.code("agencies", row.get("agency"))) if part)
    return f"{named} ({row['count']})" if named and row.get("count") else named


def _decided(say: Tongue, one: DecisionRow) -> Decided:
    kind = say.code("decision_types", one.type)
    return Decided(
        number=str(one.number or ""),
        text="\n".join(part for part in (kind, one.text) if part),
        responsible=say.code("agencies", one.responsible),
        due=one.due,
        status=say.code("decision_status", one.status),
    )
