"""What the validator finds wrong with one field, in words. Marked texts only; never a value a person typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from app import codelists
from app.forms import partial
from app.forms.spec import Context, Field, Kind, Problem, Severity, Timing
from app.i18n import N_

UNREADABLE: Final[Mapping[str, str]] = {
    "not_text": N_("This is not text."),
    "too_long": N_("This is too long. Please shorten it."),
    "not_a_code": N_("Please choose from the list."),
    "not_a_date": N_("This is not a date. For example: 09.03.2026, 03.2026 or 2026."),
    "not_a_time": N_("This is not a day with a time. For example: 09.03.2026 14:30."),
    "no_time": N_("Please add the time, for example 14:30."),
    "not_a_number": N_("This is not a number."),
    "not_a_sum": N_("This is not a sum of money. For example: 1234,56. The currency must be chosen too."),
    "not_an_answer": N_("Please choose an answer."),
    "not_a_reference": N_("The record that belongs here is not chosen."),
    "not_rows": N_("This is not a list of lines."),
    "empty": N_("An empty answer is not kept."),
    "not_canonical": N_("This is written in an unusual way. It is kept as it is."),
    "unknown_field": N_("This answer belongs to no question. It is kept as it is."),
}


def unreadable(path: str, code: str) -> Problem:
    """The value is not of its field's kind."""
    return Problem(path, Severity.ERROR, code, UNREADABLE[code])


def missing(path: str) -> Problem:
    """A required field has no value."""
    return Problem(path, Severity.ERROR, "required", N_("Please fill this in."))


def of_value(field: Field, path: str, value: Any, context: Context) -> Iterator[Problem]:
    """All warnings about a readable ``value``: unknown codes, implausible numbers, impossible times."""
    if field.kind in {Kind.CODE, Kind.CODES}:
        yield from _unknown_codes(field, path, [value] if field.kind is Kind.CODE else value)
    elif field.kind in {Kind.INTEGER, Kind.DECIMAL, Kind.MONEY}:
        yield from _out_of_range(field, path, float(value))
    elif field.kind in {Kind.DATE, Kind.TIME, Kind.BIRTH}:
        yield from _out_of_time(field, path, value, context)


def _unknown_codes(field: Field, path: str, codes: list[str]) -> Iterator[Problem]:
    if any(code not in codelists.get(field.codes) for code in codes):
        message = N_("This code is not in the list. It is kept as it is.")
        yield Problem(path, Severity.WARNING, "unknown_code", message)


def _out_of_range(field: Field, path: str, number: float) -> Iterator[Problem]:
    if field.low is not None and number < field.low:
        message = N_("Less than {low} is unusual. Please check.")
        yield Problem(path, Severity.WARNING, "out_of_range", message, {"low": f"{field.low:g}"})
    if field.high is not None and number > field.high:
        message = N_("More than {high} is unusual. Please check.")
        yield Problem(path, Severity.WARNING, "out_of_range", message, {"high": f"{field.high:g}"})


def _out_of_time(field: Field, path: str, value: Any, context: Context) -> Iterator[Problem]:
    """Only what is surely so: a date known to the year may lie on the right side."""
    found = partial.bounds(value[:10] if field.kind is Kind.TIME else value)
    if found is None or field.timing is Timing.FREE:
        return
    earliest, latest = found
    if earliest > context.today:
        yield Problem(path, Severity.WARNING, "future", N_("This date lies in the future. Please check."))
    if field.kind is Kind.BIRTH:
        return
    if context.birth and latest < context.birth[0]:
        message = N_("This date lies before the person was born. Please check.")
        yield Problem(path, Severity.WARNING, "before_birth", message)
    if field.timing is Timing.IN_CASE and context.case_opened and latest < context.case_opened[0]:
        message = N_("This date lies before the case was opened. Please check.")
        yield Problem(path, Severity.WARNING, "before_case", message)
