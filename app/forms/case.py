"""Case: one period of work with a person, with the facts of trafficking as far as they are known.

Leaves: codes, dates and numbers always; free text and the case worker's name only with consent (data model, the
rule for fields that name no ``leaves``). The Red Cross may detect; who decided on the status is asked apart
(resolution 485).
"""

from __future__ import annotations

from collections.abc import Callable

from app.codelists import CaseStatus
from app.forms import partial
from app.forms.spec import Context, Field, Form, Kind, Leaves, Problem, Section, Severity, Timing, Values
from app.i18n import N_

_OUT, _ID = Leaves.ALWAYS, Leaves.IDENTIFIED
_ONLINE = {"online_social", "online_advert"}
_EXPLOITED_ONLINE = {"sex_remote_interactive", "sex_pornography"}


def _closed(values: Values) -> bool:
    return values.get("status") in {CaseStatus.CLOSED, CaseStatus.CLOSED_REFERRED}


def _answered(name: str) -> Callable[[Values], bool]:
    return lambda values: name in values


def _has_any(name: str, codes: set[str]) -> Callable[[Values], bool]:
    return lambda values: isinstance(values.get(name), list) and not codes.isdisjoint(map(str, values[name]))


def _online(values: Values) -> bool:
    """Recruited or exploited through the network."""
    recruited, exploited = _has_any("recruitment", _ONLINE), _has_any("exploitation", _EXPLOITED_ONLINE)
    return recruited(values) or exploited(values)


def _sent_by_agency(values: Values) -> bool:
    return values.get("referral_source") not in {None, "self", "family_friend", "unknown"}


def _abroad(values: Values) -> bool:
    return values.get("border") != "internal"


def _closed_before_opened(values: Values, _context: Context) -> Problem | None:
    opened, closed = partial.bounds(values.get("opened_on")), partial.bounds(values.get("closed_on"))
    if opened and closed and closed[1] < opened[0]:
        message = N_("The case is closed before it was opened.")
        return Problem("closed_on", Severity.WARNING, "closed_before_opened", message)
    return None


def _age_fits(values: Values, context: Context) -> Problem | None:
    """The age at the start cannot exceed the age now."""
    age = values.get("age_at_start")
    if isinstance(age, int) and context.birth and age > context.today.year - context.birth[0].year:
        message = N_("The person is younger now than the age given here.")
        return Problem("age_at_start", Severity.WARNING, "age_at_start", message)
    return None


_COURSE = Section(
    N_("Course of the case"),
    (
        Field("person", Kind.REF, N_("Person"), _OUT, ref="person", required=True, special="hidden"),
        Field("opened_on", Kind.DATE, N_("Opened on"), _OUT, required=True, timing=Timing.PAST),
        Field("referral_source", Kind.CODE, N_("Source of referral"), _OUT, codes="referral_sources"),
        Field(
            "referring_agency",
            Kind.CODE,
            N_("Referring organisation"),
            _OUT,
            codes="agencies",
            relevant=_sent_by_agency,
        ),
        Field("referred_on", Kind.DATE, N_("Referred on"), _OUT, relevant=_sent_by_agency, timing=Timing.PAST),
        Field("referral_reason", Kind.TEXT, N_("Reason for referral"), _ID, hint=N_("No names here.")),
        Field("case_worker", Kind.TEXT, N_("Case worker"), _ID),
        Field("risk", Kind.CODE, N_("Risk level"), _OUT, codes="risk"),
        Field("status", Kind.CODE, N_("State of the case"), _OUT, codes="case_status"),
        Field(
            "closure_reason",
            Kind.CODE,
            N_("Reason for closing"),
            _OUT,
            codes="closure_reasons",
            relevant=_closed,
        ),
        Field("closed_on", Kind.DATE, N_("Closed on"), _OUT, relevant=_closed, timing=Timing.PAST),
    ),
)

_IDENTIFICATION = Section(
    N_("Detection and status"),
    (
        Field("detected_by", Kind.CODE, N_("Detected by"), _OUT, codes="detected_by"),
        Field("formal_status", Kind.CODE, N_("Formal status"), _OUT, codes="formal_status"),
        Field(
            "decided_by",
            Kind.CODE,
            N_("Decided by"),
            _OUT,
            codes="decided_by",
            relevant=_answered("formal_status"),
        ),
        Field(
            "decided_on",
            Kind.DATE,
            N_("Decided on"),
            _OUT,
            relevant=_answered("formal_status"),
            timing=Timing.PAST,
        ),
        Field("identified_year", Kind.INTEGER, N_("Year of identification"), _OUT, low=1990, high=2100),
        Field("witness", Kind.YESNO, N_("Witness in a criminal case"), _OUT),
    ),
)

_FACTS = Section(
    N_("What happened"),
    (
        Field("exploitation", Kind.CODES, N_("Types of exploitation"), _OUT, codes="exploitation_types"),
        Field(
            "labour_sectors",
            Kind.CODES,
            N_("Sector of work"),
            _OUT,
            codes="labour_sectors",
            relevant=_has_any("exploitation", {"forced_labour", "child_labour", "servitude"}),
        ),
        Field("means_of_control", Kind.CODES, N_("Means of control"), _OUT, codes="means_of_control"),
        Field("recruitment", Kind.CODES, N_("Recruited through"), _OUT, codes="recruitment_methods"),
        Field(
            "platforms",
            Kind.CODES,
            N_("Online platform"),
            _OUT,
            codes="platforms",
            relevant=_online,
        ),
        Field("recruiter", Kind.CODES, N_("Who recruited"), _OUT, codes="recruiter_relations"),
        Field("border", Kind.CODE, N_("Inside the country or across the border"), _OUT, codes="borders"),
        Field("exploitation_countries", Kind.CODES, N_("Countries of exploitation"), _OUT, codes="countries"),
        Field("age_at_start", Kind.INTEGER, N_("Age at the start"), _OUT, low=0, high=90, unit=N_("years")),
        Field("duration_months", Kind.INTEGER, N_("Duration"), _OUT, low=0, high=360, unit=N_("months")),
        Field(
            "returned_on",
            Kind.DATE,
            N_("Returned to Belarus on"),
            _OUT,
            relevant=_abroad,
            timing=Timing.PAST,
        ),
        Field("case_note", Kind.LONG, N_("Note"), _ID, hint=N_("No names here.")),
    ),
)

CASE = Form(
    "case",
    N_("Case"),
    (_COURSE, _IDENTIFICATION, _FACTS),
    rules=(_closed_before_opened, _age_fits),
)
