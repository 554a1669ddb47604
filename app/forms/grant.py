"""Grant: what was approved for a person. Its payments are services that name it.

Leaves: codes, dates, numbers and amounts always; the project and the name of who approved only with consent.
"""

from __future__ import annotations

from app.forms.spec import Field, Form, Kind, Leaves, Problem, Section, Severity, Timing, Values
from app.i18n import N_

_OUT, _ID = Leaves.ALWAYS, Leaves.IDENTIFIED


def _something_approved(values: Values) -> Problem | None:
    if values.get("approved") == 0:
        return Problem("approved", Severity.WARNING, "zero", N_("The approved sum is zero."))
    return None


GRANT = Form(
    "grant",
    N_("Grant"),
    (
        Section(
            N_("Grant"),
            (
                Field("person", Kind.REF, N_("Person"), _OUT, ref="person", required=True, special="hidden"),
                Field("case", Kind.REF, N_("Case"), _OUT, ref="case", special="hidden"),
                Field("grant_kind", Kind.CODE, N_("Kind of grant"), _OUT, codes="grant_kinds", required=True),
                Field("currency", Kind.CODE, N_("Currency"), _OUT, codes="currencies", required=True),
                Field(
                    "approved",
                    Kind.MONEY,
                    N_("Approved sum"),
                    _OUT,
                    currency_field="currency",
                    required=True,
                    constraint=_something_approved,
                ),
                Field("approved_by", Kind.TEXT, N_("Approved by"), _ID),
                Field("approved_on", Kind.DATE, N_("Approved on"), _OUT, timing=Timing.PAST),
                Field("donor", Kind.CODE, N_("Donor"), _OUT, codes="donors"),
                Field("project", Kind.TEXT, N_("Project"), _ID),
                Field("instalments", Kind.INTEGER, N_("Planned instalments"), _OUT, low=1, high=36),
            ),
        ),
    ),
)
