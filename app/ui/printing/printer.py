"""The printer: asked for in the system's own dialog, never blocking, and a plain sentence where there is none.

``show()`` rather than ``exec()``: a dialog with a loop of its own would stand over the unlock window after a lock.
Printing to a file is not offered there: that file would lie open on the disk without a word of warning.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.i18n import N_
from app.ui.printing.pages import Pages
from app.ui.printing.pdf import a4

_FAILED = N_("The printer did not take the paper. Look whether it is on and has paper, and print again.")


class NoPrinter(UserError):
    """No printer is set up."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "No printer is set up on this laptop. Connect one and press Print again, "
                "or save the paper as PDF on a stick and print it where nobody reads along."
            )
        )


def printers() -> list[str]:
    """The printers that are set up on this laptop."""
    return list(QPrinterInfo.availablePrinterNames())


def fresh_printer() -> QPrinter:
    """The default printer, A4 to the edges; its queue shows the program's name and nothing else."""
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setDocName("Apora")
    made.setPageLayout(a4())
    made.setFullPage(True)
    return made


def ask_printer(parent: QWidget, count: int, chosen: Callable[[QPrinter], object]) -> QPrintDialog:
    """Ask where to print ``count`` pages; ``chosen`` is not called after a change of mind. Raises NoPrinter."""
    if not printers():
        raise NoPrinter
    printer = fresh_printer()
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, on=False)
    dialog.setMinMax(1, count)
    dialog.accepted.connect(lambda: chosen(printer))
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.show()
    return dialog


def print_pages(pages: Pages, printer: QPrinter) -> None:
    """Send the pages that were asked for. Raises UserError where the printer does not answer."""
    first, last = 1, len(pages)
    if printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage():
        first, last = printer.fromPage(), min(last, printer.toPage() or last)
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError(_FAILED)
    try:
        for number in range(first, last + 1):
            if number > first and not printer.newPage():
                raise UserError(_FAILED)
            pages.paint(painter, number - 1, printer.pageRect(QPrinter.Unit.DevicePixel).width())
    finally:
        painter.end()
