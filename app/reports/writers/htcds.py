"""The spreadsheet of HTCDS 2.0: the official workbook's sheet and columns, filled with what may be told.

The official workbook's labels of the address stand over other names than their own; here each label stands over its
own name. The standard is IOM's (Human Trafficking Case Data Standard 2.0, CC BY 4.0); this file is not IOM's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import xlsxwriter

from app.i18n import N_
from app.reports.paper.tongue import Tongue
from app.reports.writers.inert import plain
from app.reports.writers.xlsx import A4, OPTIONS
from app.sheets.htcds_columns import columns

SHEET: Final = "Case Sheet"
_ABOUT: Final = "about"
_FIRST_DAY: Final = dt.date(1900, 3, 1)
"""Before it Excel counts days wrongly; such a day is written as text."""
_LINES: Final = (
    N_("Data of single people, not figures. For {receiver} only. Keep it locked, pass it on to nobody."),
    N_("Only people who agreed to the use of their data in statistics. Left out without that consent: {count}."),
    N_("Who somebody is stands here only where she agreed that this organisation is told of her."),
    N_("Columns and codes: Human Trafficking Case Data Standard 2.0, IOM, CC BY 4.0. This file is not made by IOM."),
    N_("Made on {date}."),
)
_PRACTICE: Final = N_("Practice: all data are invented.")
_OURSELVES: Final = N_("our own use")


@dataclass(frozen=True, slots=True)
class Head:
    """What the sheet about the file says. ``receiver`` is empty where the file is for our own use."""

    receiver: str
    left_out: int
    made_on: dt.date
    practice: bool


Fields = Mapping[str, str | int | dt.date]


def write(rows: Sequence[tuple[str, Fields]], head: Head, language: str) -> bytes:
    """The workbook: for each row what stands before it (a number or a case code) and its fields by name."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, OPTIONS)
    book.set_properties({"author": "", "title": "", "created": dt.datetime.combine(head.made_on, dt.time())})
    sheet = book.add_worksheet(SHEET)
    names = book.add_format({"font_color": "#777777", "font_size": 8})
    heads = book.add_format({"bold": True, "bg_color": "#E7E9EC", "text_wrap": True, "valign": "vcenter"})
    texts = book.add_format({"num_format": "@", "valign": "top"})
    days = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"})
    for at, column in enumerate(columns(), 1):
        sheet.write_string(0, at, column.spelt, names)
        sheet.write_string(1, at, column.label, heads)
    for number, (before, fields) in enumerate(rows, 2):
        sheet.write_string(number, 0, before, texts)
        for at, column in enumerate(columns(), 1):
            value = fields.get(column.name)
            if isinstance(value, dt.date) and value >= _FIRST_DAY:
                sheet.write_datetime(number, at, dt.datetime.combine(value, dt.time()), days)
            elif isinstance(value, int):
                sheet.write_number(number, at, value)
            elif value is not None:
                sheet.write_string(number, at, plain(str(value)), texts)
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, len(columns()), 18)
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.freeze_panes(2, 1)
    sheet.set_paper(A4)
    sheet.set_landscape()
    about = book.add_worksheet(_ABOUT)
    about.set_column(0, 0, 100, book.add_format({"text_wrap": True, "valign": "top"}))
    for at, line in enumerate(_about(head, Tongue(language))):
        about.write_string(at, 0, plain(line))
    book.close()
    return file.getvalue()


def _about(head: Head, say: Tongue) -> list[str]:
    values = {
        "receiver": head.receiver or say(_OURSELVES),
        "count": head.left_out,
        "date": say.date(head.made_on.isoformat()),
    }
    lines = [say(line, **values) for line in _LINES]
    return [say(_PRACTICE), *lines] if head.practice else lines
