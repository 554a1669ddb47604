"""Shows the contents of a file from memory: pictures and text. Nothing is written to a disk or opened outside.

What cannot be shown here is said in words; it is kept all the same. (PDF needs Qt's own reader, which the small
Qt package of this program does not bring; a second PDF reader would be a second large surface for bad files.)
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import _
from app.ui import theme
from app.ui.widgets.buttons import button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.nested import empty

PICTURES: Final = frozenset({"png", "jpeg"})
_MOST_TEXT: Final = 200_000
_MOST_SIDE: Final = 8000
"""A picture of more pixels a side is made smaller while it is read: a small file may hold an enormous picture."""


class Viewer(QStackedWidget):
    """``show_content(kind, content)``; until then, a word that it is being read."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(theme.px(400))
        self.picture = Picture()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.text.setAccessibleName(_("Contents of the file"))
        self.words = QWidget()
        self._column = QVBoxLayout(self.words)
        for page in (self.words, self.picture, self.text):
            self.addWidget(page)
        self.say(_("Reading the file…"), "")

    def say(self, title: str, text: str) -> None:
        """Say something in place of the contents."""
        empty(self._column)
        self._column.addWidget(EmptyState("document", title, text))
        self.setCurrentWidget(self.words)

    def show_content(self, kind: str, content: bytes) -> None:
        """Show ``content``, as far as this kind can be shown."""
        if kind in PICTURES:
            self._show_picture(content)
        elif kind == "text":
            self.text.setPlainText(_decoded(content[:_MOST_TEXT]))
            self.setCurrentWidget(self.text)
        else:
            self.say(
                _("This kind of file cannot be shown here"),
                _("It is kept, whole and encrypted, and goes to the coordinator if you tick it."),
            )

    def _show_picture(self, content: bytes) -> None:
        image = read_picture(content)
        if image.isNull():
            self.say(_("The picture cannot be shown"), _("It is kept as it is."))
            return
        self.picture.show_image(image)
        self.setCurrentWidget(self.picture)


class Area(QScrollArea):
    """Says when it has another size."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class Picture(QWidget):
    """A picture that fits the width; the button shows it in its own size, to read what is small."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._whole = True
        self.label = QLabel()
        self.label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.label.setAccessibleName(_("Picture"))
        self.area = Area()
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.area.setWidget(self.label)
        self.area.resized.connect(self._draw)
        self.size_button = button(_("In its own size"), "search", self._turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.size_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.area, 1)

    def show_image(self, image: QImage) -> None:
        """Show ``image``."""
        self._image = image
        self._draw()

    def _turn(self) -> None:
        self._whole = not self._whole
        self.size_button.setText(_("In its own size") if self._whole else _("Fit to the window"))
        self._draw()

    def _draw(self) -> None:
        if self._image.isNull():
            return
        room = self.area.maximumViewportSize()
        smaller = self._whole and (self._image.width() > room.width() or self._image.height() > room.height())
        shown = self._image
        if smaller and room.isValid():
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            shown = self._image.scaled(room, keep, smooth)
        self.label.setPixmap(QPixmap.fromImage(shown))
        self.label.resize(shown.size())


def read_picture(content: bytes) -> QImage:
    """The picture, from memory, upright, and not larger than memory allows; a null one where it cannot be read."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if max(size.width(), size.height()) > _MOST_SIDE:
        reader.setScaledSize(size.scaled(QSize(_MOST_SIDE, _MOST_SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _decoded(content: bytes) -> str:
    """Text in the two encodings that occur here."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace")
