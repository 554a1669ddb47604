"""A file of a register, by what is in it and not by its name: XLSX, CSV, or a sentence why not.

The file is read once, whole and only read; nothing of it is copied to the disk.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Final

from app.errors import UserError
from app.i18n import N_
from app.sheets.csv_file import read_csv
from app.sheets.table import Sheet
from app.sheets.xlsx_file import read_xlsx

LARGEST_FILE: Final = 64 * 1024 * 1024
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


def open_sheets(path: Path) -> list[Sheet]:
    """The sheets of a file that hold anything. Raises UserError with what is wrong and what to do."""
    found = [sheet for sheet in sheets_of(_whole(path)) if not sheet.is_empty]
    if not found:
        raise UserError(N_("There is nothing in this file. Choose the file that holds the register."))
    return found


def sheets_of(data: bytes) -> list[Sheet]:
    """The sheets in ``data``, told apart by its first bytes."""
    if data.startswith(_OLD_OFFICE):
        if _ENCRYPTED in data:
            raise UserError(
                N_("This file is protected by a password. Open it, take the password off, save it, and try again.")
            )
        raise UserError(N_("This is a file of an old kind (.xls). Open it, save it as .xlsx, and try again."))
    if data.startswith(b"PK"):
        return read_xlsx(_workbook(data))
    if data.startswith((b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"age-encryption.org")):
        raise _no_sheet()
    return [read_csv(data)]


def _whole(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise UserError(N_("The file is no longer there. If it is on a stick, put the stick in again.")) from None
    except IsADirectoryError:
        raise UserError(N_("This is a folder. Choose the file that holds the register.")) from None
    except PermissionError:
        raise UserError(
            N_("The file cannot be opened. Perhaps another program has it open: close it there, and try again.")
        ) from None
    except OSError:
        raise UserError(
            N_("The file could not be read to its end. Try again, or copy it onto another stick.")
        ) from None
    if len(data) > LARGEST_FILE:
        raise UserError(N_("The file is larger than 64 MB. Take pictures out of it, or divide it."))
    return data


def _workbook(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise UserError(N_("The file is damaged. Open it, save it anew as .xlsx, and try again.")) from None
    names = set(archive.namelist())
    if "xl/workbook.bin" in names:
        raise UserError(N_("This is a binary workbook (.xlsb). Open it, save it as .xlsx, and try again."))
    if "content.xml" in names and "mimetype" in names:
        raise UserError(N_("This is an OpenDocument file (.ods). Open it, save it as .xlsx, and try again."))
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise _no_sheet()
    return archive


def _no_sheet() -> UserError:
    return UserError(N_("This is not a sheet. Choose a file of the kind .xlsx or .csv."))
