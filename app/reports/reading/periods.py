"""Does a record lie in the months of a scope?

As of services (``app.reports.facts.months``): a year alone, nothing, or a day still to come stand in no period, and
how many did is said (``date_doubtful``).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, func, or_, true

from app.reports.facts.months import lies_within
from app.reports.table import Scope

_MONTH = len("2026-03")


def within(month: str, day: str | None, scope: Scope, today: dt.date) -> bool | None:
    """Yes, no, or None where it is not certain. Without bounds everything lies within."""
    if not scope.first and not scope.last:
        return True
    if len(month) != _MONTH or (day or month) > today.isoformat():
        return None
    return lies_within(month, scope)


def candidates(column: SQLColumnExpression[Any], scope: Scope) -> ColumnElement[bool]:
    """The condition under which ``within`` says yes or cannot tell."""
    bounds = []
    if scope.first:
        bounds.append(column >= scope.first)
    if scope.last:
        bounds.append(column <= scope.last)
    return or_(and_(*bounds), func.length(column) < _MONTH) if bounds else true()
