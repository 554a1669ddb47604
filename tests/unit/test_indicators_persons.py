"""Every indicator about persons, cases and help against a register counted by hand (``tests.unit.hand_made``)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.reports.facts.people import Rows
from app.reports.facts.work import WorkFacts
from app.reports.facts.work_kinds import Entered
from app.reports.indicators import INDICATORS
from app.reports.table import Table
from tests.unit import hand_made
from tests.unit.hand_made import BORIS, ONE, TWO, facts

# By indicator and dimensions: what stands in the cells that are not zero, the total, the base and the unknown.
Counted = tuple[str, tuple[str, ...], dict[str, int], int, int | None, int | None]
BY_HAND: list[Counted] = [
    ("victims_assisted_total", (), {"|": 5}, 5, None, None),
    ("victims_assisted_total", ("sex",), {"female|": 3, "male|": 2}, 5, None, None),
    ("victims_assisted_total", ("age",), {"9-17|": 1, "35-44|": 1, "45-59|": 2, "|": 1}, 5, None, None),
    ("victims_assisted_total", ("centre",), {f"{ONE}|": 3, f"{TWO}|": 3}, 5, None, None),
    ("victims_assisted_total", ("month",), {"2026-01|": 2, "2026-02|": 2, "2026-03|": 2}, 5, None, None),
    ("victims_assisted_new", (), {"|": 3}, 3, None, None),
    ("victims_assisted_new", ("oblast", "sex"), {"BY-VI|female": 2, "BY-MI|female": 1}, 3, None, None),
    ("victims_identified_status", (), {"actual|": 1, "possible|": 1, "|": 3}, 5, None, None),
    ("victims_identified_status", ("decided_by",),
     {"actual|police": 1, "possible|police": 1, "|": 3}, 5, None, None),
    ("share_by_exploitation", (),
     {"sexual_exploitation|": 1, "sex_prostitution|": 1, "forced_labour|": 1, "forced_begging|": 1}, 5, 3, 2),
    ("share_international", (), {"cross_border|": 2, "internal|": 1}, 5, 3, 2),
    ("detected_by_age_sex", (), {"women|": 1, "girls|": 1, "|": 1}, 3, None, None),
    ("citizenship", (), {"BY|": 2, "RU|": 1, "|": 3}, 5, None, None),
    ("destination_country", (), {"PL|": 1, "BY|": 1, "|": 3}, 5, None, None),
    ("minors", (), {"minor|": 1, "adult|": 1}, 3, 2, 1),
    ("majority_at_entry", (), {"minor|": 2, "adult|": 1}, 5, 3, 2),
    ("means_of_control", (), {"debt_bondage|": 2, "threats_to_person|": 1}, 5, 2, 3),
    ("recruiter_relation", (), {"partner|": 1, "employer|": 1}, 5, 2, 3),
    ("recruitment_method", (), {"online_social|": 1, "newspaper|": 1}, 5, 2, 3),
    ("labour_sector", (), {"F|": 1}, 1, None, None),
    ("witnesses", (), {"yes|": 1, "no|": 1}, 5, 2, 3),
    ("consent_reporting_rate", (), {"agrees|": 3, "does_not_agree|": 1}, 5, 4, 1),
    ("referrals_in", (), {"police|": 1, "red_cross|": 1}, 2, None, None),
    ("referrals_in", ("agency", "oblast"), {"iom|BY-VI": 1, "|BY-MI": 1}, 2, None, None),
    ("referrals_out", (), {"waiting|": 1, "done|": 1}, 2, None, None),
    ("referrals_out", ("agency",), {"waiting|iom": 1, "done|undp": 1}, 2, None, None),
    ("open_cases", (), {"Active|": 1, "FollowUp|": 1, "|": 1}, 3, None, None),
    ("case_duration", (), {"|": 143}, 143, None, None),
    ("case_duration", ("centre",), {f"{ONE}|": 40, f"{TWO}|": 245}, 143, None, None),
    ("closure_reasons", (), {"needs_met|": 1, "transferred|": 1}, 2, None, None),
    ("first_service_delay", (), {"|": 3}, 3, None, None),
    ("first_service_delay", ("group",), {"medical|": 5, "psychological|": 22, "education|": 1}, 5, None, None),
    ("case_plan_goals", (), {"met|": 1, "in_progress|": 2}, 3, 3, 0),
    ("services_by_type", ("oblast",),
     {"medical_examination|BY-VI": 1, "return_assisted|BY-VI": 1, "psych_group|BY-VI": 1,
      "psych_counselling|BY-VI": 1, "legal_civil|BY-MI": 1, "education_support|BY-MI": 1,
      "grant_vocational|BY-VI": 1, "job_search_training|BY-MI": 1}, 8, None, None),
    ("persons_by_service", ("sex",),
     {"medical_examination|female": 1, "return_assisted|male": 1, "psych_group|male": 1,
      "psych_counselling|female": 1, "legal_civil|male": 1, "education_support|female": 1,
      "grant_vocational|female": 1, "job_search_training|female": 1}, 5, None, None),
    ("services_per_person", (), {"|": 160}, 160, None, None),
    ("services_per_person", ("sex",), {"female|": 167, "male|": 150}, 160, None, None),
    ("referral_gap", (), {"provided|": 5, "declined|": 1, "unavailable|": 1}, 8, 7, 1),
    ("medical_visits", ("centre",), {f"medical_examination|{ONE}": 1}, 1, None, None),
    ("legal_sessions", (), {}, 0, None, None),
    ("psych_sessions", (), {"psych_counselling|": 1}, 1, None, None),
    ("vocational", (), {"vocational_grant|": 1, "training_completed|": 1, "job_found|": 1}, 1, None, None),
    ("education", ("sex",), {"female|": 1}, 1, None, None),
    ("returns", (), {"return_assisted|": 1}, 1, None, None),
    ("returns", ("from_country",), {"return_assisted|RU": 1}, 1, None, None),
    ("table_persons", ("sex", "month"),
     {"female|2026-01": 1, "male|2026-01": 1, "female|2026-02": 1, "male|2026-02": 1, "female|2026-03": 2},
     5, None, None),
    ("table_services", ("donor", "group"),
     {"iom|medical": 1, "|return": 1, "|psychological": 2, "|legal": 1, "|education": 1, "|employment": 2},
     8, None, None),
]  # fmt: skip


def told(table: Table) -> dict[str, int]:
    return {"|".join(key): cell.value for key, cell in table.cells.items() if cell.value}


@pytest.mark.parametrize(("code", "by", "cells", "total", "base", "unknown"), BY_HAND)
def test_counted_by_hand(
    code: str, by: tuple[str, ...], cells: dict[str, int], total: int, base: int | None, unknown: int | None
) -> None:
    table = INDICATORS[code].count(facts(), by)[0]
    assert told(table) == cells
    assert table.total is not None
    assert table.total.value == total
    assert sum(cell.value for cell in table.base.values()) == (base or 0)
    assert sum(cell.value for cell in table.unknown.values()) == (unknown or 0)


def test_every_one_of_ours_is_counted_by_hand() -> None:
    ours = {code for code, one in INDICATORS.items() if one.chapter in {"persons", "cases", "services", "builder"}}
    assert ours - {code for code, *_rest in BY_HAND} == {"victims_assisted_cumulative", "rate_per_100k"}


def test_one_number_stands_for_one_sum() -> None:
    """Tables of the same population, measure and scope have the same total: the protection rests on it."""
    totals: dict[tuple[object, ...], set[object]] = {}
    for code, indicator in INDICATORS.items():
        if indicator.chapter in {"persons", "cases", "services", "builder"} and code != "rate_per_100k":
            for by in ((), *((dimension,) for dimension in indicator.dimensions)):
                for table in indicator.count(facts(), by):
                    key = table.population, table.measure, table.scope
                    totals.setdefault(key, set()).add(table.total)
                    if table.rows.adds_up and not table.base and table.rows.dimension and not table.columns.dimension:
                        assert table.total is not None
                        assert sum(cell.value for cell in table.cells.values()) == table.total.value
    assert all(len(found) == 1 for found in totals.values()), totals


def test_the_balance_before_the_program_counts_nobody_twice() -> None:
    before = Entered("assisted_before", "", "", "2002-09", "2016-07", 3300, "", "IOM, 2016")
    work = WorkFacts(scope=hand_made.QUARTER, entered=(before,))
    (table,) = INDICATORS["victims_assisted_cumulative"].count(facts(work=work), ())
    # Six whose first help came after July 2016; the seventh stands in the balance.
    assert told(table) == {"|": 3306}
    assert table.remarks == ("date_doubtful/3", "opening_balance/3300", "source/IOM, 2016")
    (alone,) = INDICATORS["victims_assisted_cumulative"].count(facts(), ("form",))
    assert alone.total is not None
    assert alone.total.value == 7


def test_who_did_not_agree_is_in_no_table_and_only_their_number_is_told() -> None:
    agreed = [one for one in hand_made.ACTS if one.who != BORIS]
    silent = [one for one in hand_made.ACTS if one.who == BORIS]
    counted = hand_made.rows_of(agreed, [case for case in hand_made.CASES if case.who != BORIS])
    left = replace(Rows(), acts=tuple(silent), persons={BORIS: hand_made.someone(BORIS, silent, ())})
    (table,) = INDICATORS["victims_assisted_total"].count(facts(counted, left), ("sex",))
    assert told(table) == {"female|": 3, "male|": 1}
    assert table.left_out == 1


def test_psychological_sessions_and_persons_are_two_tables() -> None:
    sessions, persons = INDICATORS["psych_sessions"].count(facts(), ())
    assert (sessions.measure, persons.measure) == ("services", "persons")
    assert persons.total is not None
    assert persons.total.value == 1


def test_services_know_how_many_persons_stand_behind_them() -> None:
    (table,) = INDICATORS["table_services"].count(facts(), ("sex",))
    assert table.cells["female", ""].value == 5
    assert table.cells["female", ""].persons == 3
    assert table.total is not None
    assert table.total.persons == 5


def test_the_order_of_records_does_not_matter() -> None:
    turned = hand_made.rows_of(hand_made.ACTS, tuple(reversed(hand_made.CASES)))
    backwards = replace(turned, acts=tuple(reversed(turned.acts)), needs=tuple(reversed(turned.needs)))
    for code, by, *_rest in BY_HAND:
        assert INDICATORS[code].count(facts(), by) == INDICATORS[code].count(facts(backwards), by)


def test_a_share_is_of_those_who_gave_any_answer() -> None:
    (table,) = INDICATORS["share_by_exploitation"].count(facts(), ("sex",))
    assert (table.base["female"].value, table.unknown["female"].value) == (2, 1)
    assert (table.base["male"].value, table.unknown["male"].value) == (1, 1)
    assert table.column_totals["female"].value == 3
    assert not table.rows.adds_up
