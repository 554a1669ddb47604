"""A pack as a workbook: how it was made on the first sheet, then one sheet for each table.

Every text is written as text and every number as a number, so nothing in the file can act as a formula. The
document's properties are neutral: no author, no centre, no name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from app.i18n import N_
from app.reports import words
from app.reports.pack import Pack
from app.reports.paper.told_grid import HIDDEN, NONE
from app.reports.paper.tongue import Tongue
from app.reports.table import Told
from app.reports.writers.grid import Cell, Grid, Hidden, Line, Number, grid_of
from app.reports.writers.inert import plain, sheet_name

OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
A4: Final = 9
_METHOD: Final = N_("Method")
_HIDDEN: Final = N_(
    "A hatched place with words holds a number that is not told. It is neither zero nor missing; the words say why."
)
_REMARKS: Final = N_("Remarks")
_CONTENTS: Final = N_("Sheets")
_PAGE: Final = N_("page {number} of {count}")
_WIDEST: Final = 60
_NARROWEST: Final = 11
_NAMES: Final = 34
_SENTENCES: Final = 90
_LINE: Final = 16
"""Points of one line of a head."""
_MOST_UPRIGHT: Final = 5
"""Columns with which a sheet still stands upright on A4."""


def write(pack: Pack, language: str) -> bytes:
    """The workbook in ``language``, as bytes."""
    say = Tongue(language)
    file = BytesIO()
    book = xlsxwriter.Workbook(file, OPTIONS)
    made = dt.datetime.fromisoformat(pack.made_on[:10])
    book.set_properties({"author": "", "title": "", "created": made})
    _Book(book, pack, say).fill()
    book.close()
    return file.getvalue()


class _Book:
    def __init__(self, book: Workbook, pack: Pack, say: Tongue) -> None:
        self._book = book
        self._pack = pack
        self._say = say
        self._text = book.add_format({"text_wrap": True, "valign": "top"})
        self._title = book.add_format({"bold": True, "font_size": 14, "valign": "top"})
        self._quiet = book.add_format({"font_color": "#555555", "valign": "top"})
        self._head = self._of({"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#E7E9EC"})
        self._numbers: dict[tuple[int, bool], Format] = {}

    def fill(self) -> None:
        """All sheets."""
        taken = [sheet_name(self._say(_METHOD), [])]
        method = self._book.add_worksheet(taken[0])
        contents: list[str] = []
        for chapter in self._pack.chapters:
            for part in chapter.parts:
                grid = grid_of(part.table, self._say)
                taken.append(sheet_name(f"{len(taken)} {grid.title}", taken))
                self._table(self._book.add_worksheet(taken[-1]), grid, plain(self._say(chapter.title)))
                contents.append(f"{len(taken) - 1}. {grid.title}")
        self._method(method, contents)

    def _method(self, sheet: Worksheet, contents: Sequence[str]) -> None:
        sheet.set_column(0, 0, _SENTENCES, self._text)
        lines = [plain(line) for line in words.head_lines(self._pack, self._say)]
        at = _down(sheet, 0, lines[:1], self._title)
        at = _down(sheet, at, lines[1:], self._text, _SENTENCES)
        if why := [plain(one) for one in self._whys()]:
            at = _down(sheet, at + 1, [self._say(_HIDDEN), *why], self._text, _SENTENCES)
        if remarks := [plain(one) for one in self._remarks()]:
            at = _down(sheet, at + 1, [self._say(_REMARKS)], self._head)
            at = _down(sheet, at, remarks, self._text, _SENTENCES)
        at = _down(sheet, at + 1, [self._say(_CONTENTS)], self._head)
        at = _down(sheet, at, [plain(one) for one in contents], self._text)
        self._print_setup(sheet, 1)

    def _table(self, sheet: Worksheet, grid: Grid, chapter: str) -> None:
        at = _down(sheet, 0, [plain(grid.title)], self._title)
        if chapter and chapter != plain(grid.title):
            at = _down(sheet, at, [chapter], self._quiet)
        at = _down(sheet, at, [plain(line) for line in grid.above], self._quiet)
        for column, text in enumerate(grid.head):
            sheet.write_string(at, column, plain(text), self._head)
        for row, line in enumerate(grid.lines, at + 1):
            for column, cell in enumerate(line.cells):
                self._put(sheet, row, column, cell, bold=line.total)
        widths = list(_widths(grid))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        lines = max(-(-len(head) // int(width - 1)) for head, width in zip(grid.head, widths, strict=True))
        sheet.set_row(at, _LINE * max(1, lines))
        sheet.freeze_panes(at + 1, 1)
        sheet.repeat_rows(at)
        self._print_setup(sheet, len(grid.head))

    def _put(self, sheet: Worksheet, row: int, column: int, cell: Cell, *, bold: bool) -> None:
        form = self._format_of(cell, bold=bold)
        match cell:
            case Number(value):
                sheet.write_number(row, column, float(value), form)
            case Hidden():
                # One short word: the sheet "Method" says what it means.
                sheet.write_string(row, column, plain(self._say(HIDDEN)), form)
            case str():
                sheet.write_string(row, column, plain(cell), form)
            case _:
                sheet.write_string(row, column, NONE, form)

    def _format_of(self, cell: Cell, *, bold: bool) -> Format:
        """One format for each look: a workbook may hold only so many."""
        kind = {Number: 0, Hidden: 1, str: 2}.get(type(cell), 3)
        digits = cell.digits if isinstance(cell, Number) else 0
        key = kind * 10 + digits, bold
        if key not in self._numbers:
            look: dict[str, object] = {"valign": "top", "bold": bold}
            match kind:
                case 0:
                    look["num_format"] = "#,##0" + (f".{'0' * digits}" if digits else "")
                case 1:
                    # A hatch that stays visible in grey and on paper, and words in it.
                    look |= {"pattern": 14, "fg_color": "#C4C8CE", "bg_color": "#F3F4F6", "italic": True}
                    look |= {"font_color": "#333333", "text_wrap": True, "align": "right"}
                case 2:
                    look["text_wrap"] = True
                case _:
                    look |= {"align": "right", "font_color": "#777777"}
            self._numbers[key] = self._of(look)
        return self._numbers[key]

    def _of(self, look: dict[str, object]) -> Format:
        return self._book.add_format({"border": 1, "border_color": "#B5BAC1", **look})

    def _print_setup(self, sheet: Worksheet, columns: int) -> None:
        sheet.set_paper(A4)
        if columns > _MOST_UPRIGHT:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.6, 0.6, 0.6, 0.7)
        page = self._say(_PAGE, number="\0P", count="\0N")
        sheet.set_footer("&C&9" + page.replace("&", "&&").replace("\0", "&"))

    def _tables(self) -> Iterator[Told]:
        return (part.table for chapter in self._pack.chapters for part in chapter.parts)

    def _whys(self) -> list[str]:
        """Why numbers of this pack are hidden, each reason once."""
        found = [one.why for table in self._tables() for one in table.places() if one.why is not None]
        return [words.hidden(why, self._say) for why in dict.fromkeys(found)]

    def _remarks(self) -> list[str]:
        found = [code for table in self._tables() for code in table.remarks]
        return [words.remark(code, self._say) for code in dict.fromkeys(found)]


def _down(sheet: Worksheet, at: int, lines: Sequence[str], form: Format, width: int = 0) -> int:
    """Write lines one below the other, each as high as it needs in a column of ``width``; returns the row after."""
    for row, line in enumerate(lines, at):
        sheet.write_string(row, 0, line, form)
        if width and len(line) > width:
            sheet.set_row(row, _LINE * -(-len(line) // width))
    return at + len(lines)


def _widths(grid: Grid) -> Iterator[float]:
    """As wide as the longest word of a head and the numbers below it need; the names in the first one have room."""
    for column, head in enumerate(grid.head):
        longest = max((len(word) for word in head.split()), default=0) + 2
        cells = [_length(line, column) for line in grid.lines]
        yield float(max(_NARROWEST if column else _NAMES, min(_WIDEST, max([longest, *cells]))))


def _length(line: Line, column: int) -> int:
    cell = line.cells[column]
    if isinstance(cell, Number):
        return len(f"{cell.value:,.{cell.digits}f}") + 2
    if isinstance(cell, Hidden):
        return 10
    return len(cell) + 2 if isinstance(cell, str) else 1
