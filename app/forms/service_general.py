"""What is asked of every service, whatever its group; the detail forms put their own questions after it.

Leaves: codes, dates, numbers always; names of people and free text only with consent (data model, "Service").
The notes of a psychologist never leave, so her form is built with ``words=Leaves.NEVER``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.codelists import ConsentScope, Outcome
from app.forms import partial
from app.forms.spec import Context, Field, Form, Kind, Leaves, Problem, Section, Severity, Timing, Values
from app.i18n import N_

_OUT, _ID = Leaves.ALWAYS, Leaves.IDENTIFIED


def _other_agency(values: Values) -> bool:
    return values.get("provider_agency") == "other"


def _provided(values: Values) -> bool:
    return str(values.get("outcome", Outcome.PROVIDED)) == Outcome.PROVIDED


def _in_oblast(values: Values) -> bool:
    return "oblast" in values


def _consent_unrecorded(values: Values) -> bool:
    return values.get("consent_recorded") == "no"


_UNRECORDED: Final[Mapping[tuple[str, ...], str]] = {
    (ConsentScope.INTERVIEW.value,): N_(
        "It is not recorded that the person agrees to the talk. Ask her, or say why not."
    ),
    (ConsentScope.SERVICES.value,): N_("It is not recorded that the person agrees to help. Ask her, or say why not."),
}
_BOTH_UNRECORDED: Final = N_(
    "It is not recorded that the person agrees to the talk and to help. Ask her, or say why not."
)


def consent_unrecorded(values: Values, context: Context) -> Problem | None:
    """Help is never blocked for want of a record of consent: the form reminds, asks why, and saves (data model)."""
    # What an imported record lacks may have been held back: not judged.
    if context.imported or not _consent_unrecorded(values) or "no_consent_reason" in values:
        return None
    message = _UNRECORDED.get(context.consents_missing, _BOTH_UNRECORDED)
    return Problem("no_consent_reason", Severity.WARNING, "consent_unrecorded", message)


def ends_before_it_begins(values: Values, _context: Context) -> Problem | None:
    """``until`` lies surely before ``on``."""
    on, until = partial.bounds(values.get("on")), partial.bounds(values.get("until"))
    if on and until and until[1] < on[0]:
        message = N_("The end lies before the beginning.")
        return Problem("until", Severity.WARNING, "until_before_on", message)
    return None


_WHAT = Section(
    N_("What and when"),
    (
        Field("person", Kind.REF, N_("Person"), _OUT, ref="person", required=True, special="hidden"),
        Field("centre", Kind.REF, N_("Centre"), _OUT, ref="centre", special="hidden"),
        Field("case", Kind.REF, N_("Case"), _OUT, ref="case", special="hidden"),
        Field("service", Kind.CODE, N_("Service"), _OUT, codes="services", required=True, special="service"),
        Field("on", Kind.DATE, N_("Date"), _OUT, required=True, timing=Timing.IN_CASE),
        Field("until", Kind.DATE, N_("Until"), _OUT, hint=N_("Only if it lasted several days")),
        Field(
            "quantity", Kind.DECIMAL, N_("Quantity"), _OUT, low=0, high=1000, relevant=_provided, special="quantity"
        ),
        Field("outcome", Kind.CODE, N_("Outcome"), _OUT, codes="outcomes"),
        # Set by the program: "no" where the consents to the talk and to help are not both recorded.
        Field("consent_recorded", Kind.YESNO, N_("Consent is recorded"), _OUT, special="hidden"),
        Field(
            "no_consent_reason",
            Kind.CODE,
            N_("Why consent is not recorded"),
            _OUT,
            codes="no_consent_reasons",
            relevant=_consent_unrecorded,
        ),
    ),
)

_WHERE = Section(
    N_("Where and by whom"),
    (
        Field("place", Kind.CODE, N_("Place"), _OUT, codes="service_places"),
        Field("oblast", Kind.CODE, N_("Oblast"), _OUT, codes="oblasts"),
        Field("raion", Kind.CODE, N_("Raion"), _OUT, codes="raions", relevant=_in_oblast, special="raion"),
        Field("provider_agency", Kind.CODE, N_("Provided by"), _OUT, codes="agencies"),
        Field(
            "provider_agency_other",
            Kind.TEXT,
            N_("Name of the organisation"),
            _ID,
            relevant=_other_agency,
        ),
        Field("provider_person", Kind.TEXT, N_("Who helped"), _ID),
        Field("donor", Kind.CODE, N_("Donor"), _OUT, codes="donors"),
        Field("project", Kind.TEXT, N_("Project"), _ID),
    ),
)


def opening() -> tuple[Section, ...]:
    """The sections before the details."""
    return (_WHAT, _WHERE)


def closing(words: Leaves = _ID) -> tuple[Section, ...]:
    """The section after the details; ``words`` says whether its free text may leave."""
    return (
        Section(
            N_("What next"),
            (
                Field("next_step", Kind.TEXT, N_("Next step"), words, hint=N_("No names here.")),
                Field("next_on", Kind.DATE, N_("Next date"), _OUT),
                Field("note", Kind.LONG, N_("Note"), words, hint=N_("No names here.")),
            ),
        ),
    )


RULES: Final = (ends_before_it_begins, consent_unrecorded)
"""The checks of every service; the detail forms put their own after them."""

GENERAL = Form("general", N_("Help"), (*opening(), *closing()), rules=RULES)
