"""Scrolling to what one is to look at. Qt does so for the Tab key alone, not for a focus that the program gives."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

# Room around it, so that the label above and the next field below are seen too.
_BESIDE: Final = 20
_ABOVE: Final = 60
_ROUNDS: Final = 8


def reveal(widget: QWidget) -> None:
    """Scroll every area around ``widget`` so that it is seen, now and once everything has its place.

    A form that was just shown is laid out only afterwards: scrolled at once, it would stay where it is.
    """
    _scroll(widget)
    QTimer.singleShot(0, widget, partial(_scroll_laid_out, widget))


def _scroll_laid_out(widget: QWidget) -> None:
    """A layout asks its parent for room by an event, which asks the next: as many rounds as forms are deep."""
    for _round in range(_ROUNDS):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    _scroll(widget)


def _scroll(widget: QWidget) -> None:
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget, _BESIDE, _ABOVE)
        around = around.parentWidget()
