"""The look of the cards at the side: a title with its number and one button; lines that lead to their record."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.records import delivered
from app.ui.widgets.buttons import icon_button, link_button
from app.ui.widgets.card import Card
from app.ui.widgets.chip import Chip, ChipKind
from app.ui.widgets.flow import Flow
from app.ui.widgets.nested import row_in
from app.ui.widgets.text import WrapLabel, label, subheading
from app.usecases.delivery import Delivery


class SideCard(Card):
    """``SideCard(title, add=(word, action), nothing=word)``. Empty it is one line high: the page is not overfull."""

    def __init__(self, title: str, nothing: str = "", add: tuple[str, Callable[[], object]] | None = None) -> None:
        super().__init__()
        self.body.setContentsMargins(14, 8, 10, 10)
        self.body.setSpacing(6)
        head = row_in(self.body)
        head.setSpacing(8)
        head.addWidget(subheading(title))
        self._nothing = label(nothing, "sub")
        head.addWidget(self._nothing)
        head.addStretch(1)
        if add is not None:
            head.addWidget(icon_button("plus", add[0], add[1]))
        self._count = 0
        self.setAccessibleName(title)

    def add_line(self, line: QWidget) -> None:
        """Append one record, divided from the one before."""
        if self._count:
            rule = QFrame()
            rule.setProperty("kind", "row")
            rule.setFixedHeight(1)
            self.add(rule)
        self._count += 1
        self._nothing.hide()
        self.add(line)


class RecordLine(QWidget):
    """One record: its title leads to it, a chip says how it stands, quiet lines below, and where it has got to."""

    def __init__(
        self,
        title: str,
        opened: Callable[[], object] | None,
        *,
        chip: tuple[str, ChipKind] | None = None,
        lines: tuple[str, ...] = (),
        delivery: Delivery | None = None,
    ) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 4, 0)
        self.column.setSpacing(2)
        self.column.addWidget(_head(title, opened, Chip(*chip) if chip is not None and chip[0] else None))
        for line in lines:
            if line:
                self.column.addWidget(_indented(WrapLabel(line, "sub")))
        if told := delivered.short(delivery):
            self.column.addWidget(_indented(WrapLabel(told, "error" if delivery and delivery.reason else "small")))


def _indented(words: WrapLabel) -> WrapLabel:
    """A title that can be pressed has room for its focus frame at the left; the words below stand under its text."""
    words.setContentsMargins(5, 0, 0, 0)
    return words


def _head(title: str, opened: Callable[[], object] | None, chip: Chip | None) -> QWidget:
    """The title and the chip; where the column is narrow, the chip stands below."""
    if opened is not None:
        flow = Flow(8, 2)
        flow.add(link_button(title, opened))
        if chip is not None:
            flow.add(chip)
        return flow
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(WrapLabel(title, "strong"), 1)
    if chip is not None:
        row.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
    return holder
