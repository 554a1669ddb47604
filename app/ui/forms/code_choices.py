"""Code lists as choices, in the language chosen now: the usual ``choices`` of a ``FormContext``."""

from __future__ import annotations

from collections.abc import Sequence

from app import codelists
from app.ui.forms.context import Choice


def code_choices(name: str) -> Sequence[Choice]:
    """All entries of the code list ``name`` in its order."""
    listed = codelists.get(name)
    return [Choice(entry.code, listed.label(entry.code), entry.parent) for entry in listed]
