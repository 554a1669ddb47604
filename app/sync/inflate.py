"""gzip with bounds: one member, nothing after it, exactly the declared length, never more memory than a piece.

The writer beside it is deterministic (no name, time zero), so that the same rows give the same bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from app.sync.errors import Answer, BundleRefused
from app.sync.manifest import MAX_LINE

_GZIP: Final = 31  # window bits that make zlib write and demand a gzip wrapper
_LEVEL: Final = 6
_PIECE: Final = 64 * 1024
# Magic, deflate, no flags (no name, comment or extra field), time zero: what the writer writes.
_BEGINNING: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00"


def deflate(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """``pieces`` as one gzip member."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    for piece in pieces:
        packed = packer.compress(piece)
        if packed:
            yield packed
    yield packer.flush()


def inflate(pieces: Iterable[bytes], raw: int) -> Iterator[bytes]:
    """The ``raw`` unpacked bytes of one gzip member, in pieces of at most 64 KiB.

    Raises ``BundleRefused``: BOMB for more than ``raw``, COUNT for fewer, COMPRESSION for anything that is not one
    whole member with nothing behind it.
    """
    unpacker = zlib.decompressobj(_GZIP)
    beginning = b""
    total = 0
    for piece in pieces:
        if len(beginning) < len(_BEGINNING):
            beginning += piece[: len(_BEGINNING) - len(beginning)]
            if not _BEGINNING.startswith(beginning):
                raise BundleRefused(Answer.COMPRESSION, "gzip beginning")
        for unpacked in _unpack(unpacker, piece):
            total += len(unpacked)
            if total > raw:
                raise BundleRefused(Answer.BOMB, "unpacks to more than declared")
            yield unpacked
    if not unpacker.eof:
        raise BundleRefused(Answer.COMPRESSION, "gzip cut short")
    if total != raw:
        raise BundleRefused(Answer.COUNT, "unpacks to less than declared")


def _unpack(unpacker: zlib._Decompress, piece: bytes) -> Iterator[bytes]:
    rest = piece
    while True:
        if unpacker.eof and rest:
            raise BundleRefused(Answer.COMPRESSION, "bytes after the gzip member")
        try:
            unpacked = unpacker.decompress(rest, _PIECE)
        except zlib.error:
            raise BundleRefused(Answer.COMPRESSION, "gzip") from None
        if unpacker.unused_data:
            raise BundleRefused(Answer.COMPRESSION, "bytes after the gzip member")
        rest = unpacker.unconsumed_tail
        if unpacked:
            yield unpacked
        # A full piece may leave output inside the unpacker though its input is used up.
        if not rest and len(unpacked) < _PIECE:
            return


def lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The lines without their newline; a line over 1 MiB, or a last line without newline, is ROW."""
    buffer = b""
    number = 0
    for piece in pieces:
        *whole, buffer = (buffer + piece).split(b"\n")
        for line in whole:
            number += 1
            yield line
        if len(buffer) >= MAX_LINE:
            raise BundleRefused(Answer.ROW, "line too long", line=number + 1)
    if buffer:
        raise BundleRefused(Answer.ROW, "last line without newline", line=number + 1)
