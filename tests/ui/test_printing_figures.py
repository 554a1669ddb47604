"""Tables and charts on A4: rows whole, heads again, wide tables readable, and a PDF that holds what is shown."""

from __future__ import annotations

import re
import time
import zlib
from dataclasses import replace

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.i18n import LANGUAGES
from app.reports.pack import Part, Picture
from app.reports.paper.blocks import Block, Chart, Grid, GridCell, GridRow, Heading, Paper, PaperKind, Points
from app.reports.paper.pack import pack_paper
from app.reports.paper.tongue import Tongue
from app.reports.table import Audience, Axis, Shown, Why
from app.ui.charts.of_told import height_of
from app.ui.charts.plan import MOST_LYING
from app.ui.printing.geometry import BOTTOM, COLUMN, HEIGHT, MM, SMALL, face
from app.ui.printing.pages import Pages
from app.ui.printing.pdf import pdf_of
from app.ui.printing.picture import PIXEL, chart_strips
from app.ui.printing.strips import Lines
from tests.ui.printed import assert_every_word_is_there, assert_margins_are_empty, image_of
from tests.unit.told_tables import AGES, GROUPS, MONTHS, OBLASTS, SEX, everything, pack, told


def _paper(*blocks: Block) -> Paper:
    return Paper(PaperKind.PACK, "ru", "Центр", "22.11.2026", "Заголовок", "", blocks, "Низ", "{page} / {pages}")


def _grid(rows: int, columns: int, *, number: str = "1 234", name: str = "Строка {}") -> Grid:
    head = ("Название", *(f"Столбец{at}" for at in range(columns)))
    made = [GridRow((GridCell(name.format(n)), *(GridCell(number) for _at in range(columns)))) for n in range(rows)]
    total = GridRow(tuple(GridCell("Всего" if not at else number) for at in range(columns + 1)), total=True)
    return Grid(head, (*made, total))


def _written(pdf: bytes) -> list[str]:
    """The strings of text in a PDF of Qt: each glyph looked up in the ToUnicode table of its font."""
    objects = dict(re.findall(rb"(\d+) 0 obj\s(.*?)endobj", pdf, re.S))
    fonts: dict[bytes, dict[int, str]] = {}
    for name, number in set(re.findall(rb"/(F\d+) (\d+) 0 R", pdf)):
        table = re.search(rb"/ToUnicode (\d+) 0 R", objects[number])
        assert table
        listed = re.search(rb"beginbfrange(.*?)endbfrange", objects[table[1]], re.S)
        assert listed
        fonts[name] = {
            int(first, 16) + at: bytes.fromhex(one.decode()).decode("utf-16-be")
            for first, values in re.findall(rb"<(\w+)> <\w+> \[(.*?)\]", listed[1], re.S)
            for at, one in enumerate(re.findall(rb"<(\w+)>", values))
        }
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.S):
        try:
            content = zlib.decompress(stream)
        except zlib.error:
            continue
        for block in re.findall(rb"\bBT\b(.*?)\bET\b", content, re.S):
            font: dict[int, str] = {}
            said = ""
            for name, glyphs in re.findall(rb"/(F\d+) [\d.]+ Tf|<(\w+)> Tj", block):
                if name:
                    font = fonts[name]
                else:
                    said += "".join(font[int(glyphs[at : at + 4], 16)] for at in range(0, len(glyphs), 4))
            found.append(said)
    return found


@pytest.mark.parametrize("rows", [1, 25, 40, 90])
@pytest.mark.parametrize("columns", [1, 5, 8, 30])
def test_no_row_is_cut_and_every_page_begins_with_the_head(qapp: QApplication, rows: int, columns: int) -> None:
    grid = _grid(rows, columns, name="Длинное название строки номер {} с пояснением")
    pages = Pages(_paper(Heading("Таблица"), grid))
    for at, page in enumerate(pages.placed):
        assert all(placed.top + placed.strip.height <= HEIGHT - BOTTOM for placed in page)
        if at:
            assert page[0].strip.words[0] == "Название"
    held = [words for page in pages.placed for placed in page for words in [placed.strip.words]]
    rows_held = [words for words in held if words[:1] and words[0].startswith("Длинное")]
    numbers = [word for words in rows_held for word in words[1:]]
    assert len(numbers) == rows * columns, "each number stands once, and with its row"


def test_a_total_is_never_alone_on_a_page(qapp: QApplication) -> None:
    for rows in range(30, 75):
        last = Pages(_paper(_grid(rows, 3))).placed[-1]
        at = next(number for number, placed in enumerate(last) if placed.strip.words[:1] == ("Всего",))
        assert last[at - 1].strip.words[0].startswith("Строка")


def test_a_row_of_more_than_a_page_loses_nothing(qapp: QApplication) -> None:
    text = "слово " * 4000
    row = GridRow((GridCell("1"), GridCell(text), GridCell("Кто")))
    pages = Pages(_paper(Grid(("№", "Решение", "Отвечает"), (row,), labels=3)))
    assert len(pages) > 1
    assert "\n".join(pages.spoken()).count("слово") == 4000
    assert all(placed.top + placed.strip.height <= HEIGHT - BOTTOM for page in pages.placed for placed in page)
    assert all(page[0].strip.words[0] == "№" for page in pages.placed[1:])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_a_pack_reaches_a_page_and_none_a_margin(qapp: QApplication, language: str) -> None:
    paper = pack_paper(pack(*everything()), language)
    pages = Pages(paper)
    assert_every_word_is_there(paper, pages)
    assert_margins_are_empty(pages)


def test_a_picture_stays_with_its_heading_and_the_head_of_its_table(qapp: QApplication) -> None:
    parts = tuple(Part(told(AGES, SEX, lambda row, column: 20 + row + column), Picture.COLUMNS) for _n in range(6))
    pages = Pages(pack_paper(pack(*parts), "en"))
    for page in pages.placed:
        silent = [at for at, placed in enumerate(page) if not placed.strip.words and placed.strip.height > 40 * MM]
        for at in silent:
            assert "Age × Sex" in page[at - 1].strip.words[0]
            assert page[at + 1].strip.words[0] == "Age"


def test_the_pdf_holds_every_shown_number_and_no_hidden_one(qapp: QApplication) -> None:
    table = told(GROUPS, OBLASTS, lambda row, column: 1_000 + 41 * row + 7 * column)
    secret = {key: Shown(777_000 + at, Why.BESIDE, 77.7) for at, key in enumerate(list(table.cells)[::5])}
    mixed = replace(table, cells={**table.cells, **secret}, total=Shown(888_888, Why.BESIDE))
    written = _written(pdf_of(Pages(pack_paper(pack(Part(mixed, Picture.BARS)), "en"))))
    numbers = {text.replace(",", "") for text in written}
    shown = [one.value for one in (*mixed.cells.values(), *mixed.row_totals.values()) if one.why is None]
    assert shown
    assert all(str(value) in numbers for value in shown)
    assert not any(re.search(r"777|888|77\.7", text) for text in numbers)


def test_pages_are_the_same_whatever_is_hidden(qapp: QApplication) -> None:
    def page(secret: int) -> QImage:
        table = told(AGES, SEX, lambda row, column: 30 + row + column)
        cells = {**table.cells, ("18-24", "male"): Shown(secret, Why.SMALL), ("0-8", "male"): Shown(3, Why.BESIDE)}
        return image_of(Pages(pack_paper(pack(Part(replace(table, cells=cells), Picture.COLUMNS)), "en")), 0, 1200)

    assert page(1) == page(7_654_321)


def test_a_long_chart_is_set_smaller_and_stands_on_one_page(qapp: QApplication) -> None:
    names = tuple(f"Центр с очень длинным названием, которое занимает две строки, {n}" for n in range(MOST_LYING))
    chart = Chart(told(Axis("centre", names)), Picture.BARS)
    (strip,) = chart_strips(chart, "ru")
    natural = height_of(chart.told, chart.picture, Tongue("ru"), COLUMN / PIXEL) * PIXEL
    assert 0.6 * natural < strip.height < natural, "smaller, and still to be read"
    pages = Pages(_paper(Heading("Рисунок"), chart, _grid(3, 2)))
    assert all(placed.top + placed.strip.height <= HEIGHT - BOTTOM for page in pages.placed for placed in page)
    assert len(pages) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_foot_of_each_page_says_for_whom_it_is(qapp: QApplication, language: str) -> None:
    """The foot is not cut: in the longest of its languages it takes both of its lines."""
    made = replace(pack(*everything()), audience=Audience.TASK_FORCE)
    paper = pack_paper(made, language)
    assert len(Lines(paper.foot, face(SMALL), COLUMN - 50 * MM)) <= 2


def test_numbered_points_have_their_numbers_as_ink(qapp: QApplication) -> None:
    plain, numbered = (
        image_of(Pages(_paper(Points(("Первое", "Второе"), numbered=numbered))), 0) for numbered in (False, True)
    )
    assert plain != numbered


def test_a_pack_of_forty_tables_is_a_pdf_within_seconds(qapp: QApplication) -> None:
    table = told(MONTHS, GROUPS, lambda row, column: 10 + row * column)
    parts = tuple(Part(table, Picture.COLUMNS) for _n in range(40))
    begun = time.perf_counter()
    made = pdf_of(Pages(pack_paper(pack(*parts), "ru")))
    assert time.perf_counter() - begun < 6, "seconds"
    for key in (rb"Title", rb"Author", rb"Subject", rb"Keywords"):
        assert all(not value for value in re.findall(rb"/" + key + rb"\s*\(([^)]*)\)", made))
    assert "координатор".encode("utf-16-be") not in made
