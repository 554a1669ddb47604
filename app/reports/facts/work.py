"""Work that is about no single person, money, and figures that were entered. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.reports.facts.work_kinds import Act, Decided, Doubts, Entered, Funded, Granted, Met, Paid, Party, Register
from app.reports.table import Scope


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """Activities, meetings, decisions, money, entered figures, and what is known of the register itself.

    All but ``entered`` lies within ``scope``: ``entered`` holds every figure, since a balance or a population may
    have been entered for another time. ``left_out`` counts the persons with grants or payments in the scope who did
    not agree that they are counted for others (``Scope.reporting``).
    """

    scope: Scope = field(default_factory=Scope)
    activities: tuple[Act, ...] = ()
    meetings: tuple[Met, ...] = ()
    decisions: tuple[Decided, ...] = ()
    parties: tuple[Party, ...] = ()
    granted: tuple[Granted, ...] = ()
    paid: tuple[Paid, ...] = ()
    funded: tuple[Funded, ...] = ()
    entered: tuple[Entered, ...] = ()
    left_out: int = 0
    doubts: Doubts = field(default_factory=Doubts)
    register: Register = field(default_factory=Register)
    centres: Mapping[str, str] = field(default_factory=dict)
    """The names of the centres by id."""
