"""A summary after the columns of CTDC's data sets (names only): whom, how old, from where, exploited how, where."""

from __future__ import annotations

from typing import Final

from app.i18n import N_
from app.reports.packs.chapters import Asked, ChapterPlan

SUMMARY: Final = (
    ChapterPlan(
        N_("Persons"),
        (
            Asked("victims_assisted_new", ("sex",)),
            Asked("victims_assisted_new", ("age",)),
            Asked("detected_by_age_sex"),
            Asked("citizenship"),
        ),
    ),
    ChapterPlan(
        N_("What happened"),
        (
            Asked("share_by_exploitation"),
            Asked("labour_sector"),
            Asked("means_of_control"),
            Asked("recruiter_relation"),
            Asked("destination_country"),
            Asked("share_international"),
            Asked("majority_at_entry"),
        ),
    ),
)
