"""Answer to a question of the coordinator: taken over, changed otherwise, or right as it is.

The question is named by its id; what was changed travels in the record itself. Leaves: the answer always, words only
with consent, as all free text.
"""

from __future__ import annotations

from app.forms.spec import Field, Form, Kind, Leaves, Section
from app.i18n import N_

_OUT, _ID = Leaves.ALWAYS, Leaves.IDENTIFIED

ANSWER = Form(
    "answer",
    N_("Answer to the coordinator"),
    (
        Section(
            N_("Answer to the coordinator"),
            (
                Field("person", Kind.REF, N_("Person"), _OUT, ref="person", required=True, special="hidden"),
                Field("question", Kind.REF, N_("Question"), _OUT, ref="question", required=True, special="hidden"),
                Field("record", Kind.REF, N_("Record"), _OUT, ref="record", special="hidden"),
                Field("answer", Kind.CODE, N_("Answer"), _OUT, codes="answers", required=True),
                Field("words", Kind.LONG, N_("In your words"), _ID, hint=N_("No names here."), multiline=2),
                Field("answered_on", Kind.DATE, N_("Answered on"), _OUT),
            ),
        ),
    ),
)
