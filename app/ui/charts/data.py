"""What charts show: series of whole numbers over the same categories, and a text that says the same."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Series:
    """One series; ``colour`` is ``#RRGGBB``. None is a hidden cell, which is drawn as hidden and never as nought."""

    label: str
    values: Sequence[int | None]
    colour: str


def total(series: Sequence[Series], at: int) -> int:
    """The sum of what is not hidden in one category."""
    return sum(one.values[at] or 0 for one in series)


def step_for(largest: float, lines: int = 5) -> int:
    """A round step (1, 2, 5 times a power of ten) that needs at most about ``lines`` grid lines."""
    raw = max(1.0, largest / lines)
    power = 10 ** math.floor(math.log10(raw))
    return int(next((m * power for m in (1, 2, 5) if raw <= m * power), 10 * power))


def grouped(number: int) -> str:
    """``12345`` as ``12 345`` with a narrow space, as numbers are written here."""
    return f"{number:,}".replace(",", "\u202f")


def summary(categories: Sequence[str], series: Sequence[Series]) -> str:
    """The chart in words, for screen readers."""
    totals = [f"{name}: {grouped(total(series, at))}" for at, name in enumerate(categories)]
    return "; ".join(totals)
