"""Appointment: for whom, what and when; afterwards whether it was kept.

Leaves: codes and times always; words, names and places only with consent (data model, the rule for fields that
name no ``leaves``).
"""

from __future__ import annotations

from app.forms.spec import Context, Field, Form, Kind, Leaves, Problem, Section, Severity, Values
from app.i18n import N_

_OUT, _ID = Leaves.ALWAYS, Leaves.IDENTIFIED


def _moved(values: Values) -> bool:
    return values.get("state") == "moved"


def _done_before_its_day(values: Values, context: Context) -> Problem | None:
    """Kept or missed, but its day has not come."""
    at = str(values.get("at", ""))[:10]
    if values.get("state") in {"done", "missed"} and at > context.today.isoformat():
        message = N_("The day of this appointment has not come yet. Please check.")
        return Problem("state", Severity.WARNING, "not_yet", message)
    return None


APPOINTMENT = Form(
    "appointment",
    N_("Appointment"),
    (
        Section(
            N_("Appointment"),
            (
                Field("person", Kind.REF, N_("Person"), _OUT, ref="person", required=True, special="hidden"),
                Field("case", Kind.REF, N_("Case"), _OUT, ref="case", special="hidden"),
                Field("at", Kind.TIME, N_("Day and time"), _OUT, required=True),
                Field("service", Kind.CODE, N_("Kind of help"), _OUT, codes="services"),
                Field("what", Kind.TEXT, N_("What for"), _ID, hint=N_("No names here.")),
                Field("place", Kind.TEXT, N_("Place"), _ID),
                Field("with_whom", Kind.TEXT, N_("With whom"), _ID),
                Field("state", Kind.CODE, N_("State"), _OUT, codes="appointment_states"),
                Field("moved_to", Kind.TIME, N_("Moved to"), _OUT, relevant=_moved),
                Field("note", Kind.LONG, N_("Note"), _ID, hint=N_("No names here."), multiline=2),
            ),
        ),
    ),
    rules=(_done_before_its_day,),
)
