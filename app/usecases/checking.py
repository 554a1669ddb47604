"""The check before a save, the same for every kind of record, and its two refusals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.errors import UserError
from app.forms.spec import Form, Problem, Severity
from app.forms.validate import Context, validate
from app.i18n import N_


class NotAccepted(UserError):
    """The values cannot be saved as they are; ``problems`` says where and why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(N_("Some fields need to be mended. They are marked."))
        self.problems = problems


class NeedsConfirmation(UserError):
    """The values are unusual; they are saved once the person says so."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(N_("Please look at the marked fields. Are they right?"))
        self.problems = problems


def accept(form: Form, values: Mapping[str, Any], context: Context, *, sure: bool) -> dict[str, Any]:
    """The cleaned values. Raises NotAccepted, or NeedsConfirmation where there are warnings and not ``sure``."""
    return accept_all([(form, values, context)], sure=sure)[0]


def accept_all(parts: Sequence[tuple[Form, Mapping[str, Any], Context]], *, sure: bool) -> list[dict[str, Any]]:
    """The cleaned values of records that are saved together. Refuses and asks about all of them in one go.

    What several of them lack alike is told once.
    """
    checked = [validate(form, values, context) for form, values, context in parts]
    found = {(one.field, one.code, one.message): one for each in checked for one in each.problems}
    problems = tuple(found.values())
    if errors := tuple(one for one in problems if one.severity is Severity.ERROR):
        raise NotAccepted(errors)
    if problems and not sure:
        raise NeedsConfirmation(problems)
    return [dict(each.values) for each in checked]
