"""YESNO: four exclusive buttons; pressing the chosen one again takes the answer back ("not asked")."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker
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
    """``yes``, ``no``, ``unknown``, ``declined`` or nothing. A value of a newer version is kept."""

    def __init__(self, field: Field, context: FormContext) -> None:
        super().__init__(field, context)
        self._strange: object | None = None
        self.buttons: dict[str, QPushButton] = {}
        flow = Flow(6)
        for key, text in ANSWERS:
            press = segment_button(translate(text))
            press.setAccessibleName(
                _("{question}: {answer}").format(question=translate(field.label), answer=translate(text))
            )
            press.clicked.connect(self._pressed)
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

    def _pressed(self) -> None:
        pressed = self.sender()
        self._strange = None
        for press in self.buttons.values():
            if press is not pressed:
                press.setChecked(False)
        self.changed.emit()
