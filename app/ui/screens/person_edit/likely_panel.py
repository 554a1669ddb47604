"""Already known? A quiet panel below the form while a new person is typed: who it may be, and why.

It takes no focus, asks nothing and blocks nothing; with nobody to show it is not there. It stands below the column,
so that no field moves under the hand.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.i18n import _
from app.ui import theme
from app.ui.records.words import born
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import button
from app.ui.widgets.nested import column_in
from app.ui.widgets.text import WrapLabel, label
from app.usecases.likely import LikelyMatch

_HIGHEST: Final = 124
"""Two people are seen at once, and a part of the third, which says that there are more."""


class LikelyPanel(QFrame):
    """``chosen`` gives the person whose page is wanted; ``room_changed`` says that the form has less or more room."""

    chosen = Signal(object)
    room_changed = Signal()

    def __init__(self, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._today = today
        self.setProperty("kind", "card")
        self.setAccessibleName(_("Perhaps recorded already"))
        self.doubt = Banner()
        self.matches: list[LikelyMatch] = []
        self.buttons: list[QPushButton] = []
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(label(_("Perhaps recorded already"), "h3"))
        head.addStretch(1)
        head.addWidget(label(_("F6 goes here and back"), "small"))
        self._list = _Lines()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        for widget in (self.doubt, self._head, self._list):
            column.addWidget(widget)
        self.hide()

    def show_matches(self, matches: Sequence[LikelyMatch]) -> None:
        """Show these people, likeliest first; none hides the list."""
        if list(matches) != self.matches:
            self.matches = list(matches)
            lines = [self._line(match) for match in matches]
            self.buttons = [press for _line, press in lines]
            self._list.fill([line for line, _press in lines])
        self._head.setVisible(bool(matches))
        self._list.setVisible(bool(matches))
        self._settle()

    def show_doubt(self, text: str) -> None:
        """A doubt about what was typed that belongs to two fields; an empty one goes."""
        self.doubt.say(text, "warn")
        self._settle()

    def take_focus(self) -> bool:
        """Put the keyboard on the first button; False where nobody is shown."""
        if self.isVisible() and self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        return False

    def _settle(self) -> None:
        wanted = bool(self.matches) or bool(self.doubt.text())
        if wanted == self.isHidden():
            self.setVisible(wanted)
            self.room_changed.emit()

    def _line(self, match: LikelyMatch) -> tuple[QWidget, QPushButton]:
        who = " · ".join(part for part in (match.code, match.name, self._born(match)) if part)
        line = QFrame()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(12)
        words = column_in(row, 1)
        words.setSpacing(0)
        # Below the likely ones stand those of whom little more than the name is known: in a quieter hand.
        words.addWidget(WrapLabel(who, "sub" if match.weak else "strong"))
        words.addWidget(WrapLabel("; ".join(match.reasons), "small"))
        press = button(_("This is the person"))
        press.setAccessibleName(f"{press.text()}: {who}")
        press.setAccessibleDescription("; ".join(match.reasons))
        press.clicked.connect(partial(self._choose, match.uid))
        row.addWidget(press, 0, Qt.AlignmentFlag.AlignVCenter)
        return line, press

    def _born(self, match: LikelyMatch) -> str:
        birth = str(match.birth) if isinstance(match.birth, int) else match.birth
        return born({"birth": birth} if birth else {}, self._today())

    def _choose(self, person: uuid.UUID, _checked: bool = False) -> None:
        self.chosen.emit(person)


class _Lines(QScrollArea):
    """The people under each other; few are seen at once, so that the form keeps its room."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def fill(self, lines: Sequence[QWidget]) -> None:
        """Show ``lines`` in place of those before."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for line in lines:
            column.addWidget(line)
        self.setWidget(inner)
        inner.installEventFilter(self)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(40))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]  # only our own inner widget is watched
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        # The labels keep their smallest height right for their width; their wish is for a width they do not have.
        if (inner := self.widget()) is not None:
            self.setFixedHeight(min(inner.minimumSizeHint().height(), theme.px(_HIGHEST)))
