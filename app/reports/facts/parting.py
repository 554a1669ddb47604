"""What was read, parted into those who are counted and those who did not agree to it. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any, Final

from app.reports.facts.documents import ServiceDocument
from app.reports.facts.rows import Act, CaseFacts, NeedFacts, ReferralFacts, Rows, Someone, Who
from app.reports.facts.united import Entry
from app.reports.facts.wanted import UNREAD, Wanted
from app.reports.table import Scope

Ours = Callable[[Who | None], bool]

_PARTS: Final = {
    Wanted.ACTS: ("acts", "persons", "doubtful"),
    Wanted.NEW: ("new",),
    Wanted.EVER: ("ever",),
    Wanted.CASES: ("cases", "cases_of"),
    Wanted.REFERRALS: ("referrals",),
    Wanted.NEEDS: ("needs",),
    Wanted.DELAYS: ("delays",),
    Wanted.DETAILS: ("details",),
}


@dataclass(slots=True)
class Everything:
    """What was read of everybody. What nobody asked for is empty here, and ``UNREAD`` in what is made of it.

    ``entries`` go by the key of a person's record, ``united`` (of those who are linked) by their group.
    """

    scope: Scope
    wanted: Wanted
    acts: Sequence[Act] = ()
    doubtful: Sequence[Who | None] = ()
    entries: Mapping[int, Entry] = field(default_factory=dict)
    united: Mapping[Who, Entry] = field(default_factory=dict)
    words: Mapping[Who, str] = field(default_factory=dict)
    new: frozenset[Who] = frozenset()
    ever: Mapping[Who, str] = field(default_factory=dict)
    cases: Sequence[CaseFacts] = ()
    referrals: Sequence[ReferralFacts] = ()
    needs: Sequence[NeedFacts] = ()
    delays: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    details: Mapping[int, ServiceDocument] = field(default_factory=dict)

    def whos(self) -> set[Who | None]:
        """Everybody of whom anything was read, and None for those who stand behind nobody's services."""
        items = (*self.acts, *self.cases, *self.referrals, *self.needs)
        return {None, *map(attrgetter("who"), items), *self.ever, *self.doubtful}

    def of(self, ours: Ours) -> Rows:
        """The rows of those who are ``ours``."""
        acts = tuple(act for act in self.acts if ours(act.who))
        hers = _by_person(acts)
        ever = {who: month for who, month in self.ever.items() if ours(who)}
        cases = [case for case in self.cases if ours(case.who)]
        cases_of = _cases_of(cases, {*hers, *ever})
        rows = Rows(
            acts=acts,
            persons=self._persons(hers, cases_of),
            new=frozenset(filter(ours, self.new)),
            ever=ever,
            cases=tuple(self._placed(cases)),
            cases_of=cases_of,
            referrals=tuple(one for one in self._placed(self.referrals) if ours(one.who)),
            needs=tuple(one for one in self._placed(self.needs) if ours(one.who)),
            delays=self.delays,
            details=self.details,
            doubtful=sum(map(ours, self.doubtful)),
        )
        unread = (name for part, names in _PARTS.items() if not part & self.wanted for name in names)
        return replace(rows, **dict.fromkeys(unread, UNREAD))

    def _persons(
        self, hers: Mapping[Who, list[Act]], cases_of: Mapping[Who, Sequence[CaseFacts]]
    ) -> dict[Who, Someone]:
        reads = {part: bool(part & self.wanted) for part in (Wanted.CITIZENSHIPS, Wanted.CASES, Wanted.WORDS)}
        persons: dict[Who, Someone] = {}
        for who, acts in hers.items():
            first = acts[0]
            sex, born, citizenships = self.united.get(who) or self.entries.get(first.person or 0) or (
                first.sex, None, ()
            )  # fmt: skip
            persons[who] = Someone(
                who,
                sex,
                born,
                first.age,
                citizenships if reads[Wanted.CITIZENSHIPS] else UNREAD,
                tuple(cases_of.get(who, ())) if reads[Wanted.CASES] else UNREAD,
                tuple(acts),
                self.words.get(who, "") if reads[Wanted.WORDS] else UNREAD,
            )
        return persons

    def _placed(self, found: Iterable[Any]) -> Iterable[Any]:
        """By the centre that keeps it. No donor stands behind a case: under a donor none is counted."""
        scope = self.scope
        if scope.donor:
            return ()
        if not (scope.oblast or scope.centre):
            return found
        return (
            one
            for one in found
            if (not scope.oblast or one.oblast == scope.oblast) and (not scope.centre or one.centre == scope.centre)
        )


def _by_person(acts: Iterable[Act]) -> dict[Who, list[Act]]:
    found: dict[Who, list[Act]] = defaultdict(list)
    for act in acts:
        if act.who is not None:
            found[act.who].append(act)
    return found


def _cases_of(cases: Iterable[CaseFacts], whose: Iterable[Who]) -> dict[Who, list[CaseFacts]]:
    found: dict[Who, list[CaseFacts]] = {who: [] for who in whose}
    for case in cases:
        if (hers := found.get(case.who)) is not None:
            hers.append(case)
    return found
