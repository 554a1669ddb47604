"""What the use cases about the same person hand out: plain values, words already in the language chosen now."""

from __future__ import annotations

import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """Two persons who may be one. ``score`` is in bits; ``later``: put off by her."""

    one: uuid.UUID
    other: uuid.UUID
    one_words: str
    """Name or code, birth, centre."""
    other_words: str
    score: float
    likely: bool
    later: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is to do: pairs undecided and put off, persons not looked at, groups, contradictions."""

    waiting: int
    later: int
    unmatched: int
    groups: int
    contradictions: int
    passed_over: int
    """Keys that so many people share that the last look at the whole register passed them over."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: who, where, since when, and how many services she had."""

    uid: uuid.UUID
    code: str
    name: str
    """Empty where no name came."""
    centre: str
    installation: str
    recorded_on: str
    """``2026-03-09``, by the clock of the laptop that recorded her."""
    services: int


@dataclass(frozen=True, slots=True)
class Line:
    """What both say to one question; empty where it is not known. ``differs``: both are known and not the same."""

    label: str
    one: str
    other: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of evidence in words, with its weight in bits."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about two persons: ``same``, ``different`` or ``later``. ``revoked``: undone since."""

    uid: uuid.UUID
    one: uuid.UUID
    other: uuid.UUID
    verdict: str
    decided_at: str
    by: str
    revoked: bool
    one_words: str
    other_words: str


@dataclass(frozen=True, slots=True)
class PairView:
    """Two persons side by side, in the order in which they were asked for."""

    one: Side
    other: Side
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]
    score: float
    """The sum of the findings; 0 without any where nothing can be compared."""
    standing: Decision | None
    same_group: bool
    """They count as one already, by this decision or through others."""


@dataclass(frozen=True, slots=True)
class Member:
    """One who is one with somebody. ``since``: when a decision that still stands first linked her; else empty."""

    uid: uuid.UUID
    code: str
    name: str
    centre: str
    since: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two of one group who cannot be one person if everything known of them is true."""

    one: uuid.UUID
    other: uuid.UUID
    one_words: str
    other_words: str
    words: str
    """What contradicts."""
