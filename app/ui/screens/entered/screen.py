"""Entered figures: the list of them, and a small form for a new one or a correction."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex

from app import codelists
from app.i18n import _
from app.ui import errors
from app.ui.charts.data import grouped
from app.ui.dates import short_date
from app.ui.exchange.plain_table import Head, Line, PlainTable
from app.ui.routes import Desk
from app.ui.screens.entered.panel import FigurePanel
from app.ui.shortcuts import SAVE, bind
from app.ui.widgets.card import Card
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.page import Page
from app.usecases.entered import LIST, EnteredFigures, Figure, FigureRow, keys_of

_SHORT: Final = 18
"""Signs of a source in the list; the whole of it stands in its tool tip and in the form."""


class EnteredScreen(Page):
    """What is typed and not saved comes back when the window is built anew."""

    def __init__(self, desk: Desk, figures: EnteredFigures, today: Callable[[], dt.date]) -> None:
        sub = _("Numbers that no record holds, each with its source. They stay here and stand in figures and packs.")
        super().__init__(_("Entered figures"), sub)
        self._desk = desk
        self._figures = figures
        self._rows: list[FigureRow] = []
        self._correcting: uuid.UUID | None = None
        self.panel = FigurePanel(today, self.save, self.start_anew, self.ask_delete)
        self.table = PlainTable(_("Entered figures"), 6)
        self.table.picked.connect(self._picked)
        self.empty = EmptyState(
            "chart",
            _("No number was entered yet"),
            _("Enter how many persons were assisted before this program was in use, and the population."),
        )
        card = Card(_("Kept numbers"))
        card.add(self.table)
        card.add(self.empty)
        self.add(card)
        self.add(self.panel)
        self.body.addStretch(1)
        bind(self, SAVE, self.save)

    def entered(self) -> None:
        """Read the list."""
        figures = self._figures
        self._desk.tasks.run(lambda _job: figures.list(), self._show, self._failed)

    def save(self) -> None:
        """Keep what is typed."""
        figures, figure, uid = self._figures, self.panel.figure(), self._correcting
        self._run(lambda: figures.save(figure, uid), _("The number is kept."))

    def start_anew(self) -> None:
        """An empty form."""
        self._correcting = None
        self.table.setCurrentIndex(QModelIndex())
        self.panel.show_figure(None)
        self.panel.what.setFocus()

    def ask_delete(self) -> None:
        """Ask before a number is taken away."""
        figures, uid = self._figures, self._correcting
        if uid is None:
            return
        self.confirm.ask(
            _("Delete this number? Figures are then made without it."),
            _("Delete number"),
            lambda: self._run(lambda: figures.delete(uid), _("The number is deleted.")),
            danger=True,
        )

    def snapshot(self) -> Mapping[str, object]:
        return {"typed": self.panel.typed(), "correcting": str(self._correcting or "")}

    def restore(self, state: Mapping[str, object]) -> None:
        typed, correcting = state.get("typed"), state.get("correcting")
        self._correcting = uuid.UUID(correcting) if isinstance(correcting, str) and correcting else None
        if isinstance(typed, Mapping):
            self.panel.show_figure(self.panel.figure() if self._correcting else None)
            self.panel.put({str(name): str(value) for name, value in typed.items()})

    def _run(self, act: Callable[[], object], words: str) -> None:
        def work(_job: object) -> str:
            act()
            return words

        self._desk.tasks.run(work, self._done, self._refused)

    def _done(self, words: str) -> None:
        self.start_anew()
        self.say(words, "ok")
        self.entered()

    def _refused(self, error: BaseException) -> None:
        self.panel.refuse(errors.words(error).text)

    def _failed(self, error: BaseException) -> None:
        self.say(errors.words(error).text, "error")

    def _show(self, rows: Sequence[FigureRow]) -> None:
        self._rows = list(rows)
        heads = (
            Head(_("What the number says"), wide=True),
            Head(_("Area")),
            Head(_("Months")),
            Head(_("How many"), number=True),
            Head(_("Source"), wide=True),
        )
        self.table.show_lines(heads, [_line(row.figure) for row in rows])
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)

    def _picked(self, at: int) -> None:
        if not 0 <= at < len(self._rows):
            return
        row = self._rows[at]
        if self.panel.is_touched and row.uid != self._correcting:
            question = _("What you typed is not saved. Put it away and show the other number?")
            self.confirm.ask(question, _("Show the other number"), lambda: self._open(row))
        else:
            self._open(row)

    def _open(self, row: FigureRow) -> None:
        self._correcting = row.uid
        self.panel.show_figure(row.figure)


def _line(figure: Figure) -> Line:
    what = codelists.get(LIST).label(figure.code)
    part = next(
        (codelists.get(name).label(key) for name, key in keys_of(figure.code) if key == figure.key), figure.key
    )
    first, last = short_date(figure.first), short_date(figure.last)
    months = (
        f"{first} – {last}" if first and first != last else last if first else _("until {month}").format(month=last)
    )
    return Line(
        (
            f"{what}: {part}" if part else what,
            codelists.get("oblasts").label(figure.area) if figure.area else _("the whole country"),
            months,
            grouped(figure.value),
            figure.source if len(figure.source) <= _SHORT else f"{figure.source[:_SHORT]}…",
        ),
        hint=figure.source,
    )
