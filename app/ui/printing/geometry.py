"""The sheet: A4 in units of 1/20 mm, its margins, and the faces of its text.

One grid of our own for screen, PDF and printer: the lines break at the same words on all three, and what was
looked at is what comes out of the printer. The left margin leaves room for a file's holes.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QColor, QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication

MM: Final = 20
WIDTH: Final = 210 * MM
HEIGHT: Final = 297 * MM
LEFT: Final = 23 * MM
RIGHT: Final = 17 * MM
TOP: Final = 12 * MM
BOTTOM: Final = 18 * MM
COLUMN: Final = WIDTH - LEFT - RIGHT
"""The width of what is written."""

INK: Final = QColor("#000000")
GREY: Final = QColor("#4a4a4a")
HAIR: Final = QColor("#b4b4b4")

_POINT: Final = 25.4 / 72 * MM

BODY: Final = 10.0
SMALL: Final = 8.5
TITLE: Final = 18.0
PART: Final = 12.0
FIGURES: Final = 17.0


def face(points: float = BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The program's font at ``points`` on paper, whatever the theme and its size of text."""
    made = QFont(QApplication.font())
    made.setPixelSize(round(points * _POINT))
    made.setWeight(weight)
    # Hinting bends letters to the grid of one screen; here the same layout is painted at many sizes.
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def metrics(font: QFont) -> QFontMetricsF:
    """The measures of ``font`` in units."""
    return QFontMetricsF(font)
