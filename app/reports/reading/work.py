"""``WorkFacts`` out of the store: activities, meetings, money, entered figures, the register itself."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import EnteredFigure
from app.reports.facts.work import WorkFacts
from app.reports.facts.work_kinds import Doubts, Entered, Register
from app.reports.reading import activities as activities_of_store
from app.reports.reading import money as money_of_store
from app.reports.reading import partners, register
from app.reports.table import Scope


def load(session: Session, scope: Scope, today: dt.date, *, quality: bool = False) -> WorkFacts:
    """Read what stands in ``scope``; ``today`` tells a meeting that was held from one to come.

    ``quality``: look at the data themselves too (``register``), which takes as long as all the rest.
    """
    activities, activities_doubtful = activities_of_store.load(session, scope, today)
    meetings, decisions = partners.meetings(session, scope, today)
    money = money_of_store.load(session, scope, today)
    return WorkFacts(
        scope=scope,
        activities=activities,
        meetings=meetings,
        decisions=decisions,
        parties=partners.parties(session, scope, today),
        granted=money.granted,
        paid=money.paid,
        funded=money.funded,
        entered=_entered(session),
        left_out=money.left_out,
        doubts=Doubts(activities_doubtful, money.payments_doubtful, money.grants_doubtful),
        register=register.load(session, scope) if quality else Register(),
        centres=register.centres(session),
    )


def _entered(session: Session) -> tuple[Entered, ...]:
    query = select(EnteredFigure).order_by(EnteredFigure.code, EnteredFigure.area, EnteredFigure.last)
    return tuple(
        Entered(one.code, one.key, one.area, one.first, one.last, one.value, one.currency, one.source)
        for one in session.scalars(query)
    )
