"""Over what a question counts and how it is broken down: period, area, centre, donor, dimensions, audience."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from app import codelists
from app.i18n import _, language
from app.reports import words
from app.reports.paper.tongue import Tongue
from app.reports.table import Scope
from app.ui.figures.audience import AudienceChoice
from app.ui.figures.period import PeriodChoice
from app.ui.forms.editor import CalmCombo
from app.ui.widgets.buttons import segment_button
from app.ui.widgets.card import Card
from app.ui.widgets.flow import Flow
from app.ui.widgets.named import Named
from app.usecases.statistics import MOST_DIMENSIONS, Question

_WIDEST: Final = 14
"""How many letters a list of places shows at least; longer names are seen when it is opened."""


class Bounds(Card):
    """``question(code)`` is the question as it is chosen; ``changed`` fires when it is another one."""

    changed = Signal()

    def __init__(self, today: dt.date) -> None:
        super().__init__()
        self.period = PeriodChoice(today)
        self.oblast, self.centre, self.donor = _combo(_("Oblast")), _combo(_("Centre")), _combo(_("Donor"))
        self.audience = AudienceChoice()
        self.chips: dict[str, QPushButton] = {}
        self._order: list[str] = []
        self._by = Flow(6)
        self._by_field = Named(_("Broken down by (at most two)"), self._by)
        where = Flow(12)
        where.add(self.period)
        for box in (self.oblast, self.centre, self.donor):
            where.add(Named(box.accessibleName(), box))
            box.activated.connect(self._chosen)
        _fill(self.oblast, _("all oblasts"), {one: _label("oblasts", one) for one in codelists.get("oblasts").codes})
        for item in (where, self._by_field, self.audience):
            self.add(item)
        for part in (self.period, self.audience):
            part.changed.connect(self._chosen)

    def know(self, months: Sequence[str], centres: Mapping[str, str], donors: Sequence[str]) -> None:
        """What stands in the store: offer it."""
        self.period.know(months)
        _fill(self.centre, _("all centres"), centres)
        _fill(self.donor, _("all donors"), {code: _label("donors", code) for code in donors})

    def offer(self, dimensions: Sequence[str], by: Sequence[str] = ()) -> None:
        """Offer these dimensions; ``by`` are chosen."""
        for old in self.chips.values():
            self._by.flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.chips, self._order = {}, [name for name in by if name in dimensions]
        say = Tongue(language())
        for name in dimensions:
            chip = segment_button(words.dimension(name, say))
            chip.setChecked(name in by)
            chip.toggled.connect(self._toggled)
            self.chips[name] = chip
            self._by.add(chip)
        self._by_field.setVisible(bool(dimensions))

    def show_question(self, question: Question, dimensions: Sequence[str]) -> None:
        """Be as ``question`` says."""
        self.period.choose(question.scope.first, question.scope.last)
        for box, key in (
            (self.oblast, question.scope.oblast),
            (self.centre, question.scope.centre),
            (self.donor, question.scope.donor),
        ):
            if box.findData(key) < 0:
                box.addItem(key, key)  # not known here any more: asked for all the same, never for everything
            box.setCurrentIndex(box.findData(key))
            _hide_alone(box)
        self.audience.choose(question.audience)
        self.offer(dimensions, question.by)

    def question(self, code: str) -> Question:
        """The question about the indicator ``code``."""
        first, last = self.period.bounds()
        oblast, centre, donor = (str(box.currentData() or "") for box in (self.oblast, self.centre, self.donor))
        scope = Scope(first, last, oblast=oblast, centre=centre, donor=donor)
        return Question(code, tuple(self._order), scope, self.audience.audience)

    def _toggled(self, on: bool) -> None:
        name = next((name for name, chip in self.chips.items() if chip is self.sender()), "")
        if on:
            self._order.append(name)
        elif name in self._order:
            self._order.remove(name)
        if len(self._order) > MOST_DIMENSIONS:  # the one that was chosen first makes room
            self.chips[self._order[0]].setChecked(False)
            return
        self.changed.emit()

    def _chosen(self) -> None:
        self.changed.emit()


def _label(name: str, code: str) -> str:
    return codelists.get(name).label(code)


def _combo(name: str) -> CalmCombo:
    box = CalmCombo()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_WIDEST)
    return box


def _fill(box: QComboBox, everything: str, items: Mapping[str, str]) -> None:
    """Offer ``items`` by key after the word for all of them; what is chosen stays chosen."""
    chosen = box.currentData() or ""
    box.clear()
    box.addItem(everything, "")
    for key, text in items.items():
        box.addItem(text, key)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    _hide_alone(box)


def _hide_alone(box: QComboBox) -> None:
    """A list with nothing to choose from is not shown."""
    field: QWidget | None = box.parentWidget()
    if field is not None:
        field.setVisible(box.count() > 1)
