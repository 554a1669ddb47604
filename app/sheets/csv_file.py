"""CSV: which letters and which delimiter it was written with, told carefully, and then its cells.

UTF-8 and UTF-16 say themselves whether they are right. What is neither was written by a Windows of our countries
(1251), seldom by a DOS (866): the reading that looks more like words is taken, and told.
"""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import Final

from app.errors import UserError
from app.forms.text import clean_line
from app.i18n import N_
from app.sheets.table import MOST_COLUMNS, MOST_ROWS, Row, Sheet, Words, rectangle

_DELIMITERS: Final = (";", ",", "\t", "|")
_LOOKED_AT: Final = 50
_ONE_BYTE: Final = {"cp1251": "Windows-1251", "cp866": "DOS-866"}
_COMMON: Final = frozenset("оеаинтсрвлкмыя")
_WRONG_LETTERS: Final = N_(
    "The letters of this file cannot be read. Open it, save it as .xlsx or as CSV in UTF-8, and try again."
)
# "Рњр°С" : two bytes of UTF-8 read as two letters of 1251.
_TWICE: Final = re.compile(
    "[РС][\u0080-\u00bf\u0402-\u040f\u0452-\u045f\u2013-\u203a\u20ac\u2116\u2122\u0490\u0491А-я]"
)


def read_csv(data: bytes) -> Sheet:
    """The one sheet of a CSV file. Raises UserError."""
    text, note = _letters(data)
    notes = [note] if note else []
    lines = text.split("\n", 1)
    if match := re.fullmatch(r"sep=(.)\r?", lines[0], re.IGNORECASE):
        delimiter, text = match[1], lines[1] if len(lines) > 1 else ""
    else:
        delimiter = _delimiter(text)
    return Sheet("", rectangle(_rows(text, delimiter)), notes=tuple(notes))


def _letters(data: bytes) -> tuple[str, Words | None]:
    """The text, and what is to be told of how it was read."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _sound(_strict(data, encoding)), None
    if data[:200].count(0):
        odd = sum(1 for byte in data[1:200:2] if byte == 0)
        even = sum(1 for byte in data[0:200:2] if byte == 0)
        return _sound(_strict(data, "utf-16-le" if odd >= even else "utf-16-be")), None
    try:
        return _sound(data.decode("utf-8")), None
    except UnicodeDecodeError:
        pass
    readings = {encoding: data.decode(encoding, "replace") for encoding in _ONE_BYTE}
    encoding, text = max(readings.items(), key=lambda one: _likeness(one[1]))
    if _likeness(text) < _LEAST_LIKENESS:
        raise UserError(_WRONG_LETTERS)
    told = N_("The letters were read as {encoding}. Look whether the names below are right.")
    return _sound(text), Words(told, {"encoding": _ONE_BYTE[encoding]})


_LEAST_LIKENESS: Final = 0.45


def _likeness(text: str) -> float:
    """How much what is beyond ASCII looks like words: common small letters, and no letters in odd places."""
    beyond = [char for char in text[:200_000] if ord(char) > 127]
    if not beyond:
        return 0.0
    return sum(char.lower() in _COMMON for char in beyond) / len(beyond) - text.count("\ufffd") / len(text)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UserError(_WRONG_LETTERS) from None


def _sound(text: str) -> str:
    """``text``, unless it is no text, or its letters were spoilt when it was written."""
    if "\0" in text:
        raise UserError(N_("This is not a sheet. Choose a file of the kind .xlsx or .csv."))
    letters = [char for char in text[:100_000] if "\u0400" <= char <= "\u04ff"]
    spoilt = len(_TWICE.findall(text[:100_000]))
    leading = sum(char in "РС" for char in letters)
    if text.count("\ufffd") > 5 or (len(letters) > 20 and spoilt * 4 > len(letters) and leading * 3 > len(letters)):
        raise UserError(_WRONG_LETTERS)
    return text


def _delimiter(text: str) -> str:
    """The delimiter with which most lines have equally many cells, more than one."""
    sample = "\n".join(text.splitlines()[:_LOOKED_AT])

    def agreement(delimiter: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in csv.reader(StringIO(sample), delimiter=delimiter) if any(row)]
        except csv.Error:
            return 0, 0
        several = [width for width in widths if width > 1]
        usual = max(set(several), key=several.count, default=0)
        return several.count(usual) if usual else 0, usual

    return max(_DELIMITERS, key=agreement)


def _rows(text: str, delimiter: str) -> list[Row]:
    found: list[Row] = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            found.append(tuple(clean_line(cell) for cell in row[:MOST_COLUMNS]))
            if len(found) > MOST_ROWS:
                raise UserError(TOO_LONG, rows=MOST_ROWS)
    except csv.Error:
        raise UserError(
            N_("A cell of this file does not end: a quotation mark is missing. Save it as .xlsx, and try again.")
        ) from None
    return found


TOO_LONG: Final = N_("The sheet has more than {rows} rows. Divide it into several, and take them in one by one.")
