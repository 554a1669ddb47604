"""Dates as sheets have them: typed in many ways, or as the number of a day. Never a made-up day.

The order of day and month is one for a whole sheet. A day without a year, and words such as "yesterday", say
nothing in a register: they are not understood.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Final

from app.forms import partial, typed_dates
from app.i18n import N_
from app.sheets.table import Words

_SERIAL: Final = range(3_654, 73_051)
"""Days that stand as numbers: from 1910 to 2099."""
_NUMBERS: Final = re.compile(r"([0-9]{1,2})\s*[./\-\s]\s*([0-9]{1,2})\s*[./\-\s]\s*([0-9]{4}|[0-9]{2})")
_TIME: Final = re.compile(r"(?<=[0-9])[T\s]+[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?Z?$")
_AGE: Final = re.compile(
    r"(?:~|ок\.?|около|прыкладна|каля|about|aged?)?\s*([0-9]{1,3})\s*"
    r"(?:лет|год|года|гадоў|гады|полных лет|years?(?: old)?|y\.?o\.?|л\.?)?\.?"
)

AS_NUMBER: Final = N_("{text} was read as the number of a day: {date}.")
AS_AGE: Final = N_("{text} was read as an age.")
FIRST_OF_JANUARY: Final = N_("1 January: perhaps only the year is known. It is kept as it stands.")
TWO_DIGITS: Final = N_("The year {text} was read as {year}.")


def read_date(
    text: str, today: dt.date, *, birth: bool = False, month_first: bool = False, base_1904: bool = False
) -> tuple[str | None, list[Words]]:
    """The partial date that ``text`` means, or None, and what is to be told of the reading."""
    text = _TIME.sub("", text.strip())
    text = re.sub(r"(?<=[0-9])\s*(?:г\.?\s*р|г|года?\s*рожд\w*|н)\.?$", "", text.lower()).strip()
    if re.fullmatch("[0-9]{5}", text) and int(text) in _SERIAL:
        day = dt.date(1904, 1, 1) if base_1904 else dt.date(1899, 12, 30)
        date = (day + dt.timedelta(days=int(text))).isoformat()
        return date, [Words(AS_NUMBER, {"text": text, "date": partial.display(date, "en")})]
    told: list[Words] = []
    if match := _NUMBERS.fullmatch(text):
        if month_first:
            text = f"{match[2]}.{match[1]}.{match[3]}"
    elif not re.search("[0-9]{4}", text) and not re.search(r"[^\W\d_]+\.?\s*'?[0-9]{2}$", text):
        # "09.03", "вчера", "9 марта": which year?
        return None, told
    found = typed_dates.parse(text, today, birth=birth)
    if found and match and len(match[3]) == 2:
        told.append(Words(TWO_DIGITS, {"text": match[3], "year": found[:4]}))
    if found and birth and found.endswith("-01-01"):
        told.append(Words(FIRST_OF_JANUARY))
    return found, told


def read_birth(
    text: str, today: dt.date, ages_on: dt.date, *, month_first: bool = False, base_1904: bool = False
) -> tuple[object | None, list[Words]]:
    """A birth: a date, a year, or an age as it was on ``ages_on``."""
    found, told = read_date(text, today, birth=True, month_first=month_first, base_1904=base_1904)
    if found is not None:
        return found, told
    age = read_age(text, ages_on)
    return age, [Words(AS_AGE, {"text": text})] if age else []


def read_age(text: str, ages_on: dt.date) -> dict[str, object] | None:
    """An age, estimated on ``ages_on``; None where the text is none."""
    match = _AGE.fullmatch(" ".join(text.lower().split()))
    if match is None or int(match[1]) > partial.OLDEST:
        return None
    return {"age": int(match[1]), "on": ages_on.isoformat()}


def is_month_first(texts: Iterable[str]) -> bool:
    """Does what stands in these cells only make sense with the month before the day?"""
    pairs = [(int(m[1]), int(m[2])) for text in texts if (m := _NUMBERS.fullmatch(_TIME.sub("", text.strip())))]
    return any(second > 12 for _first, second in pairs) and not any(first > 12 for first, _second in pairs)
