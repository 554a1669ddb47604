"""The help beside the screen: the page for where one is, all other pages, a search. The form under it stays as it is.

It is no screen of its own, so that nothing is left by opening it. Where the window is narrow it lies over the
screen instead of beside it.
"""

from __future__ import annotations

from html import escape
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QFont, QKeyEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QTextBrowser, QVBoxLayout, QWidget

from app.i18n import _, language
from app.ui import icons, theme
from app.ui.help import book
from app.ui.widgets.buttons import icon_button
from app.ui.widgets.nested import row_in
from app.ui.widgets.text import label

WIDTH: Final = 380
BESIDE_FROM: Final = 1080
"""In a window narrower than this (at 100 %) the pane lies over the screen."""


class HelpPane(QFrame):
    """``open_at(page)`` shows it; ``closed`` when Esc or the cross was pressed."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("help")
        self.setAccessibleName(_("Help"))
        self.pages = QComboBox()
        self.pages.setAccessibleName(_("Page of the help"))
        for page in book.PAGES:
            self.pages.addItem(book.title(page, language()), page)
        self.pages.activated.connect(self._chosen)
        self.search = QLineEdit()
        self.search.setAccessibleName(_("Search the help"))
        self.search.setPlaceholderText(_("Search the help"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._look)
        self.browser = QTextBrowser()
        self.browser.setOpenLinks(False)
        self.browser.setAccessibleName(_("Help"))
        self.browser.anchorClicked.connect(self._follow)
        self._cross = icon_button("cross", _("Close the help (Esc)"), self.leave)
        self._lay_out()
        for control in (self.pages, self.search, self.browser, self._cross):
            control.installEventFilter(self)
        self.hide()

    def open_at(self, page: str) -> None:
        """Show ``page`` and take the focus: the text, so that the arrow keys scroll."""
        self.search.clear()
        self.show_page(page)
        self.show()
        self.raise_()
        self.browser.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_page(self, page: str) -> None:
        """Turn to ``page``."""
        self.pages.setCurrentIndex(max(0, self.pages.findData(page)))
        self.browser.setMarkdown(book.text(page, language()))
        _set_apart(self.browser.document())
        self.browser.verticalScrollBar().setValue(0)

    def page(self) -> str:
        """The page that is open."""
        return str(self.pages.currentData())

    def leave(self) -> None:
        """Close."""
        self.hide()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in here closes the help, although it would also leave the form that stands beside it."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.leave()
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 12)
        column.setSpacing(8)
        head = row_in(column)
        head.addWidget(label(_("Help"), "h2"))
        head.addStretch(1)
        head.addWidget(self._cross)
        column.addWidget(self.pages)
        column.addWidget(self.search)
        column.addWidget(self.browser, 1)
        self.pages.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.pages.setMinimumContentsLength(12)

    def _chosen(self) -> None:
        self.search.clear()
        self.show_page(self.page())

    def _look(self, words: str) -> None:
        if not words.strip():
            self.show_page(self.page())
            return
        hits = book.find(words, language())
        nothing = _("Nothing is found. Try one word, or a part of it.")
        lines = [
            f'<p><a href="page:{hit.page}">{escape(hit.title)}</a><br>{escape(hit.around)}</p>' for hit in hits
        ] or [f"<p>{escape(nothing)}</p>"]
        self.browser.setHtml("".join(lines))

    def _follow(self, link: QUrl) -> None:
        """Links lead to other pages only; the program opens nothing outside of itself."""
        if link.scheme() == "page" and link.path() in book.PAGES:
            self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(False)
            self.show_page(link.path())


def _set_apart(document: QTextDocument) -> None:
    """Markdown comes with large headings and no space between paragraphs."""
    document.setIndentWidth(theme.px(20))
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        shape = block.blockFormat()
        shape.setBottomMargin(theme.px(8))
        if shape.headingLevel():
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            large = QTextCharFormat()
            large.setFont(theme.font(18, QFont.Weight.DemiBold))
            cursor.setCharFormat(large)
        cursor.setBlockFormat(shape)
        block = block.next()


def width_for(window: QWidget) -> int:
    """How wide the pane is in this window."""
    return min(theme.px(WIDTH), max(theme.px(240), window.width() - theme.px(60)))


def beside(window: QWidget) -> bool:
    """Is there room beside the screen?"""
    return window.width() / theme.current().scale >= BESIDE_FROM
