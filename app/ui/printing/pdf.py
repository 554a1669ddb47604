"""Pages as PDF bytes (no file is written on the way), and a file that is kept whole or not at all.

The PDF's metadata are neutral: no title, no author, no centre, no name.
"""

from __future__ import annotations

import datetime as dt
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from app.errors import UserError
from app.i18n import N_
from app.ui.printing.pages import Pages

_RESOLUTION: Final = 600


def a4(millimetres: float = 0) -> QPageLayout:
    """A4 upright with margins of so many millimetres."""
    return QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Portrait,
        QMarginsF(millimetres, millimetres, millimetres, millimetres),
        QPageLayout.Unit.Millimeter,
    )


def pdf_of(pages: Pages) -> bytes:
    """The pages as an A4 PDF."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setCreator("Apora")
    writer.setResolution(_RESOLUTION)
    writer.setPageLayout(a4())
    painter = QPainter(writer)
    for number in range(len(pages)):
        if number:
            writer.newPage()
        pages.paint(painter, number, writer.width())
    painter.end()
    buffer.close()
    return bytes(content.data())


def neutral_name(today: dt.date) -> str:
    """``paper-2026-11-22.pdf``: the name of a file tells nothing of whom or what is in it."""
    return f"paper-{today.isoformat()}.pdf"


def keep_file(path: Path, content: bytes) -> None:
    """Write ``content``, for this user alone. If that fails, nothing of it is left and an older file stays."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.touch(mode=0o600)
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise UserError(N_("The file could not be written. Choose another folder.")) from error
