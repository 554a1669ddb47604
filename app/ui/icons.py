"""Icons: our own SVG files on a 24 grid with one stroke, drawn in any colour at any size.

The files say ``currentColor``; it is replaced before rendering. Names are file names in ``resources/icons``
without the ending. Pictures are kept, because a table or a timeline asks for the same one hundreds of times.
"""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel

from app.paths import resources
from app.ui import theme

_RATIOS = (1.0, 1.5, 2.0, 3.0)


@cache
def _source(name: str) -> str:
    return resources("icons", f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int, ratio: float = 2.0) -> QPixmap:
    """Icon ``name`` in ``colour`` (``#RRGGBB``), ``size`` logical pixels square; FileNotFoundError if unknown."""
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    drawing = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    drawing.render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, colour: str = "", size: int = 18) -> QIcon:
    """``name`` as a QIcon; ``colour`` defaults to the quiet text colour; disabled states are greyed."""
    made = QIcon()
    shown = colour or theme.tokens().text2
    for ratio in _RATIOS:
        made.addPixmap(pixmap(name, shown, size, ratio), QIcon.Mode.Normal)
        made.addPixmap(pixmap(name, theme.tokens().text_disabled, size, ratio), QIcon.Mode.Disabled)
    return made


def icon_label(name: str, colour: str = "", size: int = 20) -> QLabel:
    """A label that shows an icon, scaled with the text; it says nothing to screen readers by itself."""
    label = QLabel()
    side = theme.px(size)
    label.setPixmap(pixmap(name, colour or theme.tokens().text2, side, 2.0))
    label.setFixedSize(QSize(side, side))
    return label
