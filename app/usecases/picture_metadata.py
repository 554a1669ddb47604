"""Pictures without what they tell besides the picture: place, time, camera, owner, thumbnails, hidden trailers.

A photograph of a document taken with a telephone carries the place where it was taken: the shelter's. Rebuilt from
the parts that are needed to show it (JPEG: ITU T.81, JFIF, Exif 2.3 for the orientation; PNG: W3C PNG third
edition), so what is not known is dropped. The compressed picture itself is not touched.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Final

_PNG_MARK: Final = b"\x89PNG\r\n\x1a\n"
# What changes how a PNG looks. Text, time, Exif, colour profiles (they name their owner) and private chunks go.
_PNG_KEPT: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs"}
)

_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_APP0, _APP1, _APP14, _APP15, _COM = 0xE0, 0xE1, 0xEE, 0xEF, 0xFE
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers without a length: TEM and the restart markers."""
_ORIENTATION: Final = 0x0112
_SHORT: Final = 3


class DamagedPicture(Exception):
    """The file is not a whole picture of its type."""


def stripped(kind: str, content: bytes) -> bytes:
    """The picture without its metadata; anything that is no picture as it is. Raises DamagedPicture."""
    if kind == "png":
        return _png(content)
    return _jpeg(content) if kind == "jpeg" else content


def _png(content: bytes) -> bytes:
    kept, at, ended = bytearray(_PNG_MARK), len(_PNG_MARK), False
    while not ended:
        head = content[at : at + 8]
        if len(head) < 8:
            raise DamagedPicture
        length, name = int.from_bytes(head[:4], "big"), head[4:]
        whole = content[at : at + length + 12]
        if len(whole) != length + 12 or zlib.crc32(whole[4:-4]) != int.from_bytes(whole[-4:], "big"):
            raise DamagedPicture
        if name in _PNG_KEPT:
            kept += whole
        at += len(whole)
        ended = name == b"IEND"
    return bytes(kept)


def _jpeg(content: bytes) -> bytes:
    head, body = b"\xff\xd8", bytearray()
    orientation = 1
    for marker, segment, scan in _segments(content):
        if marker == _APP1 and segment.startswith(b"Exif\x00\x00"):
            orientation = _orientation(segment[6:])
        elif marker == _APP0 and segment.startswith(b"JFIF\x00") and len(segment) >= 14:
            head = b"\xff\xd8" + _segment(_APP0, segment[:12] + b"\x00\x00")  # without its thumbnail
        elif _needed(marker, segment):
            body += _segment(marker, segment) + scan
    exif = _exif_of(orientation) if orientation != 1 else b""
    return head + exif + bytes(body) + b"\xff\xd9"


def _segment(marker: int, content: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + (len(content) + 2).to_bytes(2, "big") + content


def _needed(marker: int, segment: bytes) -> bool:
    """Is the segment needed to show the picture? Of what programs add only Adobe's colour transform is."""
    if marker == _APP14:
        return segment.startswith(b"Adobe")
    return not _APP0 <= marker <= _APP15 and marker != _COM


def _segments(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Marker, segment and the compressed bytes behind it (after SOS), up to the end mark."""
    at = 2
    while True:
        if at + 2 > len(content) or content[at] != 0xFF:
            raise DamagedPicture
        marker = content[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker == _EOI:
            return
        if marker in _ALONE or marker in {0x00, _SOI}:
            raise DamagedPicture
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        segment = content[at + 4 : at + 2 + length]
        if length < 2 or len(segment) != length - 2:
            raise DamagedPicture
        at += 2 + length
        end = _end_of_scan(content, at) if marker == _SOS else at
        yield marker, segment, content[at:end]
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands: compressed bytes hold FF only before 00 or a restart marker."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise DamagedPicture
        if content[at + 1] == 0 or content[at + 1] in _ALONE:
            at += 2
        elif content[at + 1] == 0xFF:
            at += 1
        else:
            return at


def _orientation(tiff: bytes) -> int:
    """How the camera was held (1 to 8), from the first directory of Exif; 1 where it cannot be read."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    try:
        if order is None:
            return 1
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for index in range(count):
            tag, kind, _count, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * index)
            if (tag, kind) == (_ORIENTATION, _SHORT) and 1 <= value <= 8:
                return int(value)
    except struct.error:
        pass
    return 1


def _exif_of(orientation: int) -> bytes:
    """An Exif segment that says how the camera was held, and nothing else: else the page would lie on its side."""
    tiff = b"II*\x00" + struct.pack("<IHHHIHHI", 8, 1, _ORIENTATION, _SHORT, 1, orientation, 0, 0)
    return _segment(_APP1, b"Exif\x00\x00" + tiff)
