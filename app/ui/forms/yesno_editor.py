"""YESNO: four exclusive buttons; pressing the chosen one again takes the answer back ("not asked").

The digits 1 to 4 press them, the space bar presses the one with the focus, and Enter goes on to the next field.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.forms.spec import Field
from app.i18n import N_, _, translate
from app.ui.forms.context import FormContext
from app.ui.forms.editor import Editor
from app.ui.widgets.buttons import segment_button
from app.ui.widgets.flow import Flow

ANSWERS: Final = (
    ("yes", N_("Yes")),
    ("no", N_("No")),
    ("unknown", N_("Not known")),
    ("declined", N_("Does not wish to say")),
)


class YesNoEditor(Editor):
    """``yes``, ``no``, ``unknown``, ``declined`` or nothing. A value of a newer version is kept.

    A field with ``special="fact"`` is about no person: nobody can decline to answer.
    """

    def __init__(self, field: Field, context: FormContext) -> None:
        super().__init__(field, context)
        self._strange: object | None = None
        self.buttons: dict[str, QPushButton] = {}
        flow = Flow(6)
        for key, text in ANSWERS[:-1] if field.special == "fact" else ANSWERS:
            press = segment_button(translate(text))
            press.setAccessibleName(
                _("{question}: {answer}").format(question=translate(field.label), answer=translate(text))
            )
            press.clicked.connect(self._pressed)
            press.installEventFilter(self)
            self.buttons[key] = press
            flow.add(press)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(flow)
        self.setFocusProxy(self.buttons["yes"])

    def value(self) -> object | None:
        return next((key for key, press in self.buttons.items() if press.isChecked()), self._strange)

    def set_value(self, value: object | None) -> None:
        self._strange = None if value in self.buttons else value
        for key, press in self.buttons.items():
            blocker = QSignalBlocker(press)
            press.setChecked(key == value)
            blocker.unblock()

    def stops(self) -> list[QWidget]:
        return [next((press for press in self.buttons.values() if press.isChecked()), self.buttons["yes"])]

    def marked(self) -> list[QWidget]:
        return list(self.buttons.values())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        plain = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or event.modifiers() not in plain:
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Not for the button, which Enter would press: an ignored key goes up to the form.
            event.ignore()
            return True
        digit = int(event.text()) if event.text().isdecimal() and event.text().isascii() else 0
        if 1 <= digit <= len(self.buttons):
            pressed = list(self.buttons.values())[digit - 1]
            pressed.setFocus(Qt.FocusReason.TabFocusReason)
            # A digit says the answer; an answer that was filled in already is confirmed by it, not taken back.
            if not pressed.isChecked():
                pressed.click()
            return True
        return super().eventFilter(watched, event)

    def _pressed(self) -> None:
        pressed = self.sender()
        self._strange = None
        for press in self.buttons.values():
            if press is not pressed:
                press.setChecked(False)
        self.changed.emit()
