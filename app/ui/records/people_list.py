"""People found while one types: a field and a table of many thousands. Shared by "People" and "Record help"."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.i18n import N_, _, ngettext
from app.ui.dates import short_date
from app.ui.records.match_delegate import MatchDelegate
from app.ui.records.words import coded
from app.ui.tables.model import Column
from app.ui.tables.view import IdTable
from app.ui.tasks import Job, Tasks
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.search_line import SearchLine
from app.ui.widgets.text import label
from app.usecases.people import People, PersonRow

PAUSE: Final = 180  # milliseconds without a key before the register is asked

COLUMNS: Final = (
    Column("code", N_("Case code"), width=110, sortable=True),
    Column("name", N_("Name"), sortable=True),
    Column("sex", N_("Sex"), width=110),
    Column("born", N_("Year of birth"), width=80, sortable=True),
    Column("oblast", N_("Oblast"), width=150),
    Column("services", N_("Services"), number=True, width=90, sortable=True),
    Column("last", N_("Last help"), number=True, width=120, sortable=True),
)


_CENTRE: Final = Column("centre", N_("Centre"), width=190)


def _columns(*, of_all: bool) -> tuple[Column, ...]:
    """Where people of all centres stand together, their centre stands in place of the oblast."""
    return tuple(_CENTRE if of_all and one.key == "oblast" else one for one in COLUMNS)


class PeopleList(QWidget):
    """``chosen`` gives the person's id; ``new_wanted`` is the button of the empty state.

    With ``of_all`` it is the register of all centres.
    """

    chosen = Signal(object)
    new_wanted = Signal()

    def __init__(self, tasks: Tasks, people: People, query: str = "", *, of_all: bool = False) -> None:
        super().__init__()
        self._tasks = tasks
        self._people = people
        self._ids: dict[int, uuid.UUID] = {}
        self._order, self._descending = "recent", False
        self._answered = ""
        self._job: Job | None = None
        self._take_first = False
        find = _("Find a person")
        self.search = SearchLine(find, [_("Any part of the name, in any spelling, or the code"), find], query)
        columns = _columns(of_all=of_all)
        self.table = IdTable(_("People"), columns, self._fetch, self._sorted)
        self._marks = MatchDelegate(self.table)
        for at, shown in enumerate(columns):
            if shown.key in {"code", "name"}:
                self.table.setItemDelegateForColumn(at, self._marks)
        self.count = label("", "small")
        self._nobody = EmptyState(
            "people",
            _("Nobody is recorded yet"),
            _("Start with the person in front of you: a code is made at once, a name is not needed.")
            if not of_all
            else _("People come here with the bundles of the centres. Take one in the inbox."),
            "" if of_all else _("New person"),
        )
        self._nobody.acted.connect(self.new_wanted)
        self._no_match = EmptyState(
            "search",
            _("Nobody found"),
            _("Try fewer letters, another part of the name, or the code."),
            "" if of_all else _("New person"),
        )
        self._no_match.acted.connect(self.new_wanted)
        self._stack = QStackedWidget()
        for page in (self.table, self._nobody, self._no_match):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self._stack, 1)
        column.addWidget(self.count)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.look)
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self._enter)
        self.search.down.connect(self._into_table)
        self.table.opened.connect(self._opened)
        self.setFocusProxy(self.search)

    def look(self) -> None:
        """Ask the register, in the background; an answer to an older question is dropped."""
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()
        text, people = self.search.text(), self._people
        order, descending = self._order, self._descending
        self._job = self._tasks.run(
            lambda _job: (text, people.find(text, order=order, descending=descending)), self._found
        )

    def is_looking(self) -> bool:
        """Is an answer awaited?"""
        return self._pause.isActive() or (self._job is not None and not self._job.done)

    def _typed(self) -> None:
        self._take_first = False
        self._pause.start()

    def _enter(self) -> None:
        """Enter takes the first; where the answer is still on its way, as soon as it is there."""
        if self.is_looking():
            self._take_first = True
            self.look()
        else:
            self._take(0)

    def _into_table(self) -> None:
        if self.table.rows.rowCount():
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            self.table.selectRow(0)

    def _found(self, answer: tuple[str, Sequence[int]]) -> None:
        self._answered, ids = answer
        self._marks.typed = self._answered
        self.table.show_ids(ids)
        empty = self._no_match if self._answered.strip() else self._nobody
        self._stack.setCurrentWidget(self.table if ids else empty)
        count = ngettext("{count} person", "{count} people", len(ids)).format(count=len(ids))
        self.count.setText(count if ids else "")
        if self._take_first:
            self._take_first = False
            self._take(0)

    def _take(self, row: int) -> None:
        if (rid := self.table.rows.id_at(row)) is not None:
            self._opened(rid)

    def _opened(self, rid: object) -> None:
        if not isinstance(rid, int):
            return
        if rid not in self._ids:
            self._fetch([rid])
        if rid in self._ids:
            self.chosen.emit(self._ids[rid])

    def _fetch(self, rids: Sequence[int]) -> Sequence[Mapping[str, object]]:
        rows = {row.rid: row for row in self._people.rows(rids)}
        self._ids |= {rid: row.uid for rid, row in rows.items()}
        others = self._people.found_by(self._answered, rids) if self._answered else {}
        # One line for each key, also for a person who was deleted meanwhile.
        return [_cells(rows[rid], others.get(rid, "")) if rid in rows else {} for rid in rids]

    def _sorted(self, key: str, descending: bool) -> Sequence[int]:
        self._order, self._descending = key, descending
        return self._people.find(self._answered, order=key, descending=descending)


def _cells(row: PersonRow, other: str) -> Mapping[str, object]:
    """``other`` is the name that was found where it is not the one that is shown."""
    return {
        "code": row.code,
        # What was found stands first: a long name is cut at its end.
        "name": f"({other}) {row.name}" if other else row.name,
        "sex": coded("sex", row.sex),
        "born": row.birth_year,
        "oblast": coded("oblasts", row.oblast),
        "centre": row.centre,
        "services": row.services or None,
        "last": short_date(row.last_service),
    }
