"""Medical help: the general questions around the nurse's own (``app.forms.medical_sections``)."""

from __future__ import annotations

from app.forms import medical_sections as own
from app.forms.service_general import RULES, closing, opening
from app.forms.spec import Form
from app.i18n import N_

MEDICAL = Form(
    "medical",
    N_("Medical help"),
    (
        *opening(),
        own.VISIT,
        own.HISTORY,
        own.VITAL_SIGNS,
        own.SENSITIVE,
        own.FINDINGS,
        own.TREATMENT,
        own.REFERRAL,
        *closing(),
    ),
    rules=RULES,
)
