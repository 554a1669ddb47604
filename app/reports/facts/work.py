"""Work that is about no single person, money, and figures that were entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import EnteredFigure
from app.reports.facts import work_activities, work_money, work_partners, work_register
from app.reports.facts.work_kinds import Act, Decided, Doubts, Entered, Funded, Granted, Met, Paid, Party, Register
from app.reports.table import Scope


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """Activities, meetings, decisions, money, entered figures, and what is known of the register itself.

    All but ``entered`` lies within ``scope``: ``entered`` holds every figure, since a balance or a population may
    have been entered for another time. ``left_out`` counts the persons with grants or payments in the scope who did
    not agree that they are counted for others (``Scope.reporting``).
    """

    scope: Scope = field(default_factory=Scope)
    activities: tuple[Act, ...] = ()
    meetings: tuple[Met, ...] = ()
    decisions: tuple[Decided, ...] = ()
    parties: tuple[Party, ...] = ()
    granted: tuple[Granted, ...] = ()
    paid: tuple[Paid, ...] = ()
    funded: tuple[Funded, ...] = ()
    entered: tuple[Entered, ...] = ()
    left_out: int = 0
    doubts: Doubts = field(default_factory=Doubts)
    register: Register = field(default_factory=Register)
    centres: Mapping[str, str] = field(default_factory=dict)
    """The names of the centres by id."""


def load(session: Session, scope: Scope, today: dt.date, *, quality: bool = False) -> WorkFacts:
    """Read what stands in ``scope``; ``today`` tells a meeting that was held from one to come.

    ``quality``: look at the data themselves too (``register``), which takes as long as all the rest.
    """
    activities, activities_doubtful = work_activities.load(session, scope, today)
    meetings, decisions = work_partners.meetings(session, scope, today)
    money = work_money.load(session, scope, today)
    return WorkFacts(
        scope=scope,
        activities=activities,
        meetings=meetings,
        decisions=decisions,
        parties=work_partners.parties(session, scope, today),
        granted=money.granted,
        paid=money.paid,
        funded=money.funded,
        entered=_entered(session),
        left_out=money.left_out,
        doubts=Doubts(activities_doubtful, money.payments_doubtful, money.grants_doubtful),
        register=work_register.load(session, scope) if quality else Register(),
        centres=work_register.centres(session),
    )


def _entered(session: Session) -> tuple[Entered, ...]:
    query = select(EnteredFigure).order_by(EnteredFigure.code, EnteredFigure.area, EnteredFigure.last)
    return tuple(
        Entered(one.code, one.key, one.area, one.first, one.last, one.value, one.currency, one.source)
        for one in session.scalars(query)
    )
