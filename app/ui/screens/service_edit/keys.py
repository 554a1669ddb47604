"""The keys of "Record help", on Latin and Cyrillic layouts, and how they are told on buttons."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QPushButton

from app.ui.shortcuts import twins

SEVERAL: Final = twins("Ctrl+G")
LAST_TIME: Final = twins("Ctrl+T")
ALL_HERE: Final = twins("Ctrl+H")
UNDO: Final = twins("Ctrl+Z")


def with_key(made: QPushButton, keys: tuple[str, ...]) -> QPushButton:
    """Say the key on the button; the name for screen readers stays the word alone."""
    made.setText(f"{made.text()}  ({keys[0]})")
    made.setToolTip(keys[0])
    return made
