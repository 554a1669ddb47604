"""Short numbers side by side: to the eye a line of the column, and a form of ten vital signs fits the screen."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.forms.spec import Field, Kind
from app.ui import theme
from app.ui.forms.field_box import FieldBox

ONE_WIDE: Final = 150
_SMALL: Final = frozenset({Kind.INTEGER, Kind.DECIMAL})


class SmallFields(QWidget):
    """As many columns as have room; what is not asked leaves no gap."""

    def __init__(self, boxes: Sequence[FieldBox]) -> None:
        super().__init__()
        self._boxes = boxes
        self._placed: tuple[int, tuple[FieldBox, ...]] = (0, ())
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(10)
        for box in boxes:
            box.setParent(self)

    def refresh(self) -> None:
        """Place the boxes that are asked now."""
        asked = tuple(box for box in self._boxes if not box.isHidden())
        columns = max(1, (self.width() + 12) // (theme.px(ONE_WIDE) + 12))
        self.setVisible(bool(asked))
        if self._placed == (columns, asked):
            return
        for at in range(max(columns, self._placed[0])):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)
        self._placed = (columns, asked)
        for box in self._boxes:
            self._grid.removeWidget(box)
        for at, box in enumerate(asked):
            self._grid.addWidget(box, at // columns, at % columns, Qt.AlignmentFlag.AlignTop)

    def minimumSizeHint(self) -> QSize:
        """One column: the others give way where there is little room."""
        return QSize(theme.px(ONE_WIDE), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refresh()


def runs(fields: Sequence[Field]) -> list[list[Field]]:
    """The fields in their order, in runs: at least two short numbers that follow each other are one run."""
    found: list[list[Field]] = []
    for small, members in groupby(fields, key=lambda field: field.kind in _SMALL and not field.hint):
        run = list(members)
        found += [run] if small else [[field] for field in run]
    return found
