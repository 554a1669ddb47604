"""What a donor is shown: whom the money reached, for what it was spent, in which project and currency."""

from __future__ import annotations

from functools import partial
from typing import Final

from app.i18n import N_
from app.reports.facts import Facts
from app.reports.indicators.money import approved, converted, funded, grant_count, paid, spent_on_activities
from app.reports.indicators.work import activities
from app.reports.pack import Picture
from app.reports.packs.chapters import Asked, ChapterPlan
from app.reports.table import Table


def _grant_count(facts: Facts, by: tuple[str, ...]) -> tuple[Table, ...]:
    return (grant_count(facts, by),)


_grants_paid: Final = partial(paid, code="grants_paid")
_sums_paid: Final = partial(paid, code="sums_paid")
DONOR: Final = (
    ChapterPlan(
        N_("Persons reached"),
        (
            Asked("table_persons"),
            Asked("table_persons", ("sex",), Picture.BARS),
            Asked("table_persons", ("age",), Picture.BARS),
        ),
    ),
    ChapterPlan(N_("Help given"), (Asked(funded, ("group",)), Asked(funded, ("project",), Picture.NONE))),
    ChapterPlan(
        N_("Grants"),
        (
            Asked(_grant_count, ("grant_kind",)),
            Asked(approved, ("grant_kind",), Picture.NONE),
            Asked(_grants_paid, ("grant_kind",)),
            Asked(_grants_paid, ("project",), Picture.NONE),
            Asked(converted, ("grant_kind",), Picture.NONE),
            Asked("grant_in_first_3_months", (), Picture.NONE),
        ),
    ),
    ChapterPlan(
        N_("All sums paid for persons"),
        (Asked(_sums_paid, ("group",)), Asked(_sums_paid, ("project",), Picture.NONE)),
    ),
    ChapterPlan(
        N_("Prevention and training"),
        (Asked(activities, ("activity",)), Asked(spent_on_activities, ("activity",), Picture.NONE)),
    ),
)
