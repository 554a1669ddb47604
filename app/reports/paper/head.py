"""What every paper has: who gives it, the day, the captions of its signatures, the number of its pages.

The issuer is the centre's own name and nothing more: a paper that is found in a pocket must not tell what kind
of help the person gets.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import N_
from app.reports.paper.blocks import Block, Paper, PaperKind
from app.reports.paper.tongue import Tongue


@dataclass(frozen=True, slots=True)
class Issuer:
    """The centre that gives the paper, where it is (codes), who writes it, and the day (``2026-11-22``)."""

    centre: str
    oblast: str
    raion: str
    staff: str
    today: str


@dataclass(frozen=True, slots=True)
class Title:
    """The words at the top, and at the foot of each page. ``lead`` is a paragraph below the title."""

    title: str
    lead: str = ""
    foot: str = ""


def paper(say: Tongue, issuer: Issuer, kind: PaperKind, title: Title, blocks: tuple[Block, ...]) -> Paper:
    """The paper around ``blocks``."""
    place = say.code("raions", issuer.raion) or say.code("oblasts", issuer.oblast)
    return Paper(
        kind=kind,
        language=say.language,
        issuer=" · ".join(part for part in (issuer.centre, place) if part),
        date=say.date(issuer.today),
        title=title.title,
        lead=title.lead,
        blocks=blocks,
        foot=title.foot,
        page_of=say(N_("Page {page} of {pages}")),
    )


def captions(say: Tongue) -> tuple[str, str, str]:
    """What stands under the three places of a signature."""
    return say(N_("Surname and initials")), say(N_("Signature")), say(N_("Date"))
