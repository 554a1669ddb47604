"""Persons, cases, services, referrals, needs as they are counted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PeopleFacts:
    """Persons and what was done for them."""
