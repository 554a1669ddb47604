"""Services by month, stacked by group of help: from figures to what a chart takes.

Months without any service stand as empty columns, or a quiet half-year would look like a busy one.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QColor

from app.i18n import _
from app.ui import theme
from app.ui.charts.data import Series
from app.ui.dates import month_and_year, short_month
from app.usecases.reporting import Dimension, Figures

BY: Final = (Dimension.MONTH, Dimension.GROUP)
MOST_MONTHS: Final = 24

# The colours are those of the tiles; groups that share a tile differ in lightness, and each has its word.
_COLOURS: Final = {
    "return": ("return", 100),
    "legal": ("legal", 100),
    "medical": ("medical", 100),
    "psychological": ("psychological", 100),
    "shelter": ("material", 100),
    "material": ("material", 150),
    "grant": ("money", 100),
    "employment": ("work_study", 100),
    "education": ("work_study", 150),
    "family": ("social_other", 150),
    "social": ("social_other", 100),
    "information": ("", 100),
    "protection": ("", 130),
    "other": ("", 165),
}


def months_of(figures: Figures) -> list[str]:
    """The months from the first to the last one with a service, without holes; at most the newest 24."""
    return _all_months(figures)[-MOST_MONTHS:]


def span_in_words(figures: Figures, months: list[str]) -> str:
    """From when to when the picture goes; it says so where older months are left out of it."""
    if not months:
        return ""
    first, last = month_and_year(months[0]), month_and_year(months[-1])
    if len(months) < len(_all_months(figures)):
        words = _("{first} – {last}: the last {count} months. The table has all of them.")
        return words.format(first=first, last=last, count=len(months))
    return f"{first} – {last}" if first != last else first


def _all_months(figures: Figures) -> list[str]:
    known = sorted(month for cell in figures.cells if len(month := cell.key[0]) == 7)
    if not known:
        return []
    first, last = (_number(month) for month in (known[0], known[-1]))
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(first, last + 1)]


def names_of(months: list[str]) -> list[str]:
    """``Jan``; with the year where a year begins, if there are several."""
    several = len({month[:4] for month in months}) > 1
    return [
        f"{short_month(int(month[5:]))} {month[2:4]}"
        if several and (at == 0 or month.endswith("-01"))
        else short_month(int(month[5:]))
        for at, month in enumerate(months)
    ]


def series_of(figures: Figures, months: list[str]) -> list[Series]:
    """One series for each group that occurs in these months, the largest at the bottom."""
    counted = {(cell.key[0], cell.key[1]): cell.services for cell in figures.cells}
    groups = sorted({group for _month, group in counted})
    found = [(group, [counted.get((month, group), 0) for month in months]) for group in groups]
    found = sorted((pair for pair in found if any(pair[1])), key=lambda pair: -sum(pair[1]))
    return [Series(figures.words(Dimension.GROUP, group), values, colour(group)) for group, values in found]


def colour(group: str) -> str:
    """The colour of a group of services in the theme that is applied now."""
    tile, lightness = _COLOURS.get(group, ("", 165))
    base = QColor(theme.group_colour(tile))
    return (base.darker(lightness) if theme.current().dark else base.lighter(lightness)).name()


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1
