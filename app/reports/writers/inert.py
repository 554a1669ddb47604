"""Text of any origin made harmless for a file that a spreadsheet opens.

``plain`` takes out what no cell can hold or what makes a text look like another one; ``inert`` makes sure that no
spreadsheet runs the text as a formula (OWASP, "CSV injection").
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from typing import Final

LONGEST: Final = 32_767
"""Characters in one cell (Excel, "specifications and limits"), counted in UTF-16 as Excel does."""
LONGEST_SHEET_NAME: Final = 31

_ACTIVE: Final = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")  # the last four are full-width
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
# Control characters but for the white ones, marks that turn the direction of writing, halves of pairs, and what is
# no character: XML 1.0 cannot hold most of them, and no word needs the others.
_TURNING: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_NOT_IN_NAMES: Final = frozenset("[]:*?/\\")


def plain(text: str) -> str:
    """The text as one line that every cell can hold; the end of one that is too long is left out with a sign."""
    found = "".join(_kept(char) for char in text).strip()
    return found if _units(found) <= LONGEST else _cut(found, LONGEST - 2) + " …"


def inert(cell: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would run it, whatever is unseen in front."""
    at = next((at for at, char in enumerate(cell) if unicodedata.category(char) not in _UNSEEN), len(cell))
    if cell[at:].startswith(_ACTIVE) or cell.lstrip(" \n").startswith(_ACTIVE):
        return "'" + cell
    return cell


def sheet_name(text: str, taken: Collection[str]) -> str:
    """A name for a sheet that Excel takes: at most 31 signs, without seven of them, and unlike all of ``taken``."""
    base = "".join(" " if char in _NOT_IN_NAMES else char for char in plain(text))
    base = _cut_at_word(" ".join(base.split()).strip(" '"), LONGEST_SHEET_NAME).strip(" '") or "–"
    used = {name.casefold() for name in taken} | {"history"}  # Excel keeps that one for itself
    name, number = base, 2
    while name.casefold() in used:
        tail = f" {number}"
        name, number = _cut(base, LONGEST_SHEET_NAME - len(tail)).rstrip() + tail, number + 1
    return name


def _kept(char: str) -> str:
    if char in "\t\n\r\x0b\x0c\x85\u2028\u2029":
        return " "
    category = unicodedata.category(char)
    nothing = ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF
    return "" if category in ("Cc", "Cs") or char in _TURNING or nothing else char


def _units(text: str) -> int:
    """Its length in UTF-16."""
    return len(text) + sum(ord(char) > 0xFFFF for char in text)


def _cut_at_word(text: str, most: int) -> str:
    """The beginning of a text, without half a word at its end where that leaves enough of it."""
    cut = _cut(text, most)
    whole, _, _rest = cut.rpartition(" ")
    return whole.rstrip(" ,:") if cut != text and len(whole) > most // 2 else cut


def _cut(text: str, most: int) -> str:
    """The beginning of a text; half of a pair at the end goes."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")
