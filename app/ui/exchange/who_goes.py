"""Who is in the next bundle: one line that unfolds to a list. Nobody goes unseen, nothing is in the way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _, ngettext
from app.ui.exchange.plain_table import Head, Line, PlainTable
from app.ui.widgets.buttons import ghost_button
from app.usecases.sending import PersonToSend


class WhoGoes(QWidget):
    """``show_people`` fills it; folded at first, hidden where nobody goes."""

    def __init__(self) -> None:
        super().__init__()
        self.fold = ghost_button("", "people", self._toggle)
        self.fold.setCheckable(True)
        self.table = PlainTable(_("Who goes"), most_lines=6)
        self.table.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.table)
        self.hide()

    def show_people(self, people: Sequence[PersonToSend]) -> None:
        """Each person with the records that go and whether her name goes with them."""
        count = len(people)
        self.fold.setText(ngettext("Who goes: {count} person", "Who goes: {count} people", count).format(count=count))
        self.fold.setAccessibleName(self.fold.text())
        heads = (Head(_("Code")), Head(_("Name"), wide=True), Head(_("Records"), number=True), Head(_("How")))
        lines = [
            Line(
                (
                    one.code or _("Deleted here"),
                    one.name or "—",
                    str(one.records),
                    _("with the name") if one.named else _("under the code"),
                )
            )
            for one in people
        ]
        self.table.show_lines(heads, lines)
        self.setVisible(bool(people))

    def _toggle(self) -> None:
        self.table.setVisible(self.fold.isChecked())
