"""The memorandum of an oblast: when it was signed, what it says, and who its parties are since when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from app.forms import partial
from app.forms.spec import Context, Field, Form, Kind, Leaves, Problem, Section, Severity, Timing, Values
from app.i18n import N_

_OUT = Leaves.ALWAYS
_SHA256: Final = re.compile("[0-9a-f]{64}")
_INVITED: Final = "invited"


def _is_a_hash(values: Values) -> Problem | None:
    if (typed := values.get("sha256")) is None or _SHA256.fullmatch(str(typed)):
        return None
    message = N_("A SHA-256 has 64 signs, digits and the letters a to f.")
    return Problem("sha256", Severity.WARNING, "not_a_hash", message)


def _twice(values: Values, _context: Context) -> Problem | None:
    agencies = [row.get("agency") for row in values.get("parties", ())]
    at = next((at for at, agency in enumerate(agencies) if agency and agency in agencies[:at]), None)
    if at is None:
        return None
    message = N_("This organisation stands here already.")
    return Problem(f"parties[{at}].agency", Severity.ERROR, "party_twice", message)


def _left_before_joined(values: Values, _context: Context) -> Problem | None:
    for at, row in enumerate(values.get("parties", ())):
        joined, left = partial.bounds(row.get("joined")), partial.bounds(row.get("left"))
        if joined and left and left[1] < joined[0]:
            message = N_("It left before it joined. Please check both days.")
            return Problem(f"parties[{at}].left", Severity.WARNING, "left_before_joined", message)
    return None


def was_party(row: Mapping[str, Any], on: dt.date) -> bool:
    """Was this party of the memorandum bound by it on the day ``on``? Who is only invited is not."""
    if row.get("status") in (None, _INVITED):
        return False
    joined, left = partial.bounds(row.get("joined")), partial.bounds(row.get("left"))
    gone = left[0] <= on if left else row.get("status") == "left"
    return not gone and (joined is None or joined[0] <= on)


def party_of(parties: Iterable[Mapping[str, Any]], agency: str, on: dt.date) -> bool:
    """Was ``agency`` among the parties on that day?"""
    return any(row.get("agency") == agency and was_party(row, on) for row in parties)


MEMORANDUM = Form(
    "memorandum",
    N_("Memorandum"),
    (
        Section(
            N_("Memorandum"),
            (
                Field(
                    "oblast",
                    Kind.CODE,
                    N_("Oblast"),
                    _OUT,
                    codes="oblasts",
                    hint=N_("Leave it open for a memorandum of the whole country"),
                ),
                Field("signed_on", Kind.DATE, N_("Signed on"), _OUT, timing=Timing.PAST),
                Field("version", Kind.TEXT, N_("Version of the text"), _OUT),
                Field(
                    "confidentiality", Kind.YESNO, N_("Has it an article on confidentiality?"), _OUT, special="fact"
                ),
                Field(
                    "references",
                    Kind.ROWS,
                    N_("What it refers to"),
                    _OUT,
                    adds=N_("Add a reference"),
                    hint=N_("The state programme and its years, conventions"),
                    row=(Field("reference", Kind.TEXT, N_("Reference"), _OUT),),
                ),
                Field(
                    "sha256",
                    Kind.TEXT,
                    N_("SHA-256 of the signed document"),
                    _OUT,
                    hint=N_("So that everyone can check that it is the same text"),
                    constraint=_is_a_hash,
                ),
            ),
        ),
        Section(
            N_("Parties"),
            (
                Field(
                    "parties",
                    Kind.ROWS,
                    N_("Parties"),
                    _OUT,
                    adds=N_("Add a party"),
                    row=(
                        Field("agency", Kind.CODE, N_("Organisation"), _OUT, codes="agencies"),
                        Field("status", Kind.CODE, N_("State"), _OUT, codes="mou_status"),
                        Field("joined", Kind.DATE, N_("Joined on"), _OUT, timing=Timing.PAST),
                        Field("left", Kind.DATE, N_("Left on"), _OUT, timing=Timing.PAST),
                    ),
                ),
            ),
        ),
    ),
    rules=(_twice, _left_before_joined),
)
