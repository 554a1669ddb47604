"""The grant a payment belongs to: chosen among the person's grants, each with what is left of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.forms.spec import Field
from app.i18n import _
from app.ui.forms.context import Choice, FormContext
from app.ui.forms.editor import CalmCombo, Editor


class GrantEditor(Editor):
    """A list that never needs typing: a person has one grant, rarely three."""

    def __init__(self, field: Field, context: FormContext, grants: Sequence[Choice]) -> None:
        super().__init__(field, context)
        self.combo = CalmCombo()
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(20)
        self.name_widget(self.combo)
        self.combo.addItem(_("not chosen"), "")
        for grant in grants:
            self.combo.addItem(grant.text, grant.key)
        self.combo.currentIndexChanged.connect(self.changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.combo)
        self.setFocusProxy(self.combo)

    def value(self) -> object | None:
        return self.combo.currentData() or None

    def set_value(self, value: object | None) -> None:
        blocker = QSignalBlocker(self.combo)
        self.combo.setCurrentIndex(max(0, self.combo.findData("" if value is None else str(value))))
        blocker.unblock()

    def marked(self) -> list[QWidget]:
        return [self.combo]
