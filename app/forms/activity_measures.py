"""What each kind of activity measures: read from the list ``activity_kinds``, so that a form asks that and no more.

A lecture has sessions and attendances, a poster has copies, a billboard has placements. ``attendances`` stands for
its breakdown too (women, men, minors), ``call`` for what is asked of one call to the hotline.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from app import codelists
from app.forms.spec import Values

HOTLINE: Final = "hotline_operation"
TOURS: Final = frozenset({"theatre_tour", "installation_tour"})
"""What travels: where it was stands with its stops."""
NUMBERS: Final = (
    "sessions", "attendances", "volunteers", "titles", "copies_printed", "copies_distributed", "spots", "broadcasts",
    "articles", "placements", "items", "weeks", "visits", "reached", "units_equipped",
)  # fmt: skip
"""The fields that hold one number each, in the order in which the form asks them."""
_OTHERS: Final = ("agencies", "countries", "places", "materials", "amount", "status", "call")
ALL: Final = frozenset((*NUMBERS, *_OTHERS))


@cache
def measures_of(kind: str) -> frozenset[str]:
    """What is measured of ``kind``; of a kind that this version does not know, whatever may be."""
    kinds = codelists.get("activity_kinds")
    return frozenset(kinds.column(kind, "measures").split()) if kind in kinds else ALL


def numbers_of(kind: str) -> tuple[str, ...]:
    """The numbers that are asked of ``kind``, in the form's order."""
    measured = measures_of(kind)
    return tuple(name for name in NUMBERS if name in measured)


def measures(name: str) -> Callable[[Values], bool]:
    """Is ``name`` measured of the kind chosen? Before one is chosen nothing is asked."""

    def asked(values: Values) -> bool:
        kind = values.get("activity")
        return isinstance(kind, str) and bool(kind) and name in measures_of(kind)

    return asked


def is_call(values: Values) -> bool:
    """Is it work of the hotline?"""
    return values.get("activity") == HOTLINE


def is_no_call(values: Values) -> bool:
    """Is it any other kind?"""
    return not is_call(values)
