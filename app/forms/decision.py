"""What a meeting decided: who is to do it, by when, and how far it is."""

from __future__ import annotations

from typing import Final

from app.forms import partial
from app.forms.meeting import NO_NAMES
from app.forms.spec import Context, Field, Form, Kind, Leaves, Problem, Section, Severity, Timing, Values
from app.i18n import N_

_OUT = Leaves.ALWAYS
OPEN: Final = frozenset({"open", "in_progress"})
"""The states in which something is still to be done; a decision without a state is open."""
_LONG_BEFORE: Final = 730  # days


def is_open(values: Values) -> bool:
    """Is something still to be done?"""
    return str(values.get("status", "open")) in OPEN


def _done(values: Values) -> bool:
    return values.get("status") == "done"


def _due_unknown(values: Values, context: Context) -> Problem | None:
    if is_open(values) and not context.imported and "due" not in values:
        message = N_("Without a day it is due, nobody is reminded of it.")
        return Problem("due", Severity.WARNING, "no_due", message)
    return None


def _done_before_made(values: Values, _context: Context) -> Problem | None:
    """An open decision says when it is due; one that says it was done long before is a slip."""
    done, due = partial.bounds(values.get("done_on")), partial.bounds(values.get("due"))
    if done and due and (due[0] - done[1]).days > _LONG_BEFORE:
        message = N_("It was done more than two years before it was due. Please check both days.")
        return Problem("done_on", Severity.WARNING, "done_too_early", message)
    return None


DECISION = Form(
    "decision",
    N_("Decision"),
    (
        Section(
            N_("Decision"),
            (
                Field("meeting", Kind.REF, N_("Meeting"), _OUT, ref="meeting", required=True, special="hidden"),
                Field("number", Kind.INTEGER, N_("Number"), _OUT, low=1, high=99),
                Field("type", Kind.CODE, N_("Kind of decision"), _OUT, codes="decision_types"),
                Field("text", Kind.LONG, N_("What was decided"), _OUT, required=True, hint=NO_NAMES),
                Field("responsible", Kind.CODE, N_("Responsible"), _OUT, codes="agencies"),
                Field("together_with", Kind.CODES, N_("Together with"), _OUT, codes="agencies"),
                Field("due", Kind.DATE, N_("Due"), _OUT),
            ),
        ),
        Section(
            N_("How far it is"),
            (
                Field("status", Kind.CODE, N_("State"), _OUT, codes="decision_status"),
                Field("done_on", Kind.DATE, N_("Done on"), _OUT, relevant=_done, timing=Timing.PAST),
                Field("follow_up", Kind.REF, N_("Taken up again at the meeting"), _OUT, ref="meeting"),
                Field("progress_note", Kind.LONG, N_("What was done"), _OUT, hint=NO_NAMES, multiline=2),
            ),
        ),
    ),
    rules=(_due_unknown, _done_before_made),
)
