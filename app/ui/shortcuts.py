"""Every shortcut, on Latin and Cyrillic layouts.

Measured: Ctrl+Latin fails on a Russian-only layout and Cyrillic mnemonics fail on the US one. So each letter comes
with its twins: the letters that sit on the same key in the Russian and the Belarusian layout (they differ on three).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

_LATIN: Final = "QWERTYUIOPASDFGHJKLZXCVBNM"
_RUSSIAN: Final = "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ"
_BELARUSIAN: Final = "ЙЦУКЕНГШЎЗФЫВАПРОЛДЯЧСМІТЬ"


def twins(keys: str) -> tuple[str, ...]:
    """``Ctrl+K`` -> (``Ctrl+K``, ``Ctrl+Л``); keys that are no letters stay alone."""
    head, plus, last = keys.rpartition("+")
    if len(last) != 1 or last not in _LATIN:
        return (keys,)
    at = _LATIN.index(last)
    letters = dict.fromkeys((last, _RUSSIAN[at], _BELARUSIAN[at]))
    return tuple(f"{head}{plus}{letter}" for letter in letters)


def _all(*keys: str) -> tuple[str, ...]:
    return tuple(one for key in keys for one in twins(key))


HELP: Final = _all("F1")
SEARCH: Final = _all("Ctrl+K", "F3")
RECORD: Final = _all("Ctrl+N")
LOCK: Final = _all("F12", "Ctrl+L")
SAVE: Final = _all("Ctrl+Return", "Ctrl+Enter")
SAVE_AND_NEXT: Final = _all("Ctrl+Shift+Return", "Ctrl+Shift+Enter")
BACK: Final = _all("Alt+Left")
THEME: Final = _all("F11")
LARGER: Final = _all("Ctrl++", "Ctrl+=")
SMALLER: Final = _all("Ctrl+-")
PRINT: Final = _all("Ctrl+P")


def place(number: int) -> tuple[str, ...]:
    """The shortcut of the place ``number`` (1-9) in the left bar."""
    return _all(f"Ctrl+{number}")


def bind(owner: QWidget, keys: tuple[str, ...], action: Callable[[], object], *, within: bool = False) -> QShortcut:
    """Have ``keys`` call ``action`` in the window of ``owner``; ``within``: only while the focus is inside it."""
    made = QShortcut(owner)
    made.setKeys([QKeySequence(key) for key in keys])
    made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut if within else Qt.ShortcutContext.WindowShortcut)
    made.activated.connect(action)
    return made
