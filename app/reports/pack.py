"""A pack: several tables for one occasion, with what their reader must know. Pure data; writers make files of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.reports.table import Audience, Scope, Told


class PackKind(StrEnum):
    """The packs there are. A single table goes out as a pack of one."""

    TABLE = "table"
    TASK_FORCE = "task_force"
    DONOR = "donor"
    SUMMARY = "summary"  # the columns of CTDC


class Picture(StrEnum):
    """How a table is drawn beside its numbers; NONE where a picture would say nothing."""

    NONE = "none"
    COLUMNS = "columns"
    BARS = "bars"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a pack with its picture."""

    table: Told
    picture: Picture = Picture.NONE


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a pack: marked text as its title, and its tables."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class CountedUntil:
    """Up to which bundle of a centre a pack counts, and which numbers are missing before it (``41-43``)."""

    centre: str
    bundle: int
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule by which tables are protected, with its numbers. One for each audience, never changed while exporting.

    ``least``: cells of fewer persons are hidden. ``base``: numbers are rounded to multiples of it (0: not at all).
    """

    audience: Audience
    least: int
    base: int


@dataclass(frozen=True, slots=True)
class Pack:
    """All that a file holds. ``made_on`` is a day; ``practice``: all data are invented."""

    kind: PackKind
    audience: Audience
    rule: Rule
    scope: Scope
    chapters: tuple[Chapter, ...]
    until: tuple[CountedUntil, ...]
    left_out: int | None
    made_on: str
    issuer: str
    practice: bool
