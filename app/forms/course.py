"""Work and study: a course or placement, and what came of it.

Leaves: dates and answers always; the names of the course, its provider and the work only with consent (data model,
"employment, education" and the rule for fields that name no ``leaves``).
"""

from __future__ import annotations

from app.forms import partial
from app.forms.service_general import RULES, closing, opening
from app.forms.spec import Context, Field, Form, Kind, Leaves, Problem, Section, Severity, Timing, Values
from app.i18n import N_

_OUT, _ID = Leaves.ALWAYS, Leaves.IDENTIFIED


def _working(values: Values) -> bool:
    return values.get("job_found") == "yes"


def _course_ends_first(values: Values, _context: Context) -> Problem | None:
    start, end = partial.bounds(values.get("course_start")), partial.bounds(values.get("course_end"))
    if start and end and end[1] < start[0]:
        message = N_("The course ends before it begins.")
        return Problem("course_end", Severity.WARNING, "course_ends_first", message)
    return None


_COURSE = Section(
    N_("Course or placement"),
    (
        Field("course", Kind.TEXT, N_("What is learned"), _ID),
        Field("course_provider", Kind.TEXT, N_("School or employer"), _ID),
        Field("course_start", Kind.DATE, N_("Begins"), _OUT),
        Field("course_end", Kind.DATE, N_("Ends"), _OUT),
        Field("course_completed", Kind.YESNO, N_("Completed"), _OUT),
    ),
)
_WORK = Section(
    N_("Work"),
    (
        Field("job_found", Kind.YESNO, N_("Found work"), _OUT),
        Field("job", Kind.TEXT, N_("What work"), _ID, relevant=_working),
        Field("job_since", Kind.DATE, N_("Works since"), _OUT, relevant=_working, timing=Timing.PAST),
    ),
)

COURSE = Form(
    "course",
    N_("Work and study"),
    (*opening(), _COURSE, _WORK, *closing()),
    rules=(*RULES, _course_ends_first),
)
