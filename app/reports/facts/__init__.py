"""Facts: what the store holds of a scope, in the form in which indicators count. Pure: ``app.reports.reading`` reads
them.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.reports.facts.people import PeopleFacts
from app.reports.facts.work import WorkFacts
from app.reports.table import Scope

__all__ = ["Facts"]


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the indicators of one scope need."""

    scope: Scope
    people: PeopleFacts
    work: WorkFacts
