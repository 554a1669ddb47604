"""Layouts within layouts, and how one is emptied. An inner one is put into its place before it is filled.

Why never a filled one: PySide makes a wrapper for each item of it and keeps that when Qt has deleted the item. What
comes to stand at that address later is taken for the item, and the program crashes (measured, Qt 6.11).
"""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLayout, QVBoxLayout


def row_in(outer: QBoxLayout, stretch: int = 0) -> QHBoxLayout:
    """An empty row at the end of ``outer``, which lies in a widget already."""
    made = QHBoxLayout()
    outer.addLayout(made, stretch)
    return made


def column_in(outer: QBoxLayout, stretch: int = 0) -> QVBoxLayout:
    """An empty column at the end of ``outer``, which lies in a widget already."""
    made = QVBoxLayout()
    outer.addLayout(made, stretch)
    return made


def grid_in(outer: QBoxLayout) -> QGridLayout:
    """An empty grid at the end of ``outer``, which lies in a widget already."""
    made = QGridLayout()
    outer.addLayout(made)
    return made


def empty(layout: QLayout) -> None:
    """Take out all widgets of ``layout``. They go when the program next has a moment, and are not seen until then."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
