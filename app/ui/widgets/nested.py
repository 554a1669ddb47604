"""Layouts within layouts. An inner one is put into its place while it is still empty, and filled there.

Why never a filled one: PySide makes a wrapper for each item of it and keeps that when Qt has deleted the item. What
comes to stand at that address later is taken for the item, and the program crashes (measured, Qt 6.11).
"""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout


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
