"""The list of activities: by year, quarter and kind, with the sums of what is listed. Enter opens a line.

At the coordinator's those of all centres stand together; another centre's is read, and asked about, there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.i18n import N_, _, ngettext
from app.ui import theme
from app.ui.charts.data import grouped
from app.ui.dates import short_date
from app.ui.records.delivered import brief
from app.ui.records.places import reading_of
from app.ui.records.words import coded
from app.ui.routes import Desk
from app.ui.screens.activities.filters import Filters
from app.ui.shortcuts import bind, twins
from app.ui.tables.model import Column, Row
from app.ui.tables.view import IdTable
from app.ui.widgets.buttons import button, ghost_button, primary_button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.page import Page
from app.ui.widgets.text import WrapLabel
from app.usecases.activities import Activities, ActivityRow, Totals

_FOR_ALL: Final = (
    Column("on", N_("Date"), width=110),
    Column("kind", N_("Kind"), width=190),
    Column("title", N_("Topic or title")),
    Column("sessions", N_("Sessions"), number=True, width=80),
    Column("attendances", N_("Attendances"), number=True, width=100),
)
CALL: Final = twins("Ctrl+J")
_WIDE: Final = {"kind": 26, "title": 32, "place": 24, "centre": 26}
_NARROW: Final = {"kind": 12, "title": 15, "place": 10, "centre": 14}
_NARROW_OF_ALL: Final = {"kind": 15, "title": 18, "place": 16, "centre": 14}
"""The most letters that a cell shows, on a wide page and on a narrow one."""
_NARROW_BELOW: Final = 1000
OF_ALL: Final = (*_FOR_ALL, Column("centre", N_("Centre"), width=170))
COLUMNS: Final = (
    *_FOR_ALL[:3],
    Column("place", N_("Place"), width=150),
    *_FOR_ALL[3:],
    Column("sent", N_("State"), width=170),
)
"""Of one's own it is told whether they have arrived: of those of all centres, whose they are."""


class ActivitiesScreen(Page):
    """``ActivitiesScreen(desk, activities, of_all=...)``; ``of_all``: those of all centres, at the coordinator's."""

    def __init__(self, desk: Desk, activities: Activities, *, of_all: bool = False) -> None:
        super().__init__(_("Activities"), scroll=False)
        self._desk = desk
        self._activities = activities
        self.again = ghost_button(_("Same again"), "refresh", self._again)
        self.call = button(_("Hotline call"), "phone", self._call)
        self.call.setToolTip(CALL[0])
        bind(self, CALL, self._call)
        self.new = primary_button(_("New activity"), "plus", self._new)
        for press in (self.again, self.call, self.new):
            self.add_action(press)
        self.filters = Filters()
        self.filters.changed.connect(self.look)
        self.sums = WrapLabel("", "strong")
        self.table = IdTable(_("Activities"), OF_ALL if of_all else COLUMNS, self._fetch)
        self.table.opened.connect(self._open)
        self.table.picked.connect(self._picked)
        self.nothing = EmptyState(
            "activity",
            _("No activity is recorded yet"),
            _("Lectures, trainings, meetings, calls to the hotline: all work that is about no single person."),
            _("New activity"),
        )
        self.nothing.acted.connect(self._new)
        self.none_so = EmptyState("activity", _("Nothing of this kind in this period"), "")
        self.views = QStackedWidget()
        for view in (self._listed(), self.nothing, self.none_so):
            self.views.addWidget(view)
        self.add(self.filters)
        self.add(self.views, 1)
        self.again.setEnabled(False)
        self._is_first = True
        self._narrow: Mapping[str, int] = _NARROW_OF_ALL if of_all else _NARROW
        self._most: Mapping[str, int] = _WIDE

    def entered(self) -> None:
        self.filters.offer(self._activities.years(), self._activities.kinds())
        if self._is_first:
            # The year that runs, where anything is recorded in it; a restored choice comes after this.
            self.filters.put_back({"year": str(self._activities.today().year)})
            self._is_first = False
        self.look()
        # Once the page stands, so that the arrow keys go through the list at once.
        QTimer.singleShot(0, self, self._focus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        most = self._narrow if self.width() < theme.px(_NARROW_BELOW) else _WIDE
        if most is not self._most:
            self._most = most
            self.table.rows.refresh()

    def snapshot(self) -> Mapping[str, object]:
        return {**self.filters.state(), "chosen": self.table.current_id()}

    def restore(self, state: Mapping[str, object]) -> None:
        self.filters.put_back(state)
        chosen = state.get("chosen")
        self._look(chosen if isinstance(chosen, int) else None)

    def look(self) -> None:
        """Read what is wanted now; the line that is chosen stays chosen, wherever it stands then."""
        self._look(self.table.current_id())

    def _look(self, chosen: int | None) -> None:
        wanted = self.filters.wanted()
        keys = self._activities.listed(wanted)
        self.table.show_ids(keys)
        some = bool(self._activities.kinds())
        self.filters.setVisible(some)
        self.views.setCurrentIndex(0 if keys else 2 if some else 1)
        self.sums.setText(sums(self._activities.totals(wanted)))
        if keys:
            # By its id: what was saved since has moved the lines, and "Same again" must copy what is marked.
            self.table.selectRow(keys.index(chosen) if chosen in keys else 0)

    def _listed(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.sums)
        column.addWidget(self.table, 1)
        return made

    def _focus(self) -> None:
        if self.views.currentIndex() == 0:
            self.table.setFocus()

    def _fetch(self, keys: Sequence[int]) -> Sequence[Row]:
        return [_line(row, self._most) for row in self._activities.rows(keys)]

    def _row(self, key: object) -> ActivityRow | None:
        return next(iter(self._activities.rows([key])), None) if isinstance(key, int) else None

    def _picked(self, key: object) -> None:
        self.again.setEnabled(isinstance(key, int) and key >= 0)

    def _open(self, key: object) -> None:
        row = self._row(key)
        if row is None:
            self.look()
        elif row.mine:
            self._desk.go("activity_edit", activity=row.uid)
        else:
            self._desk.go(reading_of("activity"), person=None, kind="activity", record=row.uid)

    def _again(self) -> None:
        if (row := self._row(self.table.current_id())) is not None:
            self._desk.go("activity_edit", like=row.uid)

    def _new(self) -> None:
        self._desk.go("activity_edit")

    def _call(self) -> None:
        self._desk.go("hotline_call")


def sums(totals: Totals) -> str:
    """``37 records · 52 sessions · 1 204 attendances · 18 calls``; what is none is not said."""
    counted = (
        (totals.records, ngettext("{count} record", "{count} records", totals.records)),
        (totals.sessions, ngettext("{count} session", "{count} sessions", totals.sessions)),
        (totals.attendances, ngettext("{count} attendance", "{count} attendances", totals.attendances)),
        (totals.calls, ngettext("{count} call", "{count} calls", totals.calls)),
    )
    return " · ".join(words.format(count=grouped(number)) for number, words in counted if number)


def days(on: str, until: str) -> str:
    """``05.10.2026``; ``02.02 – 15.03.2026`` within one year."""
    first = short_date(on)
    if not until or until == on:
        return first
    same_year = len(on) == len("2026-03-09") and until.startswith(on[:4])
    return f"{first[:-5] if same_year else first} – {short_date(until)}"


def _short(words: str, most: int) -> str:
    """So that seven columns stand beside each other on a small screen; the whole of it is one Enter away."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _ends(name: str, most: int) -> str:
    """Names of centres begin or end alike: both ends are kept, "Training…Gomel"."""
    if len(name) <= most:
        return name
    half = most // 2
    return f"{name[: most - half - 1].rstrip(' ,')}…{name[-half:].lstrip(' ,')}"


def _line(row: ActivityRow, most: Mapping[str, int]) -> Row:
    return {
        "on": days(row.on, row.until),
        "kind": _short(coded("activity_kinds", row.kind).partition(" (")[0], most["kind"]),
        "title": _short(row.title or coded("hotline_topics", row.topic), most["title"]),
        "place": _short(row.place or coded("oblasts", row.oblast), most["place"]),
        "sessions": "" if row.sessions is None else grouped(row.sessions),
        "attendances": "" if row.attendances is None else grouped(row.attendances),
        "centre": _ends(row.centre, most["centre"]),
        "sent": brief(row.delivery),
    }
