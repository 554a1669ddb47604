"""``PeopleFacts`` out of the store: what is wanted is read, and put together for those who are linked."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping
from typing import Final

from sqlalchemy.orm import Session

from app import codelists
from app.forms.age import age_group
from app.reports.facts import months as months_of_store
from app.reports.facts.months import day_of
from app.reports.facts.parting import Everything
from app.reports.facts.people import PeopleFacts
from app.reports.facts.rows import Act, CaseFacts, Rows, Who
from app.reports.facts.united import Entry, agreeing, united
from app.reports.facts.wanted import Wanted
from app.reports.reading import acts, beside, persons
from app.reports.reading.months import in_store
from app.reports.reading.places import places
from app.reports.table import Scope

_DETAILED: Final = frozenset({"course", "journey"})


def load(session: Session, scope: Scope, today: dt.date, wanted: Wanted) -> PeopleFacts:
    """Read what is ``wanted`` of ``scope``."""
    reading = _Reading(session, scope, today, wanted)
    found = reading.everything()
    if scope.reporting:
        agreed = {who for who, word in found.words.items() if word == "agrees"}
        counted, silent = found.of(agreed.__contains__), found.of((found.whos() - agreed).__contains__)
    else:
        counted, silent = found.of(lambda _who: True), Rows()
    return PeopleFacts(counted, silent, reading.places.names, today.isoformat())


class _Reading:
    """One reading of the store; what several parts rest on is asked once."""

    def __init__(self, session: Session, scope: Scope, today: dt.date, wanted: Wanted) -> None:
        self._session, self._scope, self._today, self._wanted = session, scope, today, wanted
        self._months = months_of_store.of_scope(in_store(session), scope, today)
        self.places = places(session)
        self._group_of = persons.groups(session)
        self._linked = frozenset(self._group_of.values())
        self._members = persons.members(session) if self._linked else {}

    def everything(self) -> Everything:
        """All that is wanted, of everybody."""
        session, scope, today, wanted = self._session, self._scope, self._today, self._wanted
        found = Everything(scope, wanted)
        if wanted & (Wanted.ACTS | Wanted.NEW | Wanted.EVER | Wanted.DETAILS):
            self._read_acts(found)
        if scope.reporting or wanted & Wanted.WORDS:
            found.words = self._words()
        if wanted & Wanted.CASES:
            found.cases = self._cases(found.acts)
        if wanted & Wanted.REFERRALS:
            found.referrals = beside.referrals(session, self._group_of, self.places, scope, today)
        if wanted & Wanted.NEEDS:
            found.needs = beside.needs(session, self._group_of, self.places, scope, today)
        if wanted & Wanted.DELAYS:
            found.delays = beside.first_helps(session, scope, today) | self._delays_of_linked(found.cases)
        return found

    def _read_acts(self, found: Everything) -> None:
        """The services, and what hangs on them."""
        session, scope, months, today = self._session, self._scope, self._months, self._today
        citizenships = bool(self._wanted & Wanted.CITIZENSHIPS)
        found.united = self._entries_of_linked(citizenships=citizenships)
        found.acts = sorted(self._as_united(acts.acts(session, scope, months, today), found.united), key=_order)
        found.doubtful = [act.who for act in acts.doubtful(session, scope, months, today)]
        known = {act.person for act in found.acts if act.person}
        found.entries = persons.entries(session, known, citizenships=citizenships)
        if self._wanted & Wanted.NEW:
            found.new = self._new(found.acts)
        if self._wanted & Wanted.EVER:
            found.ever = self._ever(found.acts)
        if self._wanted & Wanted.DETAILS:
            found.details = acts.details(session, [act.rid for act in found.acts if _detailed(act.code)])

    def _entries_of_linked(self, *, citizenships: bool) -> dict[Who, Entry]:
        found: dict[Who, list[Entry]] = defaultdict(list)
        for rid, entry in persons.entries(self._session, self._members, citizenships=citizenships).items():
            found[self._members[rid]].append(entry)
        return {who: united(found[who]) if who in found else ("", None, ()) for who in self._linked}

    def _as_united(self, found: Iterable[Act], entries: Mapping[Who, Entry]) -> Iterable[Act]:
        """Services of those who are linked take sex and age from all entries together."""
        if not entries:
            return found
        return (_of_united(act, entries[act.who]) if act.who and act.who in entries else act for act in found)

    def _new(self, in_scope: Collection[Act]) -> frozenset[Who]:
        """Who was helped for the first time of all in the scope."""
        known = {act.person: act.who for act in in_scope if act.person and act.who} | self._members
        earlier = persons.helped_earlier(self._session, known, self._scope, self._today)
        years = persons.first_years(self._session, self._months)
        found = in_scope
        if _narrow(self._scope):
            fresh = {act.who for act in in_scope} - earlier
            keys = {rid for rid, who in known.items() if who in fresh}
            found = sorted(acts.anywhere(self._session, keys, self._months, self._today), key=_order)
        return _first_here(found, earlier, years, {act.rid for act in in_scope})

    def _ever(self, in_scope: Iterable[Act]) -> dict[Who, str]:
        """Who was helped until the end of the scope: in certain months, and in bare years that ended before."""
        scope = self._scope
        years = tuple(year for year in self._months.years if scope.last and year < scope.last[:4])
        found = persons.ever(self._session, (*self._months.before, *years), scope)
        for act in in_scope:
            if act.who is not None:
                found.setdefault(act.who, act.month)
        return found

    def _words(self) -> dict[Who, str]:
        states, group_of = persons.words(self._session, self._today), self._group_of
        linked: dict[Who, str] = {}
        for person in states.keys() & group_of.keys():
            linked[group_of[person]] = f"{linked.get(group_of[person], '')} {states.pop(person)}"
        meaning = {said: agreeing(said) for said in {*states.values(), *linked.values()}}
        return {who: meaning[said] for who, said in (states | linked).items()}

    def _cases(self, found: Iterable[Act]) -> list[CaseFacts]:
        if self._wanted & Wanted.EVER:
            return beside.cases(self._session, self._group_of, self.places)
        helped: dict[Who, set[int]] = {act.who: {act.person} if act.person else set() for act in found if act.who}
        for rid, who in self._members.items():
            if who in helped:
                helped[who].add(rid)
        return beside.cases_touching(self._session, self._group_of, self.places, self._scope, self._today, helped)

    def _delays_of_linked(self, cases: Iterable[CaseFacts]) -> dict[int, dict[str, str]]:
        """For cases of those who are linked: a service counts under whichever entry it was written."""
        helps = beside.helps_of_groups(self._session, self._today) if self._linked else {}
        found: dict[int, dict[str, str]] = {}
        for case in cases if helps else ():
            if case.who in self._linked and day_of(case.opened) and self._lies_within(case.opened[:7]):
                after = [(day, group) for day, group in helps.get(case.who, ()) if day >= case.opened]
                found[case.rid] = {group: day for day, group in sorted(after, reverse=True)}
        return found

    def _lies_within(self, month: str) -> bool:
        return months_of_store.lies_within(month, self._scope)


def _of_united(act: Act, entry: Entry) -> Act:
    sex, born, _codes = entry
    age = age_group(born, int(act.month[:4]) if act.month else None).value
    return act._replace(sex=sex, age="" if age == "unknown" else age)


def _first_here(
    found: Iterable[Act], earlier: Container[Who], years: Mapping[Who, str], here: Container[int]
) -> frozenset[Who]:
    """Whose first service is one of ``here``. Somebody with a service of an earlier year, of which no month is
    known, is new in no period: her first one is doubtful.
    """
    seen: set[Who | None] = set()
    new: set[Who] = set()
    for act in found:
        if act.who is None or not act.month or act.who in seen:
            continue
        seen.add(act.who)
        if act.who not in earlier and years.get(act.who, "9999") >= act.month[:4] and act.rid in here:
            new.add(act.who)
    return frozenset(new)


def _order(act: Act) -> tuple[str, str, str, str, str]:
    """By day; those of a month alone before its days, doubtful ones last; else as it does not hang on the store."""
    return act.month or "~", act.day, act.code, act.centre, act.oblast


def _narrow(scope: Scope) -> bool:
    return bool(scope.oblast or scope.centre or scope.donor)


def _detailed(code: str) -> bool:
    return codelists.service_form(code) in _DETAILED
