"""What a task force is shown: an oblast and a quarter. Persons, referrals, help, cases, work, partners."""

from __future__ import annotations

from typing import Final

from app.i18n import N_
from app.reports.indicators.work import activities
from app.reports.pack import Picture
from app.reports.packs.chapters import Asked, ChapterPlan

TASK_FORCE: Final = (
    ChapterPlan(
        N_("Persons assisted"),
        (
            Asked("victims_assisted_new"),
            Asked("victims_assisted_total"),
            Asked("victims_assisted_total", ("age", "sex")),
            Asked("victims_assisted_new", ("sex",)),
            Asked("share_by_exploitation"),
            Asked("share_international", (), Picture.NONE),
        ),
    ),
    ChapterPlan(
        N_("Referrals"),
        (Asked("referrals_in"), Asked("referrals_out"), Asked("referral_gap")),
    ),
    ChapterPlan(
        N_("Help given"),
        (Asked("table_services", ("group",), Picture.BARS), Asked("table_persons", ("group",), Picture.BARS)),
    ),
    ChapterPlan(N_("Cases"), (Asked("open_cases"), Asked("closure_reasons"))),
    ChapterPlan(N_("Prevention and training"), (Asked(activities, ("activity",)), Asked("hotline_calls"))),
    ChapterPlan(
        N_("Partners"),
        (Asked("task_force_meetings"), Asked("mou_parties", ("agency_kind",), Picture.NONE)),
    ),
)
