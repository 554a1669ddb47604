"""Indicators about persons: how many were helped, who they are, and what happened to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from app.reports.facts import Facts
from app.reports.facts import documents as read
from app.reports.facts.people import Someone
from app.reports.facts.wanted import Wanted
from app.reports.facts.work_entered import ASSISTED_BEFORE, opening, opening_remarks, opening_until
from app.reports.indicators import populations as who
from app.reports.indicators.counting import KeyOf, Keys, Population, along, build
from app.reports.indicators.populations import gathered, one
from app.reports.indicators.spec import Indicator
from app.reports.pack import Picture
from app.reports.table import Cell, Table

By = tuple[str, ...]

_LABOUR: Final = frozenset({"forced_labour", "child_labour", "servitude"})
_OF_AGE: Final = 18
_STATUS: Final = ("actual", "possible", "not")  # what weighs more stands first


def _majority(age: int | None) -> Keys:
    return () if age is None else ("minor",) if age < _OF_AGE else ("adult",)


def _at_identification(person: Someone) -> Keys:
    return _majority(who.age_at_identification(person))


def _at_start(person: Someone) -> Keys:
    ages = [age for case in person.cases if (age := read.whole(case.document.age_at_start)) is not None]
    return _majority(min(ages, default=None))


def _age_sex(person: Someone) -> Keys:
    """UNODC's four groups; with age or sex unknown (or another sex) she is in none of them."""
    majority = _at_identification(person)
    groups = {"female": ("girls", "women"), "male": ("boys", "men")}.get(person.sex)
    return (groups[majority == ("adult",)],) if majority and groups else ()


def _status(person: Someone) -> Keys:
    return one(_decided(person)[0])


def _decided_by(person: Someone) -> Keys:
    return one(_decided(person)[1])


def _decided(person: Someone) -> tuple[str, str]:
    """The status that weighs most in all her cases, and who decided on it."""
    found = {
        read.text(case.document.formal_status): read.known(case.document.decided_by)
        for case in sorted(person.cases, key=lambda case: (read.text(case.document.decided_by), case.opened))
    }
    return next(((status, found[status]) for status in _STATUS if status in found), ("", ""))


def _witness(person: Someone) -> Keys:
    found = {read.text(case.document.witness) for case in person.cases}
    return ("yes",) if "yes" in found else ("no",) if "no" in found else ()


def _agrees(person: Someone) -> Keys:
    return one(person.agrees)


_OWN: Final[Mapping[str, KeyOf]] = {
    "majority": _at_identification,
    "age_sex": _age_sex,
    "status": _status,
    "decided_by": _decided_by,
    "means": gathered("means_of_control"),
    "relation": gathered("recruiter"),
    "recruitment": gathered("recruitment"),
    "sector": gathered("labour_sectors"),
}
_ORDERS: Final[Mapping[str, Keys]] = {
    "majority": ("minor", "adult"),
    "majority_entry": ("minor", "adult"),
    "age_sex": ("women", "men", "girls", "boys"),
    "answer": ("yes", "no"),
    "border": ("cross_border", "internal"),
}
_AT_ENTRY: Final[Mapping[str, KeyOf]] = {"majority_entry": _at_start}
_AGREEING: Final[Mapping[str, Keys]] = {"answer": ("agrees", "does_not_agree")}


def _assisted(facts: Facts, dimensions: By, keys: Mapping[str, KeyOf] | None = None) -> Population:
    return replace(who.persons(facts, dimensions, {**_OWN, **(keys or {})}), orders=_ORDERS)


def _new(facts: Facts) -> Population:
    return replace(who.new(facts, _OWN), orders=_ORDERS)


def _plain(facts: Facts) -> Population:
    return _assisted(facts, ())


def _labour(facts: Facts) -> Population:
    """Those who were made to work, or of whom a sector of work is told."""
    everybody = _plain(facts)
    sector, form = _OWN["sector"], everybody.keys["form"]

    def worked(person: Someone) -> bool:
        return bool(_LABOUR.intersection(form(person)) or sector(person))

    rows = facts.people.silent.persons.values()
    return replace(
        everybody,
        name="labour",
        items=[person for person in everybody.items if worked(person)],
        left_out=sum(map(worked, rows)),
    )


def _witnesses(facts: Facts) -> Population:
    return _assisted(facts, (), {"answer": _witness})


def _asked(facts: Facts) -> Population:
    found = _assisted(who.of_everybody(facts), (), {"answer": _agrees})
    return replace(found, orders=_AGREEING, scope=replace(facts.scope, reporting=False))


def _cumulative(facts: Facts, by: By) -> tuple[Table, ...]:
    """Recorded persons and the opening balance: who stands in the balance is not counted once more."""
    last = facts.scope.last
    population = who.ever(facts, opening_until(facts.work, ASSISTED_BEFORE, last))
    table = build("victims_assisted_cumulative", population, *by)
    found = {key: opening(facts.work, ASSISTED_BEFORE, last, key) for key in table.rows.keys}
    remarks = opening_remarks(facts.work, ASSISTED_BEFORE, last)
    return (with_opening(table, found if by else {}, opening(facts.work, ASSISTED_BEFORE, last), remarks),)


def with_opening(table: Table, by_row: Mapping[str, int], whole: int, remarks: tuple[str, ...]) -> Table:
    """The table with what was before the program added: ``whole`` to its total, ``by_row`` to its rows."""
    if not whole and not any(by_row.values()):
        return table

    def more(cell: Cell, number: int) -> Cell:
        return Cell(cell.value + number, cell.persons + number, known=number)

    added = by_row or {"": whole}
    return replace(
        table,
        cells={(row, column): more(cell, added.get(row, 0)) for (row, column), cell in table.cells.items()},
        total=more(table.total, whole) if table.total else None,
        remarks=(*table.remarks, *remarks),
    )


_WHO: Final = ("sex", "age", "form", "citizenship", "country", "border", "oblast")
_BY_ACT: Final = (*_WHO, "centre", "month", "donor")
_OF_NEW: Final = Wanted.ACTS | Wanted.NEW | Wanted.CASES


def _of_two(code: str, population: Callable[[Facts, By], Population], reads: Wanted = Wanted.ACTS) -> Indicator:
    def count(facts: Facts, by: By) -> tuple[Table, ...]:
        return (build(code, population(facts, by), *by),)

    return Indicator(code, "persons", _BY_ACT, count, Picture.COLUMNS, reads=reads)


def _of_rows(
    code: str,
    rows: str,
    dimensions: By,
    population: Callable[[Facts], Population] = _plain,
    *,
    reads: Wanted = Wanted.ACTS | Wanted.CASES,
    share: bool = True,
    internal: bool = False,
) -> Indicator:
    def count(facts: Facts, by: By) -> tuple[Table, ...]:
        return along(code, population(facts), rows, by, share=share)

    return Indicator(code, "persons", dimensions, count, internal=internal, reads=reads)


INDICATORS: Final = (
    _of_two("victims_assisted_new", lambda facts, _by: _new(facts), Wanted.ACTS | Wanted.NEW),
    _of_two("victims_assisted_total", _assisted),
    Indicator("victims_assisted_cumulative", "persons", ("form",), _cumulative, reads=Wanted.ACTS | Wanted.EVER),
    _of_rows("victims_identified_status", "status", ("decided_by",), share=False),
    _of_rows("share_by_exploitation", "form", ("sex", "age")),
    _of_rows("share_international", "border", ("form",)),
    _of_rows("detected_by_age_sex", "age_sex", ("form",), _new, reads=_OF_NEW, share=False),
    _of_rows("citizenship", "citizenship", (), reads=Wanted.ACTS | Wanted.CITIZENSHIPS, share=False),
    _of_rows("destination_country", "country", ("form",), share=False),
    _of_rows("minors", "majority", ("sex", "form"), _new, reads=_OF_NEW),
    _of_rows("majority_at_entry", "majority_entry", (), lambda facts: _assisted(facts, (), _AT_ENTRY)),
    _of_rows("means_of_control", "means", ("form",)),
    _of_rows("recruiter_relation", "relation", ()),
    _of_rows("recruitment_method", "recruitment", ()),
    _of_rows("labour_sector", "sector", (), _labour, share=False),
    _of_rows("witnesses", "answer", (), _witnesses),
    _of_rows("consent_reporting_rate", "answer", (), _asked, reads=Wanted.ACTS | Wanted.WORDS, internal=True),
)
