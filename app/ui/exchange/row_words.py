"""What is said alike of the rows of any sheet that is looked at before it is taken in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtGui import QIcon

from app.forms import partial
from app.i18n import _, language
from app.sheets.rows import Weight
from app.ui import icons, theme
from app.usecases.likely import LikelyMatch
from app.usecases.taking_in import PlanRow

GRAVE: Final = {Weight.ERROR: 0, Weight.WARNING: 1, Weight.TOLD: 2, None: 3}
"""What is graver stands first."""


def remarks(row: PlanRow) -> list[str]:
    """What there is to say of a row, the gravest first."""
    return [one.words.sentence() for one in sorted(row.remarks, key=lambda one: GRAVE[one.weight])]


def headline(row: PlanRow) -> str:
    """The one thing for which there is room in a line."""
    if row.likely and row.same is None and row.weight is not Weight.ERROR:
        return _("Perhaps recorded already.")
    return next(iter(remarks(row)), "")


def signs() -> Mapping[Weight | None, QIcon]:
    """The icon of each weight that has one. Drawn once for all rows: a register has many thousands."""
    t, side = theme.tokens(), theme.px(16)
    return {
        Weight.ERROR: icons.icon("warning", t.danger, side),
        Weight.WARNING: icons.icon("warning", t.warn, side),
    }


def same_as(match: LikelyMatch) -> str:
    """The answer that somebody in the sheet is this person."""
    return _("The same as {person}").format(person=_told(match))


def likeness(match: LikelyMatch) -> str:
    """Who it may be, and why."""
    return _("{person}: {reasons}").format(person=_told(match), reasons="; ".join(match.reasons))


def _told(match: LikelyMatch) -> str:
    birth = partial.display(match.birth, language()) if match.birth else ""
    return ", ".join(part for part in (match.name, birth, match.code) if part)
