"""What an indicator is: its code, by what it may be broken down, how it counts, how it is drawn. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final

from app.reports.facts import Facts
from app.reports.facts.wanted import Wanted
from app.reports.pack import Picture
from app.reports.table import Table


@dataclass(frozen=True, slots=True)
class Indicator:
    """``count(facts, by)`` gives its tables, the main one first; ``by`` are at most two of ``dimensions``.

    ``chapter`` is where it stands on screen and in packs: ``persons``, ``cases``, ``services``, ``money``,
    ``activities``, ``partners``, ``quality``. ``internal`` ones are never told to anybody else.
    """

    code: str
    chapter: str
    dimensions: tuple[str, ...]
    count: Callable[[Facts, tuple[str, ...]], tuple[Table, ...]]
    picture: Picture = Picture.BARS
    internal: bool = False
    reads: Wanted = Wanted.NOTHING
    """What of the facts it counts, whatever it is broken down by; see ``needs``."""


_OF_DIMENSIONS: Final = {
    "form": Wanted.CASES,
    "country": Wanted.CASES,
    "border": Wanted.CASES,
    "citizenship": Wanted.CITIZENSHIPS,
}


def needs(indicator: Indicator, by: Iterable[str]) -> Wanted:
    """What must be read for an indicator broken down by these dimensions."""
    return reduce(or_, (_OF_DIMENSIONS.get(dimension, Wanted.NOTHING) for dimension in by), indicator.reads)
