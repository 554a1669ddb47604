"""CSV that a spreadsheet opens as it is meant: UTF-8 with a mark, semicolons, and nothing that acts as a formula.

A cell of text that begins with = + - @, a tab or a carriage return would be run as a formula by the usual
spreadsheets; it gets an apostrophe in front (OWASP, CSV injection). Numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")  # the last four are full-width


def inert(cell: str | int) -> str | int:
    """The cell, made harmless where it is text that a spreadsheet would run."""
    if isinstance(cell, str) and cell.lstrip(" \n").startswith(_ACTIVE):
        return "'" + cell
    return cell


def write(head: Sequence[str], rows: Iterable[Sequence[str | int]], notes: Sequence[str] = ()) -> bytes:
    """A table as bytes: ``notes`` first (one a line), then the head and the rows."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([inert(note)] for note in notes)
    writer.writerow([inert(cell) for cell in head])
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
