"""What all steps share: a title, an explanation, questions with their problems beside them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.i18n import _
from app.ui.screens.first_start.draft import Draft
from app.ui.widgets.passphrase import PassphraseEdit
from app.ui.widgets.text import WrapLabel, label, restyle


class Step(QWidget):
    """One step. ``accept`` keeps the answers in the draft, or says beside a question what is missing."""

    verb = ""  # the word on the main button, where it is not "Next"

    def __init__(self, draft: Draft, title: str, text: str = "") -> None:
        super().__init__()
        self.draft = draft
        self.title = title
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(12)
        self.body.addWidget(WrapLabel(title, "h1"))
        if text:
            self.body.addWidget(WrapLabel(text, "sub"))
        self.setAccessibleName(title)

    def accept(self) -> bool:
        """Keep the answers; False (and a sentence beside the question) where something is missing."""
        return True

    def first(self) -> QWidget | None:
        """Where the focus goes when the step is shown."""
        return None


class Question(QWidget):
    """A label, a control, a quiet hint, and the sentence of a problem below it, which goes when it is mended."""

    def __init__(self, text: str, control: QWidget, hint: str = "") -> None:
        super().__init__()
        self.control = control
        self._hint = hint
        control.setAccessibleName(text)
        control.setAccessibleDescription(hint)
        self._error = WrapLabel("", "error")
        self._error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(text, "field"))
        column.addWidget(control)
        if hint:
            column.addWidget(WrapLabel(hint, "small"))
        column.addWidget(self._error)
        _on_change(control, self._mended)

    def problem(self, text: str) -> None:
        """Say what is wrong, or nothing."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        restyle(self.control, "invalid", bool(text))
        self.control.setAccessibleDescription(text or self._hint)
        if text:
            self.control.setFocus()

    def problem_text(self) -> str:
        """What is said now."""
        return self._error.text()

    def _mended(self) -> None:
        if self._error.text():
            self.problem("")

    def needs(self, answer: str) -> bool:
        """Is there an answer? Says so beside the question where not."""
        self.problem("" if answer else _("Please answer this."))
        return bool(answer)


def _on_change(control: QWidget, mended: Callable[[], None]) -> None:
    """Have ``mended`` called when the person changes the answer."""
    match control:
        case QLineEdit():
            control.textEdited.connect(mended)
        case QComboBox():
            control.activated.connect(mended)
        case QPlainTextEdit():
            control.textChanged.connect(mended)
        case PassphraseEdit():
            control.changed.connect(mended)


def line(text: str = "") -> QLineEdit:
    """A line for a name."""
    made = QLineEdit(text)
    made.setMaxLength(120)
    return made


def combo(entries: list[tuple[str, str]], chosen: str = "") -> QComboBox:
    """A list whose first entry is "not chosen"."""
    made = QComboBox()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(16)
    made.setMaxVisibleItems(14)
    fill(made, entries, chosen)
    return made


def fill(made: QComboBox, entries: list[tuple[str, str]], chosen: str = "") -> None:
    """Put ``entries`` (code, words) into ``made``."""
    made.clear()
    made.addItem(_("not chosen"), "")
    for code, words in entries:
        made.addItem(words, code)
    made.setCurrentIndex(max(0, made.findData(chosen)))
