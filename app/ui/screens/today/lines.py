"""One thing that waits, as a line: when, who, what, and the buttons that settle it there and then."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.i18n import _, ngettext
from app.ui import icons, theme
from app.ui.widgets.buttons import button, ghost_button, link_button
from app.ui.widgets.card import Card
from app.ui.widgets.chip import Chip
from app.ui.widgets.confirm import ConfirmBar
from app.ui.widgets.flow import Flow
from app.ui.widgets.nested import column_in, empty, row_in
from app.ui.widgets.text import WrapLabel, label, subheading

MOST: Final = 6
WORDS: Final = 330
"""Less room than this the words of a line cannot do with."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A button of a line. ``quiet`` ones stand without a frame."""

    text: str
    run: Callable[[], object]
    quiet: bool = False
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """What a line shows. ``who`` leads to the person's page where ``person`` is known; ``late`` is said in a chip."""

    icon: str
    what: str
    verbs: tuple[Verb, ...]
    when: str = ""
    who: str = ""
    person: uuid.UUID | None = None
    late: str = ""


class TaskLine(QWidget):
    """A line; its buttons go below the words where there is little room."""

    def __init__(self, task: Task, open_person: Callable[[uuid.UUID], object]) -> None:
        super().__init__()
        self.task = task
        self.buttons: list[QPushButton] = []
        person = task.person
        t = theme.tokens()
        # A question about the line is asked in it: nothing moves under the hand.
        self.confirm = ConfirmBar()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 2, 0, 2)
        whole.setSpacing(6)
        self._row = row_in(whole)
        self._row.setSpacing(8)
        whole.addWidget(self.confirm)
        head = row_in(self._row, 1)
        head.setSpacing(10)
        mark = icons.icon_label(task.icon, t.warn if task.late else t.text2, 20)
        head.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        _say(task, None if person is None else lambda: open_person(person), column_in(head, 1))
        self._flow = self._verbs(task)
        self._row.addWidget(self._flow, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(". ".join(part for part in (task.when, task.late, task.who, task.what) if part))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        needed = self._flow.sizeHint().width()
        narrow = event.size().width() < theme.px(WORDS) + needed
        # Side by side the buttons stand in one row; below the words they may go on to the next row.
        self._flow.setMinimumWidth(0 if narrow else needed)
        wanted = direction.TopToBottom if narrow else direction.LeftToRight
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)

    def _verbs(self, task: Task) -> Flow:
        flow = Flow(6)
        for verb in task.verbs:
            press = (ghost_button if verb.quiet else button)(verb.text, verb.icon, verb.run)
            press.setAccessibleName(" · ".join(part for part in (verb.text, task.who, task.what) if part))
            self.buttons.append(press)
            flow.add(press)
        return flow


def _say(task: Task, to_person: Callable[[], object] | None, words: QVBoxLayout) -> None:
    words.setSpacing(0)
    # It wraps: a long name on a small screen must not be cut.
    first = Flow(8, 0)
    parts: list[QWidget] = [label(task.when, "strong")] if task.when else []
    if task.who:
        parts.append(label(task.who, "strong") if to_person is None else link_button(task.who, to_person))
    if task.late:
        parts.append(Chip(task.late, "warn"))
    for part in parts:
        # One height for all: the words stand on one line.
        part.setMinimumHeight(theme.px(26))
        first.add(part)
    words.addWidget(first)
    if task.what:
        words.addWidget(WrapLabel(task.what, "sub"))


class Section(Card):
    def __init__(self, title: str, open_person: Callable[[uuid.UUID], object]) -> None:
        super().__init__()
        self.title = title
        self.lines: list[TaskLine] = []
        self._open_person = open_person
        self._tasks: list[Task] = []
        self._total = 0
        self._whole = False
        self._count = Chip("", "plain")
        head = row_in(self.body)
        head.setSpacing(8)
        head.addWidget(subheading(title))
        head.addWidget(self._count)
        head.addStretch(1)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.add(inner)
        self.setAccessibleName(title)
        self.hide()

    def show_tasks(self, tasks: Sequence[Task], total: int = 0) -> None:
        """Show these in place of those before; ``total`` where there are more than these."""
        self._tasks = list(tasks)
        self._total = max(total, len(self._tasks))
        self._fill()

    def focus_line(self, at: int) -> bool:
        """Put the focus on the first button of line ``at`` (or of the last one); False where there is none."""
        buttons = [line.buttons[0] for line in self.lines if line.buttons]
        if not buttons:
            return False
        buttons[min(at, len(buttons) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def focused(self) -> int:
        """The line that holds the focus, or -1."""
        return next((at for at, line in enumerate(self.lines) if any(b.hasFocus() for b in line.buttons)), -1)

    def _fill(self) -> None:
        empty(self._column)
        shown = self._tasks if self._whole else self._tasks[:MOST]
        self.lines = [TaskLine(task, self._open_person) for task in shown]
        for line in self.lines:
            self._column.addWidget(line)
        if (rest := len(self._tasks) - len(shown)) > 0:
            words = ngettext("Show {count} more", "Show {count} more", rest).format(count=rest)
            self._column.addWidget(ghost_button(words, "chevron-down", self._show_all), 0, Qt.AlignmentFlag.AlignLeft)
        self._count.show_text(str(self._total) if self._tasks else "")
        self.setVisible(bool(self._tasks))

    def _show_all(self) -> None:
        self._whole = True
        self._fill()
        self.focus_line(MOST)


def late(days: int) -> str:
    """How late, in words; nothing where it is not."""
    if days <= 0:
        return ""
    return ngettext("{count} day late", "{count} days late", days).format(count=days)


def nothing_waits(*, at_all: bool) -> str:
    """One calm sentence below what waits, or in its place."""
    return _("Nothing waits today.") if at_all else _("Nothing else waits.")
