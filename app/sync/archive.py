"""The inner layer: a ustar archive in which every byte of every header is a pure function of (name, size).

**The reader never parses tar.** It rebuilds the header that must stand there and compares all 512 bytes, so a
path, a link, a mode or a pax record cannot even be expressed. Sizes come from the signed manifest, except those of
the manifest and its signature, which are read from the one field and then proved by the same comparison.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from app.errors import AppError

BLOCK: Final = 512
# tar ends an archive with two zero blocks; they count as content, so that plain ``tar x`` is always content.
_END_BLOCKS: Final = 2 * BLOCK
MANIFEST_NAME: Final = "manifest.json"
SIGNATURE_NAME: Final = "manifest.json.sig"
MAX_MANIFEST: Final = 4 * 1024 * 1024
MAX_SIGNATURE: Final = 4 * 1024
_MAX_SIZE: Final = 0o77777777777
_SIZE_FIELD: Final = slice(124, 136)
_OCTAL: Final = re.compile(rb"([0-7]{11})\x00\Z")


class ContainerError(AppError):
    """A header is not the one that must stand there."""


def part_name(number: int) -> str:
    """The name of the ``number``-th part, counted from 1."""
    return f"p/{number:06d}"


@lru_cache(maxsize=256)
def header(name: str, size: int) -> bytes:
    """The one ustar header (512 bytes) for an entry of this name and size."""
    if not 0 <= size <= _MAX_SIZE:
        raise ValueError("entry size")
    fields = (
        name.encode("ascii").ljust(100, b"\0")
        + b"0000600\0"
        + b"0000000\0" * 2
        + b"%011o\0" % size
        + b"%011o\0" % 0
        + b" " * 8
        + b"0"
        + b"\0" * 100
        + b"ustar\x0000"
    ).ljust(BLOCK, b"\0")
    return fields[:148] + b"%06o\0 " % sum(fields) + fields[156:]


def padding(size: int) -> int:
    """How many zeros follow an entry of ``size`` bytes."""
    return -size % BLOCK


def entry_length(size: int) -> int:
    """Header, contents and padding of an entry of ``size`` bytes."""
    return BLOCK + size + padding(size)


def read_size(block: bytes, name: str, limit: int) -> int:
    """The size of the entry ``name`` from its header ``block``, proved by rebuilding the header."""
    match = _OCTAL.match(block[_SIZE_FIELD])
    if match is None:
        raise ContainerError("size field")
    size = int(match[1], 8)
    if size > limit:
        raise ContainerError("entry too long")
    expect(block, name, size)
    return size


def expect(block: bytes, name: str, size: int) -> None:
    """Raise ``ContainerError`` unless ``block`` is exactly the header of (name, size)."""
    if block != header(name, size):
        raise ContainerError("entry header")


def padme(length: int) -> int:
    """The Padmé size of ``length``: at most 12 % longer and telling only O(log log) bits of it.

    Source: Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", 2019.
    """
    exponent = length.bit_length() - 1
    low_bits = exponent - exponent.bit_length()
    mask = (1 << low_bits) - 1
    return (length + mask) & ~mask


def content_length(manifest: int, signature: int, parts: Sequence[int]) -> int:
    """Length of all entries and the two closing blocks, for contents of these lengths."""
    entries = sum(entry_length(size) for size in parts)
    return entry_length(manifest) + entry_length(signature) + entries + _END_BLOCKS


def padded_length(content: int) -> int:
    """The exact plaintext length for ``content``: its Padmé size, rounded up to a block."""
    size = padme(content)
    return size + padding(size)
