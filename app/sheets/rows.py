"""One row of a register as values of our forms, and what is wrong or to be told, in words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from app.forms import money, personal_number
from app.forms.names import fold
from app.forms.spec import Field, Kind
from app.forms.text import clean_line
from app.i18n import N_
from app.sheets import codes, dates, letters
from app.sheets.mapping import Columns
from app.sheets.names import NAME_PARTS, split_name
from app.sheets.table import Odd, Sheet, Words
from app.sheets.targets import (
    AGE,
    AMOUNT,
    BY_KEY,
    CONSENT_ON,
    CURRENCY,
    FULL_NAME,
    NUMBER,
    codes_of,
    plain_title,
)

_TOTALS: Final = re.compile(r"^(?:итого|итоги|всего|усяго|разам|вынікі?|total|sum|subtotal|grand total)\b")
_LOOK_ALIKES: Final = N_("Latin letters in a Cyrillic word (or the reverse) were mended: {text}.")
_MIXED: Final = N_("Latin and Cyrillic letters stand in one word: {text}. Please look at it.")
_UNKNOWN: Final = N_("“{text}” is not in our list. Say in the step before what it means.")
_NO_DATE: Final = N_("“{text}” is not a date with a year.")
_NO_AGE: Final = N_("“{text}” is not an age.")
_FORMULA: Final = N_(
    "A formula without a stored result. Open the file in the program that made it, save it, and try again."
)
_ERROR: Final = N_("An error of the sheet (such as #REF!) stands here. Mend it in the sheet.")
_NO_ONE: Final = N_("Neither a name nor a number says who this is.")
_HELP_UNNAMED: Final = N_("There is a date or a sum, but the kind of help is missing.")
_NO_SUM: Final = N_("“{text}” is not a sum of money.")
_CURRENCY_LETTERS: Final = re.compile(r"[^\d\s.,'’]+[^\d]*$|^[^\d\s.,'’]+")


class Weight(StrEnum):
    """How much a remark weighs. With an ``ERROR`` a row cannot be taken in."""

    ERROR = "error"
    WARNING = "warning"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a row; ``key`` is the place it is about, or ""."""

    key: str
    weight: Weight
    words: Words


@dataclass(slots=True)
class SheetRow:
    """What one row says. ``number`` is its number in the sheet, from 1."""

    number: int
    own_number: str = ""
    names: list[dict[str, str]] = field(default_factory=list)
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By kind of record (person, identity, case, service): values for its form, raw where the form reads them."""
    consents: dict[str, str] = field(default_factory=dict)
    """State by scope."""
    consent_on: str = ""
    amount: tuple[int, str] | None = None
    remarks: list[Remark] = field(default_factory=list)

    @property
    def has_error(self) -> bool:
        """Can it not be taken in?"""
        return any(one.weight is Weight.ERROR for one in self.remarks)

    def error(self, key: str, message: str, **values: object) -> None:
        """Note what forbids taking the row in."""
        self.remarks.append(Remark(key, Weight.ERROR, Words(message, values)))

    def tell(self, key: str, words: list[Words], weight: Weight = Weight.TOLD) -> None:
        """Note what should be known."""
        self.remarks += [Remark(key, weight, one) for one in words]


@dataclass(frozen=True, slots=True)
class Skipped:
    """Rows that are none: totals, repeated headings."""

    totals: int
    headings: int


Reader = Callable[[Sheet, Columns, dt.date], tuple[list[SheetRow], Skipped]]
"""Makes rows of a sheet; ``read_rows`` does so by columns that a person has chosen."""


def read_rows(sheet: Sheet, columns: Columns, today: dt.date) -> tuple[list[SheetRow], Skipped]:
    """All rows below the headings that say something."""
    head = sheet.rows[columns.head] if columns.head < len(sheet.rows) else ()
    found: list[SheetRow] = []
    totals = headings = 0
    for at in range(columns.head + 1, len(sheet.rows)):
        cells = sheet.rows[at]
        if not any(cells[column] or (at, column) in sheet.odd for column in columns.taken if column < len(cells)):
            continue
        if cells == head or _is_numbering(cells):
            headings += 1
        elif _is_total(cells):
            totals += 1
        else:
            found.append(read_row(sheet, at, columns, today))
    return found, Skipped(totals, headings)


def read_row(sheet: Sheet, at: int, columns: Columns, today: dt.date) -> SheetRow:
    """One row."""
    row = SheetRow(at + 1)
    cells: dict[str, str] = {}
    for column, key in columns.taken.items():
        if trouble := sheet.odd.get((at, column)):
            row.error(key, _FORMULA if trouble is Odd.FORMULA else _ERROR)
        elif text := sheet.rows[at][column] if column < len(sheet.rows[at]) else "":
            cells[key] = text
    row.own_number = fold(cells.get(NUMBER, "")).removesuffix(".")
    _names(row, cells)
    for key, text in cells.items():
        target = BY_KEY[key]
        if target.field is not None:
            kind, _, name = key.partition(".")
            value = _value(row, key, target.field, text, columns, today, sheet.base_1904, cells)
            if value not in (None, "", []):
                row.parts.setdefault(kind, {})[name] = value
    _age(row, cells, columns)
    _consents(row, cells, columns, today)
    _sum(row, cells, columns)
    if not row.names and not row.own_number and not row.parts.get("identity", {}).get("personal_number"):
        row.error("", _NO_ONE)
    if row.parts.get("service") and "service" not in row.parts["service"] and not row.has_error:
        row.error("service.service", _HELP_UNNAMED)
    return row


def unknown_words(sheet: Sheet, columns: Columns) -> Iterator[tuple[str, str, int]]:
    """Words in columns of codes that mean nothing yet, or that a person has answered: place, word, how often."""
    for column, key in sorted(columns.taken.items()):
        if not (name := codes_of(key)):
            continue
        counted: dict[str, int] = {}
        for cells in sheet.rows[columns.head + 1 :]:
            if column < len(cells) and cells[column] and not _is_total(cells):
                counted[cells[column]] = counted.get(cells[column], 0) + 1
        yield from (
            (key, text, count)
            for text, count in counted.items()
            if columns.meant(key, text) is not None or not _is_known(name, key, text)
        )


def _is_known(name: str, key: str, text: str) -> bool:
    field_ = BY_KEY[key].field
    if field_ is not None and field_.kind is Kind.CODES:
        return not codes.find_codes(name, text)[1]
    return codes.find_code(name, letters.mend(text)) is not None


def _names(row: SheetRow, cells: dict[str, str]) -> None:
    """The name in one cell or in several; look-alike letters are mended."""
    mended = {key: letters.mend(cells[key]) for key in (FULL_NAME, *NAME_PARTS) if key in cells}
    for key, text in mended.items():
        if text != cells[key]:
            row.tell(key, [Words(_LOOK_ALIKES, {"text": text})])
        if letters.is_mixed(text):
            row.tell(key, [Words(_MIXED, {"text": text})], Weight.WARNING)
    parts = {part: clean_line(mended[part]) for part in NAME_PARTS if mended.get(part)}
    if parts:
        row.names.append(parts)
    elif FULL_NAME in mended:
        row.names, told = split_name(clean_line(mended[FULL_NAME]))
        row.tell(FULL_NAME, told)


def _value(
    row: SheetRow,
    key: str,
    field_: Field,
    text: str,
    columns: Columns,
    today: dt.date,
    base_1904: bool,
    cells: dict[str, str],
) -> Any:
    match field_.kind:
        case Kind.CODE:
            under = codes.find_code("oblasts", cells.get("person.oblast", "")) if key == "person.raion" else ""
            return _code(row, key, field_.codes, letters.mend(text), columns, under or "")
        case Kind.CODES:
            return _several(row, key, field_.codes, text, columns)
        case Kind.BIRTH:
            value, told = dates.read_birth(
                text, today, columns.ages_on, month_first=columns.month_first, base_1904=base_1904
            )
        case Kind.DATE:
            value, told = dates.read_date(text, today, month_first=columns.month_first, base_1904=base_1904)
        case Kind.LONG | Kind.TEXT if field_.special == "personal_number":
            return personal_number.normalise(text)
        case _:
            return text
    if value is None:
        row.error(key, _NO_DATE, text=text)
    row.tell(key, told)
    return value


def _code(row: SheetRow, key: str, name: str, text: str, columns: Columns, under: str = "") -> str | None:
    if (meant := columns.meant(key, text)) is not None:
        return meant
    if (found := codes.find_code(name, text, under)) is None:
        row.error(key, _UNKNOWN, text=text)
    return found


def _several(row: SheetRow, key: str, name: str, text: str, columns: Columns) -> list[str]:
    if (meant := columns.meant(key, text)) is not None:
        return [meant] if meant else []
    found, unknown = codes.find_codes(name, text)
    if unknown:
        row.error(key, _UNKNOWN, text=text)
    return sorted(set(found))


def _age(row: SheetRow, cells: dict[str, str], columns: Columns) -> None:
    """An age counts only where no birth is known."""
    if not (text := cells.get(AGE)) or "birth" in row.parts.get("person", {}):
        return
    if (age := dates.read_age(text, columns.ages_on)) is None:
        row.error(AGE, _NO_AGE, text=text)
    else:
        row.parts.setdefault("person", {})["birth"] = age


def _consents(row: SheetRow, cells: dict[str, str], columns: Columns, today: dt.date) -> None:
    for key, text in cells.items():
        if key.startswith("consent."):
            state = _code(row, key, "consent_states", text, columns)
            if state and state != "not_asked":
                row.consents[key.removeprefix("consent.")] = state
    if written := cells.get(CONSENT_ON):
        day, told = dates.read_date(written, today, month_first=columns.month_first)
        row.tell(CONSENT_ON, told)
        row.consent_on = day or ""
        if day is None:
            row.error(CONSENT_ON, _NO_DATE, text=written)


def _sum(row: SheetRow, cells: dict[str, str], columns: Columns) -> None:
    """The sum, with the currency of its own column, of its own cell, or the usual one of the sheet."""
    if not (text := cells.get(AMOUNT)):
        return
    currency = columns.currency
    written = " ".join(_CURRENCY_LETTERS.findall(text)).strip()
    if CURRENCY in cells:
        currency = _code(row, CURRENCY, "currencies", cells[CURRENCY], columns) or currency
    elif written:
        currency = _code(row, CURRENCY, "currencies", written, columns) or currency
    amount = money.parse(_CURRENCY_LETTERS.sub("", text).strip(), currency)
    if amount is None:
        row.error(AMOUNT, _NO_SUM, text=text)
    elif amount:
        row.amount = amount, currency
        row.parts.setdefault("service", {})


def _is_total(cells: tuple[str, ...]) -> bool:
    first = next((cell for cell in cells if cell), "")
    return bool(_TOTALS.match(plain_title(first)))


def _is_numbering(cells: tuple[str, ...]) -> bool:
    """The row 1, 2, 3 … that stands below the headings of printed forms."""
    said = [cell for cell in cells if cell]
    return len(said) > 2 and said == [str(number) for number in range(1, len(said) + 1)]
