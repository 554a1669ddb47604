"""Consent: one word of the person on one purpose, and for a release on one named organisation.

Leaves: codes and dates always, for the coordinator must know what was agreed; names and words only with consent
(data model, "Consent" and the rule for fields that name no ``leaves``).
"""

from __future__ import annotations

from app.codelists import ConsentScope, ConsentState
from app.forms import partial
from app.forms.spec import Context, Field, Form, Kind, Leaves, Problem, Section, Severity, Timing, Values
from app.i18n import N_

# Law 99-Z of Belarus: under 16 a legal representative consents, and the child is asked too.
_AGE_OF_CONSENT = 16


def _asked(values: Values) -> bool:
    return values.get("state") != ConsentState.NOT_ASKED


def _by_caregiver(values: Values) -> bool:
    return _asked(values) and values.get("given_by") == "caregiver"


def _release(values: Values) -> bool:
    return str(values.get("scope", "")).startswith("release_")


def _other_organisation(values: Values) -> bool:
    return _release(values) and values.get("organisation") == "other"


def _assent(values: Values) -> Problem | None:
    """A representative's word does not replace the child's own."""
    if values.get("state") != ConsentState.GIVEN or values.get("child_assent") == "yes":
        return None
    if values.get("child_assent") == "no":
        message = N_("The child does not agree. Do not act on this consent; talk with the child and a supervisor.")
        return Problem("child_assent", Severity.WARNING, "child_disagrees", message)
    return Problem(
        "child_assent", Severity.WARNING, "child_not_asked", N_("Ask the child too, and record the answer.")
    )


def _unnamed_representative(values: Values) -> Problem | None:
    if values.get("state") == ConsentState.GIVEN and "representative_relation" not in values:
        message = N_("Say who the legal representative is.")
        return Problem("representative_relation", Severity.WARNING, "representative_missing", message)
    return None


def _refused(values: Values) -> bool:
    return values.get("state") in {ConsentState.REFUSED, ConsentState.WITHDRAWN}


def _withdrawn(values: Values) -> bool:
    return values.get("state") == ConsentState.WITHDRAWN


def _language_of(values: Values) -> bool:
    return _asked(values) and values.get("scope") != ConsentScope.CONTACT


def _named_organisation(values: Values) -> Problem | None:
    """A release is to someone; without the name nobody can rely on it."""
    if _release(values) and values.get("state") == ConsentState.GIVEN and "organisation" not in values:
        message = N_("Name the organisation to which the release is given.")
        return Problem("organisation", Severity.WARNING, "organisation_missing", message)
    return None


def _under_sixteen(values: Values, context: Context) -> Problem | None:
    """Under 16 on that day by every reading of the birth date, and consenting alone."""
    on = partial.bounds(values.get("on"))
    if not on or not context.birth or values.get("given_by") != "individual":
        return None
    first_birthday = context.birth[0].year + _AGE_OF_CONSENT, context.birth[0].month, context.birth[0].day
    if values.get("state") == ConsentState.GIVEN and (on[1].year, on[1].month, on[1].day) < first_birthday:
        message = N_("Under 16 a legal representative consents, and the child is asked too.")
        return Problem("given_by", Severity.WARNING, "under_sixteen", message)
    return None


def _of_age(values: Values, context: Context) -> Problem | None:
    """Sixteen on that day by every reading of the birth date, and someone else answers."""
    on = partial.bounds(values.get("on"))
    if not on or not context.birth or values.get("given_by") != "caregiver":
        return None
    last_birthday = context.birth[1].year + _AGE_OF_CONSENT, context.birth[1].month, context.birth[1].day
    if (on[0].year, on[0].month, on[0].day) >= last_birthday:
        message = N_("From 16 a person answers for herself, unless a court has decided otherwise.")
        return Problem("given_by", Severity.WARNING, "of_age", message)
    return None


CONSENT = Form(
    "consent",
    N_("Consent"),
    (
        Section(
            N_("Consent"),
            (
                Field(
                    "person",
                    Kind.REF,
                    N_("Person"),
                    Leaves.ALWAYS,
                    ref="person",
                    required=True,
                    special="hidden",
                ),
                Field("scope", Kind.CODE, N_("Purpose"), Leaves.ALWAYS, codes="consent_scopes", required=True),
                Field("state", Kind.CODE, N_("Answer"), Leaves.ALWAYS, codes="consent_states", required=True),
                Field("on", Kind.DATE, N_("Date"), Leaves.ALWAYS, timing=Timing.PAST),
                Field(
                    "organisation",
                    Kind.CODE,
                    N_("Organisation"),
                    Leaves.ALWAYS,
                    codes="agencies",
                    relevant=_release,
                    constraint=_named_organisation,
                ),
                Field(
                    "organisation_other",
                    Kind.TEXT,
                    N_("Name of the organisation"),
                    Leaves.IDENTIFIED,
                    relevant=_other_organisation,
                ),
                Field(
                    "given_by",
                    Kind.CODE,
                    N_("Answered by"),
                    Leaves.ALWAYS,
                    codes="consent_given_by",
                    relevant=_asked,
                ),
                Field(
                    "child_assent",
                    Kind.YESNO,
                    N_("The child agrees"),
                    Leaves.ALWAYS,
                    relevant=_by_caregiver,
                    constraint=_assent,
                ),
                Field(
                    "representative",
                    Kind.TEXT,
                    N_("Name of the representative"),
                    Leaves.IDENTIFIED,
                    relevant=_by_caregiver,
                ),
                Field(
                    "representative_relation",
                    Kind.CODE,
                    N_("Who the representative is"),
                    Leaves.ALWAYS,
                    codes="representative_relations",
                    relevant=_by_caregiver,
                    constraint=_unnamed_representative,
                ),
                Field(
                    "withheld_reason",
                    Kind.CODE,
                    N_("Reason, if the person gives one"),
                    Leaves.ALWAYS,
                    codes="withholding_reasons",
                    relevant=_refused,
                ),
                Field(
                    "withdrawn_on",
                    Kind.DATE,
                    N_("Withdrawn on"),
                    Leaves.ALWAYS,
                    relevant=_withdrawn,
                    timing=Timing.PAST,
                ),
                Field("expires_on", Kind.DATE, N_("Valid until"), Leaves.ALWAYS, relevant=_asked),
            ),
        ),
        Section(
            N_("How it was recorded"),
            (
                Field("form_version", Kind.TEXT, N_("Version of the form"), Leaves.IDENTIFIED),
                Field("language", Kind.CODE, N_("Language of the talk"), Leaves.ALWAYS, codes="languages"),
                Field("interpreter", Kind.YESNO, N_("Interpreter"), Leaves.ALWAYS),
                Field("recorded_by", Kind.TEXT, N_("Recorded by"), Leaves.IDENTIFIED),
                Field("evidence", Kind.CODE, N_("Evidence"), Leaves.ALWAYS, codes="consent_evidence"),
            ),
            relevant=_language_of,
        ),
    ),
    rules=(_under_sixteen, _of_age),
)
