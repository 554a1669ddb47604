"""Where the hand was in a form: the field, the cursor and selection in it, its very text, how far it was scrolled.

Kept with a draft, so that after a lock one goes on in the middle of the word. A widget is named by its view, its
field and its number among the widgets of that field that can be focused: the same form built anew has the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from app.ui.forms.editor import Editor
from app.ui.forms.form_view import FormView

Hand = Mapping[str, Any]


def where(views: Sequence[FormView]) -> dict[str, Any]:
    """Where the hand is now; how far the column is scrolled even if it is in no field."""
    found: dict[str, Any] = {}
    if views and (around := _column(views[0])) is not None:
        found["scroll"] = around.verticalScrollBar().value()
    # Of the window, not of the application: one may have gone to another program before the lock.
    focus = views[0].window().focusWidget() if views else None
    for at, view in enumerate(views):
        for name, box in view.boxes.items():
            if focus is None or not box.editor.isAncestorOf(focus):
                continue
            stops = _stops(box.editor)
            if focus in stops:
                return found | {"view": at, "field": name, "stop": stops.index(focus)} | _cursor(focus)
    return found


def put_back(views: Sequence[FormView], hand: Hand) -> bool:
    """Put the hand back; False where its field is no longer there."""
    box = next((views[at].boxes.get(str(hand.get("field"))) for at in _numbers(hand, "view", len(views))), None)
    stops = _stops(box.editor) if box is not None else []
    for at in _numbers(hand, "stop", len(stops)):
        assert box is not None
        stops[at].setFocus(Qt.FocusReason.OtherFocusReason)
        _put_text(box.editor, stops[at], hand.get("text"))
        _put_cursor(stops[at], hand)
        return True
    return False


def scroll_back(views: Sequence[FormView], hand: Hand) -> None:
    """Scroll the column to where it was; called once it has its size."""
    if views and (around := _column(views[0])) is not None:
        for value in _numbers(hand, "scroll", around.verticalScrollBar().maximum() + 1):
            around.verticalScrollBar().setValue(value)


def _numbers(hand: Hand, name: str, below: int) -> list[int]:
    value = hand.get(name)
    return [value] if isinstance(value, int) and 0 <= value < below else []


def _stops(editor: QWidget) -> list[QWidget]:
    return [
        one
        for one in editor.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None and one.isVisibleTo(editor)
    ]


def _column(view: QWidget) -> QScrollArea | None:
    above = view.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


def _line_of(widget: QWidget) -> QLineEdit | None:
    if isinstance(widget, QComboBox | QAbstractSpinBox):
        return widget.lineEdit()
    return widget if isinstance(widget, QLineEdit) else None


def _cursor(widget: QWidget) -> dict[str, Any]:
    if isinstance(widget, QPlainTextEdit):
        cursor = widget.textCursor()
        text, anchor, at = widget.toPlainText(), cursor.anchor(), cursor.position()
        return {"text": text, "anchor": anchor, "at": at, "line": widget.verticalScrollBar().value()}
    line = _line_of(widget)
    if line is None:
        return {}
    start, end, at = line.selectionStart(), line.selectionEnd(), line.cursorPosition()
    anchor = at if start < 0 else (start if at == end else end)
    return {"text": line.text(), "anchor": anchor, "at": at}


def _put_text(editor: Editor, widget: QWidget, text: object) -> None:
    """A value is cleaned (no blank at the end of a half-typed line), the text is not: show the text, if it still
    means the same. If the record was changed elsewhere meanwhile, it does not."""
    line = widget if isinstance(widget, QPlainTextEdit) else _line_of(widget)
    if line is None or not isinstance(text, str):
        return
    before, value = _text_of(line), editor.value()
    _set_text(line, text)
    if editor.value() != value:
        _set_text(line, before)


def _text_of(line: QLineEdit | QPlainTextEdit) -> str:
    return line.toPlainText() if isinstance(line, QPlainTextEdit) else line.text()


def _set_text(line: QLineEdit | QPlainTextEdit, text: str) -> None:
    if _text_of(line) == text:
        return
    if isinstance(line, QPlainTextEdit):
        blocker = QSignalBlocker(line)
        line.setPlainText(text)
        blocker.unblock()
    else:
        line.setText(text)


def _put_cursor(widget: QWidget, hand: Hand) -> None:
    anchor, at = hand.get("anchor"), hand.get("at")
    if not (isinstance(anchor, int) and isinstance(at, int)):
        return
    if isinstance(widget, QPlainTextEdit):
        cursor, end = widget.textCursor(), widget.document().characterCount() - 1
        cursor.setPosition(min(anchor, end))
        cursor.setPosition(min(at, end), QTextCursor.MoveMode.KeepAnchor)
        widget.setTextCursor(cursor)
        widget.verticalScrollBar().setValue(int(hand.get("line") or 0))
    elif (line := _line_of(widget)) is not None:
        line.setCursorPosition(anchor)
        if at != anchor:
            line.setSelection(anchor, at - anchor)
