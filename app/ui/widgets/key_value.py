"""Rows of "name: value" for reading: quiet names at the left, values at the right, both wrap."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui.widgets.nested import empty
from app.ui.widgets.text import WrapLabel


class KeyValue(QWidget):
    """``KeyValue([(_("Born"), "1994"), …])``; rows whose value is empty are left out."""

    def __init__(self, rows: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        self.show_rows(rows)

    def show_rows(self, rows: Iterable[tuple[str, str]]) -> None:
        """Replace all rows."""
        empty(self._grid)
        for at, (name, value) in enumerate(pair for pair in rows if pair[1]):
            shown = WrapLabel(value)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setAccessibleName(f"{name}: {value}")
            self._grid.addWidget(WrapLabel(name, "sub"), at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(shown, at, 1, Qt.AlignmentFlag.AlignTop)
