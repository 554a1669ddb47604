"""Metadata go, the picture stays: made with Qt's own writers, looked at with its readers."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageReader, QImageWriter, Qt

from app.usecases.picture_metadata import DamagedPicture, stripped

SECRET = b"53.9 N 27.5 E"


def drawn(kind: str) -> bytes:
    """A small picture whose corners differ."""
    image = QImage(24, 16, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for x in range(12):
        for y in range(8):
            image.setPixelColor(x, y, QColor(200, 30, 10 * x))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(kind.encode())).write(image)
    return bytes(data.data())


def seen(content: bytes, *, turned: bool = False) -> QImage:
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(turned)
    image = reader.read()
    assert not image.isNull(), reader.errorString()
    return image


def segment(marker: int, content: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(content) + 2) + content


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def exif(orientation: int, order: str = "<") -> bytes:
    """An Exif segment as a telephone writes it: the orientation, and a comment that tells the place."""
    mark = b"II*\x00" if order == "<" else b"MM\x00*"
    entries = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    entries += struct.pack(f"{order}HHII", 0x010E, 2, len(SECRET), 38)
    return b"Exif\x00\x00" + mark + struct.pack(f"{order}IH", 8, 2) + entries + struct.pack(f"{order}I", 0) + SECRET


def with_metadata(picture: bytes, orientation: int = 1) -> bytes:
    """A JPEG with all that telephones and programs put in."""
    extra = segment(0xE1, exif(orientation)) + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00<x>" + SECRET)
    extra += segment(0xE2, b"MPF\x00" + SECRET) + segment(0xED, b"Photoshop 3.0\x00" + SECRET)
    extra += segment(0xFE, SECRET) + segment(0xE0, b"JFXX\x00\x10" + SECRET)
    return picture[:2] + extra + picture[2:] + SECRET


def test_a_jpeg_keeps_its_pixels_and_loses_the_rest() -> None:
    picture = drawn("jpg")
    loaded = with_metadata(picture)
    assert loaded.count(SECRET) == 7
    assert seen(loaded) == seen(picture)
    clean = stripped("jpeg", loaded)
    assert SECRET not in clean
    assert b"Exif" not in clean
    assert seen(clean) == seen(picture)
    assert stripped("jpeg", clean) == clean


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_page_does_not_lie_on_its_side(order: str) -> None:
    picture = drawn("jpg")
    loaded = picture[:2] + segment(0xE1, exif(6, order)) + picture[2:]
    clean = stripped("jpeg", loaded)
    assert SECRET not in clean
    assert seen(clean, turned=True) == seen(loaded, turned=True) != seen(picture)
    assert seen(clean, turned=True).height() == 24
    assert stripped("jpeg", clean) == clean


def test_a_png_keeps_its_pixels_and_loses_the_rest() -> None:
    picture = drawn("png")
    head = 8 + 25
    extra = chunk(b"tEXt", b"Author\x00" + SECRET) + chunk(b"eXIf", b"II*\x00" + SECRET) + chunk(b"zzZz", SECRET)
    extra += chunk(b"tIME", struct.pack(">HBBBBB", 2026, 3, 9, 10, 0, 0)) + chunk(b"iTXt", b"k\x00" + SECRET)
    loaded = picture[:head] + extra + picture[head:] + SECRET
    clean = stripped("png", loaded)
    assert SECRET not in clean
    assert b"tIME" not in clean
    assert seen(clean) == seen(picture)
    assert stripped("png", clean) == clean


def test_other_files_are_left_as_they_are() -> None:
    assert stripped("pdf", b"%PDF-1.7 " + SECRET) == b"%PDF-1.7 " + SECRET


@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_half_a_picture_is_damaged(kind: str) -> None:
    picture = drawn(kind)
    for end in range(3, len(picture) - 2):
        with pytest.raises(DamagedPicture):
            stripped("png" if kind == "png" else "jpeg", picture[:end])


def test_a_changed_png_is_damaged() -> None:
    picture = bytearray(drawn("png"))
    picture[50] ^= 1
    with pytest.raises(DamagedPicture):
        stripped("png", bytes(picture))


@given(st.binary(max_size=300))
def test_garbage_never_does_more_than_be_damaged(noise: bytes) -> None:
    for kind, mark in (("png", b"\x89PNG\r\n\x1a\n"), ("jpeg", b"\xff\xd8\xff")):
        try:
            stripped(kind, mark + noise)
        except DamagedPicture:
            continue


def test_qt_is_there_to_look() -> None:
    """The comparison can fail: another picture is another picture."""
    other = seen(drawn("png"))
    other.setPixelColor(0, 0, QColor(Qt.GlobalColor.black))
    assert other != seen(drawn("png"))
