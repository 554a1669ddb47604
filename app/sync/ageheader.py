"""The textual header of an age v1 file: stanzas and the place of the MAC (C2SP age, "Header").

Strict as the official vectors decide: LF only, one space between arguments, visible ASCII, 64 columns,
canonical base64 without padding. No keys and no cryptography here.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import BinaryIO, Final

from app.errors import AppError

VERSION_LINE: Final = b"age-encryption.org/v1\n"
MAX_HEADER: Final = 64 * 1024
MAX_STANZAS: Final = 16
_COLUMNS: Final = 64
_ARGUMENTS: Final = re.compile(rb"-> ([!-~]+(?: [!-~]+)*)\Z")
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/]*\Z")
_MAC_LINE_LENGTH: Final = 47


class AgeError(AppError):
    """Root of what can be wrong with an age file."""


class HeaderError(AgeError):
    """The header breaks the format (or is not an age header at all)."""


@dataclass(frozen=True, slots=True)
class Stanza:
    """One wrapped copy of the file key: ``kind``, further arguments, body."""

    kind: str
    arguments: tuple[str, ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """``signed`` is what the MAC covers, up to and including ``---``; ``length`` is where the payload begins."""

    stanzas: tuple[Stanza, ...]
    signed: bytes
    mac: bytes
    length: int


def encode64(data: bytes) -> bytes:
    """Base64 without padding."""
    return base64.b64encode(data).rstrip(b"=")


def decode64(text: bytes) -> bytes:
    """Canonical base64 without padding; anything else is a ``HeaderError``."""
    if not _BASE64.match(text):
        raise HeaderError("base64 alphabet")
    try:
        data = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        raise HeaderError("base64 length") from None
    if encode64(data) != text:
        raise HeaderError("base64 not canonical")
    return data


def format_stanzas(stanzas: tuple[Stanza, ...]) -> bytes:
    """The header from the version line to ``---``: exactly what the MAC covers."""
    out = bytearray(VERSION_LINE)
    for stanza in stanzas:
        out += b"-> " + " ".join((stanza.kind, *stanza.arguments)).encode() + b"\n"
        text = encode64(stanza.body)
        # A body whose last line is full is closed by an empty line: hence the "+ 1".
        for start in range(0, len(text) + 1, _COLUMNS):
            out += text[start : start + _COLUMNS] + b"\n"
    return bytes(out + b"---")


class _Lines:
    """Lines of at most ``MAX_HEADER`` bytes in all; a missing LF is an error."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.place = 0

    def peek(self) -> bytes:
        end = self._data.find(b"\n", self.place)
        if end < 0:
            raise HeaderError("header cut short or too long")
        return self._data[self.place : end]

    def take(self) -> bytes:
        line = self.peek()
        self.place += len(line) + 1
        return line


def _read_body(lines: _Lines) -> bytes:
    text = bytearray()
    while True:
        line = lines.take()
        if len(line) > _COLUMNS:
            raise HeaderError("long line")
        text += line
        if len(line) < _COLUMNS:
            return decode64(bytes(text))


def read_header(file: BinaryIO) -> Header:
    """Read the header from the beginning of ``file``; raises ``HeaderError``."""
    file.seek(0)
    data = file.read(MAX_HEADER)
    if not data.startswith(VERSION_LINE):
        raise HeaderError("not an age v1 file")
    lines = _Lines(data)
    lines.take()
    stanzas: list[Stanza] = []
    while not lines.peek().startswith(b"---"):
        match = _ARGUMENTS.match(lines.take())
        if match is None:
            raise HeaderError("stanza line")
        kind, *arguments = match[1].decode("ascii").split(" ")
        stanzas.append(Stanza(kind, tuple(arguments), _read_body(lines)))
    signed = data[: lines.place] + b"---"
    footer = lines.take()
    if len(footer) != _MAC_LINE_LENGTH or not footer.startswith(b"--- "):
        raise HeaderError("MAC line")
    if not stanzas:
        raise HeaderError("no recipient")
    header = Header(tuple(stanzas), signed, decode64(footer[4:]), lines.place)
    if format_stanzas(header.stanzas) != signed:
        raise HeaderError("header not canonical")
    return header
