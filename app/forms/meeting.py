"""A meeting of a task force: when, who led it, who came, what was on the agenda, which figures were shown.

About no single person: everything leaves. No names of persons who are assisted belong here, and the form says so.
"""

from __future__ import annotations

from app.forms.spec import Field, Form, Kind, Leaves, Section, Timing
from app.i18n import N_

_OUT = Leaves.ALWAYS

MEETING = Form(
    "meeting",
    N_("Task force meeting"),
    (
        Section(
            N_("Meeting"),
            (
                Field("centre", Kind.REF, N_("Centre"), _OUT, ref="centre", special="hidden"),
                Field("on", Kind.DATE, N_("Date"), _OUT, required=True, timing=Timing.FREE),
                Field("oblast", Kind.CODE, N_("Oblast"), _OUT, codes="oblasts"),
                Field("place", Kind.TEXT, N_("Place"), _OUT),
            ),
        ),
    ),
)
