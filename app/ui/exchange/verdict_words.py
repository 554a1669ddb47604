"""A verdict on a bundle in a word, with its icon and how loud it is. The sentence comes with the verdict itself.

Keyed by the stable answer codes of the bundle format; a code that is not here (from a newer reader) is "Refused",
which is the safe thing to say of a bundle that was not taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.i18n import N_, _, ngettext
from app.ui import theme
from app.ui.widgets.chip import ChipKind
from app.usecases.receiving import Verdict

ACCEPTED: Final = "ACCEPTED"
FORK: Final = "FORK"


@dataclass(frozen=True, slots=True)
class Look:
    """How an answer looks. ``weight`` orders a list: what somebody must see stands first."""

    icon: str
    word: str
    kind: ChipKind
    weight: int


_REFUSED: Final = Look("cross", N_("Refused"), "danger", 1)
_LOOKS: Final[dict[str, Look]] = {
    FORK: Look("warning", N_("Alarm"), "danger", 0),
    "REVOKED": Look("cross", N_("Sender revoked"), "danger", 1),
    "UNREADABLE": Look("warning", N_("Cannot be read"), "warn", 2),
    "FAULT": Look("warning", N_("Program failed"), "danger", 1),
    "DAMAGED": Look("warning", N_("Damaged"), "warn", 2),
    "UNKNOWN_SENDER": Look("question", N_("Sender not known"), "warn", 2),
    "GAP": Look("clock", N_("Bundles missing"), "warn", 2),
    "NEWER_FORMAT": Look("refresh", N_("Newer program needed"), "warn", 2),
    "NEWER_SCHEMA": Look("refresh", N_("Newer program needed"), "warn", 2),
    "PRACTICE_MISMATCH": Look("warning", N_("Practice and real"), "warn", 2),
    "NOT_FOR_US": Look("lock", N_("For somebody else"), "plain", 4),
    "ALREADY_IMPORTED": Look("check", N_("Taken before"), "plain", 5),
    "OLD": Look("clock", N_("Out of date"), "plain", 5),
    ACCEPTED: Look("check", N_("Taken in"), "ok", 3),
}
_ACCEPTABLE: Final = Look("check", N_("Can be taken"), "accent", 3)


def look(verdict: Verdict, *, inspected: bool = False) -> Look:
    """How ``verdict`` looks; ``inspected`` says that nothing was taken yet."""
    if verdict.ok and inspected and verdict.answer == ACCEPTED:
        return _ACCEPTABLE
    return _LOOKS.get(verdict.answer, _LOOKS[ACCEPTED] if verdict.ok else _REFUSED)


def needs_attention(verdict: Verdict) -> bool:
    """Must somebody do something about this bundle?"""
    return look(verdict).weight < _LOOKS[ACCEPTED].weight


def weight(answer: str) -> int:
    """How urgent a refusal is: the least first."""
    return _LOOKS.get(answer, _REFUSED).weight


def colour(kind: ChipKind) -> str:
    """The colour of its icon, in the theme of now."""
    t = theme.tokens()
    return {"ok": t.ok, "warn": t.warn, "danger": t.danger, "accent": t.accent_text, "plain": t.text2}[kind]


def title(verdict: Verdict) -> str:
    """Whose bundle it is; before the sender is proved only the file's name can be said."""
    if not verdict.sender:
        return verdict.file_name
    if verdict.type == "receipt":
        return _("{sender} · receipt {number}").format(sender=verdict.sender, number=verdict.seq)
    return _("{sender} · bundle {number}").format(sender=verdict.sender, number=verdict.seq)


def flagged(count: int) -> str:
    """How many records would need attention; the other counts stand in the verdict's own sentence."""
    if not count:
        return ""
    return ngettext("{count} record needs attention.", "{count} records need attention.", count).format(count=count)


def in_order(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """What somebody must see first; within that by sender and number."""
    return sorted(verdicts, key=lambda v: (look(v).weight, v.sender, v.seq, v.file_name))


def summary(verdicts: Iterable[Verdict], *, inspected: bool = False) -> str:
    """One line over a list: ``28 bundles taken in. 2 need your attention.``"""
    listed = list(verdicts)
    good = sum(1 for v in listed if v.answer == ACCEPTED)
    bad = sum(1 for v in listed if needs_attention(v))
    rest = len(listed) - good - bad
    parts = []
    if good and inspected:
        parts.append((good, ngettext("{count} bundle can be taken.", "{count} bundles can be taken.", good)))
    elif good:
        parts.append((good, ngettext("{count} bundle was taken in.", "{count} bundles were taken in.", good)))
    if bad:
        parts.append((bad, ngettext("{count} needs your attention.", "{count} need your attention.", bad)))
    if rest:
        parts.append((rest, ngettext("{count} brings nothing new.", "{count} bring nothing new.", rest)))
    return " ".join(text.format(count=number) for number, text in parts)


def sums(verdicts: Iterable[Verdict]) -> str:
    """What the good ones bring together: ``31 new, 2 changed, 1 deleted; 4 need attention.``; empty without rows."""
    good = [v for v in verdicts if v.answer == ACCEPTED]
    if not any(v.rows for v in good):
        return ""
    words = _("All in all: {added} new, {changed} changed, {deleted} deleted, {flagged} need attention.")
    return words.format(
        added=sum(v.added for v in good),
        changed=sum(v.changed for v in good),
        deleted=sum(v.deleted for v in good),
        flagged=sum(v.flagged for v in good),
    )


def receipts_summary(verdicts: Iterable[Verdict]) -> str:
    """``2 new receipts. 1 file needs your attention.``; empty where there was nothing for this laptop."""
    listed = list(verdicts)
    taken = [v for v in listed if v.answer == ACCEPTED]
    receipts = sum(1 for v in taken if v.type == "receipt")
    parts = (
        (receipts, ngettext("{count} new receipt.", "{count} new receipts.", receipts)),
        (
            len(taken) - receipts,
            ngettext("{count} other file was taken in.", "{count} other files were taken in.", len(taken) - receipts),
        ),
        (
            bad := sum(1 for v in listed if needs_attention(v)),
            ngettext("{count} file needs your attention.", "{count} files need your attention.", bad),
        ),
    )
    said = " ".join(text.format(count=number) for number, text in parts if number)
    return said or (_("Nothing new: these receipts were read before.") if listed else "")
