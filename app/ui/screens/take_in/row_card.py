"""One row of the sheet: everything that is to be said of it, and the choices that are hers who looks at it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from app.i18n import N_, _, translate
from app.sheets.rows import Remark, Weight
from app.sheets.targets import BY_KEY
from app.ui import theme
from app.ui.exchange.row_words import likeness, same_as
from app.ui.forms.editor import CalmCombo
from app.ui.widgets.card import Card
from app.ui.widgets.nested import column_in, empty
from app.ui.widgets.text import WrapLabel, label
from app.usecases.taking_in import PlanRow

_ROLES: Final = {Weight.ERROR: "error", Weight.WARNING: "doubt", Weight.TOLD: ""}
_NEW: Final = N_("A new person")


class RowCard(Card):
    """``show_row(row)``. ``same_chosen`` gives the key of the person in the sheet and who she is, None for new."""

    same_chosen = Signal(str, object)
    source_chosen = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.title = WrapLabel("", "h2")
        self.add(self.title)
        self._place = column_in(self.body)
        self.who: QComboBox | None = None
        self.source: QComboBox | None = None
        self.said: list[str] = []
        self.hide()

    def show_row(self, row: PlanRow) -> None:
        """Show this row."""
        empty(self._place)
        self.who = self.source = None
        title = _("Row {number}: {who}") if row.who else _("Row {number}")
        self.title.setText(title.format(number=row.number, who=row.who))
        self.said = [_sentence(one) for one in row.remarks]
        for text, one in zip(self.said, row.remarks, strict=True):
            self._place.addWidget(WrapLabel(text, _ROLES[one.weight]))
        if not self.said and not row.likely:
            self._place.addWidget(WrapLabel(_("Nothing is odd about this row."), "sub"))
        if row.likely:
            self._ask_who(row)
        if row.clash:
            self._ask_source(row)

    def _ask_who(self, row: PlanRow) -> None:
        combo = self._combo(_("Who is this?"))
        combo.addItem(translate(_NEW))
        for match in row.likely:
            combo.addItem(same_as(match))
        places = [at for at, match in enumerate(row.likely, 1) if match.uid == row.same]
        combo.setCurrentIndex(places[0] if places else 0)
        for match in row.likely:
            self._place.addWidget(WrapLabel(likeness(match), "small"))
        people = [None, *(match.uid for match in row.likely)]
        combo.activated.connect(lambda at: self.same_chosen.emit(row.key, people[at]))
        self.who = combo

    def _ask_source(self, row: PlanRow) -> None:
        combo = self._combo(_("What counts?"))
        combo.addItem(_("What stands here"), False)
        combo.addItem(_("What the sheet says"), True)
        combo.setCurrentIndex(int(row.follows_sheet))
        combo.activated.connect(lambda _at: self.source_chosen.emit(row.key, bool(combo.currentData())))
        self.source = combo

    def _combo(self, question: str) -> QComboBox:
        made = CalmCombo()
        made.setAccessibleName(question)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(20)
        made.setMinimumWidth(theme.px(240))
        self._place.addWidget(label(question, "field"))
        self._place.addWidget(made)
        return made


def _sentence(remark: Remark) -> str:
    """The remark, with the place it is about before it."""
    target = BY_KEY.get(remark.key)
    words = remark.words.sentence()
    return _("{place}: {words}").format(place=_(target.label), words=words) if target else words
