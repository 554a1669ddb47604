"""Code lists as choices, in the language chosen now: the usual ``choices`` of a ``FormContext``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app import codelists
from app.codelists import Entry
from app.ui.forms.context import Choice

_SHORT: Final = 3  # RU, BYN: people know these; longer codes are no words


def code_choices(name: str) -> Sequence[Choice]:
    """All entries of the code list ``name`` in its order."""
    listed = codelists.get(name)
    return [Choice(entry.code, listed.label(entry.code), entry.parent, also=_also(entry)) for entry in listed]


def _also(entry: Entry) -> str:
    code = entry.code if len(entry.code) <= _SHORT else ""
    return " ".join(filter(None, (*entry.labels.values(), entry.extra.get("also", ""), code)))
