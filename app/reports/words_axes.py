"""By what figures may be broken down: the words for each dimension, and the list with the words for its keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from app.i18n import N_


class Dimension(NamedTuple):
    """``label`` is marked text; ``codes`` the code list of its keys, empty where they are no codes."""

    label: str
    codes: str = ""


DIMENSIONS: Final[Mapping[str, Dimension]] = {
    "month": Dimension(N_("Month")),
    "quarter": Dimension(N_("Quarter")),
    "half_year": Dimension(N_("Half-year")),
    "year": Dimension(N_("Year")),
    "centre": Dimension(N_("Centre")),
    "oblast": Dimension(N_("Oblast"), "oblasts"),
    "sex": Dimension(N_("Sex"), "sex"),
    "age": Dimension(N_("Age"), "age_groups"),
    "age_sex": Dimension(N_("Age and sex"), "figure_keys"),
    "majority": Dimension(N_("Minor or adult"), "figure_keys"),
    "majority_entry": Dimension(N_("Minor or adult when it began"), "figure_keys"),
    "form": Dimension(N_("Form of exploitation"), "exploitation_types"),
    "group": Dimension(N_("Group of services"), "service_groups"),
    "service": Dimension(N_("Service"), "services"),
    "need": Dimension(N_("Kind of help"), "service_groups"),
    "donor": Dimension(N_("Donor"), "donors"),
    "project": Dimension(N_("Project"), "figure_keys"),
    "provider": Dimension(N_("Provided by"), "agencies"),
    "outcome": Dimension(N_("Outcome"), "outcomes"),
    "citizenship": Dimension(N_("Citizenship"), "countries"),
    "country": Dimension(N_("Country of exploitation"), "countries"),
    "from_country": Dimension(N_("From which country"), "countries"),
    "border": Dimension(N_("Inside the country or across the border"), "borders"),
    "status": Dimension(N_("Formal status"), "formal_status"),
    "decided_by": Dimension(N_("Decided by"), "decided_by"),
    "means": Dimension(N_("Means of control"), "means_of_control"),
    "relation": Dimension(N_("Who recruited"), "recruiter_relations"),
    "recruitment": Dimension(N_("Recruited through"), "recruitment_methods"),
    "sector": Dimension(N_("Sector of work"), "labour_sectors"),
    "source": Dimension(N_("Source of referral"), "referral_sources"),
    "agency": Dimension(N_("Organisation"), "agencies"),
    "referral_status": Dimension(N_("State of the referral"), "referral_status"),
    "case_status": Dimension(N_("State of the case"), "case_status"),
    "reason": Dimension(N_("Reason for closing"), "closure_reasons"),
    "progress": Dimension(N_("Progress"), "need_progress"),
    "step": Dimension(N_("What was reached"), "figure_keys"),
    "answer": Dimension(N_("Answer"), "figure_keys"),
    "activity": Dimension(N_("Kind of activity"), "activity_kinds"),
    "grant_kind": Dimension(N_("Kind of grant"), "grant_kinds"),
    "currency": Dimension(N_("Currency"), "currencies"),
    "audience": Dimension(N_("Audience"), "audiences"),
    "topic": Dimension(N_("What it was about"), "hotline_topics"),
    "agency_kind": Dimension(N_("Kind of organisation"), "agency_kinds"),
    "decision_status": Dimension(N_("State of the decision"), "decision_status"),
    "decision_type": Dimension(N_("Kind of decision"), "decision_types"),
    "number": Dimension(N_("What is counted"), "figure_keys"),
    "entered": Dimension(N_("What is counted"), "entered_figures"),
    "field": Dimension(N_("Field"), "record_fields"),
    "given": Dimension(N_("State"), "figure_keys"),
}
