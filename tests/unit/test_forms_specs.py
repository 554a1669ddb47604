"""The forms as data: lists exist, names do not collide, and each field may leave as the data model says."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import codelists
from app.forms import catalogue
from app.forms.spec import Field, Form, Kind, Leaves, Section
from app.sync.columns import OF_NOBODY

FORMS = catalogue.all_forms()
SERVICE_FORMS = [catalogue.form_for_service(code) for code in codelists.get("services").codes]
SHARED = Path(__file__).resolve().parents[3] / "shared" / "codelists"


def cells(form: Form) -> Iterator[Field]:
    """All fields of a form, with the cells of its rows."""
    for field in form.fields:
        yield field
        yield from field.row


EVERY_FIELD = [pytest.param(form, field, id=f"{form.name}.{field.name}") for form in FORMS for field in cells(form)]


@pytest.mark.parametrize(("form", "field"), EVERY_FIELD)
def test_each_field_is_whole(form: Form, field: Field) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]*", field.name)
    assert field.label
    if field.kind in {Kind.CODE, Kind.CODES}:
        assert len(codelists.get(field.codes)) > 1
    else:
        assert not field.codes
    assert (field.kind is Kind.REF) == bool(field.ref)
    assert not field.ref or field.ref in {*catalogue.KINDS, "centre", "question", "record", "installation", "release"}
    assert (field.kind is Kind.ROWS) == bool(field.row)
    if field.kind is Kind.MONEY:
        assert form.field(field.currency_field).codes == "currencies"
    if field.low is not None and field.high is not None:
        assert field.low < field.high
        assert field.kind in {Kind.INTEGER, Kind.DECIMAL}


# The words that leave without anybody's consent, each named: they stand in records about no single person, and their
# forms say that nobody who was helped is named in them.
OPEN_WORDS = {
    "activity": {"title", "place", "places.place", "materials.title", "project"},
    "meeting": {
        "time", "place", "chair_post", "guests.guest", "agenda.item", "figures_shown.title", "mou_changes",
    },
    "decision": {"text", "progress_note"},
}  # fmt: skip


def paths(form: Form) -> Iterator[tuple[str, Field]]:
    """All fields of a form and the cells of its rows, each with its whole name."""
    for field in form.fields:
        yield field.name, field
        yield from ((f"{field.name}.{cell.name}", cell) for cell in field.row)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_words_never_leave_without_consent(form: Form) -> None:
    """Free text, names and numbers of documents are at least ``identified``; codes and numbers are free to go."""
    words = {name for name, field in paths(form) if field.kind in {Kind.TEXT, Kind.LONG}}
    free = {name for name, field in paths(form) if name in words and field.leaves is Leaves.ALWAYS}
    assert free == OPEN_WORDS.get(form.name, set())


def test_words_are_free_only_where_a_record_is_about_nobody() -> None:
    assert set(OPEN_WORDS) == set(OF_NOBODY)
    for kind in OF_NOBODY:
        form = catalogue.form_for_kind(kind)
        assert not [name for name, field in paths(form) if field.ref in {"person", "case", "service", "identity"}]
        # There is nobody who could agree: what is held back stays for good, and is said to stay.
        assert not [name for name, field in paths(form) if field.leaves is Leaves.IDENTIFIED]
        hints = [field.hint for _name, field in paths(form)]
        assert any("No names of " in hint for hint in hints), kind


@pytest.mark.parametrize(("form", "field"), EVERY_FIELD)
def test_a_row_never_lets_out_more_than_its_list(form: Form, field: Field) -> None:
    ranks = [Leaves.NEVER, Leaves.IDENTIFIED, Leaves.ALWAYS]
    assert all(ranks.index(cell.leaves) <= ranks.index(field.leaves) for cell in field.row)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_names_come_once(form: Form) -> None:
    names = [field.name for field in form.fields]
    assert len(names) == len(set(names))
    with pytest.raises(KeyError):
        form.field("nothing")


def test_details_of_different_services_do_not_share_a_name() -> None:
    general = {field.name for field in catalogue.form_for_kind("service").fields}
    seen: dict[str, str] = {}
    for form in {form.name: form for form in SERVICE_FORMS}.values():
        names = {field.name for field in form.fields}
        assert general <= names
        for name in names - general:
            assert seen.setdefault(name, form.name) == form.name


def test_each_service_has_the_form_of_its_group() -> None:
    assert len(SERVICE_FORMS) == 32
    assert catalogue.form_for_service("medical_treatment").name == "medical"
    assert catalogue.form_for_service("legal_documents").name == "legal"
    assert catalogue.form_for_service("psych_group").name == "psychological"
    for code in ("grant_reintegration", "grant_vocational", "grant_microenterprise"):
        assert catalogue.form_for_service(code).name == "grant_payment"
    assert catalogue.form_for_service("food_meals").name == "material"
    assert catalogue.form_for_service("return_escort").name == "journey"
    assert catalogue.form_for_service("internship").name == "course"
    assert catalogue.form_for_service("safety_planning").name == "general"
    assert catalogue.form_for_service("of_a_newer_program").name == "general"
    forms = {form.name for form in FORMS}
    assert {codelists.service_form(code) for code in codelists.get("services").codes} <= forms


def test_a_record_finds_its_form() -> None:
    assert catalogue.form_for_record("service", {"service": "psych_group"}).name == "psychological"
    assert catalogue.form_for_record("service", {"service": 7}).name == "general"
    assert catalogue.form_for_record("person", {}).name == "person"
    for kind in catalogue.KINDS:
        assert catalogue.form_for_kind(kind)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_what_is_required_can_leave(form: Form) -> None:
    """Else each imported record would be flagged. Identity and attachments leave whole or not at all."""
    for field in form.fields:
        if field.required and form.name not in {"identity", "attachment"}:
            assert field.leaves is Leaves.ALWAYS


def _leaves(form: str, *names: str) -> set[Leaves]:
    found = next(item for item in FORMS if item.name == form)
    return {found.field(name).leaves for name in names}


def test_leaves_as_the_data_model_names_them() -> None:
    assert _leaves("person", "birth", "raion") == {Leaves.IDENTIFIED}
    assert _leaves("person", "birth_year", "oblast", "sex", "citizenships", "children") == {Leaves.ALWAYS}
    assert _leaves("person", "pregnant_at_intake") == {Leaves.NEVER}
    assert {field.leaves for field in cells(catalogue.form_for_kind("identity"))} == {Leaves.IDENTIFIED}
    assert {field.leaves for field in catalogue.form_for_kind("attachment").fields} == {Leaves.IDENTIFIED}
    assert _leaves("general", "raion", "on", "quantity", "service", "outcome") == {Leaves.ALWAYS}
    assert _leaves("general", "note", "provider_person", "next_step") == {Leaves.IDENTIFIED}
    assert _leaves("legal", "case_number", "lawyer", "court_or_body") == {Leaves.IDENTIFIED}
    assert _leaves("psychological", "note", "next_step", "psych_notes", "agreed_tasks") == {Leaves.NEVER}
    assert _leaves("psychological", "psych_suicide_risk", "psych_substance_use") == {Leaves.NEVER}
    assert _leaves("grant_payment", "amount", "currency", "rate", "paid_on") == {Leaves.ALWAYS}
    assert _leaves("grant_payment", "receipt_number") == {Leaves.IDENTIFIED}
    assert _leaves("need", "category", "due", "progress") == {Leaves.ALWAYS}
    assert _leaves("need", "need", "goal", "step", "responsible") == {Leaves.IDENTIFIED}
    assert _leaves("referral", "agency", "service", "sent_on", "shared", "status") == {Leaves.ALWAYS}
    assert _leaves("referral", "need_story", "second_person", "answer") == {Leaves.IDENTIFIED}
    assert _leaves("referral", "medical_needs") == {Leaves.NEVER}
    assert _leaves("appointment", "at", "service", "state") == {Leaves.ALWAYS}
    assert _leaves("appointment", "what", "place", "with_whom", "note") == {Leaves.IDENTIFIED}
    assert _leaves("journey", "from_country", "transport", "arrived") == {Leaves.ALWAYS}
    assert _leaves("journey", "from_place", "to_place", "travel_number", "handed_over_to") == {Leaves.IDENTIFIED}
    assert _leaves("course", "course_start", "course_completed", "job_found") == {Leaves.ALWAYS}
    assert _leaves("course", "course", "course_provider", "job") == {Leaves.IDENTIFIED}
    assert _leaves("material", "given_items", "children_along") == {Leaves.ALWAYS}
    assert _leaves("material", "room") == {Leaves.IDENTIFIED}
    assert _leaves("activity", "title", "attendances", "women", "places", "donor", "call_at") == {Leaves.ALWAYS}
    assert _leaves("activity", "note") == {Leaves.NEVER}
    assert _leaves("medical", "diagnosis_private", "wounds_body_sites", "suicide_risk") == {Leaves.NEVER}
    icd10 = {cell.leaves for cell in cells(catalogue.form_for_service("medical_treatment")) if cell.name == "icd10"}
    assert icd10 == {Leaves.NEVER}


def test_the_nurses_form_asks_all_clinical_fields_in_their_ranges() -> None:
    path = SHARED / "clinical_fields.csv"
    if not path.exists():
        pytest.skip("the shared clinical field list is not beside this repository")
    medical = {field.name: field for field in cells(catalogue.form_for_service("medical_treatment"))}
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        field = medical[row["field"]]
        if row["group"] == "sensitive" or "sensitive" in row["note"]:
            assert field.leaves is Leaves.NEVER, field.name
        if match := re.fullmatch(r"([\d.]+)-([\d.]+)", row["values_or_range"]):
            assert (field.low, field.high) == (float(match[1]), float(match[2])), field.name


def test_sections_have_titles_and_fields() -> None:
    sections: list[Section] = [section for form in FORMS for section in form.sections]
    assert all(section.title and section.fields for section in sections)
