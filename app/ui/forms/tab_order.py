"""Tab goes through a form as the eye does, also through rows that were made after everything below them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from app.ui.forms.rows_editor import LAST_IN_PLACE


def chain(form: QWidget, boxes: Sequence[QWidget]) -> None:
    """Order the focus of ``form``: what stands above the fields, then ``boxes`` in their order, each by place."""
    order = {box: at for at, box in enumerate(boxes)}
    stops = [widget for widget in form.findChildren(QWidget) if _takes_tab(form, widget)]
    stops.sort(key=lambda widget: _place_of(form, widget, order))
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def _takes_tab(form: QWidget, widget: QWidget) -> bool:
    focusable = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    return focusable and widget.window() is form.window() and widget.isVisibleTo(form)


def _place_of(form: QWidget, widget: QWidget, order: dict[QWidget, int]) -> tuple[int, int, int]:
    row = widget.parentWidget() if widget.property(LAST_IN_PLACE) else None
    shown = row if row is not None else widget
    at = shown.mapTo(form, QPoint(0, shown.height() if row is not None else shown.height() // 2))
    return _box_of(widget, order), at.y(), at.x()


def _box_of(widget: QWidget, order: dict[QWidget, int]) -> int:
    above: QWidget | None = widget
    while above is not None:
        # Fields that stand side by side are as high as their labels: their place alone would mix them up.
        if above in order:
            return order[above]
        above = above.parentWidget()
    return -1
