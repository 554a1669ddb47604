"""Work that is about no single person, money, and figures that were entered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """Activities, meetings, decisions, grants, entered figures, bundles."""
