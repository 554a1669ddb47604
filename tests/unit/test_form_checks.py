"""The ready-made checks of imported records find exactly what the validator finds."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import codelists
from app.forms import checks
from app.forms.catalogue import KINDS, all_forms, form_for_record
from app.forms.spec import Context, Field, Form, Kind, Section
from app.forms.validate import validate

EXAMPLES = int(os.environ.get("APORA_CHECKS", "40"))
TODAY = dt.date(2026, 3, 10)
IMPORTED = Context(TODAY, imported=True)
UID = "018f2d5e-7b1c-7000-8000-000000000001"
SERVICE = {"person": UID, "service": "food_meals", "on": "2026-03-09", "outcome": "provided", "note": "Прыйшла сама."}
CLEAN: list[tuple[str, dict[str, Any]]] = [
    ("service", SERVICE),
    ("service", SERVICE | {"service": "medical_examination", "until": "2026-03-10"}),
    ("person", {"sex": "female", "birth": "1996-05", "birth_year": 1996, "oblast": "BY-VI"}),
    ("identity", {"person": UID, "names": [{"surname": "Каваленка", "given": "Ганна", "kind": "current"}]}),
    ("consent", {"person": UID, "scope": "services", "state": "given", "on": "2026-01-10"}),
]
FIELDS = list({(form.name, field.name): field for form in all_forms() for field in form.fields}.values())
ODD_TEXTS = [
    "", " ", "a  b", " a", "a ", "a\tb", "a\nb", "a\u200bb", "a\u00a0b", "e\u0301", "é", "a\u2028b", "A" * 501,
    "x" * 20_001, "2026-02-30", "2026-13", "2027", "2026-03-11", "1700", "0903", "12:30", "2026-03-09T14:30",
    "2026-03-09T25:00", "36.60", "36.6", "-1", "1,5", "1e3", UID, UID.upper(), UID.replace("-", ""), UID[:-1],
    "{" + UID + "}", "yes", "no", "unknown_code_of_a_newer_list", "BYN", "1 234,56",
]  # fmt: skip
plain_values = (
    st.sampled_from(ODD_TEXTS)
    | st.text(max_size=12)
    | st.none()
    | st.booleans()
    | st.sampled_from([0, 1, 30, 1996, 10**6, 2**40])
    | st.integers(0, 2**40)
)
odd_values = plain_values | st.lists(plain_values, max_size=3) | st.dictionaries(st.text(max_size=3), plain_values)


def values_of(field: Field) -> st.SearchStrategy[Any]:
    """Sound values of this question, and whatever else a bundle may bring."""
    if field.kind is Kind.ROWS:
        cells = st.fixed_dictionaries({}, optional={cell.name: values_of(cell) for cell in field.row})
        return st.lists(cells, max_size=3) | odd_values
    if field.kind in (Kind.CODE, Kind.CODES):
        listed = st.sampled_from(codelists.get(field.codes).codes)
        return (listed if field.kind is Kind.CODE else st.lists(listed, max_size=3)) | odd_values
    days = st.dates(dt.date(1940, 1, 1), dt.date(2027, 1, 1)).map(str)
    sound: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.DATE: days | days.map(lambda day: day[:7]) | days.map(lambda day: day[:4]),
        Kind.BIRTH: days | st.fixed_dictionaries({"age": st.integers(0, 140), "on": days}),
        Kind.TIME: days.map(lambda day: f"{day}T14:30"),
        Kind.YESNO: st.sampled_from(["yes", "no", "unknown", "declined"]),
        Kind.REF: st.uuids().map(str),
        Kind.TEXT: st.sampled_from(["Слова", "Дзве словы", "O'Neil"]),
        Kind.LONG: st.sampled_from(["Слова", "Адзін\nдва"]),
    }
    return sound.get(field.kind, plain_values) | odd_values


@st.composite
def records(draw: st.DrawFn, form: Form) -> dict[str, Any]:
    found = draw(st.fixed_dictionaries({}, optional={field.name: values_of(field) for field in form.fields}))
    if draw(st.integers(0, 9)) == 0:
        found[draw(st.text(max_size=5))] = draw(odd_values)
    return found


def by_the_validator(kind: str, values: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    problems = validate(form_for_record(kind, values), values, IMPORTED).problems
    return tuple((problem.field, problem.code) for problem in problems)


@pytest.mark.parametrize("form", all_forms(), ids=lambda form: form.name)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_nothing_is_passed_over(form: Form, data: st.DataObject) -> None:
    """Where the quick look says that nothing is odd, the validator finds nothing. Few values: else all are odd."""
    values = data.draw(records(form))
    names = data.draw(st.sets(st.sampled_from(sorted(values)), max_size=4)) if values else set()
    for chosen in (values, {name: values[name] for name in values if name in names}):
        if checks._prepared()[form.name].nothing_is_odd(chosen, IMPORTED):
            assert validate(form, chosen, IMPORTED).problems == ()


@settings(max_examples=5 * EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_value_is_passed_over(data: st.DataObject) -> None:
    """Each question alone, so that one odd value does not hide another."""
    field = data.draw(st.sampled_from(FIELDS))
    alone = dataclasses.replace(field, required=False, constraint=None, relevant=None)
    values = {field.name: data.draw(values_of(field))}
    if checks._are_sound(checks._checks([alone]), values, IMPORTED):
        assert validate(Form("alone", "", (Section("", (alone,)),)), values, IMPORTED).problems == ()


@pytest.mark.parametrize(("kind", "values"), CLEAN)
def test_ordinary_records_need_no_walk(kind: str, values: dict[str, Any]) -> None:
    form = form_for_record(kind, values)
    assert checks._prepared()[form.name].nothing_is_odd(values, IMPORTED)
    assert checks.findings_of_imported(kind, values, TODAY) == by_the_validator(kind, values) == ()


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("service", {}),
        ("service", SERVICE | {"service": "spaceship", "on": "2027"}),
        ("service", SERVICE | {"until": "2026-03-08", "strange": 1}),
        ("person", {"sex": "f", "birth": "1996-5"}),
        ("identity", {"person": UID, "names": [{"surname": " x", "odd": []}, 1]}),
    ],
)
def test_odd_records_are_told_by_the_validator(kind: str, values: dict[str, Any]) -> None:
    found = checks.findings_of_imported(kind, values, TODAY)
    assert found == by_the_validator(kind, values) != ()


def test_each_form_has_its_own_name() -> None:
    names = [form.name for form in all_forms()]
    assert len(names) == len(set(names))
    assert {form_for_record(kind, {}).name for kind in KINDS} <= set(names)
