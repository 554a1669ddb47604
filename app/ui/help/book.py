"""The manual: short pages in three languages (Markdown in ``resources/manual``), and which one F1 opens where.

A line ``![words](shot:name)`` asks for a picture of a screen. Only the printed manual shows those (``make manual``
draws them from practice data); here the screen itself stands beside the words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from app.paths import resources

PAGES: Final = (
    "first_morning",
    "new_person",
    "record_help",
    "several",
    "consents",
    "plan",
    "referral",
    "activities",
    "partners",
    "task_force",
    "send",
    "lock",
    "backup",
    "passphrase",
    "transfer",
    "taking_in",
    "line",
    "coordinator",
    "watching",
    "same_person",
    "questions",
    "statistics",
    "packs",
    "releases",
    "entered",
    "htcds",
    "figures",
    "keys",
)
"""In the order of the manual."""

PAGE_OF: Final[Mapping[str, str]] = {
    "today": "first_morning",
    "people": "new_person",
    "person": "new_person",
    "new_person": "new_person",
    "person_edit": "new_person",
    "record": "record_help",
    "service_edit": "record_help",
    "record_reading": "record_help",
    "activity_reading": "activities",
    "meeting_reading": "task_force",
    "consent_edit": "consents",
    "case_edit": "plan",
    "need_edit": "plan",
    "appointment_edit": "plan",
    "grant_edit": "plan",
    "referral_edit": "referral",
    "paper": "referral",
    "attachment": "referral",
    "attachment_add": "referral",
    "activities": "activities",
    "activity_edit": "activities",
    "hotline_call": "activities",
    "partners": "partners",
    "partner": "partners",
    "partner_edit": "partners",
    "memorandum": "partners",
    "memorandum_edit": "partners",
    "task_force": "task_force",
    "meeting_edit": "task_force",
    "decision_edit": "task_force",
    "minutes": "task_force",
    "send": "send",
    "inbox": "coordinator",
    "centres": "watching",
    "enrol": "watching",
    "alarm": "watching",
    "replace_laptop": "watching",
    "same": "same_person",
    "questions": "questions",
    "transfer": "transfer",
    "transfers": "transfer",
    "take_in": "taking_in",
    "line": "line",
    "statistics": "statistics",
    "packs": "packs",
    "releases": "releases",
    "entered": "entered",
    "htcds": "htcds",
    "figures": "figures",
    "settings": "keys",
    "backup": "backup",
    "staff": "passphrase",
}
"""A route -> its page."""

_PICTURE: Final = re.compile(r"^!\[[^\]]*\]\(shot:[^)]*\)\n?", re.MULTILINE)
_MARKS: Final = re.compile(r"[*_`#>\[\]]|\((?:page|shot):[^)]*\)")
_AROUND: Final = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """A page in which something was found, and the words around it."""

    page: str
    title: str
    around: str


@cache
def source(page: str, language: str) -> str:
    """The page as it was written, with its marks and requests for pictures. FileNotFoundError if there is none."""
    return resources("manual", language, f"{page}.md").read_text("utf-8")


def text(page: str, language: str) -> str:
    """The page as Markdown without pictures."""
    return _PICTURE.sub("", source(page, language))


def title(page: str, language: str) -> str:
    """The heading of the page."""
    return source(page, language).split("\n", 1)[0].removeprefix("# ").strip()


def page_for(route: str) -> str:
    """Which page F1 opens on ``route``; an unknown one opens the first."""
    return PAGE_OF.get(route, PAGES[0])


def find(words: str, language: str) -> list[Hit]:
    """The pages that hold all of ``words``, in the order of the manual; with what stands around the first of them."""
    wanted = words.casefold().split()
    found = []
    for page in PAGES if wanted else ():
        plain = " ".join(_MARKS.sub("", text(page, language)).split())
        folded = plain.casefold()
        if all(word in folded for word in wanted):
            at = folded.index(wanted[0])
            around = plain[max(0, at - _AROUND) : at + _AROUND]
            found.append(Hit(page, title(page, language), f"… {around.strip()} …"))
    return found
