"""``PeopleFacts`` out of the store: what ``rows`` reads, put together."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from app import codelists
from app.forms.age import age_group
from app.reports.facts import months as months_of_store
from app.reports.facts.months import Months, day_of
from app.reports.facts.people import PeopleFacts
from app.reports.facts.rows import Act, CaseFacts, NeedFacts, ReferralFacts, Rows, Someone, Who
from app.reports.facts.united import agreeing, united
from app.reports.reading import rows as reading
from app.reports.reading.months import in_store
from app.reports.table import Scope

_DETAILED: Final = frozenset({"course", "journey"})


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read, before it is known who is counted."""

    acts: tuple[Act, ...]
    doubtful: tuple[Who | None, ...]
    new: frozenset[Who]
    ever: Mapping[Who, str]
    cases: tuple[CaseFacts, ...]
    referrals: tuple[ReferralFacts, ...]
    needs: tuple[NeedFacts, ...]


def load(session: Session, scope: Scope, today: dt.date) -> PeopleFacts:
    """Read what stands in ``scope``."""
    months = months_of_store.of_scope(in_store(session), scope, today)
    where, group_of = reading.places(session), reading.groups(session)
    everywhere = sorted(_united_acts(reading.acts(session, months, today), session, group_of), key=_order)
    in_scope = tuple(act for act in everywhere if _lies_in(act, scope)) if _narrow(scope) else tuple(everywhere)
    earlier = reading.ever(session, months.before, Scope())
    cases = reading.cases(session, group_of, where)
    found = _Found(
        acts=in_scope,
        doubtful=tuple(act.who for act in reading.doubtful(session, months, today) if _lies_in(act, scope)),
        new=_new(everywhere, earlier, reading.first_years(session, months), scope),
        ever=_ever(session, months, scope, in_scope, earlier),
        cases=tuple(cases),
        referrals=tuple(reading.referrals(session, group_of, where, today)),
        needs=tuple(reading.needs(session, group_of, where, today)),
    )
    answers = _answers(session, group_of, today)
    agreed = frozenset(who for who, answer in answers.items() if answer == "agrees") if scope.reporting else None
    make = _Maker(session, scope, today, group_of, answers, found)
    return PeopleFacts(
        counted=make.rows(agreed, wanted=True),
        silent=Rows() if agreed is None else make.rows(agreed, wanted=False),
        centres=where.names,
        today=today.isoformat(),
    )


class _Maker:
    """Puts rows together, for those who agreed and for the others."""

    def __init__(
        self,
        session: Session,
        scope: Scope,
        today: dt.date,
        group_of: Mapping[bytes, Who],
        answers: Mapping[Who, str],
        found: _Found,
    ) -> None:
        self._scope, self._answers, self._found = scope, answers, found
        self._linked = frozenset(group_of.values())
        persons = {act.person for act in found.acts if act.person}
        entries: dict[Who, list[tuple[str, int | None, tuple[str, ...]]]] = defaultdict(list)
        for uid, entry in reading.entries(session, persons).items():
            entries[group_of.get(uid, uid)].append(entry)
        self._entries = {who: united(found) for who, found in entries.items()}
        self._details = reading.details(session, [act.rid for act in found.acts if _detailed(act.code)])
        self._delays = reading.first_helps(session, scope, today)
        self._delays |= self._delays_of_linked(session, today)

    def rows(self, agreed: frozenset[Who] | None, *, wanted: bool) -> Rows:
        """The rows of those in ``agreed``, or with ``wanted`` false of all others; None: of everybody."""

        def ours(who: Who | None) -> bool:
            return agreed is None or (who in agreed) is wanted

        found, scope = self._found, self._scope
        acts = tuple(act for act in found.acts if ours(act.who))
        cases = tuple(case for case in found.cases if ours(case.who))
        of_person: dict[Who, list[CaseFacts]] = defaultdict(list)
        for case in cases:
            of_person[case.who].append(case)
        placed = [case for case in cases if _is_placed(case, scope)]
        return Rows(
            acts=acts,
            persons=self._persons(acts, of_person),
            new=frozenset(filter(ours, found.new)),
            ever={who: month for who, month in found.ever.items() if ours(who)},
            cases=tuple(placed),
            cases_of=of_person,
            referrals=tuple(one for one in found.referrals if ours(one.who) and _is_placed(one, scope)),
            needs=tuple(one for one in found.needs if ours(one.who) and _is_placed(one, scope)),
            delays=self._delays,
            details=self._details,
            doubtful=sum(map(ours, found.doubtful)),
        )

    def _persons(self, acts: Iterable[Act], cases: Mapping[Who, list[CaseFacts]]) -> dict[Who, Someone]:
        of_person: dict[Who, list[Act]] = defaultdict(list)
        for act in acts:
            if act.who is not None:
                of_person[act.who].append(act)
        persons: dict[Who, Someone] = {}
        for who, hers in of_person.items():
            first = hers[0]
            sex, born, citizenships = self._entries.get(who, (first.sex, None, ()))
            persons[who] = Someone(
                who, sex, born, first.age, citizenships, tuple(cases.get(who, ())), tuple(hers), self._word(who)
            )
        return persons

    def _word(self, who: Who) -> str:
        return self._answers.get(who, "")

    def _delays_of_linked(self, session: Session, today: dt.date) -> dict[int, dict[str, str]]:
        """For cases of those who are linked: a service counts under whichever entry it was written."""
        helps = reading.helps_of_groups(session, today) if self._linked else {}
        found: dict[int, dict[str, str]] = {}
        for case in self._found.cases:
            if case.who in self._linked and day_of(case.opened) and self._opened_in_scope(case.opened[:7]):
                after = [(day, group) for day, group in helps.get(case.who, ()) if day >= case.opened]
                found[case.rid] = {group: day for day, group in sorted(after, reverse=True)}
        return found

    def _opened_in_scope(self, month: str) -> bool:
        return months_of_store.lies_within(month, self._scope)


def _united_acts(acts: Iterable[Act], session: Session, group_of: Mapping[bytes, Who]) -> Iterable[Act]:
    """Services of those who are linked take sex and age from all entries together."""
    linked = frozenset(group_of.values())
    entries: dict[Who, list[tuple[str, int | None, tuple[str, ...]]]] = defaultdict(list)
    if linked:
        for uid, entry in reading.entries(session, ()).items():
            entries[group_of.get(uid, uid)].append(entry)
    for act in acts:
        if act.who not in linked:
            yield act
            continue
        sex, born, _codes = united(entries.get(act.who) or [("", None, ())])
        age = age_group(born, int(act.month[:4]) if act.month else None).value
        yield act._replace(sex=sex, age="" if age == "unknown" else age)


def _new(acts: Iterable[Act], earlier: Container[Who], years: Mapping[Who, str], scope: Scope) -> frozenset[Who]:
    """Who was helped for the first time of all in the scope. Somebody with a service of an earlier year, of which
    no month is known, is new in no period: her first one is doubtful.
    """
    seen: set[Who | None] = set()
    found: set[Who] = set()
    for act in acts:
        if act.who is None or not act.month or act.who in seen:
            continue
        seen.add(act.who)
        if act.who not in earlier and years.get(act.who, "9999") >= act.month[:4] and _lies_in(act, scope):
            found.add(act.who)
    return frozenset(found)


def _ever(
    session: Session, months: Months, scope: Scope, acts: Iterable[Act], earlier: Mapping[Who, str]
) -> dict[Who, str]:
    """Who was helped until the end of the scope: in certain months, and in bare years that ended before."""
    years = tuple(year for year in months.years if scope.last and year < scope.last[:4])
    before = reading.ever(session, (*months.before, *years), scope) if _narrow(scope) or years else earlier
    found = dict(before)
    for act in acts:
        if act.who is not None:
            found.setdefault(act.who, act.month)
    return found


def _answers(session: Session, group_of: Mapping[bytes, Who], today: dt.date) -> dict[Who, str]:
    states = reading.words(session, today)
    linked: dict[Who, str] = {}
    for person in states.keys() & group_of.keys():
        linked[group_of[person]] = f"{linked.get(group_of[person], '')} {states[person]}"
    alone = {person: agreeing(said) for person, said in states.items() if person not in group_of}
    return alone | {who: agreeing(said) for who, said in linked.items()}


def _order(act: Act) -> tuple[str, str, str, str, str]:
    """By day; those of a month alone before its days, doubtful ones last; else as it does not hang on the store."""
    return act.month or "~", act.day, act.code, act.centre, act.oblast


def _narrow(scope: Scope) -> bool:
    return bool(scope.oblast or scope.centre or scope.donor)


def _lies_in(act: Act, scope: Scope) -> bool:
    return (
        (not scope.oblast or act.oblast == scope.oblast)
        and (not scope.centre or act.centre == scope.centre)
        and (not scope.donor or act.donor == scope.donor)
    )


def _is_placed(one: CaseFacts | ReferralFacts | NeedFacts, scope: Scope) -> bool:
    """By the centre that keeps it. No donor stands behind a case: under a donor none is counted."""
    if scope.donor:
        return False
    return (not scope.oblast or one.oblast == scope.oblast) and (not scope.centre or one.centre == scope.centre)


def _detailed(code: str) -> bool:
    return codelists.service_form(code) in _DETAILED
