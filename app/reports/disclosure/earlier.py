"""What was told before, to whom and by which rule. Each new table is held against all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from app.reports.disclosure.months import meet
from app.reports.disclosure.quantities import Name, Quantity, read
from app.reports.pack import Rule


@dataclass(frozen=True, slots=True)
class EarlierRelease:
    """One release: the day, the rule with its numbers as it was then, and all its quantities."""

    day: str
    rule: Rule
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """All releases, oldest first."""

    releases: tuple[EarlierRelease, ...] = ()


NOTHING: Final = Earlier()


@dataclass(frozen=True, slots=True)
class Past:
    """A release as it is held against new tables: only what has to do with them."""

    day: str
    rule: Rule
    figures: Mapping[Name, Quantity]


def that_matters(earlier: Earlier, now: Iterable[Name]) -> list[Past]:
    """Of each earlier release what may say something of the quantities ``now``.

    The same measure of the same population over a period that shares a month, also by way of a third period (a year
    joins its quarters).
    """
    periods: dict[tuple[str, str, str, bool], set[tuple[str, str]]] = {}
    for name in now:
        periods.setdefault(name.kin, set()).add((name.first, name.last))
    known = [
        Past(one.day, one.rule, figures)
        for one in earlier.releases
        for figures in _worlds((read(each.key), each) for each in one.quantities)
    ]
    known = [Past(past.day, past.rule, {n: q for n, q in past.figures.items() if n.kin in periods}) for past in known]
    far = {(name.kin, (name.first, name.last)) for past in known for name in past.figures}
    while True:
        found = {(family, period) for family, period in far if any(meet(period, one) for one in periods[family])}
        if not found:
            break
        far -= found
        for family, period in found:
            periods[family].add(period)
    near = [
        Past(past.day, past.rule, {n: q for n, q in past.figures.items() if (n.first, n.last) in periods[n.kin]})
        for past in known
    ]
    return [past for past in near if past.figures]


def _worlds(quantities: Iterable[tuple[Name, Quantity]]) -> list[dict[Name, Quantity]]:
    """The quantities of a release; where two of its tables said different things of one, each has its own world."""
    worlds: list[dict[Name, Quantity]] = []
    for name, one in quantities:
        for world in worlds:
            if name not in world:
                world[name] = one
                break
        else:
            worlds.append({name: one})
    return worlds
