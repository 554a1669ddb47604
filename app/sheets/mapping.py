"""How the columns of a sheet are understood: guessed from the headings, corrected by a person, remembered."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app import codelists
from app.forms.names import fold
from app.sheets.dates import is_month_first
from app.sheets.table import Row, Sheet
from app.sheets.targets import BY_KEY, codes_of, plain_title, target_inside, target_of

_HEAD_AMONG: Final = 25
"""The headings stand among the first rows: above them there may be a title, a year, a stamp."""
_DATES: Final = frozenset({"person.birth", "case.opened_on", "case.closed_on", "service.on", "service.until"})


@dataclass(frozen=True, slots=True)
class Columns:
    """``taken`` says which column (from 0) goes where; the others are not taken in."""

    register: str
    """What people call this register: two with numbers of their own must not be taken for one."""
    head: int
    """The row with the headings, from 0."""
    taken: Mapping[int, str]
    values: Mapping[str, Mapping[str, str]]
    """By place: what a word of the sheet means as a code; "" means nothing is recorded."""
    month_first: bool
    ages_on: dt.date
    """The day on which ages in the sheet were right."""
    currency: str = "BYN"

    def column_of(self, key: str) -> int | None:
        """The column that goes to ``key``."""
        return next((column for column, found in self.taken.items() if found == key), None)

    def meant(self, key: str, text: str) -> str | None:
        """What a person said that a word means; None where she was not asked."""
        return self.values.get(key, {}).get(fold(text))

    def with_column(self, column: int, key: str) -> Columns:
        """Column ``column`` goes to ``key`` ("" for nowhere); one place has one column."""
        taken = {at: found for at, found in self.taken.items() if at != column and found != key}
        return dataclasses.replace(self, taken=taken | ({column: key} if key else {}))

    def with_value(self, key: str, text: str, code: str | None) -> Columns:
        """The word ``text`` means ``code``; None takes the answer back."""
        known = {word: found for word, found in self.values.get(key, {}).items() if word != fold(text)}
        if code is not None:
            known[fold(text)] = code
        return dataclasses.replace(self, values={**self.values, key: known})


def titles(sheet: Sheet, head: int) -> tuple[str, ...]:
    """The headings, each once: a second "Date" is "Date (2)"."""
    found: list[str] = []
    seen: dict[str, int] = {}
    for text in sheet.rows[head] if head < len(sheet.rows) else ():
        seen[text] = seen.get(text, 0) + 1
        found.append(text if seen[text] == 1 or not text else f"{text} ({seen[text]})")
    return tuple(found)


def find_head(sheet: Sheet) -> int:
    """The row of the headings: where most cells are known headings; else the first row with several words."""

    def known(row: Row) -> int:
        return len({key for cell in row if cell and (key := target_of(cell) or target_inside(cell))})

    first = sheet.rows[:_HEAD_AMONG]
    best = max(range(len(first)), key=lambda at: (known(first[at]), at), default=0)
    if first and known(first[best]) >= 2:
        return best
    wordy = (at for at, row in enumerate(first) if sum(bool(re.search(r"[^\W\d_]", cell)) for cell in row) > 1)
    return next(wordy, 0)


def guess(sheet: Sheet, today: dt.date, register: str = "", head: int | None = None) -> Columns:
    """What the headings say by themselves."""
    at = find_head(sheet) if head is None else head
    names = titles(sheet, at)
    taken: dict[int, str] = {}
    for find in (target_of, target_inside):
        for column, title in enumerate(names):
            if title and column not in taken and (key := find(title)) and key not in taken.values():
                taken[column] = key
    dates = (row[column] for row in sheet.rows[at + 1 :] for column, key in taken.items() if key in _DATES)
    return Columns(register or sheet.name, at, taken, {}, is_month_first(dates), today)


def head_digest(sheet: Sheet, head: int) -> str:
    """By it a sheet with the same headings is known again."""
    plain = "\x1f".join(plain_title(title) for title in titles(sheet, head))
    return hashlib.sha256(plain.encode()).hexdigest()


def to_document(columns: Columns, names: tuple[str, ...]) -> dict[str, Any]:
    """What is remembered, as plain values: columns by their headings."""
    return {
        "register": columns.register,
        "columns": {names[column]: key for column, key in columns.taken.items() if column < len(names)},
        "values": {key: dict(words) for key, words in columns.values.items() if words},
        "month_first": columns.month_first,
        "ages_on": columns.ages_on.isoformat(),
        "currency": columns.currency,
    }


def from_document(document: Mapping[str, Any], head: int, names: tuple[str, ...]) -> Columns:
    """What was remembered, for a sheet with these headings; places that no longer exist are passed over."""
    places = {title: key for title, key in document["columns"].items() if key in BY_KEY}
    values = {
        key: {word: code for word, code in words.items() if not code or code in codelists.get(codes_of(key))}
        for key, words in document["values"].items()
        if key in BY_KEY and codes_of(key)
    }
    return Columns(
        register=document["register"],
        head=head,
        taken={column: places[title] for column, title in enumerate(names) if title in places},
        values=values,
        month_first=document["month_first"],
        ages_on=dt.date.fromisoformat(document["ages_on"]),
        currency=document["currency"],
    )


def examples(sheet: Sheet, columns: Columns, column: int, most: int = 3) -> list[str]:
    """The first different values of a column, for the eye."""
    return _first(row[column] for row in sheet.rows[columns.head + 1 :])[:most]


def _first(texts: Iterable[str]) -> list[str]:
    found: dict[str, None] = {}
    for text in texts:
        if text:
            found[text] = None
        if len(found) > 5:
            break
    return list(found)
