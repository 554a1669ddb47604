"""Grants and sums paid: exact in each currency, at the recorded rate in one, never without who stands behind them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.reports.facts import Facts
from app.reports.facts.people import PeopleFacts
from app.reports.facts.work import WorkFacts
from app.reports.facts.work_kinds import Act, Doubts, Funded, Granted, Paid
from app.reports.indicators import INDICATORS
from app.reports.indicators.money import funded, in_currency, paid, spent_on_activities
from app.reports.packs import without_small_projects
from app.reports.packs.projects import OTHER_PROJECTS
from app.reports.table import Cell, Measure, Scope, Table

QUARTER = Scope("2026-01", "2026-03")
GRANT = Granted("reintegration", "2026-01", "BYN", 100_000, "iom", "", "BY-VI", "c1", "anna")
PAID = Paid(
    service="grant_reintegration", group="grant", grant="g1", kind="reintegration", month="2026-01", currency="BYN",
    amount=50_001, donor="iom", project="", oblast="BY-VI", centre="c1", counted="anna", rate_currency="", rate=None,
    months_after=1,
)  # fmt: skip


def facts(**work: object) -> Facts:
    return Facts(QUARTER, PeopleFacts(), WorkFacts(scope=QUARTER, **work))  # type: ignore[arg-type]


def grants(found: Facts, *by: str) -> dict[tuple[str, str], Table]:
    return {(table.code, table.currency): table for table in INDICATORS["grants"].count(found, by)}


def by_row(table: Table) -> dict[str, int]:
    return {row: cell.value for (row, _column), cell in table.cells.items()}


def test_sums_of_two_currencies_never_meet_and_are_exact_to_the_kopeck() -> None:
    found = facts(
        granted=(GRANT, replace(GRANT, currency="EUR", approved=30_000, counted="olga", kind="vocational")),
        paid=(PAID, replace(PAID, amount=1, counted="olga"), replace(PAID, amount=29_999, currency="EUR"),
              replace(PAID, grant="", kind="", group="material", service="material_items", amount=7)),
    )  # fmt: skip
    tables = grants(found, "grant_kind")
    assert by_row(tables["grants", ""]) == {"reintegration": 1, "vocational": 1}
    assert by_row(tables["grants_approved", "BYN"]) == {"reintegration": 100_000}
    assert by_row(tables["grants_approved", "EUR"]) == {"vocational": 30_000}
    assert tables["grants_paid", "BYN"].total == Cell(50_002, 2, (50_001, 1))
    assert by_row(tables["grants_paid", "EUR"]) == {"reintegration": 29_999}
    assert all(table.about_persons for table in tables.values())
    sums = {table.currency: table for table in paid(found, ("group",), "sums_paid")}
    assert by_row(sums["BYN"]) == {"material": 7, "grant": 50_002}
    assert sums["BYN"].measure is Measure.MONEY


def test_the_two_largest_shares_are_those_of_persons_and_not_of_payments() -> None:
    found = facts(paid=tuple(replace(PAID, amount=amount, counted=who) for amount, who in
                             ((10, "a"), (10, "a"), (10, "a"), (25, "b"), (5, "c"))))  # fmt: skip
    total = grants(found)["grants_paid", "BYN"].total
    assert total == Cell(60, 3, (30, 25))


def test_one_currency_at_the_recorded_rate_and_payments_without_one_are_said() -> None:
    found = facts(
        paid=(
            replace(PAID, amount=10_000, rate_currency="EUR", rate=Decimal("0.2777")),
            replace(PAID, amount=33_333, rate_currency="EUR", rate=Decimal("0.28"), counted="olga"),
            replace(PAID, amount=50_00, currency="EUR"),
            replace(PAID, amount=70_00),
            replace(PAID, amount=80_00, currency="USD"),
            replace(PAID, amount=90_00, currency="USD", rate_currency="BYN", rate=Decimal("3.2")),
        )
    )
    tables = grants(found)
    euro = tables["grants_converted", "EUR"]
    assert euro.total is not None
    assert euro.total.value == 2777 + 9333 + 5000
    assert euro.remarks == ("rate_missing/BYN/1", "rate_missing/USD/2")
    roubles = tables["grants_converted", "BYN"]
    assert roubles.total is not None
    assert roubles.total.value == 10_000 + 33_333 + 7_000 + 28_800
    assert roubles.remarks == ("rate_missing/USD/1", "rate_missing/EUR/1")


def test_where_nobody_recorded_a_rate_the_currency_of_most_payments_stands_with_the_remark() -> None:
    found = facts(paid=(PAID, PAID, replace(PAID, currency="EUR", amount=9)))
    tables = grants(found)
    assert tables["grants_converted", "BYN"].remarks == ("rate_missing/EUR/1",)
    assert tables["grants_converted", "BYN"].total == Cell(100_002, 1, (100_002,))
    assert not [code for code, _currency in grants(facts(paid=(PAID, PAID))) if code == "grants_converted"]


@pytest.mark.parametrize(
    ("amount", "currency", "rate", "wanted", "worth"),
    [
        (12_345, "BYN", None, "BYN", 12_345),
        (12_345, "BYN", None, "EUR", None),
        (1_000_000, "BYR", None, "BYN", 100_00),
        (50, "BYR", None, "BYN", 0),
        (150, "BYR", None, "BYN", 2),
        (5, "BYN", Decimal("0.5"), "EUR", 2),
        (15, "BYN", Decimal("0.5"), "EUR", 8),
        (2**40, "RUB", Decimal("0.034567891234"), "EUR", 38_007_798_359),
    ],
)
def test_a_payment_in_another_currency(
    amount: int, currency: str, rate: Decimal | None, wanted: str, worth: int | None
) -> None:
    one = replace(PAID, amount=amount, currency=currency, rate=rate, rate_currency="EUR" if rate else "")
    assert in_currency(one, wanted) == worth


def test_the_first_three_months_are_a_share_of_persons_of_whom_it_is_known() -> None:
    found = facts(
        paid=(
            PAID,
            replace(PAID, months_after=3),
            replace(PAID, counted="olga", months_after=2),
            replace(PAID, counted="olga", months_after=4),
            replace(PAID, counted="vera", months_after=None),
            replace(PAID, counted="nina", months_after=None),
            replace(PAID, counted="nina", months_after=1, donor="eu"),
            replace(PAID, counted="else", service="grant_vocational", months_after=9),
        )
    )
    (table,) = INDICATORS["grant_in_first_3_months"].count(found, ())
    assert by_row(table) == {"yes": 2, "no": 1}
    assert table.base[""] == Cell(3, 3)
    assert table.unknown[""] == Cell(1, 1)
    (table,) = INDICATORS["grant_in_first_3_months"].count(found, ("donor",))
    assert {key: cell.value for key, cell in table.cells.items()} == {
        ("yes", "iom"): 2, ("yes", "eu"): 1, ("no", "iom"): 1, ("no", "eu"): 0,
    }  # fmt: skip
    assert table.base == {"iom": Cell(3, 3), "eu": Cell(1, 1)}
    assert table.unknown == {"iom": Cell(1, 1)}


def test_services_of_a_donor_by_project_count_a_person_once_in_every_total() -> None:
    found = facts(
        funded=(Funded("A", "medical", "anna", 3), Funded("B", "medical", "anna", 1), Funded("A", "legal", "olga", 2))
    )
    services, persons = funded(found, ("project",))
    assert by_row(services) == {"A": 5, "B": 1}
    assert by_row(persons) == {"A": 2, "B": 1}
    assert persons.total == Cell(2, 2)
    assert not persons.rows.adds_up


def test_a_project_of_few_persons_is_not_named_for_others() -> None:
    large = tuple(replace(PAID, project="Дорога домой", counted=str(at)) for at in range(10))
    small = (replace(PAID, project="Дом Анны"), replace(PAID, project="Второй"))
    found = without_small_projects(facts(paid=(*large, *small, PAID)), 10)
    assert {one.project for one in found.work.paid} == {"Дорога домой", OTHER_PROJECTS, ""}
    (table,) = paid(found, ("project",), "grants_paid")
    assert by_row(table)[OTHER_PROJECTS] == 100_002


def test_what_activities_cost_is_about_nobody() -> None:
    act = Act(
        code="equipment", month="2026-01", oblast="", centre="c1", donor="eu", project="", sessions=None,
        attendances=None, women=None, men=None, minors=None, numbers={}, audiences=(), agencies=(),
        topic="", referred_to="", amount=2_000_000, currency="EUR",
    )  # fmt: skip
    (table,) = spent_on_activities(facts(activities=(act, replace(act, amount=None))), ("activity",))
    assert by_row(table) == {"equipment": 2_000_000}
    assert not table.about_persons


def test_doubtful_days_and_those_who_did_not_agree_are_said() -> None:
    tables = grants(facts(granted=(GRANT,), paid=(PAID,), doubts=Doubts(payments=2, grants=1), left_out=4))
    assert tables["grants", ""].remarks == ("date_doubtful/1",)
    assert tables["grants_paid", "BYN"].remarks == ("date_doubtful/2",)
    assert tables["grants_paid", "BYN"].left_out == 4
