"""What taking a filled workbook in would do, row by row, the grave ones first, with the choice who somebody is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from app.i18n import N_, _, translate
from app.sheets.rows import Weight
from app.ui import theme
from app.ui.exchange.plain_table import Head, Line, PlainTable
from app.ui.exchange.row_words import GRAVE, headline, likeness, same_as, signs
from app.ui.forms.editor import CalmCombo
from app.ui.widgets.text import WrapLabel, label
from app.usecases.taking_in import Plan, PlanRow, State

_STATES: Final = {
    State.NEW: N_("A new record"),
    State.CHANGED: N_("A change"),
    State.UNCHANGED: N_("As before"),
    State.KEPT: N_("Stays as it is here"),
    State.KNOWN: N_("Recorded already"),
}


class Rows(QWidget):
    """``show_plan(plan)``. ``same_chosen`` gives the key of somebody in the file and who she is, None for new."""

    same_chosen = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[PlanRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.table = PlainTable(_("Rows of the sheet"), most_lines=9)
        self.table.picked.connect(self._pick)
        self.words = WrapLabel()
        self.question = label(_("Who is this?"), "field")
        self.who: QComboBox = CalmCombo()
        self.who.setAccessibleName(_("Who is this?"))
        self.who.setMinimumWidth(theme.px(240))
        self.who.activated.connect(self._chosen)
        for widget in (self.table, self.words, self.question, self.who):
            column.addWidget(widget)

    def show_plan(self, plan: Plan) -> None:
        """Show the rows, those with problems first."""
        self._rows = sorted(plan.rows, key=lambda row: (_gravity(row), row.number))
        heads = (
            Head(_("Row"), number=True),
            Head(_("Who")),
            Head(_("What becomes of it")),
            Head(_("What there is to say"), wide=True),
        )
        drawn = signs()
        self.table.show_lines(heads, [_line(row, drawn) for row in self._rows])
        if self._rows:
            self.table.selectRow(0)
        self._pick(0 if self._rows else -1)

    def _pick(self, at: int) -> None:
        row = self._rows[at] if 0 <= at < len(self._rows) else None
        said = [one.words.sentence() for one in row.remarks] if row else []
        likely = row.likely if row else ()
        said += map(likeness, likely)
        self.words.setText("\n".join(said))
        self.words.setVisible(bool(said))
        for widget in (self.question, self.who):
            widget.setVisible(bool(likely))
        self.who.clear()
        if row is not None and likely:
            self.who.addItem(_("A new person"), None)
            for match in likely:
                self.who.addItem(same_as(match), str(match.uid))
            self.who.setCurrentIndex(max(0, self.who.findData(str(row.same) if row.same else None)))

    def _chosen(self, at: int) -> None:
        picked = self.table.row()
        if 0 <= picked < len(self._rows):
            row = self._rows[picked]
            self.same_chosen.emit(row.key, row.likely[at - 1].uid if at > 0 else None)


def _gravity(row: PlanRow) -> int:
    return min(GRAVE[row.weight], 1 if row.likely else 3)


def _line(row: PlanRow, drawn: Mapping[Weight | None, QIcon]) -> Line:
    state = translate(_STATES[row.state]) if row.state else _("Cannot be taken in")
    cells = (str(row.number), row.who[:60], state, headline(row))
    return Line(cells, icon=drawn.get(row.weight), icon_at=3)
