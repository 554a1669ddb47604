"""What an indicator is: its code, by what it may be broken down, how it counts, how it is drawn. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.reports.facts import Facts
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
