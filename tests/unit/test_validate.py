"""The one validator: typed records are mended and checked, imported ones kept verbatim and flagged."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import codelists
from app.forms import catalogue, partial
from app.forms.spec import Context, Field, Form, Kind, Leaves, Section, Severity, Values
from app.forms.validate import outgoing, relevant_fields, validate

TODAY = dt.date(2026, 3, 10)
TYPED = Context(TODAY)
IMPORTED = Context(TODAY, imported=True)
PERSON = "018f2d5e-7b1c-7000-8000-000000000001"
SERVICE: dict[str, Any] = {"person": PERSON, "service": "food_meals", "on": "2026-03-09"}
MEDICAL: dict[str, Any] = SERVICE | {"service": "medical_examination", "allergies_known": "no"}
PAYMENT: dict[str, Any] = SERVICE | {
    "service": "grant_reintegration",
    "grant": "018f2d5e-7b1c-7000-8000-000000000002",
    "currency": "USD",
    "amount": 15000,
}


def form_of(kind: str) -> Form:
    return catalogue.form_for_kind(kind)


def codes(form: Form, values: Values, context: Context = TYPED) -> dict[str, str]:
    """What was found: field to code."""
    return {problem.field: problem.code for problem in validate(form, values, context).problems}


def service_codes(values: Values, context: Context = TYPED) -> dict[str, str]:
    return codes(catalogue.form_for_record("service", values), values, context)


def test_a_plain_service_is_clean() -> None:
    checked = validate(form_of("service"), SERVICE, TYPED)
    assert checked.values == SERVICE
    assert checked.problems == ()


def test_typed_values_become_canonical() -> None:
    typed = SERVICE | {"on": "0903", "quantity": "2,50", "note": " a\r\nb\x00 ", "place": "", "until": None}
    checked = validate(form_of("service"), typed, TYPED)
    assert checked.values == SERVICE | {"quantity": "2.5", "note": "a\nb"}
    assert list(checked.values) == ["person", "service", "on", "quantity", "note"]


def test_what_is_missing_or_unreadable_cannot_be_saved() -> None:
    checked = validate(form_of("service"), {"service": "food_meals", "on": "some day"}, TYPED)
    assert {p.field: p.code for p in checked.errors} == {"person": "required", "on": "not_a_date"}
    assert checked.values["on"] == "some day"


def test_imported_records_are_kept_verbatim_and_flagged() -> None:
    odd = {
        "service": "newer_code",
        "on": "0903",
        "quantity": 2.5,
        "colour": "red",
        "note": "",
        "place": ["x"],
        "case": None,
    }
    checked = validate(form_of("service"), odd, IMPORTED)
    assert checked.values == odd
    assert checked.errors == ()
    assert {p.field: p.code for p in checked.warnings} == {
        "person": "required",
        "service": "unknown_code",
        "on": "not_canonical",
        "quantity": "not_a_number",
        "colour": "unknown_field",
        "note": "empty",
        "place": "not_a_code",
        "case": "empty",
    }


def test_a_service_in_an_impossible_time_warns_and_can_be_saved() -> None:
    context = Context(TODAY, birth=partial.bounds("1990"), case_opened=partial.bounds("2026-02"))
    assert service_codes(SERVICE | {"on": "2026-03-11"}, context) == {"on": "future"}
    assert service_codes(SERVICE | {"on": "2026-01"}, context) == {"on": "before_case"}
    assert service_codes(SERVICE | {"on": "2026-02"}, context) == {}
    assert service_codes(SERVICE | {"on": "2026"}, context) == {}
    problems = validate(form_of("service"), SERVICE | {"on": "1989-12-31"}, context).problems
    assert [(p.code, p.severity) for p in problems] == [
        ("before_birth", Severity.WARNING),
        ("before_case", Severity.WARNING),
    ]
    assert service_codes(SERVICE | {"next_on": "2026-05-01"}, context) == {}
    assert service_codes(SERVICE | {"until": "2026-03-01"}) == {"until": "until_before_on"}


def test_numbers_out_of_range_warn() -> None:
    values = MEDICAL | {"temperature": "45.1", "pulse": 300, "bp_systolic": 120, "bp_diastolic": 130}
    assert service_codes(values) == {
        "temperature": "out_of_range",
        "pulse": "out_of_range",
        "bp_diastolic": "pressure",
    }
    found = validate(catalogue.form_for_service("medical_examination"), MEDICAL | {"temperature": "29,9"}, TYPED)
    assert found.values["temperature"] == "29.9"
    assert found.problems[0].values == {"low": "30"}


def test_prompts_appear_inside_their_windows_only() -> None:
    form = catalogue.form_for_service("medical_examination")
    asked = {
        band: {"pep_offered", "ec_offered"} & relevant_fields(form, {"hours_since_assault_band": band})
        for band in codelists.get("assault_windows").codes
    }
    assert asked["within_72h"] == {"pep_offered", "ec_offered"}
    assert asked["h73_120"] == {"ec_offered"}
    assert asked["over_120h"] == asked["not_applicable"] == asked["unknown"] == set()
    late = MEDICAL | {
        "hours_since_assault_band": "over_120h",
        "pep_offered": "started",
        "pep_start": "2026-03-09T10:00",
    }
    assert "pep_start" not in validate(form, late, TYPED).values


def test_suicide_risk_asks_for_an_urgent_referral() -> None:
    assert service_codes(MEDICAL | {"suicide_risk": "plan"}) == {"suicide_risk": "suicide_risk"}
    helped = MEDICAL | {"suicide_risk": "plan", "referral_specialty": "psychiatry", "referral_urgency": "24h"}
    assert service_codes(helped) == {}
    form = catalogue.form_for_service("medical_examination")
    assert "referral_urgency" in relevant_fields(form, {"suicide_risk": "attempt"})


def test_allergies_are_always_asked() -> None:
    asked = {name: value for name, value in MEDICAL.items() if name != "allergies_known"}
    assert service_codes(asked) == {"allergies_known": "not_asked"}
    assert service_codes(asked, IMPORTED) == {}


def test_payments() -> None:
    assert service_codes(PAYMENT, Context(TODAY, grant_currency="USD")) == {}
    form = catalogue.form_for_service("grant_reintegration")
    other = validate(form, PAYMENT, Context(TODAY, grant_currency="BYN"))
    assert [(p.field, p.code) for p in other.errors] == [("currency", "currency_differs")]
    assert service_codes(PAYMENT | {"month_after_return": 4}) == {"month_after_return": "late_month"}
    assert service_codes(PAYMENT | {"service": "grant_vocational", "month_after_return": 4}) == {}
    assert service_codes(PAYMENT | {"instalment": 4, "instalments_total": 3}) == {"instalment": "beyond_total"}
    assert service_codes(PAYMENT | {"amount": -1}) == {"amount": "not_a_sum"}
    assert service_codes(PAYMENT | {"amount": True}) == {"amount": "not_a_sum"}
    assert validate(form, PAYMENT | {"amount": "1 234,5"}, TYPED).values["amount"] == 123450
    assert "rate" not in validate(form, PAYMENT | {"rate": "3.2"}, TYPED).values


def test_a_person_keeps_the_year_of_birth_in_step() -> None:
    form = form_of("person")
    assert validate(form, {"birth": "09.03.1990"}, TYPED).values == {"birth": "1990-03-09", "birth_year": 1990}
    estimate = validate(form, {"birth": "около 30 лет", "birth_year": 1950}, TYPED).values
    assert estimate == {"birth": {"age": 30, "on": "2026-03-10"}, "birth_year": 1996}
    assert validate(form, {"birth_year": 1990}, TYPED).values == {"birth_year": 1990}
    assert codes(form, {"birth": "1990", "birth_year": 1991}, IMPORTED) == {"birth_year": "birth_year_differs"}
    assert codes(form, {"birth": "2027"}) == {"birth": "future"}
    assert codes(form, {"birth": "1896"}) == {"birth": "very_old"}


def test_raions_lie_in_their_oblast() -> None:
    form = form_of("person")
    assert codes(form, {"oblast": "BY-VI", "raion": "BY-VI-polacki"}) == {}
    assert codes(form, {"oblast": "BY-BR", "raion": "BY-VI-polacki"}) == {"raion": "raion_elsewhere"}
    assert validate(form, {"raion": "BY-VI-polacki"}, TYPED).values == {}


def test_names_and_personal_number() -> None:
    names = [{"surname": " Іваноў ", "given": "Ян", "kind": "current", "x": 1}, {"surname": ""}, {"kind": "alias"}]
    values = {"person": PERSON, "names": names, "personal_number": "3150790A001PB5"}
    checked = validate(form_of("identity"), values, TYPED)
    assert checked.values["names"] == [{"surname": "Іваноў", "given": "Ян", "kind": "current"}, {"kind": "alias"}]
    assert {p.field: p.code for p in checked.problems} == {
        "names[1].surname": "empty_name",
        "personal_number": "personal_number",
    }
    imported = validate(form_of("identity"), values | {"names": [7]}, IMPORTED)
    assert imported.values["names"] == [7]
    assert "not_rows" in {p.code for p in imported.problems}


def test_unknown_cells_and_codes_in_rows_are_named_by_place() -> None:
    rows = [{"medicine_name": "A"}, {"medicine_route": "nasal", "medicine_quantity": "much"}]
    found = service_codes(MEDICAL | {"medicines": rows})
    assert found == {"medicines[1].medicine_route": "unknown_code", "medicines[1].medicine_quantity": "not_a_number"}


def test_consent_of_a_child_and_of_a_named_organisation() -> None:
    form = form_of("consent")
    given = {
        "person": PERSON,
        "scope": "release_health",
        "state": "given",
        "on": "2026-03-01",
        "given_by": "individual",
    }
    assert codes(form, given) == {"organisation": "organisation_missing"}
    named = given | {"organisation": "clinic"}
    assert codes(form, named, Context(TODAY, birth=partial.bounds("2012"))) == {"given_by": "under_sixteen"}
    assert codes(form, named, Context(TODAY, birth=partial.bounds("2010-03"))) == {}
    assert codes(form, named, Context(TODAY, birth=partial.bounds("2010-02-28"))) == {}
    by_parent = validate(form, named | {"given_by": "caregiver", "child_assent": "declined"}, TYPED)
    assert by_parent.values["child_assent"] == "declined"
    assert validate(form, named | {"scope": "services"}, TYPED).values.get("organisation") is None


def test_dropping_one_answer_drops_what_hangs_on_it() -> None:
    form = form_of("case")
    values = {
        "person": PERSON,
        "opened_on": "2026-01-01",
        "status": "Active",
        "closure_reason": "needs_met",
        "exploitation": ["sexual_exploitation"],
        "labour_sectors": ["F"],
        "recruitment": ["online_social", "friends"],
        "platforms": ["telegram"],
    }
    kept = validate(form, values, TYPED).values
    assert set(values) - set(kept) == {"closure_reason", "labour_sectors"}
    assert kept["recruitment"] == ["friends", "online_social"]
    closed = values | {"status": "Closed", "closed_on": "2025-12-31"}
    assert codes(form, closed) == {"closed_on": "closed_before_opened"}


ODD_SHAPES: list[Any] = [[], {}, None, True, -1, 1.5, "x" * 600, [[]], [{}], {"age": "x", "on": []}, "\ud800"]


def test_odd_imported_shapes_never_crash_a_rule() -> None:
    for form in catalogue.all_forms():
        for odd in ODD_SHAPES:
            values = {field.name: odd for field in form.fields}
            checked = validate(form, values, IMPORTED)
            assert checked.values == values
            assert checked.errors == ()
            validate(form, values, TYPED)
            outgoing(form, values, True)


# --- Properties over generated values of every form ---

WORDS = st.text(st.characters(codec="utf-8"), max_size=8)


def some_value(field: Field) -> st.SearchStrategy[Any]:
    """Values of the field's kind as editors give them, with some rubbish among them."""
    listed = st.sampled_from([*codelists.get(field.codes).codes[:12], "unknown_code"]) if field.codes else WORDS
    day = st.dates(dt.date(1890, 1, 1), dt.date(2030, 1, 1))
    kinds: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.CODE: listed,
        Kind.CODES: st.lists(listed, max_size=3),
        Kind.DATE: day.flatmap(lambda d: st.sampled_from([d.isoformat(), d.isoformat()[:7], str(d.year), "0903"])),
        Kind.BIRTH: day.flatmap(
            lambda d: st.sampled_from([d.isoformat(), str(d.year), {"age": 30, "on": d.isoformat()}])
        ),
        Kind.TIME: day.map(lambda d: f"{d.isoformat()}T14:30"),
        Kind.INTEGER: st.integers(-5, 500),
        Kind.DECIMAL: st.decimals(-5, 500, places=2).map(str),
        Kind.MONEY: st.one_of(st.integers(0, 10**7), st.just("1 234,5")),
        Kind.YESNO: st.sampled_from(["yes", "no", "unknown", "declined"]),
        Kind.REF: st.uuids().map(str),
        Kind.ROWS: st.lists(some_values(field.row), max_size=3) if field.row else WORDS,
    }
    return st.one_of(kinds.get(field.kind, WORDS), kinds.get(field.kind, WORDS), st.sampled_from(["", None, "?", 7]))


def some_values(fields: tuple[Field, ...]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={field.name: some_value(field) for field in fields})


FORM_VALUES = {form.name: some_values(form.fields) for form in catalogue.all_forms()}
BRIEF = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("form", catalogue.all_forms(), ids=lambda form: form.name)
@BRIEF
@given(data=st.data())
def test_validating_twice_changes_nothing(form: Form, data: st.DataObject) -> None:
    values = data.draw(FORM_VALUES[form.name])
    for context in (TYPED, IMPORTED):
        once = validate(form, values, context)
        twice = validate(form, once.values, context)
        assert twice.values == once.values
        assert list(twice.values) == list(once.values)
        assert twice.problems == once.problems
        assert context is TYPED or once.values == values
    saved = validate(form, values, TYPED)
    if not saved.errors:
        imported = {p.code for p in validate(form, saved.values, IMPORTED).problems}
        assert not imported & {"not_canonical", "empty", "unknown_field"}


def marked(form: Form) -> dict[str, Any]:
    """A value for each field that tells which field it is of, wherever it turns up."""
    found: dict[str, Any] = {}
    for field in form.fields:
        cells = {cell.name: f"<{field.name}.{cell.name}>" for cell in field.row}
        found[field.name] = [cells, dict(cells)] if field.row else f"<{field.name}>"
    return found


@pytest.mark.parametrize("form", catalogue.all_forms(), ids=lambda form: form.name)
@pytest.mark.parametrize("identified", [True, False])
def test_only_what_may_leave_leaves(form: Form, identified: bool) -> None:
    values = marked(form) | {"stranger": "<stranger>"}
    if form.name == "attachment":
        assert outgoing(form, values, identified) == {}
        values["for_coordinator"] = "yes"
    sent = str(outgoing(form, values, identified))
    allowed = {Leaves.ALWAYS, Leaves.IDENTIFIED} if identified else {Leaves.ALWAYS}
    assert "<stranger>" not in sent
    for field in form.fields:
        for cell in field.row:
            assert (f"<{field.name}.{cell.name}>" in sent) == ({field.leaves, cell.leaves} <= allowed)
        if not field.row and field.name != "for_coordinator":
            assert (f"<{field.name}>" in sent) == (field.leaves in allowed)


@pytest.mark.parametrize("form", catalogue.all_forms(), ids=lambda form: form.name)
@BRIEF
@given(data=st.data())
def test_no_generated_value_of_a_field_that_stays_ever_leaves(form: Form, data: st.DataObject) -> None:
    values = data.draw(FORM_VALUES[form.name]) | {"for_coordinator": "yes"}
    for identified in (True, False):
        sent = outgoing(form, values, identified)
        for field in form.fields:
            stays = field.leaves is Leaves.NEVER or (field.leaves is Leaves.IDENTIFIED and not identified)
            assert not (stays and field.name in sent)
            for row in sent.get(field.name, ()) if field.kind is Kind.ROWS else ():
                assert all(
                    cell.leaves is Leaves.ALWAYS or (identified and cell.leaves is Leaves.IDENTIFIED)
                    for cell in field.row
                    if cell.name in row
                )
            if not stays and field.name in values and field.kind is not Kind.ROWS:
                assert sent[field.name] == values[field.name]
        assert outgoing(form, sent | {"for_coordinator": "yes"}, identified) == sent


def test_dropping_goes_on_until_nothing_hangs_in_the_air() -> None:
    chain = Form(
        "chain",
        "Chain",
        (
            Section(
                "Chain",
                (
                    Field("first", Kind.TEXT, "First", Leaves.NEVER),
                    Field("third", Kind.TEXT, "Third", Leaves.NEVER, relevant=lambda values: "second" in values),
                    Field("second", Kind.TEXT, "Second", Leaves.NEVER, relevant=lambda values: "first" in values),
                ),
            ),
        ),
    )
    assert validate(chain, {"second": "b", "third": "c"}, TYPED).values == {}
    assert set(validate(chain, {"first": "a", "second": "b", "third": "c"}, TYPED).values) == {
        "first",
        "second",
        "third",
    }


def test_times_are_read() -> None:
    form = catalogue.form_for_service("medical_examination")
    typed = validate(form, MEDICAL | {"visit_datetime": "09.03.2026 9:05"}, TYPED)
    assert typed.values["visit_datetime"] == "2026-03-09T09:05"
    assert service_codes(MEDICAL | {"visit_datetime": "03.2026 9:05"}) == {"visit_datetime": "not_a_time"}
    assert service_codes(MEDICAL | {"visit_datetime": "2026-03-11T09:05"}) == {"visit_datetime": "future"}
