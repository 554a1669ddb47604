"""Where Tab goes next: through the window as its layouts place things, which is how the eye goes.

Why not Qt's own chain of focus: it is the order in which widgets were made, and in compound widgets with a focus
proxy (a field with its buttons, a button with its menu) Qt 6.11 lets it run in a circle or lose what follows, so
that Tab never leaves a form (measured, ``tests/ui/test_walk.py``). Layouts know better, also of rows added later.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLayout, QWidget


def stops(root: QWidget) -> Iterator[QWidget]:
    """All widgets under ``root`` that Tab reaches, in their order."""
    for child in _children(root):
        if child.isWindow() or not child.isVisible() or not child.isEnabled():
            continue
        if takes_tab(child):
            yield child
        yield from stops(child)


def takes_tab(widget: QWidget) -> bool:
    """Does Tab stop here? Of exclusive buttons only at the one that is marked; arrows go to the others."""
    if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.focusProxy() is not None:
        return False
    if isinstance(widget, QAbstractButton) and (group := widget.group()) is not None and group.exclusive():
        marked = group.checkedButton()
        return marked is None or marked is widget
    return True


def step(window: QWidget, *, forward: bool) -> bool:
    """Give the focus to what follows, or stands before, the widget that has it; False if there is nothing."""
    order = list(stops(window))
    if not order:
        return False
    now = window.focusWidget()
    here = next((at for at, widget in enumerate(order) if widget is now), None)
    if here is None:
        # The focus is inside a stop (the line of a list to type in), or nowhere.
        here = next((at for at, widget in enumerate(order) if now and widget.isAncestorOf(now)), -1 if forward else 0)
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    order[(here + (1 if forward else -1)) % len(order)].setFocus(reason)
    return True


def _children(widget: QWidget) -> Iterator[QWidget]:
    """Those that a layout places, in its order; then those that stand on their own (what scrolls, overlays)."""
    inside = [child for child in widget.children() if isinstance(child, QWidget)]
    layout = widget.layout()
    placed = list(_placed(layout, inside)) if layout is not None else []
    yield from placed
    yield from (child for child in inside if child not in placed)


def _placed(layout: QLayout, inside: list[QWidget]) -> Iterator[QWidget]:
    """Those of ``inside`` that ``layout`` places itself or by a layout within it.

    It is asked for the place of each, never for what stands at a place: of a layout's item Python would keep a
    wrapper after Qt has deleted it, and what is made at that address later crashes (measured, Qt 6.11).
    """
    here: list[QWidget | QLayout] = [child for child in inside if layout.indexOf(child) >= 0]
    here += [inner for inner in layout.children() if isinstance(inner, QLayout)]
    for one in sorted(here, key=lambda one: _order(layout, layout.indexOf(one))):
        if isinstance(one, QWidget):
            yield one
        else:
            yield from _placed(one, inside)


def _order(layout: QLayout, at: int) -> tuple[int, int]:
    """A grid is read row by row, whatever was put in first."""
    if isinstance(layout, QGridLayout):
        # PySide says "object" of what is row, column, and how many of each are covered.
        row, column, *_spans = cast("tuple[int, int, int, int]", layout.getItemPosition(at))
        return row, column
    return at, 0
