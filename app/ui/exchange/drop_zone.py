"""A place to drop files and folders on; with the keyboard the buttons do the same."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QBoxLayout, QFrame

from app.i18n import _
from app.ui import icons, theme
from app.ui.exchange import choosing
from app.ui.widgets.buttons import button
from app.ui.widgets.flow import Flow
from app.ui.widgets.nested import row_in
from app.ui.widgets.text import WrapLabel

_WORDS: Final = 190
"""Less than this beside the buttons (at 100 %) is a column of single words."""


class DropZone(QFrame):
    """``dropped`` gives the paths: files and folders, as they came. Nothing is opened here."""

    dropped = Signal(list)

    def __init__(self, text: str, *, folders: bool = True, several: bool = True) -> None:
        super().__init__()
        self._over = False
        self.setAcceptDrops(True)
        self.setAccessibleName(text)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(16, 14, 16, 14)
        self._row.setSpacing(12)
        words = row_in(self._row, 1)
        words.setSpacing(12)
        words.addWidget(icons.icon_label("inbox", theme.tokens().accent_text, 28))
        words.addWidget(WrapLabel(text), 1)
        self._several = several
        self.files = button(_("Choose files…") if several else _("Choose a file…"), "document", self._ask_files)
        self.folder = button(_("Choose a folder…"), "folder", self._ask_folder)
        self._presses = Flow(8)
        for press in (self.files, self.folder) if folders else (self.files,):
            self._presses.add(press)
        self._row.addWidget(self._presses)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the words would have little room beside the buttons, the buttons stand below them."""
        super().resizeEvent(event)
        beside = self.width() - self._presses.sizeHint().width() >= theme.px(_WORDS)
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    def minimumSizeHint(self) -> QSize:
        # Narrower than all in one row, or the layout could never be told to stack them.
        return QSize(self._presses.minimumSizeHint().width() + 32, super().minimumSizeHint().height())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if paths_of(event.mimeData()):
            self._over = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._over = False
        self.update()
        if paths := paths_of(event.mimeData()):
            # Copy, never move: the file manager must not delete a bundle from the stick.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(paths)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(t.accent if self._over else t.border_strong), 2, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(t.accent_soft if self._over else t.surface))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 10, 10)

    def _ask_files(self) -> None:
        question = _("Which files?") if self._several else _("Which file?")
        choosing.choose_files(self, question, self.dropped.emit, several=self._several)

    def _ask_folder(self) -> None:
        choosing.choose_folder(self, _("Which folder?"), self._one)

    def _one(self, folder: Path) -> None:
        self.dropped.emit([folder])


def paths_of(mime: QMimeData) -> list[Path]:
    """The local files and folders that are dragged; web addresses and the like are none."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
