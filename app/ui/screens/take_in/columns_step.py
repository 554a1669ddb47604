"""The second step: which column of the sheet goes where, how its dates and sums are meant, and unknown words."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from app import codelists
from app.forms import partial, typed_dates
from app.i18n import N_, _, language, translate
from app.sheets import mapping
from app.sheets.mapping import Columns
from app.sheets.table import Sheet
from app.sheets.targets import AGE, AMOUNT, TARGETS
from app.ui import theme
from app.ui.forms.editor import CalmCombo
from app.ui.screens.take_in.word_rows import WordRows
from app.ui.widgets.card import Card
from app.ui.widgets.nested import column_in, empty, grid_in
from app.ui.widgets.text import WrapLabel, label, restyle

_HEADS: Final = 25
_WAIT_MS: Final = 250
_NOT_TAKEN: Final = N_("— not taken in —")


class ColumnsStep(QWidget):
    """``show_sheet(sheet, columns, registers)``; ``columns()`` is how they are understood now."""

    changed = Signal()
    head_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._sheet = Sheet("", ())
        self._columns: Columns | None = None
        self.combos: dict[int, QComboBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._about_card())
        self._card = Card(_("Columns of the sheet"))
        self._card.add(
            WrapLabel(_("Say for each column what stands in it. Columns that go nowhere are left out."), "sub")
        )
        self._grid_place = column_in(self._card.body)
        column.addWidget(self._card)
        self.words = WordRows()
        self.words.meant.connect(self._mean)
        column.addWidget(self.words)
        # Looking through a long sheet for unknown words waits until the typing hand rests.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_WAIT_MS)
        self._later.timeout.connect(self._look_for_words)

    def show_sheet(self, sheet: Sheet, columns: Columns, registers: Sequence[str]) -> None:
        """Show what is known of a sheet; ``registers`` are names given before."""
        self._sheet, self._columns = sheet, columns
        self.register.setText(columns.register)
        self.register.setToolTip("\n".join(registers))
        self.head.blockSignals(True)
        self.head.clear()
        for at, row in enumerate(sheet.rows[:_HEADS]):
            words = ", ".join(cell for cell in row if cell)
            self.head.addItem(_("Row {number}: {words}").format(number=at + 1, words=words[:60]), at)
        self.head.setCurrentIndex(columns.head)
        self.head.blockSignals(False)
        self._choose(self.order, columns.month_first)
        self._choose(self.currency, columns.currency)
        self.ages_on.setText(partial.display(columns.ages_on.isoformat(), language()))
        self._fill_grid()
        self._look_for_words()

    def columns(self) -> Columns | None:
        """How the columns are understood now; None while something is not filled in."""
        day = self._day()
        name = " ".join(self.register.text().split())
        if self._columns is None or day is None or not name or not self._columns.taken:
            return None
        return dataclasses.replace(
            self._columns,
            register=name,
            ages_on=day,
            month_first=bool(self.order.currentData()),
            currency=str(self.currency.currentData()),
        )

    def _about_card(self) -> Card:
        card = Card(_("The register"))
        grid = grid_in(card.body)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self.register = QLineEdit()
        self.head, self.order, self.currency = CalmCombo(), CalmCombo(), CalmCombo()
        self.ages_on = QLineEdit()
        self.order.addItem(_("Day before month: 09.03 is 9 March"), False)
        self.order.addItem(_("Month before day: 09/03 is 3 September"), True)
        for entry in codelists.get("currencies"):
            self.currency.addItem(entry.labels[language()], entry.code)
        rows: tuple[tuple[str, QWidget], ...] = (
            (_("Name of the register"), self.register),
            (_("Headings stand in"), self.head),
            (_("Order of dates"), self.order),
            (_("Ages were right on"), self.ages_on),
            (_("Sums without a currency are in"), self.currency),
        )
        self._labels: dict[QWidget, QWidget] = {}
        for at, (words, widget) in enumerate(rows):
            named = label(words, "field")
            widget.setAccessibleName(words)
            grid.addWidget(named, at, 0)
            grid.addWidget(widget, at, 1)
            self._labels[widget] = named
            if isinstance(widget, QComboBox):
                _may_shrink(widget)
        hint = _(
            "The same register has the same name each time. Two registers that both count from 1 need two names."
        )
        card.add(WrapLabel(hint, "small"))
        self.register.textChanged.connect(self.changed)
        self.ages_on.textChanged.connect(self._day_typed)
        self.order.currentIndexChanged.connect(self.changed)
        self.currency.currentIndexChanged.connect(self.changed)
        self.head.activated.connect(self.head_chosen)
        return card

    def _day(self) -> dt.date | None:
        if self._columns is None:
            return None
        return partial.day(typed_dates.parse(self.ages_on.text(), self._columns.ages_on))

    def _day_typed(self) -> None:
        restyle(self.ages_on, "invalid", self._day() is None)
        self.changed.emit()

    def _fill_grid(self) -> None:
        """One line for each column that holds anything."""
        assert self._columns is not None
        empty(self._grid_place)
        self.combos = {}
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for at, stretch in enumerate((2, 3, 3)):
            grid.setColumnStretch(at, stretch)
        line = 0
        for column, title in enumerate(mapping.titles(self._sheet, self._columns.head)):
            shown = mapping.examples(self._sheet, self._columns, column)
            if not title and not shown:
                continue
            name = title or _("Column {number}").format(number=column + 1)
            combo = self._target_combo(column, name)
            grid.addWidget(WrapLabel(name, "strong"), line, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(WrapLabel(" · ".join(one[:40] for one in shown), "sub"), line, 1)
            grid.addWidget(combo, line, 2)
            self.combos[column] = combo
            line += 1
        self._grid_place.addWidget(inner)
        self._offer_questions()

    def _target_combo(self, column: int, name: str) -> QComboBox:
        assert self._columns is not None
        combo = CalmCombo()
        combo.setAccessibleName(_("What stands in the column {name}").format(name=name))
        combo.setMaxVisibleItems(16)
        _may_shrink(combo)
        combo.addItem(translate(_NOT_TAKEN), "")
        for target in TARGETS:
            words = translate(target.label)
            if target.key.startswith(("case.", "service.")):
                words = _("{group}: {field}").format(group=translate(target.group), field=words)
            combo.addItem(words, target.key)
        self._choose(combo, self._columns.taken.get(column, ""))
        combo.currentIndexChanged.connect(lambda _index, at=column: self._assign(at))
        return combo

    def _assign(self, column: int) -> None:
        """A column goes elsewhere; the one that went there before goes nowhere."""
        assert self._columns is not None
        self._columns = self._columns.with_column(column, str(self.combos[column].currentData()))
        for at, combo in self.combos.items():
            self._choose(combo, self._columns.taken.get(at, ""))
        self._offer_questions()
        self._later.start()
        self.changed.emit()

    def _offer_questions(self) -> None:
        """Ages and sums are asked about only where there are any."""
        assert self._columns is not None
        taken = set(self._columns.taken.values())
        for widget, wanted in ((self.ages_on, {AGE, "person.birth"}), (self.currency, {AMOUNT})):
            widget.setVisible(bool(taken & wanted))
            self._labels[widget].setVisible(bool(taken & wanted))

    def _mean(self, key: str, text: str, code: object) -> None:
        assert self._columns is not None
        self._columns = self._columns.with_value(key, text, None if code is None else str(code))
        self.changed.emit()

    def _look_for_words(self) -> None:
        if self._columns is not None:
            self.words.show_words(self._sheet, self._columns)

    def _choose(self, combo: QComboBox, data: object) -> None:
        combo.blockSignals(True)
        combo.setCurrentIndex(max(0, combo.findData(data)))
        combo.blockSignals(False)


def _may_shrink(combo: QComboBox) -> None:
    """As wide as there is room, not as its longest entry."""
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(12)
    combo.setMinimumWidth(theme.px(160))
