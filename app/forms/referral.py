"""Referral to another organisation: what it was told, by which consent, and what it answered.

Without the person's release to that organisation there is no referral, except with a reason, a second person and
an entry in the audit log (data model, "Invariants"; ``app.usecases.referrals`` holds the gate). Leaves: codes and
dates always; words and names only with consent; what was written about health never.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app import codelists
from app.codelists import ConsentScope
from app.forms import partial
from app.forms.spec import Context, Field, Form, Kind, Leaves, Problem, Section, Severity, Timing, Values
from app.i18n import N_

_OUT, _ID, _NEVER = Leaves.ALWAYS, Leaves.IDENTIFIED, Leaves.NEVER
_ANSWERED: Final = frozenset({"accepted", "rejected", "done"})


def _other_agency(values: Values) -> bool:
    return values.get("agency") == "other"


def _without_consent(values: Values) -> bool:
    return "consent" not in values


def _answered(values: Values) -> bool:
    return values.get("status") in _ANSWERED


def _shares(code: str) -> Callable[[Values], bool]:
    return lambda values: isinstance(values.get("shared"), list) and code in values["shared"]


def _which_agency(values: Values) -> Problem | None:
    if _other_agency(values) and "agency_other" not in values:
        return Problem("agency_other", Severity.WARNING, "agency_unnamed", N_("Name the organisation."))
    return None


def _nothing_shared(values: Values) -> Problem | None:
    if not values.get("shared"):
        message = N_("Nothing is chosen: the letter will say nothing of the person.")
        return Problem("shared", Severity.WARNING, "nothing_shared", message)
    return None


def _answered_before_sent(values: Values, _context: Context) -> Problem | None:
    sent, answered = partial.bounds(values.get("sent_on")), partial.bounds(values.get("answered_on"))
    if sent and answered and answered[1] < sent[0]:
        message = N_("The answer came before the referral was sent.")
        return Problem("answered_on", Severity.WARNING, "answered_before_sent", message)
    return None


_WHERE_TO = Section(
    N_("Referral"),
    (
        Field("person", Kind.REF, N_("Person"), _OUT, ref="person", required=True, special="hidden"),
        Field("case", Kind.REF, N_("Case"), _OUT, ref="case", special="hidden"),
        Field("service", Kind.CODE, N_("For which help"), _OUT, codes="services", required=True),
        Field("agency", Kind.CODE, N_("Organisation"), _OUT, codes="agencies", required=True),
        Field(
            "agency_other",
            Kind.TEXT,
            N_("Name of the organisation"),
            _ID,
            relevant=_other_agency,
            constraint=_which_agency,
        ),
        Field("agency_person", Kind.TEXT, N_("Whom to ask for there"), _ID),
        Field("urgency", Kind.CODE, N_("Urgency"), _OUT, codes="urgency"),
        Field("sent_on", Kind.DATE, N_("Sent on"), _OUT, timing=Timing.PAST),
    ),
)
_TOLD = Section(
    N_("What the organisation is told"),
    (
        Field("consent", Kind.REF, N_("By which consent"), _OUT, ref="consent", special="hidden"),
        Field(
            "without_consent_reason",
            Kind.LONG,
            N_("Why without consent"),
            _ID,
            hint=N_("Only where life or health is in danger, or the law demands it"),
            relevant=_without_consent,
            multiline=2,
        ),
        Field(
            "second_person",
            Kind.TEXT,
            N_("Who decided together with you"),
            _ID,
            hint=N_("Another member of staff"),
            relevant=_without_consent,
        ),
        Field("shared", Kind.CODES, N_("What is shared"), _OUT, codes="shared_fields", constraint=_nothing_shared),
        Field(
            "need_story",
            Kind.LONG,
            N_("What is needed, in short"),
            _ID,
            hint=N_("Only what this organisation must know to help"),
            relevant=_shares("need_story"),
        ),
        Field("medical_needs", Kind.LONG, N_("Medical needs"), _NEVER, relevant=_shares("medical_needs")),
        Field("legal_situation", Kind.LONG, N_("Legal situation"), _ID, relevant=_shares("legal_situation")),
        Field("letter_language", Kind.CODE, N_("Language of the letter"), _OUT, codes="letter_languages"),
    ),
)
_ANSWER = Section(
    N_("Answer"),
    (
        Field("status", Kind.CODE, N_("State of the referral"), _OUT, codes="referral_status"),
        Field("answered_on", Kind.DATE, N_("Answered on"), _OUT, relevant=_answered, timing=Timing.PAST),
        Field("answer", Kind.LONG, N_("Answer"), _ID, hint=N_("No names here."), multiline=2),
    ),
)

REFERRAL = Form("referral", N_("Referral"), (_WHERE_TO, _TOLD, _ANSWER), rules=(_answered_before_sent,))


def release_scopes(service: str, agency: str) -> tuple[str, ...]:
    """The purposes of consent that open a referral for ``service`` to ``agency``, any one of them.

    To police and other security actors nothing but the release to them (``consent_scopes``); a release to "another
    named organisation" serves every other one, for the person named it.
    """
    security = codelists.get("agencies").column(agency, "release")
    if security:
        return (security,)
    by_service = codelists.get("services").column(service, "release").split()
    return (*by_service, ConsentScope.RELEASE_OTHER.value)
