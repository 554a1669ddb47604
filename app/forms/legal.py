"""Legal help: the matter, the body, the step taken.

Leaves: codes and dates always; the case number, court and lawyer only with consent (data model: names of people,
case and document numbers).
"""

from __future__ import annotations

from app.forms.service_general import RULES, closing, opening
from app.forms.spec import Field, Form, Kind, Leaves, Section
from app.i18n import N_

_OUT, _ID = Leaves.ALWAYS, Leaves.IDENTIFIED

_LEGAL = Section(
    N_("Legal matter"),
    (
        Field("legal_matter", Kind.CODE, N_("Matter"), _OUT, codes="legal_matters"),
        Field("case_number", Kind.TEXT, N_("Case number"), _ID),
        Field("court_or_body", Kind.TEXT, N_("Court or authority"), _ID),
        Field("lawyer", Kind.TEXT, N_("Lawyer"), _ID),
        Field("legal_step", Kind.CODE, N_("Step taken"), _OUT, codes="legal_steps"),
        Field("legal_result", Kind.CODE, N_("Result"), _OUT, codes="legal_results"),
        Field("hearing_on", Kind.DATE, N_("Hearing on"), _OUT),
        Field("next_hearing_on", Kind.DATE, N_("Next hearing on"), _OUT),
    ),
)

LEGAL = Form("legal", N_("Legal help"), (*opening(), _LEGAL, *closing()), rules=RULES)
