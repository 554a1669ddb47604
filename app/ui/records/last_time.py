"""What "same as last time" takes over, and what it must not: what was measured, or told in confidence, that day."""

from __future__ import annotations

from typing import Final

from app.forms.spec import Field, Form, Kind, Leaves, Values

# Numbers that are the same from one time to the next; all others were measured or counted on their day.
_LASTING_NUMBERS: Final = frozenset({"quantity", "instalments_total", "children_along"})
_LASTING_WORDS: Final = frozenset({"current_medicines"})
# Codes and words that tell of one day.
_OF_THE_DAY: Final = frozenset(
    {
        "outcome",
        "next_step",
        "receipt_number",
        "rate_currency",
        "consciousness_avpu",
        "sleep_problem",
        "first_line_support_lives",
        "fit_for_travel",
        "referral_specialty",
        "referral_urgency",
        "legal_step",
        "legal_result",
        "travel_number",
        "arrived",
        "arrival_confirmed",
        "confirmed_by",
        "course_completed",
        "job_found",
    }
)


def is_of_the_day(field: Field) -> bool:
    """Does the answer belong to that one day? Dates and hours, measurements, notes, and all that is sensitive."""
    if field.name in _OF_THE_DAY or field.leaves is Leaves.NEVER:
        return True
    if field.kind in (Kind.DATE, Kind.TIME, Kind.MONEY):
        return True
    if field.kind in (Kind.INTEGER, Kind.DECIMAL):
        return field.name not in _LASTING_NUMBERS
    return field.kind is Kind.LONG and field.name not in _LASTING_WORDS


def lasting(form: Form, values: Values) -> dict[str, object]:
    """The answers of an earlier record that hold today as well."""
    names = {field.name for field in form.fields if field.special != "hidden" and not is_of_the_day(field)}
    return {name: value for name, value in values.items() if name in names and name != "service"}


def taken_over(now: Values, fresh: Values, earlier: Values) -> dict[str, object]:
    """``now`` with the answers of ``earlier``; what was typed already, and differs from ``fresh``, stays."""
    kept = {name: value for name, value in earlier.items() if name not in now or now[name] == fresh.get(name)}
    return dict(now) | kept
