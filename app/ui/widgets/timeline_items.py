"""What a timeline is made of, as data."""

from __future__ import annotations

from dataclasses import dataclass

from app.ui.widgets.chip import ChipKind


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One line of the timeline.

    ``key`` is answered on activation; ``on`` is a partial date (``2026``, ``2026-03``, ``2026-03-09``);
    ``group`` gives colour and icon (``icon`` overrides the latter) and ``group_word`` says it in words.
    """

    key: str
    on: str
    title: str
    sub: str = ""
    note: str = ""
    group: str = ""
    group_word: str = ""
    icon: str = ""
    chip: str = ""
    chip_kind: ChipKind = "plain"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """What the delegate paints: a month's header, or an item with its short date."""

    header: str = ""
    item: TimelineItem | None = None
    day: str = ""
    last_of_month: bool = True
