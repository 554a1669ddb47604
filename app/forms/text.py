"""Text as it is kept: NFC, no control characters but newline, no invisible marks, trimmed.

Why: the same word typed on two laptops must be the same bytes (the bundle compares bytes), and marks that turn
the direction of writing or hide letters have been used to disguise names (bundle format, sections 5 and 9).
"""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_BLANKS_IN_LINE = re.compile(r"[^\S\n]+")
# Control, format (direction marks, zero-width signs, byte order mark), surrogates, unassigned private use stays.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})


def clean(text: str) -> str:
    """``text`` of several lines, ready to be kept. Cleaning twice changes nothing."""
    if text.isprintable():  # no line end, no tab, nothing invisible: most of what is ever read
        return unicodedata.normalize("NFC", text).strip()
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    text = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _INVISIBLE)
    return unicodedata.normalize("NFC", text).strip()


def clean_line(text: str) -> str:
    """``text`` of one line: cleaned, and each run of blanks and line ends made one space."""
    return _BLANKS_IN_LINE.sub(" ", clean(text).replace("\n", " ")).strip()
