"""A question asked of the figures, and its answer."""

from __future__ import annotations

from dataclasses import dataclass

from app.reports.pack import CountedUntil, Picture
from app.reports.table import Audience, Scope, Told


@dataclass(frozen=True, slots=True)
class Question:
    """An indicator (or ``table_persons``, ``table_services``) by at most two dimensions, over a scope."""

    code: str
    by: tuple[str, ...]
    scope: Scope
    audience: Audience = Audience.INTERNAL


@dataclass(frozen=True, slots=True)
class Answer:
    """The tables as their reader sees them; ``problem`` is marked text why they cannot be told."""

    question: Question
    told: tuple[Told, ...]
    picture: Picture
    until: tuple[CountedUntil, ...]
    problem: str = ""
