"""Figures on screen: a period, a breakdown, a picture, the table, and a file. Everyone is counted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import N_, _
from app.ui.charts.columns import paint_columns
from app.ui.charts.data import grouped, summary
from app.ui.charts.widget import Chart
from app.ui.dates import month_and_year
from app.ui.exchange import choosing
from app.ui.exchange.columns import Columns
from app.ui.exchange.plain_table import Head, Line, PlainTable
from app.ui.routes import Desk
from app.ui.screens.figures import stacks
from app.ui.screens.figures.choice import Choice
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import button
from app.ui.widgets.card import Card
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.nested import column_in
from app.ui.widgets.page import Page
from app.ui.widgets.text import label
from app.usecases.reporting import HEADS, Dimension, Figures, Period, Reporting

_UNWRITABLE = N_("The file could not be written there. Choose another folder.")
NOTICE = N_(
    "Internal, not for release: small numbers are not hidden. Everyone is counted, also those who did not agree "
    "to be named."
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What one count gave: the table asked for, and the months by group for the picture."""

    months: list[str]
    table: Figures
    picture: Figures
    period: Period


class FiguresScreen(Page):
    """The figures of this store: a centre's own, or the register's."""

    def __init__(self, desk: Desk, reporting: Reporting) -> None:
        super().__init__(_("Figures"))
        self._desk = desk
        self._reporting = reporting
        self._shown: Counted | None = None
        self.save = button(_("Save for a spreadsheet (CSV)"), "download", self.ask_where)
        self.save.setEnabled(False)
        self.add_action(self.save)
        self.notice = Banner(_(NOTICE), "warn")
        self.choice = Choice()
        self.choice.changed.connect(self.count)
        self.empty = EmptyState(
            "chart",
            _("There is nothing to count yet"),
            _("Figures appear here as soon as the first help is recorded or taken in."),
        )
        self.empty.hide()
        self.persons, self.services = label("", "kpi"), label("", "kpi")
        self.figures = self._figures()
        for item in (self.notice, self.choice):
            self.add(item)
        self.add(self.empty, 1)
        self.add(self.figures, 1)

    def entered(self) -> None:
        """Count."""
        self.count()

    def count(self) -> None:
        """Count again in the background. Of several counts in a row only the last is shown."""
        reporting, by, period = self._reporting, self.choice.by(), self.choice.period()
        self._wanted = (by, period)

        def work(_job: object) -> Counted:
            table = reporting.figures(by, period)
            picture = table if by == stacks.BY else reporting.figures(stacks.BY, period)
            return Counted(reporting.months(), table, picture, period)

        self._desk.tasks.run(work, self._show)

    def ask_where(self) -> None:
        """Where to save."""
        choosing.choose_new_file(self, _("Save the figures"), self._file_name(), self.save_to)

    def save_to(self, file: Path) -> None:
        """Write what is shown as CSV."""
        if self._shown is None:
            return
        try:
            file.write_bytes(self._reporting.as_csv(self._shown.table, self._shown.period))
        except OSError:
            self.say(_(_UNWRITABLE), "error")
            return
        self.say(_("Saved as {name}. The file says that it is not for release.").format(name=file.name), "ok")

    def _figures(self) -> QWidget:
        left = Card(_("Services by month"))
        self.span = label("", "sub")
        left.add(self.span)
        self.chart = Chart(_("Services by month"), "", lambda _canvas: None, height=230)
        left.add(self.chart, 1)
        right = Card(_("The whole period"))
        numbers = column_in(right.body)
        numbers.setSpacing(0)
        for words, number in ((_("Persons"), self.persons), (_("Services"), self.services)):
            numbers.addWidget(label(words, "sub"))
            numbers.addWidget(number)
            numbers.addSpacing(10)
        right.body.addStretch(1)
        below = Card(_("The same in numbers"))
        self.table = PlainTable(_("Figures"), 14)
        below.add(self.table)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(Columns(left, right, (4, 1)))
        column.addWidget(below)
        column.addStretch(1)
        return whole

    def _show(self, counted: Counted) -> None:
        if (counted.table.by, counted.period) != self._wanted:
            return
        self._shown = counted
        self.choice.show_months(counted.months)
        some = bool(counted.months) or counted.table.total.services > 0
        for widget, shown in ((self.empty, not some), (self.choice, some), (self.figures, some)):
            widget.setVisible(shown)
        self.save.setEnabled(some)
        self.persons.setText(grouped(counted.table.total.persons))
        self.services.setText(grouped(counted.table.total.services))
        self.table.show_lines(_heads(counted.table), _lines(counted.table))
        self._paint(counted.picture)

    def _paint(self, figures: Figures) -> None:
        months = stacks.months_of(figures)
        names, series = stacks.names_of(months), stacks.series_of(figures, months)
        self.span.setText(stacks.span_in_words(figures, months))
        self.span.setVisible(bool(months))
        self.chart.show_chart(summary(names, series), lambda canvas: paint_columns(canvas, names, series))

    def _file_name(self) -> str:
        period = self._shown.period if self._shown else Period()
        parts = [part for part in (period.first, period.last) if part]
        return "-".join(["figures", *parts]) + ".csv"


def _heads(figures: Figures) -> list[Head]:
    heads = [Head(_(HEADS[dimension]), wide=at == 0) for at, dimension in enumerate(figures.by)]
    return [*(heads or [Head("", wide=True)]), Head(_("Persons"), number=True), Head(_("Services"), number=True)]


def _lines(figures: Figures) -> list[Line]:
    lines = [
        Line(
            (
                *(_words(figures, dimension, key) for dimension, key in zip(figures.by, cell.key, strict=True)),
                grouped(cell.persons),
                grouped(cell.services),
            )
        )
        for cell in (figures.cells if figures.by else ())
    ]
    blank = [""] * (len(figures.by) - 1)
    total = (_("Total"), *blank, grouped(figures.total.persons), grouped(figures.total.services))
    return [*lines, Line(total, total=True)]


def _words(figures: Figures, dimension: Dimension, key: str) -> str:
    if dimension is Dimension.MONTH and key:
        return month_and_year(key)
    return figures.words(dimension, key)
