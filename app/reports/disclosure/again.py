"""A table that was released before and has changed by a few persons since is told as it was.

Told anew, the two would prove who came between; hidden now, its readers would have it all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.reports.disclosure.earlier import Earlier
from app.reports.disclosure.quantities import Place, Quantity
from app.reports.disclosure.rules import few
from app.reports.pack import Rule


def last_told(earlier: Earlier, rule: Rule) -> dict[str, Quantity]:
    """Each quantity as this audience was told it (or not) the last time, by the rule of today."""
    return {one.key: one for release in earlier.releases if release.rule == rule for one in release.quantities}


def as_it_was(found: Iterable[Place], last: Mapping[str, Quantity], rule: Rule) -> dict[str, Quantity] | None:
    """The numbers of a table as they were told; None where it was not told whole, or is the same, or is another."""
    kept: dict[str, Quantity] = {}
    changed = False
    for place in found:
        if not place.told:
            continue
        key = place.name.spelt()
        before = last.get(key)
        if before is None:
            return None
        kept[key] = before
        change = place.true - before.true
        if change and not few(place.name.measure, change, place.true, place.cell.behind, rule):
            return None
        changed = changed or bool(change)
    return kept if changed else None
