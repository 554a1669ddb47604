"""The frame of every screen: title, sub line, actions at the right, a scrolling column below.

A screen derives from ``Page``; the desk calls ``entered`` each time it is shown and ``leaving`` before it goes
(and before lock), which is the moment to keep a draft.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.widgets.banner import Banner, BannerKind
from app.ui.widgets.confirm import ConfirmBar
from app.ui.widgets.flow import Flow
from app.ui.widgets.nested import column_in, row_in
from app.ui.widgets.text import WrapLabel, show_when_placed

NARROW: Final = 640


class Page(QWidget):
    """``Page(title, sub, scroll=True)``. ``body`` is the column; ``add``, ``add_action``, ``say``, ``ask``.

    ``scroll=False`` for screens whose own list or table fills the height.
    """

    is_form: ClassVar[bool] = False
    """Is it to be filled in? Then the window leaves it all the height there is."""

    def __init__(self, title: str = "", sub: str = "", *, scroll: bool = True) -> None:
        super().__init__()
        self.route = ""
        self.arguments: Mapping[str, object] = {}
        """How the window opened this screen; it says so before ``entered``."""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 14, 20, 12)
        outer.setSpacing(10)
        self.title = WrapLabel(title, "h1")
        self.sub = WrapLabel(sub, "sub")
        show_when_placed(self.sub, shown=bool(sub))
        self.marks = Flow(6)
        self.marks.hide()
        self._actions = Flow(8)
        self._heading = self._head(outer)
        outer.addWidget(self.marks)
        self._fixed = column_in(outer)
        self.banner = Banner(closable=True)
        self.confirm = ConfirmBar()
        outer.addWidget(self.banner)
        outer.addWidget(self.confirm)
        inner = QWidget() if scroll else _Filling()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(12)
        outer.addWidget(scrolling(inner) if scroll else inner, 1)
        self.setAccessibleName(title)

    def _head(self, outer: QBoxLayout) -> QBoxLayout:
        head = row_in(outer)
        head.setSpacing(8)
        words = column_in(head, 1)
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.sub)
        head.addWidget(self._actions, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def set_title(self, title: str, sub: str = "") -> None:
        """Change the title and the line below it."""
        self.title.setText(title)
        self.sub.setText(sub)
        self.sub.setVisible(bool(sub))
        self.setAccessibleName(title)

    def add_action(self, widget: QWidget) -> None:
        """Put a button beside the title."""
        self._actions.add(widget)

    def add_mark(self, widget: QWidget) -> None:
        """Put a chip in the wrapping line under the title."""
        self.marks.add(widget)
        self.marks.show()

    def add_fixed(self, widget: QWidget) -> None:
        """Put a widget above the column, where it never scrolls out of sight."""
        self._fixed.addWidget(widget)

    def add(self, item: QWidget, stretch: int = 0) -> None:
        """Append to the column."""
        self.body.addWidget(item, stretch)

    def say(self, text: str, kind: BannerKind = "info", action: str = "") -> None:
        """Say a line above the column; connect ``banner.acted`` for its action."""
        self.banner.say(text, kind, action)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the actions go below the title."""
        super().resizeEvent(event)
        narrow = self.width() < theme.px(NARROW)
        direction = QBoxLayout.Direction
        self._heading.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)

    def step_back(self) -> bool:
        """Esc: answer "no" to the question that is open, if one is; False leads back to where one came from."""
        if self.confirm.isHidden():
            return False
        self.confirm.dismiss()
        return True

    def entered(self) -> None:
        """The page is shown now; screens read their data here."""

    def leaving(self) -> None:
        """The page goes away or the program locks; screens keep drafts here."""

    def snapshot(self) -> Mapping[str, object]:
        """What the arguments do not say: the step, a filter, the focus. A small dictionary of plain values and ids.

        Asked before the window is built anew (language, theme, size), at the lock, and on the way to another screen.
        """
        return {}

    def restore(self, state: Mapping[str, object]) -> None:
        """Be as ``state`` says, which this screen gave once (perhaps an older version of it). After ``entered``."""


def scrolling(inner: QWidget) -> QScrollArea:
    """A column that scrolls within the room it is given."""
    area = _Column()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    area.setWidget(inner)
    # No stop of Tab without a name; what has the focus inside passes Page Up and Page Down on to it.
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


class _Filling(QWidget):
    """A column that makes do with the height there is: its lists scroll by themselves, what wraps keeps its lines."""

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (column := self.layout()) is not None and column.hasHeightForWidth():
            self.setMinimumHeight(column.minimumHeightForWidth(self.width()))


class _Column(QScrollArea):
    """A scroll area that never forces the window to be larger than the screen."""

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 80)

    def sizeHint(self) -> QSize:
        # It takes what is left; asking for more would make the window's own scroll bar appear beside this one.
        return self.minimumSizeHint()
