"""Figures: persons and services by month × group of service × centre, with sex and age group.

*Persons* are distinct persons; *services* are records. A person helped twice in a month counts once there, and
once in any total over several months: totals of persons are counted anew, never summed from cells. Entries that the
coordinator holds to be one person count once wherever they meet in a cell or a total. Internal figures count everyone
(the gate ``reporting`` belongs to what leaves, with its disclosure control).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.models import Centre, Service


class Dimension(StrEnum):
    """By what the figures are broken down."""

    MONTH = "month"
    GROUP = "group"
    CENTRE = "centre"
    SEX = "sex"
    AGE = "age"


_COLUMNS: dict[Dimension, ColumnElement[Any]] = {
    Dimension.MONTH: Service.month.expression,
    Dimension.GROUP: Service.service_group.expression,
    Dimension.CENTRE: Service.centre_uid.expression,
    Dimension.SEX: Service.sex.expression,
    Dimension.AGE: Service.age_group.expression,
}


@dataclass(frozen=True, slots=True)
class Period:
    """Months from ``first`` to ``last``, both included, as ``2026-03``; empty means open."""

    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of figures: the value of each dimension asked for, distinct persons, and services."""

    key: tuple[str, ...]
    persons: int
    services: int


def count(session: Session, by: Sequence[Dimension], period: Period | None = None) -> list[Cell]:
    """Figures broken down by ``by`` (none gives one line, the total), in the order of the keys.

    A service whose date is not known to the month stands under its year or under "".
    """
    columns = [_COLUMNS[dimension] for dimension in by]
    # A person who is known here only by reference still is one person; those who are linked are one as well.
    person = func.count(func.distinct(Service.counted_uid))
    query = select(*columns, person, func.count()).group_by(*columns).order_by(*columns)
    for condition in _within(period or Period()):
        query = query.where(condition)
    return [
        Cell(tuple(_plain(value) for value in row[: len(columns)]), int(row[-2]), int(row[-1]))
        for row in session.execute(query)
    ]


def months(session: Session) -> list[str]:
    """The months (and bare years) in which anything was recorded, oldest first."""
    return [month for month in session.scalars(select(Service.month).distinct().order_by(Service.month)) if month]


def centre_names(session: Session) -> dict[str, str]:
    """The names of all centres known here, by id."""
    return {str(uid): name for uid, name in session.execute(select(Centre.uid, Centre.name))}


def _within(period: Period) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if period.first:
        conditions.append(Service.month >= period.first)
    if period.last:
        conditions.append(Service.month <= period.last)
    return conditions


def _plain(value: object) -> str:
    return "" if value is None else str(value)
