"""The pages inside the program, at a size that can be read, painted by the code that prints them.

Paper is white in the dark theme too: what is seen is what comes out of the printer.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import _
from app.ui import theme
from app.ui.printing.pages import Pages, sheet

_NARROWEST: Final = 560
_WIDEST: Final = 860
_GAP: Final = 16
# It scrolls by keys, so it must be seen that it has the focus.
_SHEET: Final = (
    "PagesView {{ border: 2px solid {border}; }} PagesView:focus {{ border-color: {focus}; }}"
    "PagesView::corner {{ background: transparent; border: none; }}"
)


class PageView(QWidget):
    """One page; its words are its accessible description, for those who hear the screen."""

    def __init__(self, pages: Pages, number: int, spoken: str) -> None:
        super().__init__()
        self._pages = pages
        self._number = number
        name = _("Page {page} of {pages}").format(page=number + 1, pages=len(pages))
        self.setAccessibleName(name)
        self.setAccessibleDescription(spoken)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_width(self, width: int) -> None:
        """Show the page ``width`` pixels wide."""
        self.setFixedSize(sheet(width).size().toSize())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        self._pages.paint(painter, self._number, self.width())
        painter.setPen(QColor(theme.tokens().border_strong))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class PagesView(QScrollArea):
    """``show_pages``; scrolls by the arrows and by page up and down when it has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setStyleSheet(_SHEET.format(border=theme.tokens().border, focus=theme.tokens().accent))
        self.setAccessibleName(_("The pages of the paper"))
        self.views: list[PageView] = []

    def show_pages(self, pages: Pages) -> None:
        """Replace what is shown; the first page is at the top again."""
        desk = QWidget()
        column = QVBoxLayout(desk)
        column.setContentsMargins(_GAP, _GAP, _GAP, _GAP)
        column.setSpacing(_GAP)
        spoken = pages.spoken()
        self.views = [PageView(pages, number, spoken[number]) for number in range(len(pages))]
        for view in self.views:
            column.addWidget(view, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.setWidget(desk)
        self.verticalScrollBar().setValue(0)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 120)

    def _fit(self) -> None:
        room = self.viewport().width() - 2 * _GAP
        width = min(max(room, theme.px(_NARROWEST)), theme.px(_WIDEST))
        for view in self.views:
            view.set_width(width)
