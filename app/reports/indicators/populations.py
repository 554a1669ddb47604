"""Whom and what the indicators count, each under a name: tables with the same population, measure and scope have the
same total, and the protection of tables rests on that. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final, NamedTuple

from app.forms.age import age_in
from app.reports.facts import Facts
from app.reports.facts import documents as read
from app.reports.facts.months import lies_within, month_of
from app.reports.facts.people import Act, CaseFacts, Rows, Someone, Who
from app.reports.indicators.counting import KeyOf, Keys, Population
from app.reports.table import Measure

Items = Callable[[Rows], Iterable[Any]]

OF_PERSON: Final = ("sex", "age", "form", "citizenship", "country", "border")
"""What is said of a person, wherever and however she was helped."""
OF_ACT: Final = ("month", "centre", "oblast", "group", "service", "donor", "provider", "outcome")
SEVERAL: Final = frozenset({"form", "citizenship", "country", "means", "relation", "recruitment", "sector"})
_SEVERAL_ACTS: Final = SEVERAL | set(OF_ACT)
_CROSSING: Final = frozenset({"cross_border", "both"})


def one(value: str) -> Keys:
    """The key of an answer with one; none where it is not known."""
    return (value,) if value else ()


def gathered(field: str, code_list: str = "") -> Callable[[Someone], Keys]:
    """The codes of an answer with several, from all cases of a person; with ``code_list`` what they imply too."""

    def keys(person: Someone) -> Keys:
        if len(person.cases) == 1:
            found = read.codes(getattr(person.cases[0].document, field))
        else:
            found = tuple({code: None for case in person.cases for code in read.codes(getattr(case.document, field))})
        return read.with_parents(code_list, found) if code_list and found else tuple(dict.fromkeys(found))

    return keys


def crossing(person: Someone) -> Keys:
    """``cross_border`` where some case names a crossed border (beside home too), else ``internal``."""
    found = {read.known(case.document.border) for case in person.cases}
    if found & _CROSSING:
        return ("cross_border",)
    return ("internal",) if "internal" in found else ()


_PERSON_KEYS: Final[Mapping[str, Callable[[Someone], Keys]]] = {
    "sex": lambda person: one(person.sex),
    "age": lambda person: one(person.age),
    "form": gathered("exploitation", "exploitation_types"),
    "citizenship": lambda person: person.citizenships,
    "country": gathered("exploitation_countries"),
    "border": crossing,
}
_ACT_KEYS: Final[Mapping[str, Callable[[Act], Keys]]] = {
    "month": lambda act: one(act.month),
    "centre": lambda act: one(act.centre),
    "oblast": lambda act: one(act.oblast),
    "group": lambda act: one(act.group),
    "service": lambda act: one(act.code),
    "donor": lambda act: one(act.donor),
    "provider": lambda act: one(act.provider),
    "outcome": lambda act: one(act.outcome),
}


_PLACE_KEYS: Final[Mapping[str, KeyOf]] = {
    "centre": lambda item: one(item.centre),
    "oblast": lambda item: one(item.oblast),
}


def persons(facts: Facts, dimensions: Iterable[str], keys: Mapping[str, KeyOf] | None = None) -> Population:
    """Everybody with any service in the scope. Somebody may stand under several months, centres or kinds of help."""
    if set(dimensions) & set(OF_ACT):
        return _persons_by_acts(facts, "assisted", lambda _act: True)
    return _population(
        facts,
        "assisted",
        Measure.PERSONS,
        lambda rows: rows.persons.values(),
        {**_PERSON_KEYS, **(keys or {})},
        several=SEVERAL,
        remarks=doubts(facts),
        unique=True,
    )


def helped_with(facts: Facts, name: str, wanted: Callable[[Act], bool]) -> Population:
    """Everybody who was given a service of a kind."""
    return _persons_by_acts(facts, name, wanted)


def new(facts: Facts, keys: Mapping[str, KeyOf] | None = None) -> Population:
    """Those whose first service of all lies in the scope; month, centre and oblast are those of that service."""
    by_first: dict[str, KeyOf] = {name: partial(_of_first, key) for name, key in _ACT_KEYS.items()}
    return _population(
        facts,
        "new",
        Measure.PERSONS,
        lambda rows: (rows.persons[who] for who in rows.new),
        {**by_first, **_PERSON_KEYS, **(keys or {})},
        several=SEVERAL,
        remarks=doubts(facts),
        unique=True,
    )


def services(
    facts: Facts,
    name: str = "services",
    wanted: Callable[[Act], bool] | None = None,
    measure: Measure = Measure.SERVICES,
) -> Population:
    """The services of the scope, or those that are ``wanted``."""
    someone = {**facts.people.counted.persons}
    return _population(
        facts,
        name,
        measure,
        lambda rows: rows.acts if wanted is None else filter(wanted, rows.acts),
        _act_keys(someone),
        several=SEVERAL,
        remarks=doubts(facts),
    )


def cases(facts: Facts, name: str, wanted: Callable[[CaseFacts], bool], keys: Mapping[str, KeyOf]) -> Population:
    """Cases of the scope that are ``wanted``."""
    return _population(
        facts,
        name,
        Measure.CASES,
        lambda rows: filter(wanted, rows.cases),
        {**_PLACE_KEYS, "form": lambda case: case.forms, **keys},
        several=SEVERAL,
    )


def others(facts: Facts, name: str, measure: Measure, items: Items, keys: Mapping[str, KeyOf]) -> Population:
    """Referrals or needs: what stands beside a person without being a service."""
    return _population(facts, name, measure, items, {**_PLACE_KEYS, **keys})


class Ever(NamedTuple):
    """A person who was helped at some time."""

    who: Who


def ever(facts: Facts, after: str) -> Population:
    """Everybody who was helped until the end of the scope, for the first time after the month ``after``."""

    def items(rows: Rows) -> Iterable[Ever]:
        for who, month in rows.ever.items():
            if month > after or not month:
                yield Ever(who)

    def forms(person: Ever) -> Keys:
        return _forms_of(facts.people.counted.cases_of.get(person.who, ()))

    everybody = _population(
        facts,
        f"cumulative/{after}",
        Measure.PERSONS,
        items,
        {"form": forms},
        several=SEVERAL,
        remarks=doubts(facts),
        unique=True,
    )
    return replace(everybody, name="cumulative")


class ByDate(dict[str, bool]):
    """An answer by partial date, found once for each: there are few dates, and many cases."""

    def __init__(self, tell: Callable[[str], bool]) -> None:
        super().__init__()
        self._tell = tell

    def __missing__(self, date: str) -> bool:
        found = self[date] = self._tell(date)
        return found


def in_scope(facts: Facts) -> ByDate:
    """Does a partial date lie in the months of the scope? One whose month is not certain only without bounds."""
    return ByDate(lambda date: month_in_scope(facts, month_of(date, facts.people.today)))


def until_end(facts: Facts) -> ByDate:
    """Does a partial date lie before the end of the scope's last month (or before tomorrow)?"""
    last, today = facts.scope.last or "9999", facts.people.today
    return ByDate(lambda date: "" < month_of(date, today) <= last)


def month_in_scope(facts: Facts, month: str) -> bool:
    """Does a month lie in those of the scope? "" where it is not certain."""
    return lies_within(month, facts.scope) if month else not (facts.scope.first or facts.scope.last)


def age_at_identification(person: Someone) -> int | None:
    """Year of identification (of the earliest case that names it, else of the first service) minus year of birth."""
    years = [year for case in person.cases if (year := read.whole(case.document.identified_year))]
    first = person.acts[0].month
    return age_in(person.birth_year, min(years) if years else int(first[:4]) if first else None)


def doubts(facts: Facts) -> tuple[str, ...]:
    """How many services stand in no period for want of a certain month."""
    count = facts.people.counted.doubtful
    return (f"date_doubtful/{count}",) if count and (facts.scope.first or facts.scope.last) else ()


def _persons_by_acts(facts: Facts, name: str, wanted: Callable[[Act], bool]) -> Population:
    someone = {**facts.people.counted.persons}
    return _population(
        facts,
        name,
        Measure.PERSONS,
        lambda rows: (act for act in rows.acts if act.who is not None and wanted(act)),
        {**_act_keys(someone), **{dim: partial(_of_bearer, someone, key) for dim, key in _PERSON_KEYS.items()}},
        several=_SEVERAL_ACTS,
        remarks=doubts(facts),
    )


def _act_keys(someone: Mapping[Who, Someone]) -> dict[str, KeyOf]:
    """A service's own keys; what is said of its person is said of it (her age as it was on that day)."""
    of_person = {dim: partial(_of_bearer, someone, key) for dim, key in _PERSON_KEYS.items()}
    return {**of_person, **_ACT_KEYS, "sex": lambda act: one(act.sex), "age": lambda act: one(act.age)}


def _of_bearer(someone: Mapping[Who, Someone], key: Callable[[Someone], Keys], act: Act) -> Keys:
    person = someone.get(act.who) if act.who else None
    return key(person) if person else ()


def _of_first(key: Callable[[Act], Keys], person: Someone) -> Keys:
    return key(person.acts[0])


def _forms_of(cases_of_one: Sequence[CaseFacts]) -> Keys:
    if len(cases_of_one) == 1:
        return cases_of_one[0].forms
    return tuple({form: None for case in cases_of_one for form in case.forms})


def _population(
    facts: Facts,
    name: str,
    measure: Measure,
    items: Items,
    keys: Mapping[str, KeyOf],
    *,
    several: frozenset[str] = frozenset(),
    remarks: tuple[str, ...] = (),
    unique: bool = False,
) -> Population:
    """Gathered once: ``name`` and ``unique`` say who stands in it."""
    people = facts.people
    found = name, unique, facts.scope
    kept = people.memory.get(found)
    if kept is None:
        left_out = len({item.who for item in items(people.silent)} - {None})
        kept = people.memory[found] = list(items(people.counted)), left_out
    return Population(
        name=name,
        measure=measure,
        scope=facts.scope,
        items=kept[0],
        keys=keys,
        several=several,
        left_out=kept[1],
        remarks=remarks,
        names=people.centres,
        unique=unique,
    )


def of_everybody(facts: Facts) -> Facts:
    """The facts of those who agreed and of those who did not, together: to count who agrees."""
    counted, silent = facts.people.counted, facts.people.silent
    both = Rows(acts=(*counted.acts, *silent.acts), persons={**counted.persons, **silent.persons})
    return replace(facts, people=replace(facts.people, counted=both, silent=Rows()))
