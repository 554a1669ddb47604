"""A pack of figures as a paper: what every file says at its top, chapters with pictures and tables, the method.

The first page has all of ``words.head_lines`` and says how a hidden number looks; each page's foot says for whom the
paper is, and that data are invented where they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from app.i18n import N_
from app.reports import words
from app.reports.pack import Chapter, Pack, PackKind, Part, Picture
from app.reports.paper.blocks import Block, Chart, Heading, Paper, PaperKind, Points, Text
from app.reports.paper.told_grid import has_axes, numbers_grid, told_grid
from app.reports.paper.tongue import Tongue
from app.reports.table import Told

_SIGN: Final = N_(
    "A hatched box with a cross stands for a hidden number. All boxes have the same size, whatever they hide."
)
_METHOD: Final = (
    N_("A person is counted once in each number, however often she or he was helped and in however many centres."),
    N_("Persons and attendances are counted apart and never added."),
    N_("A share is of those of whom there is an answer. How many gave one stands under the total."),
    N_("Pictures are drawn from the numbers that are shown, and from no others."),
)


def pack_paper(pack: Pack, language: str) -> Paper:
    """The pack in one language. A pack of one table is called after it, and its chapters have no titles."""
    say = Tongue(language)
    first, *lines = words.head_lines(pack, say)
    practice = first if pack.practice else ""
    title, where, *more = lines if practice else (first, *lines)
    points = (*more, *((say(_SIGN),) if _hides(pack) else ()))
    blocks: list[Block] = [*((Heading(practice),) if practice else ()), Points(points)]
    for chapter in pack.chapters:
        blocks += _chapter(chapter, pack, say)
    blocks += [Heading(say(N_("How the figures are made"))), Points(tuple(say(one) for one in _METHOD))]
    foot = (words.audience(pack.audience, say), practice, title)
    return Paper(
        kind=PaperKind.PACK,
        language=language,
        issuer=pack.issuer,
        date=say.date(pack.made_on),
        title=title,
        lead=where,
        blocks=tuple(blocks),
        foot=" · ".join(part for part in foot if part),
        page_of=say(N_("Page {page} of {pages}")),
    )


def _chapter(chapter: Chapter, pack: Pack, say: Tongue) -> Iterator[Block]:
    """Single numbers that follow one another stand in one table."""
    alone = pack.kind is PackKind.TABLE
    if chapter.parts and chapter.title and not alone:
        yield Heading(say(chapter.title))
    for axes, parts in groupby(chapter.parts, key=lambda part: has_axes(part.table)):
        listed = list(parts)
        if axes:
            for part in listed:
                yield from _part(part, pack, say, alone=alone)
        else:
            yield numbers_grid([part.table for part in listed], say)
            yield from _notes([part.table for part in listed], pack, say)


def _part(part: Part, pack: Pack, say: Tongue, *, alone: bool) -> Iterator[Block]:
    told = part.table
    yield Heading(_name(told, pack, say, alone=alone), 2)
    if part.picture is not Picture.NONE:
        yield Chart(told, part.picture)
    yield told_grid(told, say)
    yield from _notes([told], pack, say)


def _name(told: Told, pack: Pack, say: Tongue, *, alone: bool) -> str:
    """The title with its dimensions, its unit (one figure may come in several), and its scope if it is its own."""
    by = " × ".join(words.dimension(axis.dimension, say) for axis in (told.rows, told.columns) if axis.dimension)
    unit = words.measure(told.measure, told.currency, say)
    scope = "" if told.scope == pack.scope else words.scope(told.scope, say)
    title = "" if alone else words.title(told.code, say)
    return " · ".join(part for part in (title, "" if by == title else by, unit, scope) if part)


def _notes(tables: Iterable[Told], pack: Pack, say: Tongue) -> Iterator[Block]:
    """What a reader must know of these tables, each sentence once."""
    said: dict[str, None] = {}
    for told in tables:
        said |= dict.fromkeys(words.remark(code, say) for code in told.remarks)
        said[words.collapsed(told, say)] = None
        if pack.left_out is not None and told.left_out != pack.left_out:
            said[words.left_out(told.left_out, say)] = None
    for sentence in said:
        if sentence:
            yield Text(sentence, small=True)


def _hides(pack: Pack) -> bool:
    """Is any place of any table hidden?"""
    return any(part.table.hidden for chapter in pack.chapters for part in chapter.parts)
