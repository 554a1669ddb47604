"""Paper: HTML to A4 as PDF bytes (no file is written on the way), and the system's print dialog.

QTextDocument measures table cells in px; check boxes are drawn as borders, because the sign falls back to another
font (both measured). The PDF's metadata are neutral: no name, no centre, no author.
"""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QWidget

RESOLUTION = 96  # so that px in the HTML are the px of a style sheet: 1/96 inch
MARGIN = 18.0  # millimetres


def page_layout() -> QPageLayout:
    """A4 upright with our margins."""
    return QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Portrait,
        QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN),
        QPageLayout.Unit.Millimeter,
    )


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
    writer.setResolution(RESOLUTION)
    writer.setPageLayout(page_layout())
    made = document(html)
    made.setPageSize(QSizeF(page_layout().paintRectPixels(RESOLUTION).size()))
    made.print_(writer)
    buffer.close()
    return bytes(content.data())


def print_html(html: str, parent: QWidget) -> bool:
    """Ask for a printer and print; False if the person changed their mind or there is no printer."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("Apora")
    printer.setPageLayout(page_layout())
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    document(html).print_(printer)
    return True
