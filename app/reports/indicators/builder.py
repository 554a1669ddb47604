"""The table builder: persons or services of a scope by at most two dimensions."""

from __future__ import annotations

from typing import Final

from app.reports.facts import Facts
from app.reports.facts.wanted import Wanted
from app.reports.indicators import populations as who
from app.reports.indicators.counting import build
from app.reports.indicators.spec import Indicator
from app.reports.pack import Picture
from app.reports.table import Table

DIMENSIONS: Final = (
    "month", "centre", "oblast", "sex", "age", "form", "group", "service", "donor", "provider", "outcome",
)  # fmt: skip


def _persons(facts: Facts, by: tuple[str, ...]) -> tuple[Table, ...]:
    return (build("table_persons", who.persons(facts, by), *by),)


def _services(facts: Facts, by: tuple[str, ...]) -> tuple[Table, ...]:
    return (build("table_services", who.services(facts), *by),)


INDICATORS: Final = (
    Indicator("table_persons", "builder", DIMENSIONS, _persons, Picture.COLUMNS, reads=Wanted.ACTS),
    Indicator("table_services", "builder", DIMENSIONS, _services, Picture.COLUMNS, reads=Wanted.ACTS),
)
