"""What each kind of activity measures: the list and the form agree, and nothing is asked of a kind for nothing."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from app import codelists
from app.forms.activity import ACTIVITY
from app.forms.activity_measures import ALL, HOTLINE, NUMBERS, measures_of, numbers_of
from app.forms.spec import Kind
from app.forms.validate import relevant_fields

KINDS = codelists.get("activity_kinds").codes
SEED = Path(__file__).resolve().parents[3] / "shared" / "codelists" / "activities_seed.csv"
# What the programme's own list calls a measure, and the field that holds it; an event is a session.
SAID = {
    "sessions": "sessions", "listeners": "attendances", "events": "sessions", "participants": "attendances",
    "agency": "agencies", "agencies": "agencies", "attendees by agency": "agencies", "countries": "countries",
    "country": "countries", "visits": "visits", "calls by topic": "call", "referrals": "call", "titles": "titles",
    "copies printed": "copies_printed", "copies distributed": "copies_distributed", "placements": "placements",
    "spots": "spots", "broadcasts": "broadcasts", "shows": "sessions", "cities": "places", "city": "places",
    "spectators": "attendances", "items": "items", "weeks": "weeks", "campaigns": "sessions", "reach": "reached",
    "volunteers": "volunteers", "reached": "reached", "articles": "articles", "reports": "titles",
    "units equipped": "units_equipped", "amount": "amount", "courses": "sessions", "proposals": "items",
    "status": "status",
}  # fmt: skip


def test_every_measure_is_one_of_the_forms_questions() -> None:
    fields = [field.name for field in ACTIVITY.fields]
    assert {*ALL} - {"call"} <= set(fields)
    assert [name for name in fields if name in NUMBERS] == list(NUMBERS), "in the order of the form"
    assert all(ACTIVITY.field(name).kind is Kind.INTEGER for name in NUMBERS)
    measured = {name for kind in KINDS for name in measures_of(kind)}
    assert measured == ALL, "each is asked of some kind, and no kind names another"


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_asked_its_measures_and_no_others(kind: str) -> None:
    asked = relevant_fields(ACTIVITY, {"activity": kind})
    assert set(numbers_of(kind)) == set(NUMBERS) & asked
    assert ("women" in asked) == ("attendances" in measures_of(kind))
    assert ("topic" in asked) == (kind == HOTLINE)
    assert {"activity", "on", "donor", "note"} <= asked


def test_of_a_kind_of_a_newer_list_nothing_is_lost() -> None:
    assert set(NUMBERS) <= relevant_fields(ACTIVITY, {"activity": "of_a_newer_list"})


def test_the_programmes_own_list_is_covered() -> None:
    if not SEED.exists():
        pytest.skip("the shared list of activities is not beside this repository")
    rows = list(csv.DictReader(SEED.read_text(encoding="utf-8").splitlines()))
    assert {row["code"] for row in rows} == set(KINDS)
    for row in rows:
        wanted = {SAID[name] for name in re.split(r";", row["measures"]) if name != "decisions"}
        assert wanted <= measures_of(row["code"]), row["code"]
