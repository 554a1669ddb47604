"""A payment of a grant: a service of the grants' kinds. That it stays within the approved sum, the use case checks.

Leaves: codes, dates, numbers and amounts always; the receipt's number (a document number) only with consent.
"""

from __future__ import annotations

from app.forms.service_general import RULES, closing, opening
from app.forms.spec import Context, Field, Form, Kind, Leaves, Problem, Section, Severity, Timing, Values
from app.i18n import N_

_OUT, _ID = Leaves.ALWAYS, Leaves.IDENTIFIED
# The reintegration grant covers the first three months after return (the programme's own papers).
_REINTEGRATION_MONTHS = 3


def _rated(values: Values) -> bool:
    return "rate_currency" in values


def _currency_of_grant(values: Values, context: Context) -> Problem | None:
    """Sums in two currencies cannot be set against one approved sum."""
    if context.grant_currency and values.get("currency") not in {None, context.grant_currency}:
        message = N_("The grant is in {currency}: pay it in the same currency.")
        found = {"currency": context.grant_currency}
        return Problem("currency", Severity.ERROR, "currency_differs", message, found)
    return None


def _late_month(values: Values) -> Problem | None:
    month = values.get("month_after_return")
    if values.get("service") == "grant_reintegration" and isinstance(month, int) and month > _REINTEGRATION_MONTHS:
        message = N_("The reintegration grant covers the first three months after return.")
        return Problem("month_after_return", Severity.WARNING, "late_month", message)
    return None


def _beyond_total(values: Values) -> Problem | None:
    number, total = values.get("instalment"), values.get("instalments_total")
    if isinstance(number, int) and isinstance(total, int) and number > total:
        message = N_("The instalment's number is larger than their total.")
        return Problem("instalment", Severity.WARNING, "beyond_total", message)
    return None


def _not_zero(values: Values) -> Problem | None:
    if values.get("amount") == 0:
        return Problem("amount", Severity.WARNING, "zero", N_("The sum is zero."))
    return None


_PAYMENT = Section(
    N_("Payment"),
    (
        Field("grant", Kind.REF, N_("Grant"), _OUT, ref="grant", required=True),
        Field("currency", Kind.CODE, N_("Currency"), _OUT, codes="currencies", required=True),
        Field(
            "amount",
            Kind.MONEY,
            N_("Sum"),
            _OUT,
            currency_field="currency",
            required=True,
            constraint=_not_zero,
        ),
        Field("instalment", Kind.INTEGER, N_("Instalment number"), _OUT, low=1, high=36, constraint=_beyond_total),
        Field("instalments_total", Kind.INTEGER, N_("Of how many"), _OUT, low=1, high=36),
        Field(
            "month_after_return",
            Kind.INTEGER,
            N_("Month after return"),
            _OUT,
            low=1,
            high=60,
            constraint=_late_month,
        ),
        Field("purpose", Kind.CODE, N_("Purpose"), _OUT, codes="grant_purposes"),
        Field("paid_on", Kind.DATE, N_("Paid on"), _OUT, timing=Timing.PAST),
        Field("receipt_number", Kind.TEXT, N_("Voucher number"), _ID),
        Field(
            "rate_currency",
            Kind.CODE,
            N_("Reported in another currency"),
            _OUT,
            codes="currencies",
        ),
        Field(
            "rate",
            Kind.DECIMAL,
            N_("Rate"),
            _OUT,
            hint=N_("How much of the other currency one unit buys"),
            low=0.000001,
            high=1000000,
            relevant=_rated,
        ),
        Field("rate_on", Kind.DATE, N_("Date of the rate"), _OUT, relevant=_rated, timing=Timing.PAST),
    ),
)

GRANT_PAYMENT = Form(
    "grant_payment",
    N_("Grant payment"),
    (*opening(), _PAYMENT, *closing()),
    rules=(*RULES, _currency_of_grant),
)
