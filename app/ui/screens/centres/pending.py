"""A card that waits for its digits: type what the other side reads out; a wrong group is marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.i18n import _
from app.ui import theme
from app.ui.widgets.buttons import ghost_button, primary_button
from app.ui.widgets.digits import DigitsEdit
from app.ui.widgets.flow import Flow
from app.ui.widgets.text import WrapLabel, label, restyle
from app.usecases.enrolment import Peer

GROUPS, SIZE = 4, 5


class PendingCard(QFrame):
    """One card. ``confirm(inst, groups)`` and ``forget(inst)`` belong to the screen."""

    def __init__(
        self,
        peer: Peer,
        confirm: Callable[[UUID, Sequence[str]], object],
        forget: Callable[[UUID], object],
    ) -> None:
        super().__init__()
        self.peer = peer
        self._confirm = confirm
        self._forget = forget
        self.setProperty("kind", "row")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(WrapLabel(name_of(peer), "strong"))
        column.addWidget(
            WrapLabel(_("Call them. Type the 20 digits that they read out; do not read them from a paper."), "sub")
        )
        self.digits = DigitsEdit(GROUPS, SIZE, _("Digits of {name}").format(name=peer.centre_name))
        # The box that is to be typed again has the focus; it must look wrong all the same.
        self.digits.setStyleSheet(f'QLineEdit[invalid="true"]:focus {{ border: 2px solid {theme.tokens().danger}; }}')
        self.digits.changed.connect(self._typed)
        self.digits.submitted.connect(self._pressed)
        column.addWidget(self.digits)
        self.wrong = label("", "error")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        column.addWidget(self.wrong)
        presses = Flow(8)
        self.press = primary_button(_("Compare and trust"), "check", self._pressed)
        self.press.setEnabled(False)
        presses.add(self.press)
        presses.add(ghost_button(_("Throw this card away"), "trash", self._thrown))
        column.addWidget(presses)
        self.setAccessibleName(name_of(peer))

    def groups(self) -> list[str]:
        """What is typed, by group."""
        return [box.text() for box in self.digits.boxes]

    def comparing(self) -> None:
        """The digits are being compared."""
        self.press.setEnabled(False)
        self.digits.setEnabled(False)

    def show_wrong(self, sentence: str, groups: Sequence[int]) -> None:
        """Mark the groups that differ (1 to 4) and say so."""
        self.digits.setEnabled(True)
        for number, box in enumerate(self.digits.boxes, 1):
            restyle(box, "invalid", number in groups)
        self.wrong.setText(sentence)
        self.wrong.show()
        if groups:
            first = self.digits.boxes[groups[0] - 1]
            first.setFocus()
            first.selectAll()

    def _typed(self) -> None:
        self.wrong.hide()
        self.press.setEnabled(self.digits.is_complete())

    def _pressed(self) -> None:
        self._confirm(self.peer.inst, self.groups())

    def _thrown(self) -> None:
        self._forget(self.peer.inst)


def name_of(peer: Peer) -> str:
    """What a laptop is called on screen: its centre, its own name where that says more, and what it is."""
    role = _("coordinator") if peer.role == "coordinator" else _("centre")
    name = peer.centre_name if peer.name in {"", peer.centre_name} else f"{peer.centre_name}, {peer.name}"
    return f"{name} · {role}"
