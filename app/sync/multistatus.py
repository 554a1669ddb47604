"""What a WebDAV server says of a folder (RFC 4918, 14.16), read without trusting it.

A document type, and with it every entity, is refused before anything of it is read (so no XML bomb unfolds); of a
name only the last segment counts, so that none leads out of the folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit
from xml.parsers import expat

from app.errors import AppError

ASK: Final = (
    b'<?xml version="1.0" encoding="utf-8"?>'
    b'<d:propfind xmlns:d="DAV:"><d:prop><d:resourcetype/><d:getcontentlength/><d:getetag/></d:prop></d:propfind>'
)
"""The body of a PROPFIND that asks for what is needed and no more."""

_DEEPEST: Final = 32
_LONGEST: Final = 2000


class NotMultistatus(AppError):
    """What came is no answer to a PROPFIND."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a folder. ``size`` is None where the server tells none (a folder)."""

    name: str
    is_folder: bool
    size: int | None
    etag: str


def read_multistatus(data: bytes) -> list[Entry]:
    """The entries, the folder itself among them. Raises NotMultistatus."""
    reading = _Reading()
    try:
        reading.parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise NotMultistatus("xml") from error
    return reading.entries


class _Reading:
    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.entries: list[Entry] = []
        self._depth = 0
        self._words: list[str] | None = None
        self._length = 0
        self._fresh()

    def _fresh(self) -> None:
        self._href, self._etag = "", ""
        self._size: int | None = None
        self._folder = False

    def _doctype(self, *_told: object) -> None:
        raise NotMultistatus("document type")

    def _start(self, name: str, _attributes: object) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotMultistatus("depth")
        if self._depth == 1 and name != "DAV: multistatus":
            raise NotMultistatus("root")
        if name == "DAV: response":
            self._fresh()
        elif name == "DAV: collection":
            self._folder = True
        self._words, self._length = [], 0

    def _text(self, words: str) -> None:
        if self._words is None:
            return
        self._length += len(words)
        if self._length > _LONGEST:
            raise NotMultistatus("length")
        self._words.append(words)

    def _end(self, name: str) -> None:
        self._depth -= 1
        said = "".join(self._words or ()).strip()
        self._words = None
        if name == "DAV: href" and not self._href:
            self._href = said
        elif name == "DAV: getcontentlength" and said.isascii() and said.isdecimal() and len(said) < 16:
            self._size = int(said)
        elif name == "DAV: getetag":
            self._etag = said
        elif name == "DAV: response":
            self.entries.append(Entry(_last_segment(self._href), self._folder, self._size, self._etag))


def _last_segment(href: str) -> str:
    path = unquote(urlsplit(href).path, errors="replace")
    return path.rstrip("/").rpartition("/")[2]
