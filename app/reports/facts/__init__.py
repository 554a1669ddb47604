"""Facts: what the store holds, read once for a scope, in the form in which indicators count. The one door from the
store to figures; everything after it is pure.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.reports.facts.people import PeopleFacts
from app.reports.facts.work import WorkFacts
from app.reports.table import Scope


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the indicators of one scope need."""

    scope: Scope
    people: PeopleFacts
    work: WorkFacts
