"""Attachment: what is known of a file kept with a record; its content lies encrypted in the store.

Leaves: never, unless ticked for the coordinator; then only with the person's consent (data model).
"""

from __future__ import annotations

from app.forms.spec import Field, Form, Kind, Leaves, Problem, Section, Severity, Values
from app.i18n import N_

_ID = Leaves.IDENTIFIED
LARGEST = 20 * 1024 * 1024


def _ticked(values: Values) -> bool:
    return values.get("for_coordinator") == "yes"


def _sha256(values: Values) -> Problem | None:
    """Written by the program; anything else means a record that was tampered with or damaged."""
    digest = values.get("sha256")
    if isinstance(digest, str) and len(digest) == 64 and set(digest) <= set("0123456789abcdef"):
        return None
    return Problem("sha256", Severity.ERROR, "digest", N_("The checksum of the file is not readable."))


ATTACHMENT = Form(
    "attachment",
    N_("Attachment"),
    (
        Section(
            N_("File"),
            (
                Field("person", Kind.REF, N_("Person"), _ID, ref="person", required=True, special="hidden"),
                Field("name", Kind.TEXT, N_("File name"), _ID, required=True),
                Field("type", Kind.TEXT, N_("File type"), _ID),
                Field("size", Kind.INTEGER, N_("Size"), _ID, unit=N_("bytes"), low=0, high=LARGEST),
                Field("sha256", Kind.TEXT, N_("Checksum"), _ID, constraint=_sha256, special="hidden"),
                Field("description", Kind.LONG, N_("Description"), _ID, multiline=2),
                Field("for_coordinator", Kind.YESNO, N_("Send to the coordinator"), _ID),
            ),
        ),
    ),
    travels_if=_ticked,
)
