"""For whom: three clear words, and one line that says what the choice does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from app.i18n import N_, _, translate
from app.reports.table import Audience
from app.ui.widgets.buttons import segment_button
from app.ui.widgets.flow import Flow
from app.ui.widgets.text import WrapLabel, label

_WORDS: Final = {
    Audience.INTERNAL: N_("Ourselves"),
    Audience.TASK_FORCE: N_("Task force"),
    Audience.PUBLIC: N_("Donors and public"),
}
_DOES: Final = {
    Audience.INTERNAL: N_("Everything is shown, everybody is counted. Not for release."),
    Audience.TASK_FORCE: N_(
        "Small numbers are hidden. Whole quarters that are over. Only persons who agreed are counted."
    ),
    Audience.PUBLIC: N_(
        "Small numbers are hidden, the others rounded. Whole half-years that are over, the whole country. Only "
        "persons who agreed are counted."
    ),
}


def short(audience: Audience) -> str:
    """For whom, in a word or two: on a button, in a line of a list."""
    return translate(_WORDS[audience])


class AudienceChoice(QWidget):
    """``audience`` is chosen; ``changed`` fires when it is another one."""

    changed = Signal()

    def __init__(self, offered: Sequence[Audience] = tuple(Audience)) -> None:
        super().__init__()
        self.presses: dict[Audience, QPushButton] = {}
        self._group = QButtonGroup(self)
        line = Flow(6)
        for audience in offered:
            press = segment_button(short(audience))
            self._group.addButton(press)
            line.add(press)
            self.presses[audience] = press
        self._does = WrapLabel("", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(label(_("For whom"), "field"))
        column.addWidget(line)
        column.addWidget(self._does)
        self.choose(offered[0])
        self._group.buttonClicked.connect(self._clicked)

    @property
    def audience(self) -> Audience:
        """For whom the figures are."""
        return next(one for one, press in self.presses.items() if press.isChecked())

    def choose(self, audience: Audience) -> None:
        """Choose ``audience``; one that is not offered changes nothing."""
        if (press := self.presses.get(audience)) is not None:
            press.setChecked(True)
            self._does.setText(translate(_DOES[audience]))

    def _clicked(self) -> None:
        self._does.setText(translate(_DOES[self.audience]))
        self.changed.emit()
