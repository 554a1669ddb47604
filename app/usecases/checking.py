"""The check before a save, the same for every kind of record, and its two refusals."""

from __future__ import annotations

from collections.abc import Mapping
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
    checked = validate(form, values, context)
    errors = tuple(p for p in checked.problems if p.severity is Severity.ERROR)
    if errors:
        raise NotAccepted(errors)
    if checked.problems and not sure:
        raise NeedsConfirmation(checked.problems)
    return dict(checked.values)
