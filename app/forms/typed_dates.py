"""Dates as people type them, in three languages: ``0903``, ``09.03``, ``09.03.26``, ``март 2026``, ``учора``.

Day comes before month. What could be read as a day or as a year is read as the year (``2003``: type ``20.03``
for the day), so that no day is ever made up. None means "not understood": the form keeps what was typed and asks.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Final

from app.forms import partial

_DAYS_AGO: Final[Mapping[str, int]] = {
    "сегодня": 0, "сёння": 0, "сення": 0, "today": 0,
    "вчера": 1, "учора": 1, "ўчора": 1, "yesterday": 1,
    "позавчера": 2, "пазаўчора": 2, "заўчора": 2,
    "завтра": -1, "заўтра": -1, "tomorrow": -1,
}  # fmt: skip
# How month names begin in ru, be and en; the longer beginnings first where one holds another.
_MONTH_STEMS: Final[tuple[tuple[int, tuple[str, ...]], ...]] = (
    (1, ("янв", "студз", "jan")),
    (2, ("фев", "лют", "feb")),
    (3, ("мар", "сак", "mar")),
    (4, ("апр", "крас", "apr")),
    (5, ("май", "мая", "мае", "may")),
    (6, ("июн", "чэрв", "jun")),
    (7, ("июл", "ліп", "jul")),
    (8, ("авг", "жні", "aug")),
    (9, ("сен", "вер", "sep")),
    (10, ("окт", "кас", "oct")),
    (11, ("ноя", "ліс", "nov")),
    (12, ("дек", "сне", "dec")),
)
_ESTIMATE: Final = re.compile(
    r"(?:~|ок\.?|около|прыкладна|каля|about|aged?)?\s*([0-9]{1,3})\s*"
    r"(?:лет|год|года|гадоў|гады|years?(?: old)?|y\.?o\.?)?"
)
_HALF_YEAR: Final = 183


def parse(text: str, today: dt.date, *, birth: bool = False) -> str | None:
    """The partial date that ``text`` means on ``today``, in canonical form, or None.

    A two-digit year is of the last hundred years for a birth, else at most ten years ahead. A day without a year
    is of this year, or of the last one where it would lie more than half a year ahead (December, typed in January).
    """
    text = " ".join(text.lower().split()).rstrip(".")
    text = re.sub(r"(?<=[0-9])\s*(?:г|года?)$", "", text).strip()
    if partial.is_partial(text):
        return text
    if text in _DAYS_AGO:
        return (today - dt.timedelta(days=_DAYS_AGO[text])).isoformat()
    if re.fullmatch(r"[0-9]+", text, re.ASCII):
        return _digits(text, today, birth)
    if re.search(r"[^\W\d_]", text):
        return _with_month_name(text, today, birth)
    parts = re.split(r"\s*[./\-\s]\s*", text)
    return _parts(parts, today, birth) if all(re.fullmatch(r"[0-9]+", p, re.ASCII) for p in parts) else None


def parse_birth(text: str, today: dt.date) -> str | dict[str, object] | None:
    """A birth: a partial date, or an age ("30 лет", "~30") estimated today."""
    found = parse(text, today, birth=True)
    if found is not None:
        return found
    match = _ESTIMATE.fullmatch(" ".join(text.lower().split()))
    if match is None or int(match[1]) > partial.OLDEST:
        return None
    return {"age": int(match[1]), "on": today.isoformat()}


def _digits(text: str, today: dt.date, birth: bool) -> str | None:
    """Digits without a sign between them: YYYY, DDMM, DDMMYY, MMYYYY, DDMMYYYY or YYYYMMDD."""
    cut = {
        4: (text,) if "1900" <= text <= "2099" else (text[:2], text[2:]),
        6: (text[:2], text[2:4], text[4:]),
        8: (text[:2], text[2:4], text[4:]),
    }.get(len(text))
    if cut is None:
        return None
    found = _parts(list(cut), today, birth)
    if found is None and len(text) == 6:
        return _parts([text[:2], text[2:]], today, birth)
    if found is None and len(text) == 8:
        return partial.compose(int(text[:4]), int(text[4:6]), int(text[6:]))
    return found


def _parts(parts: list[str], today: dt.date, birth: bool) -> str | None:
    """Numbers in writing order: ``YYYY``, ``DD MM``, ``MM YYYY``, ``DD MM YY(YY)`` or ``YYYY MM (DD)``."""
    numbers = [int(part) for part in parts]
    match [len(part) for part in parts]:
        case [1 | 2, 1 | 2] if not birth:
            return _this_year(numbers[1], numbers[0], today)
        case [1 | 2, 1 | 2, 2 | 4]:
            return partial.compose(_full_year(parts[2], today, birth), numbers[1], numbers[0])
        case [1 | 2, 4]:
            return partial.compose(numbers[1], numbers[0])
        case [4] | [4, 1 | 2] | [4, 1 | 2, 1 | 2]:
            return partial.compose(*numbers)
        case _:
            return None


def _with_month_name(text: str, today: dt.date, birth: bool) -> str | None:
    """``9 марта 2026``, ``9 сакавіка``, ``March 2026``."""
    match = re.fullmatch(r"(?:([0-9]{1,2})\s*)?([^\W\d_]+)\.?(?:\s*([0-9]{4}|[0-9]{2}))?", text)
    if match is None:
        return None
    month = next((m for m, stems in _MONTH_STEMS if match[2].startswith(stems)), None)
    if month is None:
        return None
    if match[3] is None:
        return _this_year(month, int(match[1]), today) if match[1] and not birth else None
    return partial.compose(_full_year(match[3], today, birth), month, int(match[1]) if match[1] else None)


def _full_year(text: str, today: dt.date, birth: bool) -> int:
    if len(text) == 4:
        return int(text)
    latest = today.year if birth else today.year + 10
    return latest - (latest - int(text)) % 100


def _this_year(month: int, day: int, today: dt.date) -> str | None:
    found = partial.compose(today.year, month, day)
    exact = partial.day(found)
    if exact is not None and (exact - today).days > _HALF_YEAR:
        return partial.compose(today.year - 1, month, day)
    return found
