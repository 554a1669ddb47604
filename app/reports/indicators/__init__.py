"""The indicators: each a pure function from facts to tables (list ``indicators``, with the formulas)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.reports.indicators import builder, cases, money, persons, quality, services, work
from app.reports.indicators.spec import Indicator

INDICATORS: Final[Mapping[str, Indicator]] = {
    indicator.code: indicator
    for module in (persons, cases, services, money, work, quality, builder)
    for indicator in module.INDICATORS
}
"""All of them by their codes, in the order of their chapters; the questions of the table builder last."""
