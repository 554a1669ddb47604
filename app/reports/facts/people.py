"""Persons, cases, services, referrals, needs as they are counted: linked persons once, and where it is for others,
those who did not agree apart. Pure.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.reports.facts.rows import Act, CaseFacts, NeedFacts, ReferralFacts, Rows, Someone, Who

__all__ = ["Act", "CaseFacts", "NeedFacts", "PeopleFacts", "ReferralFacts", "Rows", "Someone", "Who"]


@dataclass(frozen=True, slots=True)
class PeopleFacts:
    """Persons and what was done for them, over a scope.

    ``counted`` are those who are counted. ``silent`` are those who are left out because they did not agree (empty
    where all are counted): of them nothing but their number is ever told. ``centres`` are names by id. ``today`` as
    an ISO day.
    """

    counted: Rows = field(default_factory=Rows)
    silent: Rows = field(default_factory=Rows)
    centres: Mapping[str, str] = field(default_factory=dict)
    today: str = ""
    memory: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What several indicators put together alike, kept for the next one; a copy with other rows begins anew."""
