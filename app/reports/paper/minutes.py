"""The minutes of a meeting of a task force: who came, what was on the agenda, which figures, what was decided.

About no single person. Whoever calls it has put agencies, kinds of decisions and states into the words of the
paper's language; dates and the oblast come as they are recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.i18n import N_
from app.reports.paper.blocks import (
    Block,
    Grid,
    GridCell,
    GridRow,
    Heading,
    Paper,
    PaperKind,
    Points,
    Rows,
    Signatures,
    Text,
)
from app.reports.paper.head import Issuer, Title, captions, paper
from app.reports.paper.tongue import Tongue

_NOTHING: Final = N_("Nothing is recorded.")


@dataclass(frozen=True, slots=True)
class Attendance:
    """An agency that came, with how many (None: not recorded), and whether it is a party of the memorandum."""

    agency: str
    count: int | None = None
    party: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision in words; ``due`` is a date as recorded."""

    number: str
    text: str
    responsible: str = ""
    due: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Minutes:
    """A meeting as its minutes tell it. ``oblast`` is a code, ``date`` as recorded; all else are words."""

    date: str
    oblast: str = ""
    place: str = ""
    chair_agency: str = ""
    chair_post: str = ""
    panel: tuple[str, ...] = ()
    technical_support: str = ""
    attendees: tuple[Attendance, ...] = ()
    guests: tuple[str, ...] = ()
    agenda: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    decisions: tuple[Decided, ...] = ()
    time: str = ""


def minutes_paper(say: Tongue, issuer: Issuer, minutes: Minutes) -> Paper:
    """The minutes, to be signed by the chair and the secretary."""
    blocks: list[Block] = [Rows(_about(say, minutes))]
    blocks += _attended(say, minutes)
    blocks += _listed(say, say(N_("Agenda")), minutes.agenda)
    if minutes.figures:
        blocks += _listed(say, say(N_("Figures that were shown")), minutes.figures)
    blocks += _decided(say, minutes)
    chair = say(N_("Chair"))
    blocks.append(Signatures(captions(say), ((chair, ""), (say(N_("Secretary")), ""))))
    lead = ", ".join(part for part in (say.code("oblasts", minutes.oblast), say.date(minutes.date)) if part)
    title = Title(say(N_("Minutes of the task force meeting")), lead, say(N_("Minutes of the task force meeting")))
    return paper(say, issuer, PaperKind.MINUTES, title, tuple(blocks))


def _about(say: Tongue, minutes: Minutes) -> tuple[tuple[str, str], ...]:
    chair = ", ".join(part for part in (minutes.chair_post, minutes.chair_agency) if part)
    pairs = (
        (say(N_("Date")), say.date(minutes.date)),
        (say(N_("Begins at")), minutes.time),
        (say(N_("Place")), minutes.place),
        (say(N_("Chair")), chair),
        (say(N_("Panel")), "\n".join(minutes.panel)),
        (say(N_("Technical support")), minutes.technical_support),
        (say(N_("Guests")), "\n".join(minutes.guests)),
    )
    return tuple(pair for pair in pairs if pair[1])


def _attended(say: Tongue, minutes: Minutes) -> list[Block]:
    heading = Heading(say(N_("Attended")))
    if not minutes.attendees:
        return [heading, Text(say(_NOTHING))]
    counts = [one.count for one in minutes.attendees if one.count is not None]
    rows = [
        _row(one.agency, say(N_("yes")) if one.party else "", "" if one.count is None else str(one.count))
        for one in minutes.attendees
    ]
    if counts:
        rows.append(_row(say(N_("Total")), "", str(sum(counts)), total=True))
    head = (say(N_("Organisation")), say(N_("Party of the memorandum")), say(N_("Persons present")))
    return [heading, Grid(head, tuple(rows), labels=2)]


def _listed(say: Tongue, head: str, items: tuple[str, ...]) -> list[Block]:
    return [Heading(head), Points(items, numbered=True) if items else Text(say(_NOTHING))]


def _decided(say: Tongue, minutes: Minutes) -> list[Block]:
    heading = Heading(say(N_("Decisions")))
    if not minutes.decisions:
        return [heading, Text(say(_NOTHING))]
    head = (say(N_("No.")), say(N_("Decision")), say(N_("Responsible")), say(N_("Due")), say(N_("State")))
    rows = tuple(
        _row(one.number, one.text, one.responsible, say.date(one.due), one.status) for one in minutes.decisions
    )
    return [heading, Grid(head, rows, labels=len(head))]


def _row(*texts: str, total: bool = False) -> GridRow:
    return GridRow(tuple(GridCell(text) for text in texts), total)
