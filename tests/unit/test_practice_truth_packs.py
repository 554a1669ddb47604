"""The truth of the packs, against counts done by hand."""

from __future__ import annotations

import ast
import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from app.usecases.practice import Act, Event, PackTruth, Truth, truth
from app.usecases.practice.truth_sheet import Figures

DAY = dt.date(2025, 2, 10)
QUARTER = ("2025-01", "2025-03")
HALF = ("2025-01", "2025-06")


def register(person: str, **values: object) -> Event:
    return Event(DAY, Act.REGISTER, person, values, human=person)


def service(person: str, key: str, on: str, code: str = "food_meals", **values: object) -> Event:
    whole = {"service": code, "on": on, "outcome": "provided", **values}
    return Event(DAY, Act.SERVICE, person, whole, subject=key)


def payment(person: str, key: str, amount: int, currency: str, **values: object) -> Event:
    whole = {"service": "grant_reintegration", "on": "2025-03-05", "outcome": "provided", "amount": amount, **values}
    return Event(
        DAY, Act.SERVICE, person, {**whole, "currency": currency}, subject=key, refers={"grant": f"{person}/g"}
    )


def consent(person: str, scope: str, state: str) -> Event:
    return Event(DAY, Act.CONSENT, person, {"scope": scope, "state": state})


def case(person: str, **values: object) -> Event:
    whole = {"opened_on": "2025-01-10", "status": "Active", "referral_source": "police", **values}
    return Event(DAY, Act.CASE, person, whole, subject=f"{person}/c")


def grant(person: str, **values: object) -> Event:
    whole = {"grant_kind": "reintegration", "approved": 50_000, "approved_on": "2025-01-20", "donor": "iom", **values}
    return Event(DAY, Act.GRANT, person, whole, subject=f"{person}/g")


def activity(key: str, kind: str, **values: object) -> Event:
    return Event(DAY, Act.ACTIVITY, "", {"activity": kind, "on": "2025-02-03", **values}, subject=key)


A = (
    register("p1", sex="female", birth="2000-05-05"),
    consent("p1", "reporting", "given"),
    consent("p1", "coordinator_identifiable", "given"),
    case("p1", exploitation=["sex_prostitution", "forced_labour"], border="both", returned_on="2024-11-06"),
    service("p1", "s1", "2025-01-15"),
    service("p1", "s2", "2025-02-15", "legal_civil", donor="iom", project="Шаг"),
    service("p1", "s3", "2025-02-16", "legal_civil", donor="iom", outcome="declined"),
    grant("p1", currency="USD", project="Дом"),
    payment("p1", "b1", 10_001, "USD", rate_currency="BYN", rate="3.25"),
    register("p2", sex="male"),
    consent("p2", "reporting", "given"),
    consent("p2", "reporting", "withdrawn"),
    case("p2", exploitation=["unknown"], border="internal", opened_on="2024-12-30", closed_on="2025-04-02",
         status="Closed", closure_reason="left_area"),
    service("p2", "s4", "2024-12-31"),
    service("p2", "s5", "2025-03", donor="iom", project="Шаг"),
    Event(DAY, Act.REFERRAL, "p2", {"sent_on": "2025-03-01", "status": "done"}, subject="p2/r"),
    activity("w1", "lecture", sessions=2, attendances=31, donor="iom"),
    activity("w2", "hotline_operation"),
    activity("w3", "installation_tour", attendances=50, places=[{"oblast": "BY-BR", "visitors": 30},
                                                               {"oblast": "BY-VI", "visitors": 20}]),
)  # fmt: skip


@pytest.fixture
def counted() -> tuple[Truth, PackTruth]:
    truth = Truth()
    packs = PackTruth(truth)
    for event in A:
        truth.tell("A", event)
        packs.tell("A", "BY-BR", event)
    return truth, packs


def table(figures: Figures, name: str) -> dict[Any, int]:
    """A table without its noughts: cells by their keys, all else by the name of the part."""
    found: dict[Any, int] = {}
    for (one, part, row, column), value in figures.items():
        if one == name and value:
            found[(row, column) if part == "cell" else part] = value
    return found


def test_persons_are_new_once_and_have_all_their_forms(counted: tuple[Truth, PackTruth]) -> None:
    figures = counted[1].task_force("BY-BR", *QUARTER)
    assert table(figures, "victims_assisted_new, persons") == {("", ""): 1, "total": 1}, "one came in December"
    assert table(figures, "victims_assisted_total, persons")["total"] == 2
    both = table(figures, "victims_assisted_total, persons, by age, by sex")
    assert (both["25-34", "female"], both["", "male"]) == (1, 1)
    assert table(figures, "share_by_exploitation, persons, by form") == {
        ("sex_prostitution", ""): 1,
        ("sexual_exploitation", ""): 1,
        ("forced_labour", ""): 1,
        "base": 1,
        "unknown": 1,
        "total": 2,
    }
    crossing = table(figures, "share_international, persons, by border")
    assert (crossing["cross_border", ""], crossing["internal", ""], crossing["base"]) == (1, 1, 2)


def test_cases_referrals_and_help(counted: tuple[Truth, PackTruth]) -> None:
    figures = counted[1].task_force("BY-BR", *QUARTER)
    assert table(figures, "referrals_in, cases, by source") == {("police", ""): 1, "total": 1}
    assert table(figures, "referrals_out, referrals, by referral_status") == {("done", ""): 1, "total": 1}
    still = table(figures, "open_cases, cases, by case_status")
    assert still == {("Active", ""): 1, ("", ""): 1, "total": 2}, "what was closed in April was open in March"
    assert table(figures, "closure_reasons, cases, by reason") == {}
    spring = counted[1].task_force("BY-BR", "2025-04", "2025-06")
    assert table(spring, "closure_reasons, cases, by reason") == {("left_area", ""): 1, "total": 1}
    gap = table(figures, "referral_gap, services, by outcome")
    assert (gap["declined", ""], gap["provided", ""], gap["base"]) == (1, 4, 5)
    assert table(figures, "table_persons, persons, by group") == {
        ("shelter", ""): 2,
        ("legal", ""): 1,
        ("grant", ""): 1,
        "total": 2,
    }


def test_activities_calls_and_stops(counted: tuple[Truth, PackTruth]) -> None:
    here, there = (counted[1].task_force(oblast, *QUARTER) for oblast in ("BY-BR", "BY-VI"))
    events, came = "activities, events, by activity", "activities, attendances, by activity"
    assert table(here, events) == {("lecture", ""): 2, ("installation_tour", ""): 1, "total": 3}
    assert table(here, came) == {("lecture", ""): 31, ("installation_tour", ""): 30, "total": 61}
    assert table(there, came) == {("installation_tour", ""): 20, "total": 20}
    assert table(here, "hotline_calls, things") == {("", ""): 1, "total": 1}
    counted[1].bind("BY-VI", "ngo")
    bound = counted[1].task_force("BY-VI", *QUARTER)
    assert table(bound, "mou_parties, things, by agency_kind") == {("ngo", ""): 1, "total": 1}


def test_who_did_not_agree_is_left_out(counted: tuple[Truth, PackTruth]) -> None:
    figures = counted[1].task_force("BY-BR", *QUARTER, agreed=True)
    whole = table(figures, "victims_assisted_total, persons")
    assert whole == {("", ""): 1, "total": 1, "left out": 1}
    assert table(figures, "victims_assisted_new, persons") == {("", ""): 1, "total": 1}
    assert table(figures, "referrals_out, referrals, by referral_status") == {"left out": 1}


def test_money_is_exact_and_projects_need_consent(counted: tuple[Truth, PackTruth]) -> None:
    figures = counted[1].donor("iom", *HALF)
    assert table(figures, "table_persons, persons")["total"] == 2
    given = table(figures, "funded_services, services, by project")
    assert given == {("Шаг", ""): 1, ("", ""): 1, "total": 2}, "her project is told, his stays at the centre"
    paid = "grants_paid, money, by project, USD"
    assert table(figures, paid) == {("Дом", ""): 10_001, "total": 10_001}, "donor and project are those of the grant"
    assert table(figures, "grants_approved, money, by grant_kind, USD")["total"] == 50_000
    # 100.01 USD at 3.25 are 325.0325 BYN.
    assert table(figures, "grants_converted, money, by grant_kind, BYN")["total"] == 32_503
    # Back on 6 November, paid on 5 March: the fourth month.
    answer = table(figures, "grant_in_first_3_months, persons, by answer")
    assert answer == {("no", ""): 1, "base": 1, "total": 1}
    few = counted[1].donor("iom", *HALF, agreed=True, least=10)
    assert table(few, paid) == {("other_projects", ""): 10_001, "total": 10_001, "left out": 1}


def test_those_found_to_be_one_count_once_and_a_no_at_one_centre_is_a_no(counted: tuple[Truth, PackTruth]) -> None:
    truth, packs = counted
    for event in (
        register("q1", sex="male", birth="2000"),
        consent("q1", "reporting", "refused"),
        service("q1", "t1", "2025-01-02"),
    ):
        truth.tell("B", event)
        packs.tell("B", "BY-BR", event)
    assert table(packs.task_force("BY-BR", *QUARTER), "victims_assisted_total, persons")["total"] == 3
    truth.say_same(("A", "p1"), ("B", "q1"))
    figures = packs.task_force("BY-BR", *QUARTER)
    assert table(figures, "victims_assisted_total, persons")["total"] == 2
    both = table(figures, "victims_assisted_total, persons, by age, by sex")
    assert both["25-34", ""] == 1, "two entries say two different sexes, and the same year"
    agreed = packs.task_force("BY-BR", *QUARTER, agreed=True)
    assert table(agreed, "victims_assisted_total, persons") == {"left out": 2}


def test_what_is_deleted_is_not_counted(counted: tuple[Truth, PackTruth]) -> None:
    truth, packs = counted
    for event in (Event(DAY, Act.DELETE_SERVICE, "p2", subject="s5"), Event(DAY, Act.DELETE_PERSON, "p1")):
        truth.tell("A", event)
        packs.tell("A", "BY-BR", event)
    figures = packs.task_force("BY-BR", *QUARTER)
    assert table(figures, "victims_assisted_total, persons") == {}
    assert table(figures, "open_cases, cases, by case_status")["total"] == 1


def test_nothing_is_shared_with_what_is_measured() -> None:
    """A yardstick that asked the code itself would agree with any mistake."""
    assert truth.__file__ is not None
    imported = {
        node.module
        for file in Path(truth.__file__).parent.glob("truth*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("app")
    }
    practice = "app.usecases.practice"
    assert imported == {f"{practice}.{name}" for name in ("events", "helping", "truth", "truth_rows", "truth_sheet")}
