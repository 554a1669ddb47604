"""What a bundle is for, in a word."""

from __future__ import annotations

from typing import Final

from app.i18n import N_, _

_KINDS: Final = {
    "records": N_("Records"),
    "receipt": N_("Receipt"),
    "trust": N_("Trust list"),
    "reference": N_("Lists"),
    "handover": N_("Handover"),
}


def kind_of(type_: str) -> str:
    """The word for a bundle's type; a type of tomorrow is said as it is."""
    return _(_KINDS[type_]) if type_ in _KINDS else type_
