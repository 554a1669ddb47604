"""Checks of imported records, made ready once for each form: nearly every record is as it should be, and is told
so without walking through its form.

This only ever says "nothing is odd here". Whatever it does not know for certain it hands to the one validator,
which alone makes findings; a test holds the two against each other.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app import codelists
from app.forms import findings, partial
from app.forms.catalogue import all_forms, form_for_record
from app.forms.reading import LONGEST_LINE, LONGEST_TEXT, Unreadable, read
from app.forms.spec import Context, Field, Form, Kind, Problem, Timing, Values
from app.forms.text import clean_line
from app.forms.validate import validate

Finding = tuple[str, str]
"""The name of a field and the code of what was found."""

_Check = Callable[[object, Context], bool]
_UUID: Final = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def findings_of_imported(kind: str, values: Values, today: dt.date) -> tuple[Finding, ...]:
    """What is odd about the values of an imported record of this kind, in the order of its form."""
    form, context = form_for_record(kind, values), _context(today)
    known = _prepared().get(form.name)
    if known is not None and known.form is form and known.nothing_is_odd(values, context):
        return ()
    return tuple((problem.field, problem.code) for problem in validate(form, values, context).problems)


@lru_cache(maxsize=8)
def _context(today: dt.date) -> Context:
    return Context(today=today, imported=True)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """One form's checks: by name what makes a value sound, and what else must hold."""

    form: Form
    checks: Mapping[str, _Check]
    required: frozenset[str]
    constraints: tuple[tuple[str, Callable[[Values], Problem | None]], ...]

    def nothing_is_odd(self, values: Values, context: Context) -> bool:
        """Every value is one of its question's in canonical form, what is required is there, and no rule speaks.

        (A question that is required, or constrained, though it is not asked is left to the validator.)
        """
        if not _are_sound(self.checks, values, context) or not self.required <= values.keys():
            return False
        for name, constraint in self.constraints:
            if name in values and constraint(values) is not None:
                return False
        return all(rule(values, context) is None for rule in self.form.rules)


def _are_sound(checks: Mapping[str, _Check], values: Values, context: Context) -> bool:
    for name, value in values.items():
        check = checks.get(name)
        if check is None or not check(value, context):
            return False
    return True


def _prepared() -> Mapping[str, _Prepared]:
    """The checks of every form. They hold the codes of the lists, and are made anew when one has changed."""
    return _prepared_from(codelists.generation())


@lru_cache(maxsize=1)
def _prepared_from(_generation: int) -> Mapping[str, _Prepared]:
    return {form.name: _prepare(form) for form in all_forms()}


def _prepare(form: Form) -> _Prepared:
    return _Prepared(
        form=form,
        checks=_checks(form.fields),
        required=frozenset(field.name for field in form.fields if field.required),
        constraints=tuple((field.name, field.constraint) for field in form.fields if field.constraint),
    )


def _checks(fields: Iterable[Field]) -> dict[str, _Check]:
    return {field.name: _check_of(field) for field in fields}


def _check_of(field: Field) -> _Check:
    make = _MAKERS.get(field.kind)
    return make(field) if make else _read_back(field)


def _is_line(value: object, _context: Context) -> bool:
    return type(value) is str and 0 < len(value) <= LONGEST_LINE and _is_clean(value)


def _is_text(value: object, _context: Context) -> bool:
    """Of one line; one of several is read by the validator, which knows their ends."""
    return type(value) is str and 0 < len(value) <= LONGEST_TEXT and _is_clean(value)


def _is_clean(text: str) -> bool:
    """Printable text has no blank but the space, nothing invisible and no line end."""
    return (
        text.isprintable()
        and "  " not in text
        and text[0] != " " != text[-1]
        and (text.isascii() or unicodedata.is_normalized("NFC", text))
    )


def _one_of(field: Field) -> _Check:
    listed = codelists.get("yesno" if field.kind is Kind.YESNO else field.codes).codes
    codes = frozenset(code for code in listed if code and clean_line(code) == code)

    def is_one(value: object, _context: Context) -> bool:
        return type(value) is str and value in codes

    return is_one


def _some_of(field: Field) -> _Check:
    places = {
        code: number for number, code in enumerate(codelists.get(field.codes).codes) if clean_line(code) == code
    }

    def are_some(value: object, _context: Context) -> bool:
        """In the order of the list, each once: the validator also takes another order."""
        if type(value) is not list or not value:
            return False
        last = -1
        for code in value:
            place = places.get(code, -1) if type(code) is str else -1
            if place <= last:
                return False
            last = place
        return True

    return are_some


def _dated(field: Field) -> _Check:
    any_day = field.timing is Timing.FREE

    def is_date(value: object, context: Context) -> bool:
        found = partial.bounds_of_text(value) if type(value) is str else None
        return found is not None and (any_day or found[0] <= context.today)

    return is_date


def _is_reference(value: object, _context: Context) -> bool:
    """A UUID as it is always written: small letters and four hyphens."""
    return type(value) is str and _UUID.fullmatch(value) is not None


def _rows(field: Field) -> _Check:
    cells = _checks(field.row)

    def are_rows(value: object, context: Context) -> bool:
        return type(value) is list and all(type(row) is dict and _are_sound(cells, row, context) for row in value)

    return are_rows


def _read_back(field: Field) -> _Check:
    """For the rarer kinds: as the validator does it."""

    def is_sound(value: object, context: Context) -> bool:
        if value is None or type(value) not in (str, int):
            return False
        try:
            found = read(field, value, {}, context.today)
        except Unreadable:
            return False
        same = type(found) is type(value) and found == value and found != ""
        return same and not any(True for _ in findings.of_value(field, field.name, found, context))

    return is_sound


_MAKERS: Final[Mapping[Kind, Callable[[Field], _Check]]] = {
    Kind.TEXT: lambda _field: _is_line,
    Kind.LONG: lambda _field: _is_text,
    Kind.CODE: _one_of,
    Kind.YESNO: _one_of,
    Kind.CODES: _some_of,
    Kind.DATE: _dated,
    Kind.BIRTH: _dated,
    Kind.REF: lambda _field: _is_reference,
    Kind.ROWS: _rows,
}
