"""Periods of whole months: which are told to whom, which lie in which. Months are text, ``2026-03``."""

from __future__ import annotations

import re
from typing import Final

_SPAN: Final = re.compile(r"(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])))?")
NO_END: Final = "9999-12"


def span(dimension: str, key: str) -> tuple[str, str] | None:
    """First and last month of a key of an axis of time; None for other axes and for a time that is not known."""
    match = _SPAN.fullmatch(key) if dimension in TIMES else None
    if match is None:
        return None
    year, month, quarter, half = match.groups()
    if month:
        return key, key
    size = 3 if quarter else 6 if half else 12
    start = (int(quarter or half or 1) - 1) * size + 1
    return f"{year}-{start:02}", f"{year}-{start + size - 1:02}"


TIMES: Final = ("month", "quarter", "half_year", "year")


def lies_in(inner: tuple[str, str], outer: tuple[str, str]) -> bool:
    """Whether the one period lies in the other and is not the whole of it. An empty month is no bound."""
    return inner != outer and outer[0] <= inner[0] and (inner[1] or NO_END) <= (outer[1] or NO_END)


def meet(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether they share a month."""
    return one[0] <= (other[1] or NO_END) and other[0] <= (one[1] or NO_END)


def number(month: str) -> int:
    """Months counted from the year 0."""
    return int(month[:4]) * 12 + int(month[5:7])


def in_steps_of(first: str, last: str, step: int) -> bool:
    """Whether a period begins and ends where a part of the year of ``step`` months does.

    From one to the other it is one such part, or parts that begin the year or end it, or whole years: so that of two
    periods one lies in the other or they share nothing, but for several years in one.
    """
    if not last or not _whole(last):
        return False
    if (int(last[5:7])) % step:
        return False
    if not first:
        return True
    if not _whole(first) or first > last or (int(first[5:7]) - 1) % step:
        return False
    length = number(last) - number(first) + 1
    return length == step or (length == 6 and int(first[5:7]) in (1, 7)) or (length % 12 == 0 and first[5:7] == "01")


def _whole(month: str) -> bool:
    match = _SPAN.fullmatch(month)
    return match is not None and match[2] is not None
