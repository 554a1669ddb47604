"""The answers of the bundle reader: stable codes, and for each one sentence that says what to do next.

Why one table: a nurse reads the sentence, a script reads the code, a test walks over both. Contents of records,
names of files and keys never appear in them; only numbers do.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final
from uuid import UUID

from app.errors import UserError
from app.i18n import N_


class Answer(StrEnum):
    """Why a bundle was not taken. The codes are part of the format and never change their meaning."""

    DAMAGED = "DAMAGED"
    NOT_FOR_US = "NOT_FOR_US"
    NOT_PQ = "NOT_PQ"
    UNKNOWN_SENDER = "UNKNOWN_SENDER"
    BAD_SIGNATURE = "BAD_SIGNATURE"
    REVOKED = "REVOKED"
    SENDER_MISMATCH = "SENDER_MISMATCH"
    PRACTICE_MISMATCH = "PRACTICE_MISMATCH"
    WRONG_RECIPIENT = "WRONG_RECIPIENT"
    NEWER_FORMAT = "NEWER_FORMAT"
    NEWER_SCHEMA = "NEWER_SCHEMA"
    ALREADY_IMPORTED = "ALREADY_IMPORTED"
    OLD = "OLD"
    GAP = "GAP"
    FORK = "FORK"
    TOO_BIG = "TOO_BIG"
    CONTAINER = "CONTAINER"
    MANIFEST = "MANIFEST"
    DIGEST = "DIGEST"
    BOMB = "BOMB"
    COMPRESSION = "COMPRESSION"
    COUNT = "COUNT"
    ROW = "ROW"
    ATTACHMENT_EXISTS = "ATTACHMENT_EXISTS"


SENTENCES: Final[dict[Answer, str]] = {
    Answer.DAMAGED: N_(
        "This file is damaged or was not copied to the end. Copy it again from the sender; "
        "if it stays so, ask them to send anew."
    ),
    Answer.NOT_FOR_US: N_(
        "This bundle is sealed for somebody else: this laptop cannot open it. "
        "Ask the sender to choose the right recipient and send anew."
    ),
    Answer.NOT_PQ: N_(
        "This file is not sealed the way this program requires. Do not use it; "
        "ask the sender to make the bundle with this program."
    ),
    Answer.UNKNOWN_SENDER: N_(
        "The sender of this bundle is not known here. "
        "Exchange cards and compare the digits by phone first, then open it again. "
        "Where another centre sent it, read the newest files of the coordinator first."
    ),
    Answer.BAD_SIGNATURE: N_(
        "The signature of this bundle does not hold, so nobody can say who made it. Nothing was taken. "
        "Call the sender and keep the file."
    ),
    Answer.REVOKED: N_(
        "The key of this sender was revoked before this bundle was made. Nothing was taken. "
        "Call the centre and find out who has the laptop."
    ),
    Answer.SENDER_MISMATCH: N_(
        "This bundle claims something that its sender may not do or be. Nothing was taken. "
        "Keep the file and call the centre."
    ),
    Answer.PRACTICE_MISMATCH: N_(
        "Practice data and real data never mix. Nothing was taken. Ask the sender for a bundle from the right store."
    ),
    Answer.WRONG_RECIPIENT: N_(
        "This bundle was made for another recipient and passed on. Nothing was taken. "
        "Ask its sender for a bundle made for you."
    ),
    Answer.NEWER_FORMAT: N_(
        "This bundle needs a newer program. Update the program on this laptop, then open the bundle again."
    ),
    Answer.NEWER_SCHEMA: N_(
        "This bundle holds records of a newer version of the program. "
        "Update the program on this laptop, then open the bundle again."
    ),
    Answer.ALREADY_IMPORTED: N_(
        "This bundle was taken before; nothing has changed. If the sender waits for a receipt, issue it again."
    ),
    Answer.OLD: N_("This bundle is out of date: a later one brought its contents. There is nothing to do."),
    Answer.GAP: N_(
        "Earlier bundles of this sender are missing: {missing}. "
        "Open them first, or ask the sender to send again from the beginning."
    ),
    Answer.FORK: N_(
        "Alarm: two different histories come from one sender. "
        "The laptop was copied or restored, or its key was stolen. "
        "Nothing more is taken from it until you decide. Call the centre now."
    ),
    Answer.TOO_BIG: N_(
        "This bundle is larger than the format allows. Nothing was taken. Ask the sender to split it into several."
    ),
    Answer.CONTAINER: N_(
        "The inside of this bundle is not built as it must be. Nothing was taken. Keep the file and report it."
    ),
    Answer.MANIFEST: N_(
        "The list of contents of this bundle breaks the rules. Nothing was taken. Keep the file and report it."
    ),
    Answer.DIGEST: N_(
        "A part of this bundle is not the one that was signed. Nothing was taken. Keep the file and call the sender."
    ),
    Answer.BOMB: N_(
        "A part of this bundle unpacks to far more than it may. Nothing was taken. Keep the file and report it."
    ),
    Answer.COMPRESSION: N_(
        "A part of this bundle cannot be unpacked. Nothing was taken. Ask the sender to send anew; keep this file."
    ),
    Answer.COUNT: N_(
        "This bundle holds another number of records than it declares. Nothing was taken. "
        "Ask the sender to send anew; keep this file."
    ),
    Answer.ROW: N_(
        "A record in this bundle breaks the rules of the format (line {line}). Nothing was taken. "
        "Keep the file and report it."
    ),
    Answer.ATTACHMENT_EXISTS: N_(
        "This bundle would overwrite an attachment that is already here. Nothing was taken. "
        "Keep the file and call the sender."
    ),
}


class BundleRefused(UserError):
    """A bundle was not taken, and nothing was changed. ``rule`` names the broken rule for the log, no contents."""

    def __init__(self, answer: Answer, rule: str = "", **values: object) -> None:
        super().__init__(SENTENCES[answer], **({"line": "?", "missing": "?"} | values))
        self.answer = answer
        self.rule = rule
        self.sender: UUID | None = None
        """Who signed it, where the signature held: a fork stops that sender."""

    @property
    def missing(self) -> str:
        """For ``GAP``: the numbers of the bundles that are not there, as ``3–5, 8``; else empty."""
        return str(self.values["missing"]) if self.answer is Answer.GAP else ""
