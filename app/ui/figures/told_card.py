"""One told table with its picture, and what its reader must know, as a card."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.i18n import ngettext
from app.reports import words
from app.reports.pack import Picture
from app.reports.paper.told_grid import has_axes, single, told_grid
from app.reports.paper.tongue import Tongue
from app.reports.table import Told
from app.ui.charts.of_told import height_of
from app.ui.charts.told_chart import ToldChart
from app.ui.figures.grid_table import GridTable
from app.ui.widgets.card import Card
from app.ui.widgets.text import WrapLabel, label


class ToldCard(Card):
    """``ToldCard(told, picture, say)``: a single number large, a table below its picture."""

    def __init__(self, told: Told, picture: Picture, say: Tongue) -> None:
        title = words.title(told.code, say)
        super().__init__(title)
        self.told = told
        if not has_axes(told):
            self.add(label(words.measure(told.measure, told.currency, say), "sub"))
            self.add(_number(told, say))
        else:
            if picture is not Picture.NONE and height_of(told, picture, say):
                self.chart = ToldChart()
                self.chart.show_table(told, picture, say)
                self.add(self.chart)
            self.table = GridTable(title, told_grid(told, say))
            self.add(self.table)
        for line in _below(told, say):
            self.add(WrapLabel(line, "small"))


def _number(told: Told, say: Tongue) -> QWidget:
    shown = single(told)
    if shown.why is not None or shown.value is None:
        return WrapLabel(words.hidden(shown.why, say) if shown.why else "–", "sub")
    return label(words.number(told.measure, shown.value, told.currency, say), "kpi")


def _below(told: Told, say: Tongue) -> list[str]:
    lines = [words.remark(code, say) for code in told.remarks]
    if together := words.collapsed(told, say):
        lines.append(together)
    if told.hidden:
        text = ngettext("{count} place is hidden.", "{count} places are hidden.", told.hidden)
        lines.append(text.format(count=told.hidden))
    return lines
