"""Forms as the desk asks them: without what the program knows itself, with units and editors that fit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from app import codelists
from app.forms.spec import Field, Form, Kind, Leaves, Problem, Section, Values
from app.forms.validate import Context, validate
from app.ui.forms.code_choices import code_choices
from app.ui.forms.context import Choice, FormContext
from app.ui.forms.editors import Editors
from app.ui.forms.form_view import FormView
from app.ui.forms.marks import Live
from app.ui.records.grant_editor import GrantEditor
from app.usecases.drafts import Drafts as Drafts  # noqa: PLC0414 - screens of forms find it here

_SILENT: Final = frozenset({"hidden", "derived"})
_PARENTS: Final = {"raion": "oblast"}


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


def for_service(form: Form, code: str, hints: Mapping[str, str] | None = None, *, many: bool = False) -> Form:
    """A service's form once its kind is chosen: the quantity gets its unit, the grant its own editor.

    ``hints`` are words below fields, already in the language chosen now. For several people at once (``many``) the
    questions that each would answer for herself are left out: nothing is said of eight people by one press.
    """
    unit = codelists.get("services").column(code, "unit")
    words = hints or {}

    def fitted(field: Field) -> Field:
        if field.special == "quantity" and unit:
            return replace(field, unit=codelists.get("units").label(unit))
        if field.ref == "grant":
            return replace(field, special="grant")
        return replace(field, hint=words[field.name]) if words.get(field.name) else field

    plain = asked(form, without={"service"})
    sections: list[Section] = [
        replace(section, fields=tuple(fitted(field) for field in section.fields)) for section in plain.sections
    ]
    what, where, *details, after = sections
    if many:
        details = [] if form.name == "medical" else _of_all(details)
    # One's own words come first, and where and by whom, which is filled in already, last.
    after = replace(after, fields=tuple(sorted(after.fields, key=lambda field: field.kind is not Kind.LONG)))
    middle = (*details, after) if form.name in _STARTS else (after, *details)
    return replace(plain, sections=(what, *middle, where))


def _of_all(sections: Sequence[Section]) -> list[Section]:
    """The questions whose answer may be the same for all: no measurement, no yes or no, nothing sensitive."""
    own = {Kind.INTEGER, Kind.DECIMAL, Kind.YESNO, Kind.MONEY}
    kept = [
        replace(
            section,
            fields=tuple(one for one in section.fields if one.kind not in own and one.leaves is not Leaves.NEVER),
        )
        for section in sections
    ]
    return [section for section in kept if section.fields]


_STARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "medical": ("presenting_complaint",),
    "legal": ("legal_matter",),
    "psychological": ("session_number", "session_format"),
    "grant_payment": ("amount",),
    "journey": ("from_country",),
    "course": ("course",),
}


def starts_at(form: Form) -> tuple[str, ...]:
    """The fields at one of which the hand begins: what is asked of this kind of help and not filled in already."""
    return (*_STARTS.get(form.name, ()), "quantity", "note")


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
    *,
    refs: Callable[[str, str], Sequence[Choice]] = no_refs,
    live: Live | None = None,
) -> FormView:
    """The form on screen. ``live`` looks the values over while they are typed; usually the form's own check does."""
    context = FormContext(choices=code_choices, refs=refs, today=today)
    editors = Editors(specials={"grant": lambda field, given: GrantEditor(field, given, grants)}, filter_by=_PARENTS)
    return FormView(
        form, context, values, check=unchecked, editors=editors, live=live or partial(look_over, form, today)
    )


def look_over(form: Form, today: Callable[[], dt.date], values: Values) -> Sequence[Problem]:
    """What the form alone finds odd in ``values``."""
    return validate(form, values, Context(today=today())).problems
