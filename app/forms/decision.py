"""What a meeting decided: who is to do it, by when, and how far it is."""

from __future__ import annotations

from app.forms.spec import Field, Form, Kind, Leaves, Section
from app.i18n import N_

_OUT = Leaves.ALWAYS

DECISION = Form(
    "decision",
    N_("Decision"),
    (
        Section(
            N_("Decision"),
            (
                Field("meeting", Kind.REF, N_("Meeting"), _OUT, ref="meeting", required=True, special="hidden"),
                Field("responsible", Kind.CODE, N_("Responsible"), _OUT, codes="agencies"),
                Field("due", Kind.DATE, N_("Due"), _OUT),
                Field("status", Kind.CODE, N_("State"), _OUT, codes="decision_status"),
            ),
        ),
    ),
)
