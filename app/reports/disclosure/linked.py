"""What ties quantities together across tables, packs and releases, as sums that anybody can write down.

Nothing here knows of tables: it follows from what the quantities are. Parts along a dimension make the whole; bands
of age make minors and adults; those with an answer and those without make everybody; quarters make the year; and the
same quantity told twice, before and after, tells by its difference who came between. A sum is only put in where it
holds in truth: what a reader believes beyond that leads him astray.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from app.reports.disclosure.months import lies_in, meet, number
from app.reports.disclosure.quantities import ANSWERED, Name, part_of, wider
from app.reports.table import Measure


class Figure(NamedTuple):
    """A quantity as it was true at one time: the same quantity with another truth is another figure."""

    name: Name
    true: int


class Tie(NamedTuple):
    """A sum of figures. ``exact``: it is zero. Else what it comes to is a number of its own, a difference.

    ``low``: the difference is known not to be below zero. ``watched``: it must not be known, for it speaks of a few.
    """

    terms: tuple[tuple[Figure, int], ...]
    exact: bool
    low: bool = False
    watched: bool = False

    @property
    def value(self) -> int:
        """What the sum comes to in truth."""
        return sum(figure.true * factor for figure, factor in self.terms)


Few = Callable[[Figure, int], bool]
"""Whether a difference of so much, beside this figure, speaks of so few persons that it must not be known."""

_PLACES: Final = ("oblast", "centre", "donor")


def ties(times: Sequence[Mapping[Name, int]], few: Few) -> list[Tie]:
    """All sums. ``times`` are the truths of each release, oldest first, the last one now."""
    found: dict[tuple[tuple[Figure, int], ...], Tie] = {}
    seen: list[dict[Name, int]] = []
    for one in range(len(times) - 1, -1, -1):
        world = _as_of(times, one)
        if world in seen:
            continue
        seen.append(world)
        for tie in (*_parts(world, few), *_answers(world), *_periods(world, few), *_within(world)):
            if tie.exact or tie.value or tie.low:
                found.setdefault(tie.terms, tie)
    for tie in _changes(times, few):
        found.setdefault(tie.terms, tie)
    return list(found.values())


def _as_of(times: Sequence[Mapping[Name, int]], one: int) -> dict[Name, int]:
    """What was true at one time; what it says nothing of, as it was said nearest to it."""
    found: dict[Name, int] = {}
    for other in sorted(range(len(times)), key=lambda time: (-abs(time - one), time)):
        found.update(times[other])
    return found


def _tie(terms: list[tuple[Figure, int]], *, exact: bool = False, low: bool = False, watched: bool = False) -> Tie:
    return Tie(tuple(sorted(terms)), exact, low, watched)


def _parts(world: Mapping[Name, int], few: Few) -> Iterator[Tie]:
    groups: dict[tuple[Name, str], list[Name]] = {}
    for name in world:
        for dimension, above in wider(name):
            if above in world and not _answered_beside_unknown(name, dimension, world):
                groups.setdefault((above, dimension), []).append(name)
    for (of, dimension), members in groups.items():
        whole = Figure(of, world[of])
        parts = [Figure(name, world[name]) for name in members]
        rest = whole.true - sum(one.true for one in parts)
        all_terms: list[tuple[Figure, int]] = [(whole, 1), *((one, -1) for one in parts)]
        if rest == 0:
            yield _tie(all_terms, exact=True)
            continue
        # Services of a group that are not named are its rest as well; persons may have had several.
        apart = dimension in _PLACES or (dimension == "service/group" and of.measure is not Measure.PERSONS)
        watched = apart and few(whole, rest)
        if rest > 0:
            yield _tie(all_terms, low=True, watched=watched)
            continue
        if all(one.true <= whole.true for one in parts):
            for one in parts:
                alone = whole.true - one.true
                yield _tie([(whole, 1), (one, -1)], low=True, watched=dimension in _PLACES and few(whole, alone))
            yield _tie([(figure, -factor) for figure, factor in all_terms], low=True)


def _answered_beside_unknown(name: Name, dimension: str, world: Mapping[Name, int]) -> bool:
    """Whether the rest beside those who answered is a quantity of its own; then ``_answers`` has the sum."""
    if not dimension.endswith(ANSWERED):
        return False
    pair = (dimension.removesuffix(ANSWERED), ANSWERED)
    return name._replace(at=tuple(sorted([one for one in name.at if one != pair] + [(pair[0], "")]))) in world


def _answers(world: Mapping[Name, int]) -> Iterator[Tie]:
    for name in world:
        for pair in name.at:
            if pair[1] != ANSWERED:
                continue
            rest = [one for one in name.at if one != pair]
            whole = name._replace(at=tuple(rest))
            without = name._replace(at=tuple(sorted([*rest, (pair[0], "")])))
            if whole in world and without in world and world[whole] == world[name] + world[without]:
                three = ((whole, 1), (name, -1), (without, -1))
                yield _tie([(Figure(one, world[one]), factor) for one, factor in three], exact=True)


def _within(world: Mapping[Name, int]) -> Iterator[Tie]:
    """Who was helped for the first time was helped; what was paid of grants was paid.

    Of money the rest speaks of other payments, and nobody knows of how few; it is watched.
    """
    for name, true in world.items():
        for population in part_of(name.population):
            whole = name._replace(population=population)
            rest = world.get(whole, -1) - true
            if rest >= 0:
                money = name.measure is Measure.MONEY
                pair = [(Figure(whole, world[whole]), 1), (Figure(name, true), -1)]
                yield _tie(pair, exact=money and not rest, low=True, watched=money and rest > 0)


def _periods(world: Mapping[Name, int], few: Few) -> Iterator[Tie]:
    over: dict[Name, list[Name]] = {}
    for name in world:
        over.setdefault(name._replace(first="", last=""), []).append(name)
    for names in over.values():
        if len(names) < 2:
            continue
        for name in names:
            inner = [one for one in names if lies_in((one.first, one.last), (name.first, name.last))]
            whole = Figure(name, world[name])
            for one in inner:
                rest = whole.true - world[one]
                pair = [(whole, 1), (Figure(one, world[one]), -1)]
                yield _tie(pair, low=rest >= 0, watched=few(whole, rest))
            yield from _whole_and_parts(whole, [Figure(one, world[one]) for one in inner], few)


def _whole_and_parts(whole: Figure, inner: list[Figure], few: Few) -> Iterator[Tie]:
    """The largest parts of a period that share nothing, against the whole of it."""
    parts: list[Figure] = []
    for one in sorted(inner, key=lambda figure: (-_length(figure.name), figure.name.first)):
        if not any(meet((one.name.first, one.name.last), (two.name.first, two.name.last)) for two in parts):
            parts.append(one)
    if len(parts) < 2:
        return
    rest = whole.true - sum(one.true for one in parts)
    covered = sum(_length(one.name) for one in parts) == _length(whole.name)
    terms = [(whole, 1), *((one, -1) for one in parts)]
    if rest == 0 and covered:
        yield _tie(terms, exact=True)
    elif rest >= 0:
        yield _tie(terms, low=True, watched=few(whole, rest))
    elif covered:
        yield _tie([(figure, -factor) for figure, factor in terms], low=True)


def _length(name: Name) -> int:
    return number(name.last) - (number(name.first) if name.first else 0) + 1


def _changes(times: Sequence[Mapping[Name, int]], few: Few) -> Iterator[Tie]:
    truths: dict[Name, list[int]] = {}
    for world in times:
        for name, true in world.items():
            known = truths.setdefault(name, [])
            if true not in known:
                known.append(true)
    for name, known in truths.items():
        for place, before in enumerate(known):
            for after in known[place + 1 :]:
                pair = [(Figure(name, after), 1), (Figure(name, before), -1)]
                yield _tie(pair, watched=few(Figure(name, after), after - before))
