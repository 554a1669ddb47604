"""What a file is, told by its bytes. The name it came under is not believed: only these types are kept and shown.

A type that can run something (a macro, a program) or that nobody here can look at inside the program has no place.
"""

from __future__ import annotations

import io
import zipfile
from types import MappingProxyType
from typing import Final

EXTENSIONS: Final = MappingProxyType(
    {
        "pdf": frozenset({"pdf"}),
        "png": frozenset({"png"}),
        "jpeg": frozenset({"jpg", "jpeg", "jpe", "jfif"}),
        "text": frozenset({"txt", "text", "csv", "md", "log"}),
        "docx": frozenset({"docx"}),
        "xlsx": frozenset({"xlsx"}),
        "odt": frozenset({"odt"}),
    }
)
"""The types that are kept, each with the extensions under which its files come."""

_ODT: Final = b"application/vnd.oasis.opendocument.text"
_MACROS: Final = ("vbaproject.bin", "basic/", "scripts/")
_MOST_ENTRIES: Final = 10_000
# Line ends, tab and form feed; anything else below a blank is no text that a person wrote.
_CONTROLS: Final = frozenset(range(32)) - {9, 10, 12, 13}


def type_of(content: bytes) -> str:
    """The type, a key of EXTENSIONS, or "" for what is not kept."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"PK\x03\x04"):
        return _of_archive(content)
    return "text" if _is_text(content) else ""


def fits(name: str, kind: str) -> bool:
    """Does the name's extension belong to the type?"""
    _stem, dot, extension = name.rpartition(".")
    return bool(dot) and extension.lower() in EXTENSIONS[kind]


def _of_archive(content: bytes) -> str:
    """Office documents are archives. Only the list of names is read, and one entry of known length."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {one.filename for one in archive.infolist()}
            if len(names) > _MOST_ENTRIES or any(part in name.lower() for name in names for part in _MACROS):
                return ""
            if {"[Content_Types].xml", "word/document.xml"} <= names:
                return "docx"
            if {"[Content_Types].xml", "xl/workbook.xml"} <= names:
                return "xlsx"
            if "mimetype" in names:
                with archive.open("mimetype") as entry:
                    return "odt" if entry.read(len(_ODT) + 1) == _ODT else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        pass  # not an archive that can be read, or one with a password
    return ""


def _is_text(content: bytes) -> bool:
    """UTF-8, UTF-16 with its mark, or the old Cyrillic page of Windows: all without control characters."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decodes(content, "utf-16")
    return (
        bool(content)
        and _CONTROLS.isdisjoint(content)
        and (_decodes(content, "utf-8") or _decodes(content, "cp1251"))
    )


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return not any(ord(character) in _CONTROLS for character in text)
