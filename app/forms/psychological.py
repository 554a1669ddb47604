"""Psychological help. The psychologist's words never leave the centre.

Leaves: codes, dates and numbers always; every free text, the suicide risk and the use of alcohol or drugs never
(data model: "psychological notes never"; the last two are sensitive as in the clinical fields).
"""

from __future__ import annotations

from app.forms.service_general import RULES, closing, opening
from app.forms.spec import Field, Form, Kind, Leaves, Problem, Section, Severity, Values
from app.i18n import N_

_OUT, _NEVER = Leaves.ALWAYS, Leaves.NEVER


def _risk_needs_help(values: Values) -> Problem | None:
    """An answer of plan or attempt must not end with the form."""
    if values.get("psych_suicide_risk") in {"plan", "attempt"} and "next_on" not in values:
        message = N_("Suicide risk: do not leave the person alone, call the emergency service, set the next date.")
        return Problem("psych_suicide_risk", Severity.WARNING, "suicide_risk", message)
    return None


_SESSION = Section(
    N_("Session"),
    (
        Field("session_number", Kind.INTEGER, N_("Session number"), _OUT, low=1, high=200),
        Field("session_format", Kind.CODE, N_("Kind of session"), _OUT, codes="session_formats"),
        Field("main_difficulty", Kind.CODE, N_("Main difficulty"), _OUT, codes="psych_difficulties"),
        Field(
            "psych_suicide_risk",
            Kind.CODE,
            N_("Suicide risk"),
            _NEVER,
            codes="suicide_risk",
            constraint=_risk_needs_help,
        ),
        Field("psych_substance_use", Kind.YESNO, N_("Concern about alcohol or drugs"), _NEVER),
        Field("wellbeing_before", Kind.INTEGER, N_("Wellbeing before"), _OUT, unit=N_("of 10"), low=0, high=10),
        Field("wellbeing_after", Kind.INTEGER, N_("Wellbeing after"), _OUT, unit=N_("of 10"), low=0, high=10),
        Field("agreed_tasks", Kind.LONG, N_("Agreed tasks"), _NEVER),
        Field("psych_notes", Kind.LONG, N_("Notes of the psychologist"), _NEVER, multiline=6),
        Field("next_session_on", Kind.DATE, N_("Next session on"), _OUT),
    ),
)

PSYCHOLOGICAL = Form(
    "psychological",
    N_("Psychological help"),
    (*opening(), _SESSION, *closing(words=_NEVER)),
    rules=RULES,
)
