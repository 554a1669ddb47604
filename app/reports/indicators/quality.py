"""Figures that rest on entered numbers (population, feedback forms), and the quality of the data themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.reports.facts import Facts
from app.reports.facts.wanted import Wanted
from app.reports.facts.work_entered import POPULATION, latest, sources, within_period
from app.reports.facts.work_kinds import Bundles, Missing
from app.reports.indicators import counting, populations
from app.reports.indicators.spec import Indicator
from app.reports.indicators.work_tables import Counted
from app.reports.pack import Picture
from app.reports.table import Axis, Cell, Key, Measure, Table, per_100k

By = tuple[str, ...]
FORMS: Final = "feedback_forms"
SATISFIED: Final = "feedback_satisfied"


def _rate(facts: Facts, by: By) -> tuple[Table, ...]:
    """Persons first assisted in the period per 100,000 of the newest population entered for its end.

    Women are set against the women of the country, an age against its own; forms of exploitation against everybody.
    Where no population was entered there is no rate, and ``population_missing`` says so. For others the rate is
    worked out anew of the persons that are told: everybody knows the population, and so the number with a rate.
    """
    rows, columns = (*by, "", "")[:2]
    new = counting.build("rate_per_100k", populations.new(facts), rows, columns)
    work, last = facts.work, facts.scope.last
    people = {key: latest(work, POPULATION, last, _whose(key, (rows, columns))) for key in new.cells}
    cells = {key: _per_100k(cell, one.value) for key, cell in new.cells.items() if (one := people[key]) and one.value}
    used = [one for key in cells if (one := people[key])]
    everybody = latest(work, POPULATION, last)
    return (
        replace(
            new,
            measure=Measure.PER_100K,
            cells=cells,
            rows=counting.not_adding(new.rows),
            columns=counting.not_adding(new.columns),
            row_totals={},
            column_totals={},
            total=_per_100k(new.total, everybody.value) if new.total and everybody and everybody.value else None,
            remarks=new.remarks + (sources(used) if used else ("population_missing",)),
        ),
    )


def _whose(key: Key, by: tuple[str, str]) -> str:
    """The key of the population against which a place is set: ``female``, ``18-24``, ``female/18-24``, or all."""
    return "/".join(one or "?" for one, dimension in zip(key, by, strict=True) if dimension in ("sex", "age"))


def _per_100k(cell: Cell, population: int) -> Cell:
    return Cell(per_100k(cell.value, population), cell.persons, per=population)


def _feedback(facts: Facts, by: By) -> tuple[Table, ...]:
    """Forms returned in the period, and how many of them say "satisfied": entered, for the forms are nameless."""
    found = {code: within_period(facts.work, code) for code in (FORMS, SATISFIED)}
    forms, satisfied = (sum(one.value for one in found[code]) for code in (FORMS, SATISFIED))
    whole = Cell(forms, forms)
    answers = {"satisfied": satisfied, "not_satisfied": max(0, forms - satisfied)}
    return (
        Table(
            code="client_feedback",
            measure=Measure.THINGS,
            population="feedback",
            scope=facts.scope,
            cells={(answer, ""): Cell(count, count) for answer, count in answers.items()} if forms else {},
            rows=Axis("answer", tuple(answers) if forms else ()),
            total=whole,
            base={"": whole} if forms else {},
            remarks=sources([*found[FORMS], *found[SATISFIED]]),
        ),
    )


def _quality(facts: Facts, by: By) -> tuple[Table, ...]:
    """Fields without an answer beside those with one (or by centre), entries counted as one person, late bundles."""
    register, scope = facts.work.register, facts.work.scope
    names = {"centre": facts.work.centres}
    missing = Counted[tuple[Missing, str, int]](
        "data_quality",
        Measure.VALUES,
        "missing_values",
        scope,
        {
            "field": lambda one: (one[0].field,),
            "centre": lambda one: (one[0].centre,),
            "given": lambda one: (one[1],),
        },
        value=lambda one: one[2],
        several=frozenset({"field"}),
        names=names,
    )
    cells = [(one, "missing", one.missing) for one in register.missing]
    if by == ("centre",):
        fields = missing.table(cells, ("field", "centre"))
    else:
        cells += [(one, "given", one.of - one.missing) for one in register.missing]
        fields = missing.table(cells, ("field", "given"))
    bundles = Counted[tuple[Bundles, str, int]](
        "quality_bundles",
        Measure.VALUES,
        "bundles",
        scope,
        {"centre": lambda one: (one[0].centre,), "given": lambda one: (one[1],)},
        value=lambda one: one[2],
        names=names,
    )
    came = [(one, "in_time", one.taken - one.late) for one in register.bundles]
    came += [(one, "late", one.late) for one in register.bundles]
    linked = Counted[tuple[str, int]](
        "quality_linked",
        Measure.VALUES,
        "linked_entries",
        scope,
        {"centre": lambda one: (one[0],)},
        value=lambda one: one[1],
        names=names,
    )
    return (
        replace(fields, total=None, column_totals={}),
        bundles.table(came, ("centre", "given")),
        linked.table(register.linked.items(), ("centre",)),
    )


INDICATORS: Final = (
    Indicator("rate_per_100k", "persons", ("sex", "age", "form"), _rate, reads=Wanted.ACTS | Wanted.NEW),
    Indicator("client_feedback", "quality", (), _feedback),
    Indicator("data_quality", "quality", ("centre",), _quality, Picture.NONE, internal=True, reads=Wanted.QUALITY),
)
