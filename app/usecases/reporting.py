"""Reporting: the figures on screen and as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app import codelists
from app.i18n import N_, _
from app.reports import statistics
from app.reports.statistics import Cell, Dimension, Period
from app.reports.writers import csv
from app.usecases.desk import Desk

__all__ = ["Cell", "Dimension", "Figures", "Period", "Reporting"]

HEADS = {
    Dimension.MONTH: N_("Month"),
    Dimension.GROUP: N_("Group of services"),
    Dimension.CENTRE: N_("Centre"),
    Dimension.SEX: N_("Sex"),
    Dimension.AGE: N_("Age"),
}
_LISTS = {Dimension.GROUP: "service_groups", Dimension.SEX: "sex", Dimension.AGE: "age_groups"}
NOTICE = N_("Internal, not for release: small numbers are not hidden.")


@dataclass(frozen=True, slots=True)
class Figures:
    """A table of figures, its total, and the words for the keys of each dimension."""

    by: tuple[Dimension, ...]
    cells: tuple[Cell, ...]
    total: Cell
    centres: dict[str, str]

    def words(self, dimension: Dimension, key: str) -> str:
        """What a key of a dimension is called, in the language chosen now."""
        if not key:
            return _("not known")
        if dimension is Dimension.CENTRE:
            return self.centres.get(key, _("unknown centre"))
        if dimension in _LISTS:
            return codelists.get(_LISTS[dimension]).label(key)
        return key


class Reporting:
    """The use cases about figures."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def figures(self, by: Sequence[Dimension], period: Period | None = None) -> Figures:
        """Persons and services broken down by ``by``, with the total over the same period."""
        with self._desk.store.reading() as session:
            return Figures(
                by=tuple(by),
                cells=tuple(statistics.count(session, by, period)),
                total=statistics.count(session, (), period)[0],
                centres=statistics.centre_names(session),
            )

    def months(self) -> list[str]:
        """The months in which anything was recorded."""
        with self._desk.store.reading() as session:
            return statistics.months(session)

    def as_csv(self, figures: Figures, period: Period | None = None) -> bytes:
        """The table as a file for a spreadsheet, headed by what it is and that it is not for release."""
        notes = [_(NOTICE), _("Made on {date}.").format(date=self._desk.clock.today().strftime("%d.%m.%Y"))]
        if period and (period.first or period.last):
            notes.append(_("Period: {first} to {last}").format(first=period.first or "…", last=period.last or "…"))
        if self._desk.me.practice:
            notes.insert(0, _("Practice: all data are invented."))
        head = [_(HEADS[dimension]) for dimension in figures.by] + [_("Persons"), _("Services")]
        rows: list[Sequence[str | int]] = [
            [*(figures.words(d, k) for d, k in zip(figures.by, cell.key, strict=True)), cell.persons, cell.services]
            for cell in figures.cells
        ]
        rows.append([_("Total"), *[""] * (len(figures.by) - 1), figures.total.persons, figures.total.services])
        return csv.write(head, rows, notes)
