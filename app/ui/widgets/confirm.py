"""A question inside the screen: buttons name the action, nothing is modal, Esc answers "no"."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from app.i18n import _
from app.ui.widgets.buttons import button, danger_button, primary_button
from app.ui.widgets.text import WrapLabel


class ConfirmBar(QFrame):
    """Hidden until ``ask``. A new question replaces the one before it (which counts as "no")."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("banner", "warn")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 8, 12, 8)
        self._row.setSpacing(8)
        self._text = WrapLabel()
        self._row.addWidget(self._text, 1)
        self._buttons: list[QPushButton] = []
        self.hide()

    def ask(
        self,
        question: str,
        verb: str,
        action: Callable[[], object],
        *,
        stay: str = "",
        other: Callable[[], object] | None = None,
        danger: bool = False,
    ) -> None:
        """Show ``question``; ``verb`` on the button runs ``action``; ``stay`` (default "Leave as it is") hides it.

        With ``other`` the second button does that: then it has the focus, as the one that makes nothing new.
        """
        self._clear()
        self._text.setText(question)
        self.setAccessibleName(question)
        yes = (danger_button if danger else primary_button)(verb)
        yes.clicked.connect(lambda: self._answer(action))
        no = button(stay or _("Leave as it is"))
        no.clicked.connect(lambda: self._answer(other) if other else self.dismiss())
        self._buttons = [yes, no]
        for press in self._buttons:
            self._row.addWidget(press)
        self.show()
        # The harmless answer has the focus when something would be destroyed.
        (no if danger or other else yes).setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """Take the question away unanswered."""
        self.hide()
        self._clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = next((press for press in self._buttons if press.hasFocus()), None)
            # The key that asked may still be held down.
            if focused is not None and not event.isAutoRepeat():
                focused.click()
        else:
            super().keyPressEvent(event)

    def _answer(self, action: Callable[[], object]) -> None:
        self.dismiss()
        action()

    def _clear(self) -> None:
        for press in self._buttons:
            self._row.removeWidget(press)
            press.hide()
            press.deleteLater()
        self._buttons = []
