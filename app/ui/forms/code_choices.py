"""Code lists as choices, in the language chosen now: the usual ``choices`` of a ``FormContext``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app import codelists
from app.codelists import Entry
from app.i18n import _
from app.ui.forms.context import Choice

_SHORT: Final = 3  # RU, BYN: people know these; longer codes are no words


def code_choices(name: str) -> Sequence[Choice]:
    """All entries of the code list ``name`` in its order, retired ones among them."""
    listed = codelists.get(name)
    return [
        Choice(entry.code, listed.label(entry.code), entry.parent, also=_also(entry), retired=entry.retired)
        for entry in listed
    ]


def not_offered(choices: Sequence[Choice], key: str) -> str:
    """How ``key`` is shown that a record holds and the list does not offer: retired, or not known here at all."""
    retired = next((choice for choice in choices if choice.key == key and choice.retired), None)
    if retired is not None:
        return _("{name} (no longer offered)").format(name=retired.text)
    return _("{code} (not in this version's list)").format(code=key)


def _also(entry: Entry) -> str:
    code = entry.code if len(entry.code) <= _SHORT else ""
    return " ".join(filter(None, (*entry.labels.values(), entry.extra.get("also", ""), code)))
