"""Widgets one below the other."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget


def column_of(*widgets: QWidget, at_top: bool = False) -> QWidget:
    """A widget that holds ``widgets`` from top to bottom; ``at_top``: what room is left stays below them."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    for widget in widgets:
        column.addWidget(widget)
    if at_top:
        column.addStretch(1)
    return made
