"""The third step: what taking the sheet in would do, row by row, problems first, with the choices about rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import N_, _, translate
from app.sheets.rows import Weight
from app.ui.exchange.plain_table import Head, Line, PlainTable
from app.ui.exchange.row_words import GRAVE, headline, remarks, signs
from app.ui.exchange.taking_page import LeaveOut
from app.ui.forms.editor import CalmCombo
from app.ui.screens.take_in.row_card import RowCard
from app.ui.widgets.card import Card
from app.ui.widgets.chip import Chip, ChipKind
from app.ui.widgets.flow import Flow
from app.ui.widgets.nested import row_in
from app.ui.widgets.text import WrapLabel, label
from app.usecases.taking_in import Plan, PlanRow, State

_KINDS: Final[Mapping[str, str]] = {
    "person": N_("person"),
    "identity": N_("name and contact"),
    "consent": N_("consent"),
    "case": N_("case"),
    "grant": N_("grant"),
    "service": N_("help"),
}
_STATES: Final[Mapping[State, str]] = {
    State.NEW: N_("new: {things}"),
    State.CHANGED: N_("changed: {things}"),
    State.UNCHANGED: N_("as before: {things}"),
    State.KEPT: N_("stays as it is here: {things}"),
    State.KNOWN: N_("known: {things}"),
}
_COUNTS: Final[tuple[tuple[str, str, State, ChipKind], ...]] = (
    (N_("New people: {count}"), "person", State.NEW, "accent"),
    (N_("Known people: {count}"), "person", State.KNOWN, "accent"),
    (N_("New help: {count}"), "service", State.NEW, "accent"),
    (N_("New cases: {count}"), "case", State.NEW, "accent"),
    (N_("New grants: {count}"), "grant", State.NEW, "accent"),
    (N_("New consents: {count}"), "consent", State.NEW, "accent"),
    (N_("Changed: {count}"), "", State.CHANGED, "warn"),
    (N_("Stays as it is here: {count}"), "", State.KEPT, "warn"),
    (N_("As before: {count}"), "", State.UNCHANGED, "plain"),
)
_FILTERS: Final[tuple[tuple[str, str], ...]] = (
    ("all", N_("All rows")),
    ("error", N_("Rows that cannot be taken in")),
    ("look", N_("Rows to look at")),
    ("known", N_("Perhaps recorded already")),
    ("new", N_("New")),
    ("changed", N_("Changed")),
)


class PreviewStep(QWidget):
    """``show_plan(plan)``. ``left_out`` is ticked or not; ``chosen`` when a row's person or source was chosen."""

    left_out = Signal(bool)
    same_chosen = Signal(str, object)
    source_chosen = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[PlanRow, ...] = ()
        self._shown: list[PlanRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.counts = Flow(6)
        column.addWidget(self.counts)
        self._chips: list[Chip] = []
        self.leave_out = LeaveOut()
        self.leave_out.toggled.connect(self.left_out)
        column.addWidget(self.leave_out)
        self.notes = Card(_("What you should know"))
        self._notes = WrapLabel()
        self.notes.add(self._notes)
        column.addWidget(self.notes)
        column.addWidget(self._rows_card())
        self.row = RowCard()
        self.row.same_chosen.connect(self.same_chosen)
        self.row.source_chosen.connect(self.source_chosen)
        column.addWidget(self.row)

    def show_plan(self, plan: Plan) -> None:
        """Show what would be done."""
        self._rows = tuple(sorted(plan.rows, key=lambda row: (_gravity(row), row.number)))
        self._show_counts(plan)
        self.leave_out.show_plan(plan)
        self._notes.setText("\n".join(dict.fromkeys(note.sentence() for note in plan.notes)))
        self.notes.setVisible(bool(plan.notes))
        self._filter()

    def _rows_card(self) -> Card:
        card = Card(_("Row by row"))
        head = row_in(card.body)
        words = label(_("Show"), "field")
        self.filter = CalmCombo()
        self.filter.setAccessibleName(_("Which rows are shown"))
        for key, text in _FILTERS:
            self.filter.addItem(translate(text), key)
        self.filter.currentIndexChanged.connect(self._filter)
        head.addWidget(words)
        head.addWidget(self.filter)
        head.addStretch(1)
        self.table = PlainTable(_("Rows of the sheet"), most_lines=9)
        self.table.picked.connect(self._pick)
        card.add(self.table)
        self.none = WrapLabel(_("No row is like that."), "sub")
        card.add(self.none)
        return card

    def _show_counts(self, plan: Plan) -> None:
        for chip in self._chips:
            self.counts.flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        found: list[tuple[str, ChipKind]] = []
        if plan.errors:
            found.append((_("Cannot be taken in: {count}").format(count=plan.errors), "danger"))
        for text, kind, state, colour in _COUNTS:
            of_kind = [count for (one, found_), count in plan.counts.items() if found_ is state and kind in ("", one)]
            if total := sum(of_kind):
                found.append((translate(text).format(count=total), colour))
        for words, colour in found:
            chip = Chip(words, colour)
            self._chips.append(chip)
            self.counts.add(chip)

    def _filter(self) -> None:
        wanted = self.filter.currentData()
        self._shown = [row for row in self._rows if _is_shown(row, str(wanted))]
        heads = (
            Head(_("Row"), number=True),
            Head(_("Who")),
            Head(_("What it makes")),
            Head(_("What there is to say"), wide=True),
        )
        drawn = signs()
        self.table.show_lines(heads, [_line(row, drawn) for row in self._shown])
        self.table.setVisible(bool(self._shown))
        self.none.setVisible(not self._shown)
        if self._shown:
            self.table.selectRow(0)
        self._pick(0 if self._shown else -1)

    def _pick(self, at: int) -> None:
        if 0 <= at < len(self._shown):
            self.row.show_row(self._shown[at])
        self.row.setVisible(0 <= at < len(self._shown))


def _gravity(row: PlanRow) -> int:
    """Errors, then what wants a look or an answer, then the others."""
    return min(GRAVE[row.weight], 2) if not (row.likely or row.clash) else min(GRAVE[row.weight], 1)


def _is_shown(row: PlanRow, wanted: str) -> bool:
    return {
        "error": row.weight is Weight.ERROR,
        "look": row.weight in (Weight.ERROR, Weight.WARNING) or bool(row.likely) or row.clash,
        "known": bool(row.likely) or row.same is not None,
        "new": row.state is State.NEW,
        "changed": row.state in (State.CHANGED, State.KEPT),
    }.get(wanted, True)


def makes(row: PlanRow) -> str:
    """What a row makes, in words."""
    by_state: dict[State, list[str]] = {}
    for kind, state in row.makes:
        by_state.setdefault(state, []).append(translate(_KINDS[kind]))
    told = [
        translate(text).format(things=", ".join(dict.fromkeys(by_state[state])))
        for state, text in _STATES.items()
        if state in by_state
    ]
    return "; ".join(told) if told else _("nothing")


def _line(row: PlanRow, drawn: Mapping[Weight | None, QIcon]) -> Line:
    cells = (str(row.number), row.who[:60], makes(row), headline(row))
    return Line(cells, icon=drawn.get(row.weight), icon_at=3, hint="\n".join(remarks(row)))
