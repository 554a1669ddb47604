"""What looks odd in an activity: dates that do not fit, parts that are more than the whole, no number at all.

All of it warns; a lecture for which nobody counted the listeners is still a lecture.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from app.forms import partial
from app.forms.activity_measures import HOTLINE, measures_of, numbers_of
from app.forms.service_general import ends_before_it_begins
from app.forms.spec import Context, Problem, Severity, Values
from app.i18n import N_

MOST_AT_ONE_SESSION: Final = 500
"""More listeners than this at one session are rather a slip of the finger."""
_AT_SESSIONS: Final = frozenset({"lecture", "training", "seminar", "school_work", "staff_support"})


def _number(values: Values, name: str) -> int | None:
    value = values.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _warning(field: str, code: str, message: str, values: Mapping[str, object] | None = None) -> Problem:
    return Problem(field, Severity.WARNING, code, message, values or {})


def _rows(values: Values, name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    found = values.get(name)
    for at, row in enumerate(found if isinstance(found, list) else ()):
        if isinstance(row, Mapping):
            yield at, row


def more_by_sex(values: Values, _context: Context) -> Problem | None:
    """Women and men together are more than all."""
    every, women, men = (_number(values, name) for name in ("attendances", "women", "men"))
    if every is not None and (women or 0) + (men or 0) > every:
        return _warning("attendances", "more_by_sex", N_("Women and men together are more than all attendances."))
    return None


def more_minors(values: Values, _context: Context) -> Problem | None:
    """Minors are more than all."""
    every, minors = _number(values, "attendances"), _number(values, "minors")
    if every is not None and minors is not None and minors > every:
        return _warning("minors", "more_minors", N_("There are more minors than attendances in all."))
    return None


def parts_without_whole(values: Values, _context: Context) -> Problem | None:
    """Only ``attendances`` is counted: its parts alone would not be."""
    parts = ("women", "men", "minors")
    if "attendances" not in values and any(_number(values, name) for name in parts):
        message = N_("The number of all attendances is missing: figures count that one.")
        return _warning("attendances", "parts_without_whole", message)
    return None


def more_by_agency(values: Values, _context: Context) -> Problem | None:
    """The participants of the organisations are more than all."""
    every = _number(values, "attendances")
    named = sum(_number(row, "participants") or 0 for _at, row in _rows(values, "agencies"))
    if every is not None and named > every:
        message = N_("The participants of the organisations together are more than all attendances.")
        return _warning("attendances", "more_by_agency", message)
    return None


def crowded(values: Values, _context: Context) -> Problem | None:
    """A nought too many among the listeners."""
    every, sessions = _number(values, "attendances"), _number(values, "sessions") or 1
    if values.get("activity") in _AT_SESSIONS and every is not None and every > MOST_AT_ONE_SESSION * sessions:
        message = N_("More than {most} at each session are unusual. Please check both numbers.")
        return _warning("attendances", "crowded", message, {"most": MOST_AT_ONE_SESSION})
    return None


def no_number(values: Values, context: Context) -> Problem | None:
    """Said once, to who records it. It is no doubt about a record that came in a bundle."""
    kind = values.get("activity")
    if context.imported or not isinstance(kind, str) or kind == HOTLINE:
        return None
    asked = numbers_of(kind)
    if set(asked) <= {"sessions"} or any(name in values for name in asked):
        return None
    return _warning(asked[0], "no_number", N_("No number is given: it counts as one event."))


def _days(values: Values, first: str, last: str) -> tuple[partial.Bounds | None, partial.Bounds | None]:
    begins = partial.bounds(values.get(first))
    return begins, partial.bounds(values.get(last)) or begins


def stop_outside(values: Values, _context: Context) -> Problem | None:
    """A stop lies surely before the first day or after the last, or ends before it begins."""
    begins, ends = _days(values, "on", "until")
    for at, row in _rows(values, "places"):
        came, went = _days(row, "from", "until")
        if came and went and went[1] < came[0]:
            return _warning(f"places[{at}].until", "until_before_on", N_("The end lies before the beginning."))
        if begins and came and came[1] < begins[0]:
            return _warning(f"places[{at}].from", "stop_before", N_("This lies before the activity began."))
        if "until" in values and ends and went and went[0] > ends[1]:
            name = "until" if "until" in row else "from"
            return _warning(f"places[{at}].{name}", "stop_after", N_("This lies after the activity ended."))
    return None


def more_visitors(values: Values, _context: Context) -> Problem | None:
    """The visitors of the stops are more than all."""
    kind, every = values.get("activity"), _number(values, "attendances")
    seen = sum(_number(row, "visitors") or 0 for _at, row in _rows(values, "places"))
    measured = isinstance(kind, str) and "places" in measures_of(kind)
    if measured and every is not None and seen > every:
        message = N_("The visitors of the places together are more than all attendances.")
        return _warning("attendances", "more_visitors", message)
    return None


def call_on_another_day(values: Values, _context: Context) -> Problem | None:
    """The moment of a call lies surely outside its day."""
    call, on = values.get("call_at"), partial.bounds(values.get("on"))
    when = partial.bounds(call[:10]) if isinstance(call, str) else None
    if when and on and not on[0] <= when[0] <= on[1]:
        return _warning("call_at", "call_on_another_day", N_("The call was on another day than the date says."))
    return None


RULES: Final = (
    ends_before_it_begins,
    more_by_sex,
    more_minors,
    parts_without_whole,
    more_by_agency,
    crowded,
    no_number,
    stop_outside,
    more_visitors,
    call_on_another_day,
)
