"""Forms as the desk asks them: without what the program knows itself, with units and editors that fit."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from app import codelists
from app.forms.spec import Field, Form, Problem, Section, Values
from app.ui.forms.code_choices import code_choices
from app.ui.forms.context import Choice, FormContext
from app.ui.forms.editors import Editors
from app.ui.forms.form_view import FormView
from app.ui.records.grant_editor import GrantEditor

_SILENT: Final = frozenset({"hidden", "derived"})
_PARENTS: Final = {"raion": "oblast"}

Drafts = dict[str, Mapping[str, object]]
"""What was typed but not saved, by the form it belongs to. Bootstrap keeps it in the store at lock."""


def asked(form: Form, without: Collection[str] = ()) -> Form:
    """``form`` without the fields that are never asked, and without the names in ``without``.

    The values of left-out fields are kept by the form on screen and answered again.
    """
    sections = []
    for section in form.sections:
        fields = tuple(one for one in section.fields if one.special not in _SILENT and one.name not in without)
        if fields:
            sections.append(replace(section, fields=fields))
    return replace(form, sections=tuple(sections))


def for_service(form: Form, code: str, grant_hint: str = "") -> Form:
    """A service's form once its kind is chosen: the quantity gets its unit, the grant its own editor."""
    unit = codelists.get("services").column(code, "unit")

    def fitted(field: Field) -> Field:
        if field.special == "quantity" and unit:
            return replace(field, unit=codelists.get("units").label(unit))
        if field.ref == "grant":
            return replace(field, special="grant")
        if field.name == "amount" and grant_hint:
            return replace(field, hint=grant_hint)
        return field

    plain = asked(form, without={"service"})
    sections: list[Section] = [
        replace(section, fields=tuple(fitted(field) for field in section.fields)) for section in plain.sections
    ]
    what, where, *details, after = sections
    # Where and by whom is filled in already: it comes after what is asked of this kind of help.
    return replace(plain, sections=(what, *details, where, after))


def unchecked(values: Values) -> tuple[Values, Sequence[Problem]]:
    """The use case checks at the save, with what it knows of the person; the form on screen need not."""
    return values, ()


def no_refs(kind: str, typed: str) -> Sequence[Choice]:
    """For forms that refer to nothing."""
    return ()


def make_view(
    form: Form,
    values: Values,
    today: Callable[[], dt.date],
    grants: Sequence[Choice] = (),
) -> FormView:
    """The form on screen."""
    context = FormContext(choices=code_choices, refs=no_refs, today=today)
    editors = Editors(specials={"grant": lambda field, given: GrantEditor(field, given, grants)}, filter_by=_PARENTS)
    return FormView(form, context, values, check=unchecked, editors=editors)


def record_id(value: object) -> uuid.UUID | None:
    """An id that came through a route."""
    return value if isinstance(value, uuid.UUID) else None
