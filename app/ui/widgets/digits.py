"""Digits typed in groups: a card's comparison number (4 groups of 5), the recovery code (8 groups of 6)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from app.i18n import _
from app.ui import theme
from app.ui.widgets.flow import Flow
from app.ui.widgets.text import label, restyle


class DigitsEdit(Flow):
    """One box for each group; typing runs on to the next, a paste fills all, backspace goes back.

    ``DigitsEdit(4, 5)`` for cards, ``DigitsEdit(8, 6)`` for the recovery code. Whatever is not a digit is dropped,
    so numbers may be pasted with blanks or dashes. Each box wears its number, because errors and papers name it.
    Enter goes to the first box that is not full; ``submitted`` fires where all are, and the screen hears the key.
    """

    changed = Signal()
    submitted = Signal()

    def __init__(self, groups: int, size: int, name: str = "") -> None:
        super().__init__(10, 6)
        self._size = size
        self.boxes: list[QLineEdit] = []
        for at in range(groups):
            box = QLineEdit()
            box.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.setFixedWidth(theme.px(14) * size // 2 + theme.px(36))
            box.setPlaceholderText("·" * size)
            title = name or _("Digits")
            box.setAccessibleName(
                _("{title}, group {number} of {count}").format(title=title, number=at + 1, count=groups)
            )
            box.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
            box.textEdited.connect(self._typed)
            box.installEventFilter(self)
            self.boxes.append(box)
            self.add(_numbered(at + 1, box))
        self.setFocusProxy(self.boxes[0])

    def digits(self) -> str:
        """All digits typed so far, without blanks."""
        return "".join(box.text() for box in self.boxes)

    def is_complete(self) -> bool:
        """Is each group full?"""
        return all(len(box.text()) == self._size for box in self.boxes)

    def set_digits(self, text: str) -> None:
        """Fill the groups with the digits of ``text``."""
        self._fill(0, text)

    def set_invalid(self, invalid: bool) -> None:
        """Mark the boxes red (the sentence that says why stands beside them)."""
        for box in self.boxes:
            restyle(box, "invalid", invalid)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QLineEdit):
            at = self.boxes.index(watched)
            if event.matches(QKeySequence.StandardKey.Paste):
                self._fill(at, QApplication.clipboard().text())
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
                return self._entered()
            if event.key() == Qt.Key.Key_Backspace and not watched.text() and at:
                self.boxes[at - 1].setFocus()
                self.boxes[at - 1].backspace()
                self._report()
                return True
        return super().eventFilter(watched, event)

    def _entered(self) -> bool:
        """Enter: is it used up here, because a box is not full?"""
        gap = next((box for box in self.boxes if len(box.text()) < self._size), None)
        if gap is None:
            self.submitted.emit()
            return False
        gap.setFocus()
        return True

    def _typed(self) -> None:
        box = self.sender()
        if isinstance(box, QLineEdit):
            self._fill(self.boxes.index(box), box.text())

    def _fill(self, start: int, text: str) -> None:
        # ``isdigit`` alone would let in digits of other scripts and superscripts.
        rest = "".join(sign for sign in text if sign in "0123456789")
        for at in range(start, len(self.boxes)):
            part, rest = rest[: self._size], rest[self._size :]
            self.boxes[at].setText(part)
            if len(part) < self._size:
                self.boxes[at].setFocus()
                break
            if not rest:
                self.boxes[min(at + 1, len(self.boxes) - 1)].setFocus()
                break
        self._report()

    def _report(self) -> None:
        self.set_invalid(False)
        self.changed.emit()


def _numbered(number: int, box: QLineEdit) -> QWidget:
    """The box with its number before it, as it stands on the sheet."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    row.addWidget(label(str(number), "small"))
    row.addWidget(box)
    return made
