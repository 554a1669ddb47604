"""One value at a time: is it of its field's kind, and what is its canonical form?

Accepts what an editor hands over as well as what a person types (``09.03``, ``36,6``, ``1 234,56``). Reading a
canonical value gives it back unchanged: that is how imported values are told from others.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from app import codelists
from app.forms import money, partial, typed_dates
from app.forms.spec import Field, Kind, Values
from app.forms.text import clean, clean_line

# A row of a bundle holds at most 1 MiB; and nobody reads a longer note.
LONGEST_LINE: Final = 500
LONGEST_TEXT: Final = 20_000
# Records hold whole numbers from 0 to this (bundle format, section 3): no question has a negative answer.
_LARGEST: Final = 2**40
_WHOLE_DAY: Final = len("2026-03-09")
_DECIMAL: Final = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,12})?")


class Unreadable(Exception):
    """The value is not of its field's kind; ``code`` is that of the finding."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read(field: Field, value: object, others: Values, today: dt.date) -> Any:
    """``value`` in canonical form; raises Unreadable. ``others`` holds the currency of a sum. Not for ROWS."""
    if field.kind is Kind.MONEY:
        return _money(value, others.get(field.currency_field))
    return _READERS[field.kind](field, value, today)


def _text(field: Field, value: object, _today: dt.date) -> str:
    if not isinstance(value, str):
        raise Unreadable("not_text")
    text = clean(value) if field.kind is Kind.LONG else clean_line(value)
    if len(text) > (LONGEST_TEXT if field.kind is Kind.LONG else LONGEST_LINE):
        raise Unreadable("too_long")
    return text


def _code(_field: Field, value: object, _today: dt.date) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_LINE:
        raise Unreadable("not_a_code")
    return clean_line(value)


def _codes(field: Field, value: object, today: dt.date) -> list[str]:
    if not isinstance(value, list | tuple):
        raise Unreadable("not_a_code")
    codes = [_code(field, item, today) for item in value]
    return codelists.get(field.codes).in_order([code for code in codes if code])


def _date(_field: Field, value: object, today: dt.date) -> str:
    found = typed_dates.parse(value, today) if isinstance(value, str) else None
    if found is None:
        raise Unreadable("not_a_date")
    return found


def _birth(_field: Field, value: object, today: dt.date) -> object:
    if isinstance(value, Mapping) and partial.is_estimate(value):
        return {"age": value["age"], "on": value["on"]}
    found = typed_dates.parse_birth(value, today) if isinstance(value, str) else None
    if found is None:
        raise Unreadable("not_a_date")
    return found


def _time(_field: Field, value: object, today: dt.date) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if len(typed_dates.parse(text, today) or "") == _WHOLE_DAY:
        raise Unreadable("no_time")
    match = re.fullmatch(r"(.+?)[T\s]+([0-9]{1,2})[:.]([0-9]{2})", text)
    found = typed_dates.parse(match[1], today) if match else None
    if match is None or found is None or len(found) != _WHOLE_DAY or int(match[2]) > 23 or int(match[3]) > 59:
        raise Unreadable("not_a_time")
    return f"{found}T{int(match[2]):02}:{match[3]}"


def _integer(_field: Field, value: object, _today: dt.date) -> int:
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,15}", value.strip(), re.ASCII):
        value = int(value)
    if type(value) is not int or not 0 <= value <= _LARGEST:
        raise Unreadable("not_a_number")
    return value


def _decimal(_field: Field, value: object, _today: dt.date) -> str:
    if type(value) is int:
        value = str(value)
    text = re.sub(r"\s", "", value).replace(",", ".") if isinstance(value, str) else ""
    if not _DECIMAL.fullmatch(text):
        raise Unreadable("not_a_number")
    plain = f"{Decimal(text):f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain == "-0" else plain


def _money(value: object, currency: object) -> int:
    if isinstance(value, str):
        value = money.parse(value, currency) if isinstance(currency, str) else None
    if type(value) is not int or not 0 <= value <= money.LARGEST:
        raise Unreadable("not_a_sum")
    return value


def _yesno(_field: Field, value: object, _today: dt.date) -> str:
    if not isinstance(value, str) or value not in codelists.get("yesno"):
        raise Unreadable("not_an_answer")
    return value


def _reference(_field: Field, value: object, _today: dt.date) -> str:
    found = _reference_text(str(value))
    if not found:
        raise Unreadable("not_a_reference")
    return found


@lru_cache(maxsize=4096)
def _reference_text(text: str) -> str:
    """The canonical text of a UUID, or "". Kept for a while: many records name the same person and case."""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return ""


_READERS: Final[Mapping[Kind, Callable[[Field, object, dt.date], Any]]] = {
    Kind.TEXT: _text,
    Kind.LONG: _text,
    Kind.CODE: _code,
    Kind.CODES: _codes,
    Kind.DATE: _date,
    Kind.BIRTH: _birth,
    Kind.TIME: _time,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.YESNO: _yesno,
    Kind.REF: _reference,
}
