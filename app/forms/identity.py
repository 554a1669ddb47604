"""Identity: who the person is by name and document, and how to reach her safely.

Leaves: everything only with the person's consent (data model, "Identity"). The safe contact is shown before any
contact, so what is *forbidden* stands in its own field.
"""

from __future__ import annotations

from app.forms import personal_number
from app.forms.spec import Field, Form, Kind, Leaves, Problem, Section, Severity, Values
from app.i18n import N_

_ID = Leaves.IDENTIFIED


def _personal_number(values: Values) -> Problem | None:
    """Warns, for a slip of the pen in a document is still what the document says."""
    number = values.get("personal_number")
    if not isinstance(number, str) or personal_number.is_valid(number):
        return None
    message = N_("The personal number does not check: 14 characters, the last one is a check digit.")
    return Problem("personal_number", Severity.WARNING, "personal_number", message)


def _empty_name(values: Values) -> Problem | None:
    names = values.get("names")
    if not isinstance(names, list):
        return None
    for index, row in enumerate(names):
        if isinstance(row, dict) and not any(row.get(part) for part in ("surname", "given", "patronymic")):
            message = N_("This line has no name in it.")
            return Problem(f"names[{index}].surname", Severity.WARNING, "empty_name", message)
    return None


def _safe_and_forbidden(values: Values) -> Problem | None:
    """One way cannot be both; whoever reads the strip on her page must not have to guess."""
    safe, forbidden = values.get("contact_way"), values.get("contact_forbidden")
    if isinstance(safe, list) and isinstance(forbidden, list) and set(safe) & set(forbidden):
        message = N_("The same way of contact is both safe and forbidden.")
        return Problem("contact_forbidden", Severity.WARNING, "safe_and_forbidden", message)
    return None


NAME_FORM = (
    Field("surname", Kind.TEXT, N_("Surname"), _ID),
    Field("given", Kind.TEXT, N_("Given name"), _ID),
    Field("patronymic", Kind.TEXT, N_("Patronymic"), _ID),
    Field("language", Kind.CODE, N_("Written in"), _ID, codes="name_languages"),
    Field("kind", Kind.CODE, N_("Kind of name"), _ID, codes="name_kinds"),
    Field("document", Kind.CODE, N_("As in"), _ID, codes="name_documents"),
)

IDENTITY = Form(
    "identity",
    N_("Name and contact"),
    (
        Section(
            N_("Names"),
            (
                Field("person", Kind.REF, N_("Person"), _ID, ref="person", required=True, special="hidden"),
                Field(
                    "names",
                    Kind.ROWS,
                    N_("Current and earlier names"),
                    _ID,
                    row=NAME_FORM,
                    adds=N_("Add another name"),
                    constraint=_empty_name,
                ),
            ),
        ),
        Section(
            N_("Documents and address"),
            (
                Field(
                    "personal_number",
                    Kind.TEXT,
                    N_("Personal number"),
                    _ID,
                    constraint=_personal_number,
                    special="personal_number",
                ),
                Field("passport", Kind.TEXT, N_("Passport, series and number"), _ID),
                Field("address", Kind.LONG, N_("Address"), _ID, multiline=2),
                Field("phone", Kind.TEXT, N_("Phone"), _ID),
                Field("email", Kind.TEXT, N_("Electronic mail"), _ID),
            ),
        ),
        Section(
            N_("Safe contact"),
            (
                Field("contact_way", Kind.CODES, N_("Safe way"), _ID, codes="contact_ways"),
                Field("contact_time", Kind.TEXT, N_("Safe time"), _ID, hint=N_("For example: after 18:00")),
                Field(
                    "contact_forbidden",
                    Kind.CODES,
                    N_("Forbidden ways"),
                    _ID,
                    codes="contact_ways",
                    constraint=_safe_and_forbidden,
                ),
                Field(
                    "contact_forbidden_note",
                    Kind.TEXT,
                    N_("Forbidden, in words"),
                    _ID,
                    hint=N_("For example: not through the mother"),
                ),
                Field("contact_note", Kind.LONG, N_("Note on contact"), _ID, multiline=2),
            ),
        ),
    ),
)
