"""Hiding until nobody can work out what is hidden: we are the attacker first.

Each audience is held apart: the public knows what was told to the public; the members of a task force know that and
what was told to them. For each of these readers every hidden number, and every difference that speaks of a few, must
be able to differ by ``rules.near`` in worlds that agree with all that this reader knows. Where it cannot, one more
number is hidden: of those that stand in the way, the one that costs the reader least.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.reports.disclosure.earlier import Past
from app.reports.disclosure.linear import Worlds
from app.reports.disclosure.linked import Figure, Tie, ties
from app.reports.disclosure.quantities import LEFT_OUT, Name, wider
from app.reports.disclosure.rules import bounds, few, near, rounded, rule_for, unit
from app.reports.pack import Rule
from app.reports.table import Audience, Why


@dataclass
class Now:
    """A figure of the tables that are to leave: whether it stands in one (or only follows), and its fate."""

    persons: int
    shown: bool = False
    tables: int = 0
    why: Why | None = None


def audit(now: dict[Figure, Now], past: Sequence[Past], rule: Rule) -> None:
    """Set ``why`` of whatever must be hidden as well, in ``now``."""
    readers = [
        [one for one in past if one.rule.audience in _known_to(audience)] for audience in _readers(rule.audience)
    ]
    todo = [(_Reader(now, known, rule), set[Figure]()) for known in _differing(readers)]
    while True:
        hidden = {figure for figure, one in now.items() if one.why}
        behind = [(reader, done) for reader, done in todo if not done >= hidden or not reader.proved]
        if not behind:
            return
        for reader, done in behind:
            reader.prove()
            done |= {figure for figure, one in now.items() if one.why}


def _differing(readers: list[list[Past]]) -> Iterator[list[Past]]:
    for number, one in enumerate(readers):
        if one not in readers[:number]:
            yield one


def _readers(audience: Audience) -> tuple[Audience, ...]:
    return (Audience.PUBLIC, Audience.TASK_FORCE) if audience is Audience.PUBLIC else (audience,)


def _known_to(audience: Audience) -> tuple[Audience, ...]:
    return (audience,) if audience is Audience.PUBLIC else (Audience.PUBLIC, Audience.TASK_FORCE)


Where = tuple[str, str, tuple[tuple[str, str], ...]]


def _where(name: Name) -> Where:
    """A place in a table, whatever is counted there."""
    return name.first, name.last, name.at


class _Reader:
    """All that one kind of reader knows, as a system of numbers and sums."""

    def __init__(self, now: dict[Figure, Now], past: Sequence[Past], rule: Rule, *, only_past: bool = False) -> None:
        """``only_past``: only what the reader knew before the tables that are to leave."""
        self.proved = False
        self._past = past
        self._only_past = only_past
        self._knew: _Reader | None = None
        self._now = now
        self._rule = rule
        self._told = _told_before(past) | _known_to_be_none(now, past)
        self._inside = rule.audience is Audience.PUBLIC and any(
            one.rule.audience is not rule.audience for one in past
        )
        times = [{name: one.true for name, one in each.figures.items()} for each in past]
        found = ties([*times, *_as_worlds(now)], self._few)
        self._at: dict[Figure, list[Tie]] = {}
        for tie in found:
            for figure, _ in tie.terms:
                self._at.setdefault(figure, []).append(tie)
        before = {Figure(name, one.true) for each in past for name, one in each.figures.items()}
        self._hidden_before = before - self._told.keys()
        self._hidden_at: set[Where] = set()
        self._worlds = Worlds()
        self._number: dict[Figure, int] = {}
        self._figure: dict[int, Figure] = {}
        self._watched: list[tuple[int, int, Tie | Figure]] = []
        self._difference: dict[int, Tie] = {}
        self._build()

    def _few(self, figure: Figure, rest: int) -> bool:
        known = self._now.get(figure)
        # What is few for the public may be told to task forces, and mostly was.
        rule = rule_for(Audience.TASK_FORCE) if self._inside else self._rule
        return few(figure.name.measure, rest, figure.true, known.persons if known else None, rule)

    def _build(self) -> None:
        reached = self._reached()
        used: dict[int, Tie] = {}
        for figure in reached:
            low, high = self._bounds(figure)
            number = self._worlds.add(figure.true, low, high)
            self._number[figure] = number
            self._figure[number] = figure
            if figure in self._hidden_before:
                self._watch(number, figure)
            for tie in self._at.get(figure, ()):
                used[id(tie)] = tie
        # Short sums first: they make few numbers follow from many.
        for tie in sorted(used.values(), key=lambda tie: (len(tie.terms), tie.terms)):
            # What was told exactly stays told: it cannot move, so it need not stand in a sum.
            terms = {self._number[figure]: factor for figure, factor in tie.terms if not self._for_good(figure)}
            if not tie.exact:
                number = self._worlds.add(tie.value, 0 if tie.low else None, None)
                self._difference[number] = tie
                terms[number] = -1
                if tie.watched:
                    name = tie.terms[0][0].name
                    self._watched.append((number, near(name.measure, name.currency, tie.value), tie))
            self._worlds.keep(terms)

    def _for_good(self, figure: Figure) -> bool:
        told = self._told.get(figure)
        return told is not None and told[0] == told[1]

    def _reached(self) -> list[Figure]:
        """What has to do with the tables that are to leave, by way of any sums, in a fixed order."""
        seen = set(self._now)
        waiting = deque(seen)
        while waiting:
            for tie in self._at.get(waiting.popleft(), ()):
                for figure, _ in tie.terms:
                    if figure not in seen:
                        seen.add(figure)
                        waiting.append(figure)
        return sorted(seen)

    def _bounds(self, figure: Figure) -> tuple[int, int | None]:
        """Between what this reader knows the figure to be; what was told before counts whatever is hidden now."""
        low, high = self._told.get(figure, (0, None))
        one = self._now.get(figure)
        if one is not None and one.shown and one.why is None and not self._only_past:
            name = figure.name
            told = rounded(figure.true, unit(name.measure, name.currency, self._rule))
            least, most = bounds(name.measure, name.currency, told, self._rule)
            low, high = max(low, least), most if high is None else min(high, most)
        return low, high

    def _watch(self, number: int, figure: Figure) -> None:
        self._watched.append((number, near(figure.name.measure, figure.name.currency, figure.true), figure))

    def prove(self) -> None:
        """Prove every hidden number of this reader; hide more where one cannot be proved."""
        waiting: deque[tuple[int, int, Tie | Figure]] = deque()
        waiting.extend(self._watched)
        self._watched = []
        known = {number for number, _, _ in waiting}
        for figure, one in self._now.items():
            if one.why:
                self._hide(figure, one.why)
                if figure not in self._told and self._number[figure] not in known and self._secret(one):
                    self._watch(self._number[figure], figure)
        waiting.extend(self._watched)
        self._watched = []
        while waiting:
            number, need, what = waiting[0]
            if self._worlds.range_of(number) >= need:
                waiting.popleft()
                continue
            in_the_way = self._worlds.walk(number, need)
            if not in_the_way:
                continue
            if (knew := self._known_before(number, need)) < need:
                waiting[0] = (number, knew, what)  # nothing that is hidden now would take it back
                continue
            more = self._cheapest(in_the_way, what)
            for chosen in more:
                self._hide(chosen, Why.EARLIER if isinstance(what, Tie) else Why.BESIDE)
                if chosen not in self._told and self._secret(self._now[chosen]):
                    self._watch(self._number[chosen], chosen)
            if not more:
                waiting.popleft()  # nothing that is to leave has to do with it
            waiting.extend(self._watched)
            self._watched = []
        self.proved = True

    def _known_before(self, number: int, need: int) -> int:
        """How near a number was known before: the width of the range, at most ``need``."""
        if not self._past or self._only_past:
            return need
        if self._knew is None:
            self._knew = _Reader(self._now, self._past, self._rule, only_past=True)
        return self._knew.nearest(number, need)

    def nearest(self, number: int, need: int) -> int:
        """The width of the range in which this reader is left, at most ``need``; that too where it is not found."""
        self._worlds.walk(number, need)
        return need if self._worlds.gave_up else min(need, self._worlds.range_of(number))

    def _secret(self, one: Now) -> bool:
        """Whether a hidden number is one for this reader: task forces may know what only the public may not."""
        return not self._inside or one.persons < rule_for(Audience.TASK_FORCE).least

    def _hide(self, figure: Figure, why: Why) -> None:
        one = self._now[figure]
        one.why = one.why or why
        if not figure.name.population.startswith(LEFT_OUT):
            self._hidden_at.add(_where(figure.name))
        self._worlds.relax(self._number[figure], *self._bounds(figure))

    def _cheapest(self, in_the_way: Iterable[int], what: Tie | Figure) -> list[Figure]:
        """What to hide next. Where nothing that stands in the way can be hidden, all that is told nearest to it."""
        found = {figure for number in in_the_way for figure in self._behind(number) if self._can_hide(figure)}
        if found:
            return [min(found, key=self._cost)]
        ring = {what} if isinstance(what, Figure) else {figure for figure, _ in what.terms}
        seen = set(ring)
        while ring:
            near_it = [figure for figure in sorted(ring) if self._can_hide(figure)]
            if near_it:
                return near_it
            ring = {f for one in ring for tie in self._at.get(one, ()) for f, _ in tie.terms} - seen
            seen |= ring
        return []

    def _behind(self, number: int) -> list[Figure]:
        if number in self._figure:
            return [self._figure[number]]
        return [figure for figure, _ in self._difference[number].terms]

    def _can_hide(self, figure: Figure) -> bool:
        """Whether hiding it tells this reader less."""
        one = self._now.get(figure)
        if one is None or not one.shown or one.why is not None:
            return False
        # What follows from what was told before (a half-year from its quarters) is known all the same.
        return self._bounds(figure) != self._told.get(figure, (0, None)) and (
            self._known_before(self._number[figure], 1) > 0
        )

    def _cost(self, figure: Figure) -> tuple[int, bool, int, Figure]:
        one = self._now[figure]
        # Margins last: they are what a reader looks for, and they stand in several tables. The same place in tables
        # of other measures first: where what was approved is hidden, what was paid would tell it nearly.
        beside = _where(figure.name) in self._hidden_at
        return -len(figure.name.at), not beside, (one.persons + 1) * max(one.tables, 1), figure


def _told_before(past: Sequence[Past]) -> dict[Figure, tuple[int, int]]:
    """Between what each figure must lie by all that was told of it."""
    found: dict[Figure, tuple[int, int]] = {}
    for each in past:
        for name, one in each.figures.items():
            if one.told is None:
                continue
            figure = Figure(name, one.true)
            low, high = bounds(name.measure, name.currency, one.told, each.rule)
            before = found.get(figure, (low, high))
            found[figure] = max(before[0], low), min(before[1], high)
    return found


def _known_to_be_none(now: Iterable[Figure], past: Sequence[Past]) -> dict[Figure, tuple[int, int]]:
    """Places that an earlier table said nothing of, though it had their row and others like them: none, then."""
    had: set[tuple[Name, str]] = set()
    for each in past:
        had |= {(whole, dimension) for name in each.figures for dimension, whole in wider(name)}
    names = {name for each in past for name in each.figures}
    return {
        figure: (0, 0)
        for figure in now
        if not figure.true and figure.name not in names and any(one[::-1] in had for one in wider(figure.name))
    }


def _as_worlds(now: Mapping[Figure, Now]) -> list[dict[Name, int]]:
    """The truth now. Where two tables say different things of one quantity, each has a world of its own."""
    worlds: list[dict[Name, int]] = [{}]
    for figure in now:
        for world in worlds:
            if figure.name not in world:
                world[figure.name] = figure.true
                break
        else:
            worlds.append({figure.name: figure.true})
    return worlds[::-1]
