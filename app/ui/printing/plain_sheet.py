"""A sheet given as HTML: the recovery sheet and the coordinator's recovery key, which name nothing and nobody.

QTextDocument measures table cells in px (measured). The PDF's metadata are neutral.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSizeF
from PySide6.QtGui import QFont, QPdfWriter, QTextDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.printing.pdf import a4
from app.ui.printing.printer import ask_printer

_RESOLUTION: Final = 96  # so that px in the HTML are the px of a style sheet: 1/96 inch
_MARGIN: Final = 18.0  # millimetres


def document(html: str) -> QTextDocument:
    """The HTML as black on white in the program's font, 14 px (10.5 pt on paper), whatever the theme."""
    made = QTextDocument()
    face = QFont(QApplication.font())
    face.setPixelSize(14)
    made.setDefaultFont(face)
    made.setDocumentMargin(0)
    made.setDefaultStyleSheet("body { color: #000000; } h1 { font-size: 20px; } h2 { font-size: 16px; }")
    made.setHtml(html)
    return made


def pdf_bytes(html: str) -> bytes:
    """The HTML as an A4 PDF."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle("Apora")
    writer.setCreator("Apora")
    writer.setResolution(_RESOLUTION)
    writer.setPageLayout(a4(_MARGIN))
    made = document(html)
    made.setPageSize(QSizeF(a4(_MARGIN).paintRectPixels(_RESOLUTION).size()))
    made.print_(writer)
    buffer.close()
    return bytes(content.data())


def print_html(html: str, parent: QWidget, done: Callable[[], object]) -> None:
    """Ask for a printer and print; ``done`` is called when it went there. Raises NoPrinter."""

    def send(printer: QPrinter) -> None:
        printer.setFullPage(False)
        printer.setPageLayout(a4(_MARGIN))
        document(html).print_(printer)
        done()

    ask_printer(parent, 1, send)
