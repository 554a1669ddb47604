"""Activity: prevention, training and coordination work, about no single person."""

from __future__ import annotations

from app.forms.spec import Field, Form, Kind, Leaves, Section, Timing
from app.i18n import N_

_OUT = Leaves.ALWAYS

ACTIVITY = Form(
    "activity",
    N_("Activity"),
    (
        Section(
            N_("What and when"),
            (
                Field("centre", Kind.REF, N_("Centre"), _OUT, ref="centre", special="hidden"),
                Field("activity", Kind.CODE, N_("Kind of activity"), _OUT, codes="activity_kinds", required=True),
                Field("on", Kind.DATE, N_("Date"), _OUT, required=True, timing=Timing.PAST),
                Field("oblast", Kind.CODE, N_("Oblast"), _OUT, codes="oblasts"),
            ),
        ),
    ),
)
