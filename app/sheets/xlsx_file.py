"""XLSX: values by openpyxl; merges, hidden parts and formulas without a result by a look of our own.

Nothing is evaluated and nothing outside is followed: macros and links to other files are not even looked at. What
the file unpacks to is bounded before the first part is read.
"""

from __future__ import annotations

import datetime as dt
import math
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final
from xml.parsers import expat

from app.errors import UserError
from app.forms.text import clean_line
from app.i18n import N_
from app.sheets.csv_file import TOO_LONG
from app.sheets.look import Look, look_at
from app.sheets.table import MOST_COLUMNS, MOST_ROWS, Odd, Row, Sheet, Words, rectangle

LARGEST_UNPACKED: Final = 400 * 1024 * 1024
_MOST_PARTS: Final = 5_000
_DAMAGED: Final = N_("The file is damaged. Open it, save it anew as .xlsx, and try again.")
HIDDEN_ROWS: Final = N_("Hidden rows: {count}. They are taken in like the others.")
_ERRORS: Final = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"})
_UNREADABLE: Final = (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, ValueError)
_TOP_ROWS_OF_BLANKS: Final = 2_000
"""After so many empty rows one below the other the sheet is over: some programs store a million of them."""


def read_xlsx(archive: zipfile.ZipFile) -> list[Sheet]:
    """All sheets with cells, in their order. Raises UserError."""
    _bounded(archive)
    import openpyxl  # noqa: PLC0415 - heavy, and needed here alone

    try:
        assert archive.fp is not None
        archive.fp.seek(0)
        # Its warnings name the contents of cells; what they are about is told in our own words.
        with warnings.catch_warnings(action="ignore"):
            book = openpyxl.load_workbook(archive.fp, read_only=True, data_only=True, keep_links=False)
            return [_sheet(archive, book, one) for one in book.worksheets]
    except UserError:
        raise
    except MemoryError:
        raise UserError(N_("The file is too large for the memory of this laptop. Divide it.")) from None
    except Exception:
        raise UserError(_DAMAGED) from None


def _bounded(archive: zipfile.ZipFile) -> None:
    """Refuse what would unpack without end, and XML that defines entities of its own."""
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise UserError(N_("The file unpacks to more than this laptop can hold. It is not a register, or damaged."))
    for part in parts:
        if part.flag_bits & 1:
            raise UserError(
                N_("This file is protected by a password. Open it, take the password off, save it, and try again.")
            )
        if part.filename.endswith((".xml", ".rels")):
            try:
                with archive.open(part) as file:
                    head = file.read(2048).replace(b"\0", b"")
            except _UNREADABLE:
                raise UserError(_DAMAGED) from None
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise UserError(_DAMAGED)


def _sheet(archive: zipfile.ZipFile, book: Any, sheet: Any) -> Sheet:
    path = sheet._worksheet_path  # noqa: SLF001 - openpyxl tells the part of a sheet nowhere else
    try:
        with archive.open(path.lstrip("/")) as file:
            look = look_at(file)
    except (expat.ExpatError, *_UNREADABLE):
        raise UserError(_DAMAGED) from None
    base_1904 = book.epoch.year == 1904
    rows: list[Row] = []
    odd: dict[tuple[int, int], Odd] = dict.fromkeys(look.unvalued, Odd.FORMULA)
    kept: dict[str, str] = {}
    for number, cells in enumerate(_cells(sheet)):
        if any(cell in _ERRORS for cell in cells):
            odd.update({(number, at): Odd.ERROR for at, cell in enumerate(cells) if cell in _ERRORS})
            cells = tuple("" if cell in _ERRORS else cell for cell in cells)  # noqa: PLW2901
        rows.append(tuple(kept.setdefault(cell, cell) for cell in cells))
    _fill_merged(rows, odd, look)
    return Sheet(str(sheet.title), rectangle(rows), odd, tuple(_notes(sheet, look)), base_1904)


def _cells(sheet: Any) -> Iterator[Row]:
    # A wrong size in the file would cut the sheet, or make a billion empty cells of it.
    sheet.reset_dimensions()
    blank = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), 1):
        cells = tuple(_text(value) for value in row)
        blank = 0 if any(cells) else blank + 1
        if blank > _TOP_ROWS_OF_BLANKS:
            return
        if number - blank > MOST_ROWS:
            raise UserError(TOO_LONG, rows=MOST_ROWS)
        yield cells


def _text(value: object) -> str:
    """A cell as plain text: a day as ``1986-03-09``, a number without a made-up tail."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{Decimal(repr(value)).normalize():f}" if math.isfinite(value) else ""
    if isinstance(value, dt.datetime):
        value = value.date()
    return value.isoformat() if isinstance(value, dt.date) else clean_line(str(value))


def _fill_merged(rows: list[Row], odd: dict[tuple[int, int], Odd], look: Look) -> None:
    """What stands in the first cell of a merge holds for every row of it: downwards only, in its first column."""
    for first, last, column in look.merges:
        if first >= len(rows) or column >= len(rows[first]):
            continue
        value, trouble = rows[first][column], odd.get((first, column))
        for at in range(first + 1, min(last + 1, len(rows))):
            row = rows[at] + ("",) * (column + 1 - len(rows[at]))
            rows[at] = (*row[:column], value, *row[column + 1 :])
            if trouble:
                odd[at, column] = trouble


def _notes(sheet: Any, look: Look) -> Iterator[Words]:
    if sheet.sheet_state != "visible":
        yield Words(N_("This sheet is hidden in the file."))
    if look.merges:
        yield Words(
            N_("Merged cells: {count}. What stands in such a cell counts for all its rows."), {"count": look.merged}
        )
    if look.hidden_rows:
        yield Words(HIDDEN_ROWS, {"count": look.hidden_rows})
    if look.hidden_columns:
        yield Words(N_("Hidden columns: {count}. They stand below like the others."), {"count": look.hidden_columns})
    if look.formulas:
        yield Words(
            N_("Formulas: {count}. Their stored results are used; nothing is calculated here."),
            {"count": look.formulas},
        )
