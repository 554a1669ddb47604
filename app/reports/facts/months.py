"""Which months of the store a scope means, and which are doubtful: a year alone, nothing, or a day still to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.forms import partial
from app.reports.table import Scope

_A_MONTH: Final = 7
_A_DAY: Final = 10


@dataclass(frozen=True, slots=True)
class Months:
    """The months in which services stand: ``within`` the scope, ``before`` it, ``doubtful`` ones, ``years`` alone.

    ``many``: so many lie within that the whole table is read quicker than by its index.
    """

    within: tuple[str, ...]
    before: tuple[str, ...]
    doubtful: tuple[str, ...]
    years: tuple[str, ...]
    bounded: bool
    many: bool


def of_scope(found: Sequence[str], scope: Scope, today: dt.date) -> Months:
    """Part ``found`` by ``scope``. A month after that of ``today`` is doubtful: the clock was wrong."""
    certain = [month for month in found if len(month) == _A_MONTH and month <= today.isoformat()[:_A_MONTH]]
    within = tuple(month for month in certain if lies_within(month, scope))
    return Months(
        within=within,
        before=tuple(month for month in certain if scope.first and month < scope.first),
        doubtful=tuple(month for month in found if month not in set(certain)),
        years=tuple(month for month in found if len(month) == len("2026")),
        bounded=bool(scope.first or scope.last),
        many=len(within) * 2 > len(found),
    )


def lies_within(month: str, scope: Scope) -> bool:
    """Does a certain month lie within the bounds of the scope?"""
    return (not scope.first or scope.first <= month) and (not scope.last or month <= scope.last)


@lru_cache(maxsize=16384)
def month_of(date: str, today: str) -> str:
    """The month of a partial date; "" where it is not certain, or still to come on the ISO day ``today``."""
    if len(date) < _A_MONTH or not partial.is_partial(date) or date > today:
        return ""
    return date[:_A_MONTH]


def day_of(date: str) -> dt.date | None:
    """The day, where it is known exactly."""
    return partial.day(date) if len(date) == _A_DAY else None
