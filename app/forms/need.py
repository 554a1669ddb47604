"""Need and plan: one thing the person needs, what is to be reached, and the step agreed with her.

Leaves: category, dates and progress always; the words and the name of who is responsible only with consent (data
model, the rule for fields that name no ``leaves``).
"""

from __future__ import annotations

from app.forms import partial
from app.forms.spec import Context, Field, Form, Kind, Leaves, Problem, Section, Severity, Timing, Values
from app.i18n import N_

_OUT, _ID = Leaves.ALWAYS, Leaves.IDENTIFIED


def _met(values: Values) -> bool:
    return values.get("progress") == "met"


def _due_before_agreed(values: Values, _context: Context) -> Problem | None:
    agreed, due = partial.bounds(values.get("agreed_on")), partial.bounds(values.get("due"))
    if agreed and due and due[1] < agreed[0]:
        message = N_("The step is due before it was agreed.")
        return Problem("due", Severity.WARNING, "due_before_agreed", message)
    return None


NEED = Form(
    "need",
    N_("Need and plan"),
    (
        Section(
            N_("Need"),
            (
                Field("person", Kind.REF, N_("Person"), _OUT, ref="person", required=True, special="hidden"),
                Field("case", Kind.REF, N_("Case"), _OUT, ref="case", special="hidden"),
                Field("category", Kind.CODE, N_("Kind of help"), _OUT, codes="service_groups", required=True),
                Field("need", Kind.LONG, N_("What is needed"), _ID, hint=N_("No names here."), multiline=2),
                Field("goal", Kind.LONG, N_("Goal"), _ID, hint=N_("What the person wants to reach"), multiline=2),
            ),
        ),
        Section(
            N_("Plan"),
            (
                Field("step", Kind.LONG, N_("Agreed step"), _ID, hint=N_("No names here."), multiline=2),
                Field("agreed_on", Kind.DATE, N_("Agreed on"), _OUT, timing=Timing.PAST),
                Field("responsible", Kind.TEXT, N_("Responsible"), _ID),
                Field("due", Kind.DATE, N_("Due"), _OUT),
                Field("progress", Kind.CODE, N_("Progress"), _OUT, codes="need_progress"),
                Field("met_on", Kind.DATE, N_("Goal reached on"), _OUT, relevant=_met, timing=Timing.PAST),
            ),
        ),
    ),
    rules=(_due_before_agreed,),
)
