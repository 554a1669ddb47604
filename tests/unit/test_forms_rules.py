"""What the nurse's forms remind of: each rule speaks where it should, and is silent where it should be."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from app.forms import catalogue, partial
from app.forms.spec import Context, Values
from app.forms.validate import relevant_fields, validate

TODAY = dt.date(2026, 3, 10)
PERSON = "0195f7a4-0000-7000-8000-000000000001"


def found(form: str, values: Values, birth: str = "") -> dict[str, str]:
    """Field and code of each problem of a typed record."""
    forms = {one.name: one for one in catalogue.all_forms()}
    context = Context(TODAY, birth=partial.bounds(birth))
    return {p.field: p.code for p in validate(forms[form], {"person": PERSON, **values}, context).problems}


CONSENT = {"scope": "services", "state": "given", "on": "2026-03-01"}
BY_MOTHER = {**CONSENT, "given_by": "caregiver", "representative_relation": "mother"}
VISIT = {"service": "medical_treatment", "on": "2026-03-10", "allergies_known": "no"}
TRIP = {"service": "return_assisted", "on": "2026-03-10"}
COURSE = {"service": "internship", "on": "2026-03-10"}
REFERRAL = {"service": "legal_civil", "agency": "clinic", "shared": ["names"]}
MEETING = {"at": "2026-03-12T10:00"}


@pytest.mark.parametrize(
    ("form", "values", "birth", "expected"),
    [
        ("consent", {**BY_MOTHER, "child_assent": "yes"}, "2014", {}),
        ("consent", BY_MOTHER, "2014", {"child_assent": "child_not_asked"}),
        ("consent", {**BY_MOTHER, "child_assent": "no"}, "2014", {"child_assent": "child_disagrees"}),
        ("consent", {**BY_MOTHER, "state": "refused"}, "2014", {}),
        (
            "consent",
            {**CONSENT, "given_by": "caregiver", "child_assent": "yes"},
            "2014",
            {"representative_relation": "representative_missing"},
        ),
        ("consent", {**BY_MOTHER, "child_assent": "yes"}, "2009", {"given_by": "of_age"}),
        ("consent", {**BY_MOTHER, "child_assent": "yes"}, "2010", {}),
        ("consent", {**BY_MOTHER, "child_assent": "yes"}, "", {}),
        ("consent", {**CONSENT, "given_by": "individual"}, "2014", {"given_by": "under_sixteen"}),
        ("identity", {"contact_way": ["phone"], "contact_forbidden": ["sms"]}, "", {}),
        (
            "identity",
            {"contact_way": ["phone", "sms"], "contact_forbidden": ["sms"]},
            "",
            {"contact_forbidden": "safe_and_forbidden"},
        ),
        ("medical", {**VISIT, "hours_since_assault_band": "over_120h"}, "", {}),
        (
            "medical",
            {**VISIT, "hours_since_assault_band": "within_72h"},
            "",
            {"pep_offered": "pep_window", "ec_offered": "ec_window"},
        ),
        ("medical", {**VISIT, "hours_since_assault_band": "h73_120"}, "", {"ec_offered": "ec_window"}),
        (
            "medical",
            {**VISIT, "hours_since_assault_band": "within_72h", "pep_offered": "started", "ec_offered": "given"},
            "",
            {},
        ),
        ("medical", {**VISIT, "suicide_risk": "plan"}, "", {"suicide_risk": "suicide_risk"}),
        ("medical", {**VISIT, "suicide_risk": "plan", "referral_urgency": "24h"}, "", {}),
        ("medical", {**VISIT, "suicide_risk": "thoughts"}, "", {}),
        ("medical", {**VISIT, "consent_recorded": "no"}, "", {"no_consent_reason": "consent_unrecorded"}),
        ("medical", {**VISIT, "consent_recorded": "no", "no_consent_reason": "emergency"}, "", {}),
        ("medical", {**VISIT, "consent_recorded": "yes"}, "", {}),
        ("medical", {**VISIT, "pulse": "-1"}, "", {"pulse": "not_a_number"}),
        ("medical", {**VISIT, "pulse": str(2**40 + 1)}, "", {"pulse": "not_a_number"}),
        ("journey", {**TRIP, "departs_at": "2026-03-10T08:00", "arrived": "yes", "arrived_at": "10.03 9:30"}, "", {}),
        (
            "journey",
            {**TRIP, "departs_at": "2026-03-10T08:00", "arrived": "yes", "arrived_at": "2026-03-10T07:00"},
            "",
            {"arrived_at": "arrives_before_leaving"},
        ),
        ("journey", {**TRIP, "arrived": "yes", "arrived_at": "2026-03-11T07:00"}, "", {"arrived_at": "future"}),
        ("course", {**COURSE, "course_start": "2026-03", "course_end": "2026-03-02"}, "", {}),
        (
            "course",
            {**COURSE, "course_start": "2026-03-05", "course_end": "2026-02"},
            "",
            {"course_end": "course_ends_first"},
        ),
        ("referral", REFERRAL, "", {}),
        ("referral", {**REFERRAL, "agency": "other"}, "", {"agency_other": "agency_unnamed"}),
        (
            "referral",
            {**REFERRAL, "sent_on": "2026-03-05", "status": "accepted", "answered_on": "2026-03-04"},
            "",
            {"answered_on": "answered_before_sent"},
        ),
        ("appointment", {**MEETING, "state": "planned"}, "", {}),
        ("appointment", {**MEETING, "state": "missed"}, "", {"state": "not_yet"}),
        ("appointment", {"at": "2026-03-10T23:00", "state": "done"}, "", {}),
        ("appointment", {"at": "2026-03"}, "", {"at": "not_a_time"}),
    ],
)
def test_a_rule_speaks_where_it_should(
    form: str, values: dict[str, Any], birth: str, expected: dict[str, str]
) -> None:
    assert found(form, values, birth) == expected


@pytest.mark.parametrize(
    ("form", "values", "opened", "closed"),
    [
        ("consent", {"given_by": "caregiver"}, {"representative", "child_assent"}, set()),
        ("consent", {"given_by": "individual"}, set(), {"representative", "representative_relation"}),
        ("case", {"exploitation": ["sex_remote_interactive"]}, {"platforms"}, {"labour_sectors"}),
        ("case", {"referral_source": "police"}, {"referring_agency", "referred_on"}, set()),
        ("case", {"referral_source": "self"}, set(), {"referring_agency", "referred_on"}),
        ("need", {"progress": "met"}, {"met_on"}, set()),
        ("need", {"progress": "in_progress"}, set(), {"met_on"}),
        ("referral", {"shared": ["medical_needs"]}, {"medical_needs"}, {"need_story", "legal_situation"}),
        ("referral", {"consent": PERSON}, set(), {"without_consent_reason", "second_person"}),
        ("referral", {"status": "waiting"}, {"without_consent_reason"}, {"answered_on"}),
        ("appointment", {"state": "moved"}, {"moved_to"}, set()),
        ("journey", {"escorted": "yes"}, {"escort"}, {"arrived_at", "confirmed_by"}),
        ("journey", {"arrived": "yes", "arrival_confirmed": "yes"}, {"arrived_at", "confirmed_by"}, {"escort"}),
        ("course", {"job_found": "yes"}, {"job", "job_since"}, set()),
        ("course", {}, set(), {"job", "job_since"}),
        ("material", {"service": "shelter_crisis_room"}, {"room", "meals_included"}, {"for_children"}),
        ("material", {"service": "food_meals"}, {"given_items", "for_children"}, {"room", "children_along"}),
        ("general", {"consent_recorded": "no"}, {"no_consent_reason"}, set()),
        ("general", {}, set(), {"no_consent_reason"}),
    ],
)
def test_a_question_unfolds_when_it_matters(
    form: str, values: dict[str, Any], opened: set[str], closed: set[str]
) -> None:
    forms = {one.name: one for one in catalogue.all_forms()}
    asked = relevant_fields(forms[form], values)
    assert opened <= asked
    assert not closed & asked
