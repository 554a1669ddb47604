"""One question on the coordinator's list: whom, what, both values, the answer, and what can be done with it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from app.forms.spec import Field, Kind, Leaves
from app.i18n import N_, _, translate
from app.ui import theme
from app.ui.forms.context import FormContext
from app.ui.forms.text_editors import LongEditor
from app.ui.records.question_line import answer_of, chip_of, state_of, values_of, what_of
from app.ui.widgets.buttons import button, ghost_button, link_button, primary_button
from app.ui.widgets.chip import Chip
from app.ui.widgets.flow import Flow
from app.ui.widgets.text import WrapLabel, label
from app.usecases.questions import QuestionRow, QuestionState

_AGAIN = Field(
    "again", Kind.LONG, N_("What is still to be said?"), Leaves.NEVER, hint=N_("No names here."), multiline=2
)


@dataclass(frozen=True, slots=True)
class Verbs:
    """What the buttons of a question do."""

    open_person: Callable[[uuid.UUID], object]
    open_record: Callable[[QuestionRow], object]
    close: Callable[[QuestionRow], object]
    again: Callable[[QuestionRow, str], object]
    take_back: Callable[[QuestionRow], object]


class QuestionCard(QFrame):
    """``QuestionCard(row, verbs)``. Asking again opens a box for words in the card itself."""

    def __init__(self, row: QuestionRow, do: Verbs) -> None:
        super().__init__()
        self.row = row
        self.buttons: list[QPushButton] = []
        self._do = do
        self.setProperty("kind", "row")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(4)
        column.addWidget(self._head())
        for words in values_of(row):
            column.addWidget(WrapLabel(words))
        if answer := answer_of(row):
            column.addWidget(WrapLabel(answer, "strong"))
        column.addWidget(WrapLabel(state_of(row), "sub"))
        column.addWidget(self._presses())
        self.box = self._box()
        column.addWidget(self.box)
        self.setAccessibleName(
            " · ".join(part for part in (row.code, row.name, what_of(row), chip_of(row)[0]) if part)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.box.isHidden():
            self.box.hide()
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _head(self) -> QWidget:
        row = self.row
        head = Flow(8, 0)
        parts: list[QWidget] = []
        who = " · ".join(part for part in (row.code, row.name) if part)
        person = row.person
        if who and person is not None:
            parts.append(link_button(who, lambda: self._do.open_person(person)))
        parts += [label(what_of(row), "strong"), Chip(*chip_of(row)), label(row.centre, "sub")]
        for part in parts:
            # One height for all: the words stand on one line.
            part.setMinimumHeight(theme.px(26))
            head.add(part)
        return head

    def _presses(self) -> Flow:
        row, do = self.row, self._do
        presses = Flow(8)
        if row.state is QuestionState.ANSWERED:
            self._press(presses, button(_("Close"), "check", lambda: do.close(row)))
        if row.values and (row.person is not None or row.of_nobody):
            self._press(presses, button(_("Open the record"), "", lambda: do.open_record(row)))
            if row.state in (QuestionState.ANSWERED, QuestionState.CLOSED):
                self._press(presses, ghost_button(_("Ask again"), "question", self._show_box))
        if row.state in (QuestionState.TO_TELL, QuestionState.ASKED):
            self._press(presses, ghost_button(_("Take the question back"), "undo", lambda: do.take_back(row)))
        return presses

    def _press(self, presses: Flow, made: QPushButton) -> None:
        row = self.row
        made.setAccessibleName(" · ".join(part for part in (made.text().strip(), row.code, what_of(row)) if part))
        self.buttons.append(made)
        presses.add(made)

    def _box(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        self.words = LongEditor(_AGAIN, FormContext(choices=lambda _name: ()))
        column.addWidget(WrapLabel(translate(_AGAIN.label), "field"))
        column.addWidget(self.words)
        presses = Flow(8)
        presses.add(primary_button(_("Ask again"), "question", self._again))
        presses.add(button(_("Leave as it is"), "", box.hide))
        column.addWidget(presses)
        box.hide()
        return box

    def _show_box(self) -> None:
        self.box.show()
        self.words.stops()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _again(self) -> None:
        self._do.again(self.row, str(self.words.value() or ""))
