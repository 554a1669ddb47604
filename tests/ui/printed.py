"""Printed pages as tests look at them: as a picture, as ink in a part of it, as the words that stand on them."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from app.reports.paper.blocks import Paper, texts
from app.ui.printing.geometry import HEIGHT, LEFT, MM, RIGHT, TOP, WIDTH
from app.ui.printing.pages import Pages


def image_of(pages: Pages, number: int, width: int = 840) -> QImage:
    """A page as it is drawn, ``width`` pixels wide."""
    image = QImage(width, round(width * HEIGHT / WIDTH), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    pages.paint(painter, number, width)
    painter.end()
    return image


def has_ink(image: QImage, area: QRect) -> bool:
    """Is anything written in that part of the page?"""
    part = image.copy(area).convertToFormat(QImage.Format.Format_Grayscale8)
    return any(byte < 200 for byte in bytes(part.constBits()))


def assert_margins_are_empty(pages: Pages) -> None:
    """On each page something is written, and nothing of it left, right or above of where it may stand."""
    for number in range(len(pages)):
        image = image_of(pages, number)
        scale = image.width() / WIDTH
        left, right = round((LEFT - MM) * scale), round((WIDTH - RIGHT + MM) * scale)
        assert has_ink(image, QRect(left, 0, right - left, image.height()))
        assert not has_ink(image, QRect(0, 0, left, image.height()))
        assert not has_ink(image, QRect(right, 0, image.width() - right, image.height()))
        assert not has_ink(image, QRect(0, 0, image.width(), round((TOP - MM) * scale)))


def assert_every_word_is_there(paper: Paper, pages: Pages) -> None:
    """All of a paper but its foot stands on some page; where a line breaks does not matter."""
    said = _bare("\n".join(pages.spoken()))
    assert all(_bare(text) in said for text in texts(paper) if text != paper.foot)


def _bare(text: str) -> str:
    return "".join(text.split())
