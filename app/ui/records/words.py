"""Records in words, in the language chosen now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from app import codelists
from app.forms import money, partial
from app.forms.names import display_name
from app.forms.spec import Field, Form, Kind, Values
from app.i18n import N_, _, language, ngettext, translate

_YESNO = {"yes": N_("yes"), "no": N_("no"), "unknown": N_("not known"), "declined": N_("declined to answer")}


def coded(name: str, code: object) -> str:
    """The words for a code of the list ``name``; nothing for nothing."""
    return codelists.get(name).label(str(code)) if code else ""


def born(values: Values, today: dt.date) -> str:
    """``14.05.1994 (32 years)``, ``1994 (31 or 32 years)``, ``aged about 30 on 09.03.2026``; empty if not known."""
    birth = values.get("birth") or (str(values["birth_year"]) if values.get("birth_year") else None)
    if birth is None:
        return ""
    shown = partial.display(birth, language())
    if isinstance(birth, Mapping):
        return shown
    ages = partial.ages(birth, today)
    if ages is None:
        return shown
    low, high = ages
    years = str(low) if low == high else _("{low} or {high}").format(low=low, high=high)
    return ngettext("{born} ({years} year)", "{born} ({years} years)", high).format(born=shown, years=years)


def title_of(person: Values, identity: Values) -> str:
    """The code, and the name where one is known."""
    return " · ".join(part for part in (str(person.get("code", "")), display_name(identity)) if part)


def amount(minor: int, currency: str) -> str:
    """A sum with its currency."""
    return money.display(minor, currency, language())


def shown(form: Form, values: Values) -> list[tuple[str, str]]:
    """All answers of a record as (question, answer), in the order of the form; for reading."""
    return [
        (translate(field.label), answer(field, values[field.name], values))
        for field in form.fields
        if field.name in values and field.special not in {"hidden", "derived"}
    ]


def answer(field: Field, value: Any, values: Values) -> str:  # Any: a plain JSON value of any kind
    """One answer in words; ``values`` gives a sum its currency."""
    if field.kind is Kind.CODE:
        text = coded(field.codes, value)
    elif field.kind is Kind.CODES and isinstance(value, list):
        text = ", ".join(coded(field.codes, code) for code in value)
    elif field.kind in (Kind.DATE, Kind.BIRTH):
        text = partial.display(value, language())
    elif field.kind is Kind.MONEY and isinstance(value, int):
        text = amount(value, str(values.get(field.currency_field, "")))
    elif field.kind is Kind.YESNO:
        text = _(_YESNO.get(str(value), str(value)))
    elif field.kind is Kind.ROWS and isinstance(value, list):
        text = "\n".join(_row(field, row) for row in value if isinstance(row, Mapping))
    else:
        text = str(value)
    return f"{text} {translate(field.unit)}".strip()


def _row(field: Field, row: Values) -> str:
    return ", ".join(answer(cell, row[cell.name], row) for cell in field.row if cell.name in row)
