"""What became of a file, in a code for scripts and in words for people."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from app import defects
from app.errors import UserError
from app.i18n import N_, _
from app.sync.errors import Answer, BundleRefused
from app.sync.importer import Taken
from app.sync.manifest import BundleType, Manifest

ACCEPTED = "ACCEPTED"
UNREADABLE = "UNREADABLE"
FAULT = "FAULT"
HARMLESS = frozenset({ACCEPTED, Answer.ALREADY_IMPORTED.value, Answer.OLD.value})
"""Nothing is missing and nobody need do anything."""

_WORDS = {
    BundleType.RECORDS: N_("Taken in: {added} new, {changed} changed, {deleted} deleted, {flagged} need attention."),
    BundleType.RECEIPT: N_("Receipt read: {rows} bundles arrived at the coordinator."),
    BundleType.TRUST: N_("The keys were checked and are in order."),
    BundleType.HANDOVER: N_("Handover carried out: {changed} records have a new owner."),
    BundleType.REFERENCE: N_("The lists of the coordinator were taken in."),
}
_WOULD = N_("In order. It holds {rows} records: {added} new, {changed} changed, {deleted} deleted.")


class Fault(UserError):
    """The program failed at a file: a defect of ours, which must not hold up the other files."""

    def __init__(self, error: Exception) -> None:
        super().__init__(
            N_(
                "The program itself failed at this file. Nothing of it was taken, and it holds up no other file. "
                "Keep it, take it in again with a newer program, and tell whoever looks after the program this "
                "number: {number}"
            ),
            number=defects.number_of(error),
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one file, in a code for scripts and in words for people."""

    file_name: str
    ok: bool
    answer: str
    sentence: str
    sender: str = ""
    seq: int = 0
    type: str = ""
    rows: int = 0
    added: int = 0
    changed: int = 0
    deleted: int = 0
    flagged: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """A bundle that was taken in."""

    inst: uuid.UUID
    sender: str
    seq: int
    type: str
    received_at: str
    rows: int
    added: int
    changed: int
    deleted: int
    flagged: int
    receipt_seq: int | None


def flagged_records(taken: Taken) -> int:
    """How many records need attention; one may have several findings."""
    return len({flag["id"] for flag in taken.flagged})


def accepted(file_name: str, sender: str, manifest: Manifest, taken: Taken, *, keep: bool) -> Verdict:
    """Of a bundle that was taken in (``keep``), or could be."""
    flagged = flagged_records(taken)
    words = _WORDS[manifest.type] if keep or manifest.type is not BundleType.RECORDS else _WOULD
    return Verdict(
        file_name=file_name,
        ok=True,
        answer=ACCEPTED,
        sentence=_(words).format(
            rows=taken.rows, added=taken.added, changed=taken.changed, deleted=taken.deleted, flagged=flagged
        ),
        sender=sender,
        seq=manifest.seq,
        type=manifest.type.value,
        rows=taken.rows,
        added=taken.added,
        changed=taken.changed,
        deleted=taken.deleted,
        flagged=flagged,
    )


def refused(file_name: str, error: UserError, sender: str = "", manifest: Manifest | None = None) -> Verdict:
    """Of a file that was not taken. Sender and number are named where the signature held."""
    if isinstance(error, BundleRefused):
        answer = error.answer.value
    else:
        answer = FAULT if isinstance(error, Fault) else UNREADABLE
    return Verdict(
        file_name=file_name,
        ok=answer in HARMLESS,
        answer=answer,
        sentence=error.sentence(),
        sender=sender if manifest else "",
        seq=manifest.seq if manifest else 0,
        type=manifest.type.value if manifest else "",
    )
