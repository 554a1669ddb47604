"""From a table as it is told to what is drawn of it: which keys stand along the chart, which are its series. No Qt.

A picture is made of what is shown and of nothing else. A hidden place is a stub of one size, whatever it hides; no
sum is drawn over a hidden part; nothing is put together silently: where there are more series than can be told
apart, the totals of the table are drawn, and where the table has none there is no picture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from app.i18n import N_
from app.reports import words
from app.reports.pack import Picture
from app.reports.paper.told_grid import NEVER_ADDED, seen
from app.reports.paper.tongue import Tongue
from app.reports.table import NO_AXIS, Shown, Told

MOST_SERIES: Final = 8
MOST_UPRIGHT: Final = 24
MOST_LYING: Final = 30
MOST_POINTS: Final = 60
MOST_GROUPED: Final = 48  # bars that stand side by side
NOTHING: Final = Shown()
"""A total that the table does not have."""
_TOTAL: Final = N_("Total")


class Shape(StrEnum):
    """How the numbers of one category stand: on one another, side by side, or on lines."""

    STACKED = "stacked"
    GROUPED = "grouped"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn. ``cells`` by category, then by series; ``totals`` by category, as far as they are told.

    ``upright``: columns, if the names of the categories fit under them. ``thinned``: names may be left out (months).
    """

    shape: Shape
    upright: bool
    thinned: bool
    categories: tuple[str, ...]
    series: tuple[str, ...]
    cells: tuple[tuple[Shown, ...], ...]
    totals: tuple[Shown, ...]
    figure: Callable[[int], str]
    unit: str
    say: Tongue

    @property
    def hides(self) -> bool:
        """Is any place hidden?"""
        return any(is_hidden(cell) for cells in self.cells for cell in cells)

    @property
    def largest(self) -> int:
        """The longest bar, of shown numbers alone: the scale must not tell what is hidden."""
        if self.shape is Shape.STACKED:
            return max((sum(map(drawn, cells)) for cells in self.cells), default=0)
        return max((drawn(cell) for cells in self.cells for cell in cells), default=0)


def is_hidden(shown: Shown) -> bool:
    """Whatever else it holds: a place with a reason is not told."""
    return shown.why is not None


def drawn(shown: Shown) -> int:
    """How much is drawn of it."""
    return 0 if is_hidden(shown) else max(0, shown.value or 0)


def plan(told: Told, picture: Picture, say: Tongue) -> Drawing | None:
    """The drawing, or None where there is nothing to see: one key alone, too many, nothing shown but noughts."""
    along, across = (told.rows, told.columns) if told.rows.dimension else (told.columns, NO_AXIS)
    if picture is Picture.NONE or not along.dimension or len(along.keys) < 2:
        return None
    upright = picture is Picture.COLUMNS and len(along.keys) <= MOST_UPRIGHT
    line = picture is Picture.LINE
    added = across.adds_up and told.measure not in NEVER_ADDED
    stacked = bool(across.dimension) and added
    drawing = Drawing(
        shape=Shape.LINE if line else Shape.STACKED if stacked else Shape.GROUPED,
        upright=upright or line,
        thinned=line or along.dimension == "month",
        categories=tuple(words.key(along, key, say) for key in along.keys),
        series=tuple(words.key(across, key, say) for key in across.keys),
        cells=tuple(tuple(_cell(told, one, two) for two in across.keys) for one in along.keys),
        totals=tuple(_total(told, one) for one in along.keys),
        figure=lambda value: words.number(told.measure, value, told.currency, say),
        unit=words.measure(told.measure, told.currency, say),
        say=say,
    )
    drawing = _without_empty(drawing)
    if _too_many_series(drawing):
        drawing = replace(
            drawing,
            shape=Shape.LINE if line else Shape.GROUPED,
            upright=line,
            series=("",),
            cells=tuple((total,) for total in drawing.totals),
        )
    most = MOST_POINTS if line else MOST_LYING
    return drawing if len(along.keys) <= most and drawing.largest else None


def _cell(told: Told, along: str, across: str) -> Shown:
    where = (along, across) if told.rows.dimension else ("", along)
    return seen(told, told.cells.get(where))


def _total(told: Told, along: str) -> Shown:
    totals = told.row_totals if told.rows.dimension else told.column_totals
    return totals.get(along, NOTHING)


def _without_empty(drawing: Drawing) -> Drawing:
    """Series of which nothing would be seen anywhere need no place in the legend."""
    kept = [at for at, _name in enumerate(drawing.series) if any(_seen(cells[at]) for cells in drawing.cells)]
    if not kept or len(kept) == len(drawing.series):
        return drawing
    return replace(
        drawing,
        series=tuple(drawing.series[at] for at in kept),
        cells=tuple(tuple(cells[at] for at in kept) for cells in drawing.cells),
    )


def _seen(shown: Shown) -> bool:
    return is_hidden(shown) or drawn(shown) > 0


def _too_many_series(drawing: Drawing) -> bool:
    many = drawing.shape is Shape.GROUPED and len(drawing.series) > 1
    return len(drawing.series) > MOST_SERIES or (
        many and len(drawing.series) * len(drawing.categories) > MOST_GROUPED
    )


def in_words(told: Told, say: Tongue) -> str:
    """All that is told, for those who hear it: row by row, hidden places named as hidden."""
    across = told.columns if told.rows.dimension else NO_AXIS
    along = told.rows if told.rows.dimension else told.columns
    said = [f"{words.title(told.code, say)}, {words.measure(told.measure, told.currency, say)}"]
    for key in along.keys:
        parts = [_named(words.key(across, other, say), _cell(told, key, other), told, say) for other in across.keys]
        if across.dimension:
            parts.append(_named(say(_TOTAL), _total(told, key), told, say))
        said.append(_with_name(words.key(along, key, say), ", ".join(part for part in parts if part)))
    if along.dimension and told.total is not None:
        said.append(_named(say(_TOTAL), told.total, told, say))
    return "; ".join(part for part in said if part)


def _named(name: str, shown: Shown, told: Told, say: Tongue) -> str:
    if shown.why is not None:
        return _with_name(name, words.hidden(shown.why, say))
    if shown.value is None:
        return ""
    value = words.number(told.measure, shown.value, told.currency, say)
    told_share = "" if shown.share is None else f" ({words.share(shown.share, say)})"
    return _with_name(name, f"{value}{told_share}")


def _with_name(name: str, text: str) -> str:
    return f"{name}: {text}" if name and text else text or name
