"""The questions of the nurse's form: fields, units and plausible ranges of the project's clinical field list.

Leaves: what that list marks sensitive never; codes, dates and numbers otherwise always; free text only with
consent. Problems are two fields on purpose: what would tell a sensitive answer (injuries, violence, mind,
pregnancy, infections) is in a list of its own that never leaves, and so are ICD-10 codes, which may tell it too.
No HIV result, no photographs and no story of an assault have a place here.
"""

from __future__ import annotations

from app.codelists import Outcome
from app.forms.spec import Field, Kind, Leaves, Problem, Section, Severity, Timing, Values
from app.i18n import N_

_OUT, _ID, _NEVER = Leaves.ALWAYS, Leaves.IDENTIFIED, Leaves.NEVER


def _within_72_hours(values: Values) -> bool:
    """HIV prophylaxis after exposure must begin within 72 hours (WHO)."""
    return values.get("hours_since_assault_band") == "within_72h"


def _within_120_hours(values: Values) -> bool:
    """Emergency contraception works up to 120 hours (WHO)."""
    return values.get("hours_since_assault_band") in {"within_72h", "h73_120"}


def _assault(values: Values) -> bool:
    return values.get("hours_since_assault_band") not in {None, "not_applicable"}


def _offer_prophylaxis(values: Values) -> Problem | None:
    """Hours count: whoever closes the form without an answer is asked."""
    if "pep_offered" in values:
        return None
    message = N_("Within 72 hours: offer HIV prophylaxis now, every hour counts. Say what came of it.")
    return Problem("pep_offered", Severity.WARNING, "pep_window", message)


def _offer_contraception(values: Values) -> Problem | None:
    if "ec_offered" in values:
        return None
    message = N_("Within 120 hours: offer emergency contraception now, or say that it is not indicated.")
    return Problem("ec_offered", Severity.WARNING, "ec_window", message)


def _pep_started(values: Values) -> bool:
    return _within_72_hours(values) and values.get("pep_offered") == "started"


def _allergic(values: Values) -> bool:
    return values.get("allergies_known") == "yes"


def _maybe_pregnant(values: Values) -> bool:
    return values.get("pregnancy_status") not in {None, "not_pregnant"}


def _wounded(values: Values) -> bool:
    return "wounds_body_sites" in values


def _other_chronic(values: Values) -> bool:
    chronic = values.get("chronic_conditions")
    return isinstance(chronic, list) and "other" in chronic


def _urgent(values: Values) -> bool:
    return "referral_specialty" in values or values.get("suicide_risk") in {"plan", "attempt"}


def _allergies_asked(values: Values) -> Problem | None:
    helped = str(values.get("outcome", Outcome.PROVIDED)) == Outcome.PROVIDED
    if "allergies_known" in values or not helped:
        return None
    return Problem("allergies_known", Severity.WARNING, "not_asked", N_("Always ask about allergies."))


def _pressure(values: Values) -> Problem | None:
    upper, lower = values.get("bp_systolic"), values.get("bp_diastolic")
    if isinstance(upper, int) and isinstance(lower, int) and lower >= upper:
        message = N_("The lower blood pressure is not below the upper one.")
        return Problem("bp_diastolic", Severity.WARNING, "pressure", message)
    return None


def _suicide_risk(values: Values) -> Problem | None:
    """A plan or an attempt asks for an urgent referral in the same form."""
    if values.get("suicide_risk") not in {"plan", "attempt"}:
        return None
    if values.get("referral_urgency") in {"emergency", "24h"}:
        return None
    message = N_("Suicide risk: do not leave the person alone; refer urgently, today.")
    return Problem("suicide_risk", Severity.WARNING, "suicide_risk", message)


VISIT = Section(
    N_("Visit"),
    (
        Field("visit_datetime", Kind.TIME, N_("Time of the visit"), _OUT, timing=Timing.IN_CASE),
        Field("visit_place", Kind.CODE, N_("Place of the visit"), _OUT, codes="visit_places"),
        Field("presenting_complaint", Kind.LONG, N_("Complaint"), _ID, hint=N_("No names here.")),
    ),
)

HISTORY = Section(
    N_("Allergies and history"),
    (
        Field("allergies_known", Kind.YESNO, N_("Any allergies"), _OUT, constraint=_allergies_asked),
        Field("allergies", Kind.TEXT, N_("Allergic to"), _ID, relevant=_allergic),
        Field("current_medicines", Kind.LONG, N_("Medicines taken now"), _ID, multiline=2),
        Field("chronic_conditions", Kind.CODES, N_("Chronic conditions"), _OUT, codes="chronic_conditions"),
        Field("chronic_other", Kind.TEXT, N_("Which other condition"), _ID, relevant=_other_chronic),
        Field("immunisation_tetanus", Kind.CODE, N_("Was vaccinated before: tetanus"), _OUT, codes="immunisation"),
        Field(
            "immunisation_hepatitis_b",
            Kind.CODE,
            N_("Was vaccinated before: hepatitis B"),
            _OUT,
            codes="immunisation",
        ),
    ),
)


def _number(name: str, label: str, unit: str, low: float, high: float) -> Field:
    return Field(name, Kind.INTEGER, label, _OUT, unit=unit, low=low, high=high)


def _decimal(name: str, label: str, unit: str, low: float, high: float) -> Field:
    return Field(name, Kind.DECIMAL, label, _OUT, unit=unit, low=low, high=high)


VITAL_SIGNS = Section(
    N_("Vital signs"),
    (
        _decimal("temperature", N_("Temperature"), N_("°C"), 30.0, 43.0),
        _number("pulse", N_("Pulse"), N_("per minute"), 20, 250),
        _number("bp_systolic", N_("Upper blood pressure"), N_("mmHg"), 50, 260),
        Field(
            "bp_diastolic",
            Kind.INTEGER,
            N_("Lower blood pressure"),
            _OUT,
            unit=N_("mmHg"),
            low=30,
            high=160,
            constraint=_pressure,
        ),
        _number("resp_rate", N_("Breathing rate"), N_("per minute"), 4, 60),
        _number("spo2", N_("Oxygen saturation"), N_("%"), 50, 100),
        _decimal("weight", N_("Weight"), N_("kg"), 1, 300),
        _number("height", N_("Height"), N_("cm"), 40, 230),
        _decimal("glucose", N_("Blood glucose"), N_("mmol/L"), 0.5, 40),
        _number("pain_0_10", N_("Pain"), N_("of 10"), 0, 10),
        Field("consciousness_avpu", Kind.CODE, N_("Consciousness"), _OUT, codes="avpu"),
    ),
)

SENSITIVE = Section(
    N_("Sensitive questions: stay in this centre"),
    (
        Field("pregnancy_status", Kind.CODE, N_("Pregnancy"), _NEVER, codes="pregnancy_status"),
        Field(
            "pregnancy_test",
            Kind.CODE,
            N_("Pregnancy test"),
            _NEVER,
            codes="pregnancy_test",
            relevant=_maybe_pregnant,
        ),
        Field(
            "hours_since_assault_band",
            Kind.CODE,
            N_("Time since sexual violence"),
            _NEVER,
            codes="assault_windows",
        ),
        Field(
            "pep_offered",
            Kind.CODE,
            N_("HIV prophylaxis (within 72 hours)"),
            _NEVER,
            codes="pep",
            relevant=_within_72_hours,
            constraint=_offer_prophylaxis,
        ),
        Field(
            "pep_start",
            Kind.TIME,
            N_("Prophylaxis begun at"),
            _NEVER,
            hint=N_("28 days"),
            relevant=_pep_started,
            timing=Timing.PAST,
        ),
        Field(
            "ec_offered",
            Kind.CODE,
            N_("Emergency contraception (within 120 hours)"),
            _NEVER,
            codes="emergency_contraception",
            relevant=_within_120_hours,
            constraint=_offer_contraception,
        ),
        Field(
            "hiv_test_offered",
            Kind.CODE,
            N_("HIV test offered"),
            _NEVER,
            codes="hiv_test_offer",
            hint=N_("The result stays with the clinic and is not recorded here."),
        ),
        Field(
            "sti_treatment",
            Kind.CODE,
            N_("Treatment of infections"),
            _NEVER,
            codes="given_referred_declined",
            relevant=_assault,
        ),
        Field(
            "hepb_vaccine",
            Kind.CODE,
            N_("Vaccine at this visit: hepatitis B"),
            _NEVER,
            codes="given_referred_declined",
        ),
        Field(
            "tetanus_vaccine",
            Kind.CODE,
            N_("Vaccine at this visit: tetanus"),
            _NEVER,
            codes="given_referred_declined",
        ),
        Field("wounds_body_sites", Kind.CODES, N_("Wounds, where"), _NEVER, codes="wound_sites"),
        Field(
            "suicide_risk",
            Kind.CODE,
            N_("Suicide risk"),
            _NEVER,
            codes="suicide_risk",
            constraint=_suicide_risk,
        ),
        Field(
            "substance_use_concern",
            Kind.CODE,
            N_("Concern about alcohol or drugs"),
            _NEVER,
            codes="yes_no_not_asked",
        ),
        Field("forensic_exam_wanted", Kind.CODE, N_("Wants a forensic examination"), _NEVER, codes="forensic_exam"),
    ),
)


def _problems(name: str, label: str, codes: str, leaves: Leaves, hint: str) -> Field:
    row = (
        Field("problem", Kind.CODE, N_("Problem"), leaves, codes=codes),
        Field("icd10", Kind.CODE, N_("ICD-10 code"), _NEVER, codes="icd10"),
        Field("problem_note", Kind.TEXT, N_("Note"), _NEVER),
    )
    return Field(name, Kind.ROWS, label, leaves, hint=hint, row=row, adds=N_("Add a problem"))


FINDINGS = Section(
    N_("Problems found"),
    (
        _problems("diagnosis", N_("Problems"), "medical_problems", _OUT, N_("Filled in by a clinician")),
        _problems(
            "diagnosis_private",
            N_("Sensitive problems"),
            "medical_problems_private",
            _NEVER,
            N_("Stay in this centre"),
        ),
        Field("sleep_problem", Kind.CODE, N_("Trouble sleeping"), _OUT, codes="yes_no_not_asked"),
        Field("first_line_support_lives", Kind.CODES, N_("First-line support given"), _OUT, codes="lives"),
    ),
)

MEDICINE = (
    Field("medicine_name", Kind.TEXT, N_("Medicine"), _ID),
    Field("medicine_dose", Kind.TEXT, N_("Dose"), _ID),
    Field("medicine_route", Kind.CODE, N_("Route"), _OUT, codes="medicine_routes"),
    Field("medicine_quantity", Kind.DECIMAL, N_("Quantity"), _OUT, low=0, high=1000),
    Field("medicine_batch", Kind.TEXT, N_("Batch"), _ID),
)

TREATMENT = Section(
    N_("Treatment"),
    (
        Field("medicines", Kind.ROWS, N_("Medicines given"), _OUT, row=MEDICINE, adds=N_("Add a medicine")),
        # Asked only where wounds are marked: that it is there would tell of them.
        Field("wound_care", Kind.CODE, N_("Wound care"), _NEVER, codes="wound_care", relevant=_wounded),
        Field("fit_for_travel", Kind.CODE, N_("Fit for travel"), _OUT, codes="fit_for_travel"),
    ),
)

REFERRAL = Section(
    N_("Referral and next visit"),
    (
        Field("referral_specialty", Kind.CODE, N_("Referred to"), _OUT, codes="specialties"),
        Field("referral_urgency", Kind.CODE, N_("Urgency"), _OUT, codes="urgency", relevant=_urgent),
        Field("next_visit", Kind.DATE, N_("Next visit"), _OUT),
    ),
)
