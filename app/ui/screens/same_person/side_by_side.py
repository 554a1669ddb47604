"""Two entries side by side: what either holds, line by line; where they differ it is marked with a sign, not by
colour alone.
"""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.i18n import _, ngettext
from app.ui import theme
from app.ui.dates import short_date
from app.ui.widgets.buttons import link_button
from app.ui.widgets.text import WrapLabel, label, restyle
from app.usecases.same_person import PairView, Side


class SideBySide(QWidget):
    """``show_pair`` replaces what is shown; ``opened`` gives the person whose page is wanted."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._inner = QWidget()
        self._column.addWidget(self._inner)

    def show_pair(self, view: PairView) -> None:
        """Show both entries."""
        old, self._inner = self._inner, QWidget()
        grid = QGridLayout(self._inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        for column, stretch in enumerate((3, 5, 5)):
            grid.setColumnStretch(column, stretch)
        for column, side in enumerate((view.one, view.other), 1):
            grid.addWidget(self._head(side), 0, column, Qt.AlignmentFlag.AlignTop)
        for row, line in enumerate(view.lines, 1):
            grid.addWidget(_name(line.label, differs=line.differs), row, 0)
            for column, value in enumerate((line.one, line.other), 1):
                grid.addWidget(_cell(line.label, value, differs=line.differs), row, column)
        self._column.addWidget(self._inner)
        self._column.removeWidget(old)
        old.hide()
        old.deleteLater()

    def _head(self, side: Side) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(6, 0, 6, 8)
        column.setSpacing(2)
        column.addWidget(WrapLabel(side.name or side.code, "h2"))
        services = ngettext("{count} service", "{count} services", side.services).format(count=side.services)
        for words in (side.code if side.name else "", side.centre, services, _since(side)):
            if words:
                column.addWidget(WrapLabel(words, "sub"))
        uid: uuid.UUID = side.uid
        press = link_button(_("Open the page"), lambda: self.opened.emit(uid))
        press.setAccessibleName(_("Open the page of {code}").format(code=side.code))
        column.addWidget(press, 0, Qt.AlignmentFlag.AlignLeft)
        return made


def _since(side: Side) -> str:
    return _("recorded on {date}").format(date=short_date(side.recorded_on)) if side.recorded_on else ""


def _name(text: str, *, differs: bool) -> QWidget:
    """The name of the line; the sign before it says that the values differ."""
    made = label(f"≠ {text}" if differs else text, "sub")
    made.setAccessibleName(_("{field}: different").format(field=text) if differs else text)
    made.setWordWrap(True)
    return made


def _cell(name: str, value: str, *, differs: bool) -> QWidget:
    made = WrapLabel(value or "—")
    made.setAccessibleName(f"{name}: {value or _('not known')}")
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setContentsMargins(theme.px(6), theme.px(3), theme.px(6), theme.px(3))
    if differs:
        restyle(made, "differs", "yes")
    return made
