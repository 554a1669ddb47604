"""A meeting of a task force: when, who led it, who came, what was on the agenda, which figures were shown.

About no single person: everything leaves. No names of persons who are assisted belong here, and the form says so.
"""

from __future__ import annotations

import re
from typing import Final

from app.forms.spec import Field, Form, Kind, Leaves, Problem, Section, Severity, Timing, Values
from app.i18n import N_

_OUT = Leaves.ALWAYS
_HOUR: Final = re.compile(r"(?:[01]?[0-9]|2[0-3])[:.][0-5][0-9]")
NO_NAMES: Final = N_("No names of persons assisted: the minutes are read by many.")


def _is_an_hour(values: Values) -> Problem | None:
    if (typed := values.get("time")) is None or _HOUR.fullmatch(str(typed)):
        return None
    message = N_("This is not an hour. For example: 14:30.")
    return Problem("time", Severity.WARNING, "not_an_hour", message)


_WHEN = Section(
    N_("Meeting"),
    (
        Field("centre", Kind.REF, N_("Centre"), _OUT, ref="centre", special="hidden"),
        Field("on", Kind.DATE, N_("Date"), _OUT, required=True, timing=Timing.FREE),
        Field("time", Kind.TEXT, N_("Begins at"), _OUT, hint=N_("For example: 14:30"), constraint=_is_an_hour),
        Field(
            "oblast",
            Kind.CODE,
            N_("Oblast"),
            _OUT,
            codes="oblasts",
            hint=N_("Leave it open for a meeting of the whole country"),
        ),
        Field("place", Kind.TEXT, N_("Place"), _OUT),
    ),
)
_WHO = Section(
    N_("Who leads"),
    (
        Field("chair_agency", Kind.CODE, N_("Chair: organisation"), _OUT, codes="agencies"),
        Field("chair_post", Kind.TEXT, N_("Chair: post"), _OUT, hint=N_("The post is enough")),
        Field("panel", Kind.CODES, N_("Co-chairs and panel"), _OUT, codes="agencies"),
        Field("technical_support", Kind.CODE, N_("Technical support by"), _OUT, codes="agencies"),
    ),
)
_CAME = Section(
    N_("Who came"),
    (
        Field(
            "attendees",
            Kind.ROWS,
            N_("Participants by organisation"),
            _OUT,
            adds=N_("Add an organisation"),
            row=(
                Field("agency", Kind.CODE, N_("Organisation"), _OUT, codes="agencies", required=True),
                Field("count", Kind.INTEGER, N_("How many"), _OUT, low=1, high=500),
                Field("party", Kind.YESNO, N_("Party to the memorandum"), _OUT, special="hidden"),
            ),
        ),
        Field(
            "guests",
            Kind.ROWS,
            N_("Guests"),
            _OUT,
            adds=N_("Add a guest"),
            row=(
                Field("agency", Kind.CODE, N_("Organisation"), _OUT, codes="agencies"),
                Field("guest", Kind.TEXT, N_("Who"), _OUT, hint=N_("A group or a post")),
                Field("count", Kind.INTEGER, N_("How many"), _OUT, low=1, high=500),
            ),
        ),
    ),
)
_ABOUT = Section(
    N_("Agenda"),
    (
        Field(
            "agenda",
            Kind.ROWS,
            N_("Items of the agenda"),
            _OUT,
            adds=N_("Add an item"),
            hint=NO_NAMES,
            row=(Field("item", Kind.TEXT, N_("Item"), _OUT),),
        ),
        Field(
            "figures_shown",
            Kind.ROWS,
            N_("Figures shown"),
            _OUT,
            adds=N_("Add figures"),
            hint=N_("Only tables that were made for leaving the programme"),
            row=(
                Field("title", Kind.TEXT, N_("Table"), _OUT),
                Field("release", Kind.REF, N_("Released table"), _OUT, ref="release", special="hidden"),
            ),
        ),
        Field(
            "mou_changes",
            Kind.LONG,
            N_("Changes to the memorandum that were noted"),
            _OUT,
            multiline=2,
        ),
    ),
)

MEETING = Form("meeting", N_("Task force meeting"), (_WHEN, _WHO, _CAME, _ABOUT))
"""``party`` in a row of participants is filled by the program: as it was on the day of the meeting."""
