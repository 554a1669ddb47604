"""Grants and sums paid: exact minor units of each currency, and of one currency where a rate was recorded.

Sums of different currencies never stand in one table. Behind every sum stand the persons who got it, with the two
largest shares, so that no table tells what one person got.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final, TypeVar

from app.codelists import Currency
from app.forms.money import minor_digits
from app.reports.facts import Facts
from app.reports.facts.work_kinds import REINTEGRATION, Act, Funded, Granted, Paid
from app.reports.indicators.spec import Indicator
from app.reports.indicators.work_tables import Counted, Keys, by_attribute, doubtful, in_order
from app.reports.table import Cell, Measure, Table

By = tuple[str, ...]
_Sum = TypeVar("_Sum", Granted, Paid, Act)
WITHIN: Final = 3
"""The reintegration grant covers the first three months after return (the programme's own papers)."""
_OLD_ROUBLES: Final = 10_000
"""1 BYN = 10,000 BYR since 1 July 2016: no rate, but what the money itself was changed at."""


_PLACES: Final = ("donor", "project", "oblast", "centre", "month")
_GRANTED: Final[Mapping[str, Keys[Granted]]] = by_attribute(*_PLACES, "currency", grant_kind="kind")
_PAID: Final[Mapping[str, Keys[Paid]]] = by_attribute(*_PLACES, "currency", "group", "service", grant_kind="kind")


def _grants(facts: Facts, by: By) -> tuple[Table, ...]:
    """How many grants were approved, the sums approved, the sums paid of grants, and those in one currency."""
    return (grant_count(facts, by), *approved(facts, by), *paid(facts, by, "grants_paid"), *converted(facts, by))


def grant_count(facts: Facts, by: By) -> Table:
    """Grants approved in the period."""
    return _of_grants(facts, "grants", Measure.GRANTS, lambda _one: 1).table(facts.work.granted, by)


def approved(facts: Facts, by: By) -> tuple[Table, ...]:
    """Sums approved in the period, a table for each currency."""
    counted = _of_grants(facts, "grants_approved", Measure.MONEY, lambda one: one.approved)
    return _by_currency(counted, facts.work.granted, by)


def paid(facts: Facts, by: By, code: str) -> tuple[Table, ...]:
    """Sums paid in the period, a table for each currency: of grants (``grants_paid``) or all (``sums_paid``)."""
    return _by_currency(_sums(facts, code), _of(facts, code), by)


def converted(facts: Facts, by: By, code: str = "grants_converted") -> tuple[Table, ...]:
    """Sums paid of grants in one currency, at the rate recorded with each payment.

    There is a table for each currency in which payments are reported; where several currencies were paid and nobody
    recorded any rate, one for the currency of most payments. Payments without a rate to it are not in the sum, and
    ``rate_missing/<currency>/<n>`` says how many of which currency.
    """
    found = _of(facts, "grants_paid")
    by = _no_currency(by)
    tables = []
    for currency in _reported_in(found):
        worth = [(one, value) for one in found if (value := in_currency(one, currency)) is not None]
        without = [one.currency for one in found if in_currency(one, currency) is None]
        missing = tuple(f"rate_missing/{one}/{without.count(one)}" for one in _currencies(without))
        counted = replace(_sums(facts, code), currency=currency, remarks=missing)
        tables.append(counted.table([replace(one, amount=value) for one, value in worth], by))
    return tuple(tables)


def in_currency(one: Paid, currency: str) -> int | None:
    """What a payment was worth in minor units of ``currency``, rounded to even; None where no rate was recorded."""
    if one.currency == currency:
        return one.amount
    rate = one.rate if one.rate_currency == currency else None
    if (one.currency, currency) == (Currency.BYR, Currency.BYN):
        rate = Decimal(1) / _OLD_ROUBLES
    if rate is None:
        return None
    whole = Decimal(one.amount).scaleb(-minor_digits(one.currency)) * rate
    return int(whole.scaleb(minor_digits(currency)).to_integral_value(ROUND_HALF_EVEN))


def _reported_in(found: Sequence[Paid]) -> tuple[str, ...]:
    reported = _currencies([one.rate_currency for one in found if one.rate is not None and one.rate_currency])
    natives = [one.currency for one in found]
    if reported or len(set(natives)) < 2:
        return reported
    return (max(_currencies(natives), key=natives.count),)


def _of(facts: Facts, code: str) -> list[Paid]:
    return [one for one in facts.work.paid if code == "sums_paid" or one.grant]


def _of_grants(facts: Facts, code: str, measure: Measure, value: Callable[[Granted], int]) -> Counted[Granted]:
    work = facts.work
    return Counted[Granted](
        code,
        measure,
        code,
        work.scope,
        _GRANTED,
        value=value,
        person=lambda one: one.counted,
        names={"centre": work.centres},
        left_out=work.left_out,
        remarks=doubtful(work.doubts.grants),
    )


def _sums(facts: Facts, code: str) -> Counted[Paid]:
    work = facts.work
    return Counted[Paid](
        code,
        Measure.MONEY,
        code,
        work.scope,
        _PAID,
        value=lambda one: one.amount,
        person=lambda one: one.counted,
        names={"centre": work.centres},
        left_out=work.left_out,
        remarks=doubtful(work.doubts.payments),
    )


def _by_currency(counted: Counted[_Sum], found: Sequence[_Sum], by: By) -> tuple[Table, ...]:
    """A table for each currency that occurs."""
    by = _no_currency(by)
    return tuple(
        replace(counted, currency=currency).table([one for one in found if one.currency == currency], by)
        for currency in _currencies([one.currency for one in found])
    )


def _currencies(found: Sequence[str]) -> tuple[str, ...]:
    return in_order("currency", found)


def _no_currency(by: By) -> By:
    """The tables of sums are parted by currency anyway."""
    return tuple(one for one in by if one != "currency")


def _first_months(facts: Facts, by: By) -> tuple[Table, ...]:
    """Persons, each once: "yes" where all payments of whom the month is known lie in the first three after return."""
    found = [one for one in facts.work.paid if one.service == REINTEGRATION]
    months: dict[str, list[int]] = {}
    for one in found:
        months.setdefault(one.counted, [])
        if one.months_after is not None:
            months[one.counted].append(one.months_after)
    answers = {who: ("yes" if max(known) <= WITHIN else "no") if known else "" for who, known in months.items()}
    counted = replace(
        _sums(facts, "grant_in_first_3_months"),
        measure=Measure.PERSONS,
        population="reintegration_paid",
        keys={**_PAID, "answer": lambda one: (answers[one.counted],)},
        value=lambda _one: 0,
        several=frozenset(_PLACES),
    )
    table = counted.table([one for one in found if answers[one.counted]], ("answer", *by[:1]), of_persons=True)
    without = counted.table([one for one in found if not answers[one.counted]], by[:1], of_persons=True)
    whole = table.total or Cell(0, 0)
    base = {column: table.column_totals.get(column, whole) for column in table.columns.keys}
    unknown = {key[0]: cell for key, cell in without.cells.items() if key[0] in base}
    return (replace(table, base=base, unknown=unknown),)


def spent_on_activities(facts: Facts, by: By) -> tuple[Table, ...]:
    """What activities cost, where it was written down: a table for each currency. About no person."""
    work = facts.work
    counted = Counted[Act](
        "activities_paid",
        Measure.MONEY,
        "activities_paid",
        work.scope,
        by_attribute(*_PLACES, activity="code"),
        value=lambda one: one.amount or 0,
        names={"centre": work.centres},
        remarks=doubtful(work.doubts.activities),
    )
    return _by_currency(counted, [one for one in work.activities if one.amount is not None], by)


def funded(facts: Facts, by: By) -> tuple[Table, ...]:
    """Services that name the donor who is asked about, and the persons who got them, each once in every total."""
    work = facts.work
    services = Counted[Funded](
        "funded_services",
        Measure.SERVICES,
        "funded_services",
        work.scope,
        by_attribute("project", "group"),
        value=lambda one: one.services,
        person=lambda one: one.counted,
        left_out=work.left_out,
    )
    persons = replace(services, measure=Measure.PERSONS, population="funded_persons", several=frozenset(by))
    return services.table(work.funded, by), persons.table(work.funded, by, of_persons=True)


_MONEY_BY: Final = ("grant_kind", "donor", "currency", "oblast", "centre", "month", "project")
INDICATORS: Final = (
    Indicator("grants", "money", _MONEY_BY, _grants),
    Indicator("grant_in_first_3_months", "money", ("donor", "oblast", "centre", "month"), _first_months),
)
