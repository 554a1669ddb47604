"""From a plan of chapters to tables, and from protected tables back to chapters. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from app.reports.disclosure import may_stand, rule_for
from app.reports.facts import Facts
from app.reports.facts.wanted import Wanted
from app.reports.indicators import INDICATORS
from app.reports.indicators.spec import needs
from app.reports.pack import Chapter, Part, Picture
from app.reports.table import Audience, Table, Told

Count = Callable[[Facts, tuple[str, ...]], tuple[Table, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: an indicator by its code, or a function that counts, and by what it is broken down."""

    what: str | Count
    by: tuple[str, ...] = ()
    picture: Picture | None = None
    """None: as the indicator is drawn."""


@dataclass(frozen=True, slots=True)
class ChapterPlan:
    """A chapter: marked text as its title, and its questions."""

    title: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """A chapter counted in full. It never leaves the program."""

    title: str
    tables: tuple[tuple[Table, Picture], ...]


def asked_of(plan: Iterable[ChapterPlan]) -> Wanted:
    """What must be read for a plan. A function of its own counts work alone, which is read always."""
    asked = (one for chapter in plan for one in chapter.asked if isinstance(one.what, str))
    return reduce(or_, (needs(INDICATORS[str(one.what)], one.by) for one in asked), Wanted.NOTHING)


def compose(plan: Iterable[ChapterPlan], facts: Facts, audience: Audience) -> tuple[Composed, ...]:
    """Count all that a plan asks. What is internal is left out for others; a chapter without a table is none.

    For others a table is left out too where that it exists would say too much.
    """
    found = (
        Composed(
            chapter.title,
            tuple(
                (table, picture)
                for asked in chapter.asked
                for count, picture in _counts(asked, audience)
                for table in count(facts, asked.by)
                if audience is Audience.INTERNAL or may_stand(table, rule_for(audience))
            ),
        )
        for chapter in plan
    )
    return tuple(chapter for chapter in found if chapter.tables)


def _counts(asked: Asked, audience: Audience) -> list[tuple[Count, Picture]]:
    if not isinstance(asked.what, str):
        return [(asked.what, asked.picture or Picture.BARS)]
    indicator = INDICATORS[asked.what]
    if indicator.internal and audience is not Audience.INTERNAL:
        return []
    return [(indicator.count, indicator.picture if asked.picture is None else asked.picture)]


def told_chapters(composed: Sequence[Composed], told: Iterable[Told]) -> tuple[Chapter, ...]:
    """The chapters as their reader sees them; ``told`` are all their tables in order. One number has no picture."""
    rest = iter(told)
    chapters = tuple(
        Chapter(chapter.title, tuple(_part(next(rest), picture) for _table, picture in chapter.tables))
        for chapter in composed
    )
    assert next(rest, None) is None
    return chapters


def _part(told: Told, picture: Picture) -> Part:
    return Part(told, picture if told.rows.dimension else Picture.NONE)
