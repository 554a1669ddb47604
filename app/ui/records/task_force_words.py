"""Meetings, decisions and released tables in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.i18n import _, language
from app.reports import words
from app.reports.paper.tongue import Tongue
from app.reports.table import Scope
from app.ui.dates import short_date
from app.ui.exchange.plain_table import Head, Line
from app.ui.records.words import coded
from app.usecases.task_force_rows import DecisionRow, MeetingRow, ReleasedRow

# So many letters fit side by side at 1366 pixels.
_LONGEST: Final = 62
_BESIDE_MEETING: Final = 38
_AGENCY: Final = 26
_HEAD: Final = 14  # the head over the organisations


def meeting_title(on: str, oblast: str) -> str:
    """``14.05.2014 · Vitebsk oblast``."""
    return " · ".join((short_date(on), coded("oblasts", oblast) or _("the whole country")))


def meeting_heads(*, decided: bool = True) -> tuple[Head, ...]:
    """The columns of ``meeting_line``."""
    numbers = (Head(_("Decisions"), number=True), Head(_("Still open"), number=True), Head(_("Overdue"), number=True))
    return (
        Head(_("Date")),
        Head(_("Oblast")),
        Head(_("Place"), wide=True),
        Head(_("Organisations"), number=True),
        *(numbers if decided else ()),
    )


def meeting_line(row: MeetingRow) -> Line:
    """A meeting of a list."""
    when = " ".join(part for part in (short_date(row.on), row.time) if part)
    numbers = [str(count) if count else "" for count in (row.agencies, row.decisions, row.open, row.overdue)]
    return Line((when, coded("oblasts", row.oblast) or _("the whole country"), short(row.place), *numbers))


def decision_heads(*, of_one: bool) -> tuple[Head, ...]:
    """The columns of ``decision_lines``; ``of_one``: all are of one meeting, so it is not said of each."""
    return (
        *((Head(_("No."), number=True),) if of_one else ()),
        Head(_("Due")),
        Head(_("What was decided"), wide=True),
        Head(_("Responsible")),
        Head(_("State")),
        *(() if of_one else (Head(_("Meeting")),)),
    )


def decision_lines(rows: Sequence[DecisionRow], *, of_one: bool) -> list[Line]:
    """Decisions of a list; that one is overdue is said, not only coloured."""
    # What the column of the organisations leaves is given to the words of the decisions.
    widest = max((len(coded("agencies", row.responsible)) for row in rows), default=0)
    spare = _AGENCY - max(_HEAD, min(widest, _AGENCY))
    longest = _LONGEST if of_one else _BESIDE_MEETING + spare
    return [_decision_line(row, longest, of_one=of_one) for row in rows]


def _decision_line(row: DecisionRow, longest: int, *, of_one: bool) -> Line:
    number = (str(row.number or ""),) if of_one else ()
    cells = (
        short_date(row.due),
        short(" ".join(row.text.split()), longest),
        short(coded("agencies", row.responsible), _AGENCY),
        _("overdue") if row.overdue else coded("decision_status", row.status),
    )
    whose = () if of_one else (meeting_title(row.meeting_on, row.oblast) if row.meeting_on else "",)
    whole = (row.text, coded("agencies", row.responsible))
    return Line((*number, *cells, *whose), hint="\n".join(part for part in whole if part))


def released_title(row: ReleasedRow) -> str:
    """What a released table is called, its area and period, in the language chosen now."""
    say = Tongue(language())
    return ", ".join((words.released(row.what, say), words.scope(Scope(row.first, row.last, row.area), say)))


def short(text: str, longest: int = _LONGEST) -> str:
    """Cut at a word so that a line of a table stays readable; the whole stands in the form."""
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"
