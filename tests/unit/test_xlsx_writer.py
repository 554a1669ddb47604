"""Workbooks of packs: no formula whatever is written, numbers equal, hidden places visibly hidden."""

from __future__ import annotations

import csv
import io
import os
import random
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.reports.pack import Chapter, CountedUntil, Pack, PackKind, Part, Rule
from app.reports.table import Audience, Axis, Measure, Scope, Shown, Told, Why
from app.reports.writers import csv as csv_writer
from app.reports.writers import xlsx
from app.reports.writers.inert import LONGEST, plain, sheet_name

COUNT = int(os.environ.get("APORA_HOSTILE", "1000"))
"""How many hostile strings; the full number is 10,000."""
STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\0",
    "＝",
    "＋",
    "－",
    "＠",
    " =",
    "\n=",
    "\u200e=",
    "\u202e=",
    "\ufeff=",
    "\xa0=",
    "'=",
    '"=',
)
ENDS = (
    "1+1",
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://x.example","x")',
    "SUM(A1:A9)",
    "\x01\x0b\x1f\x7f\x9f",
    "_x003D_1",
    "</t></si><f>1</f>",
    "&amp;=1;\r\n=2",
    '";=3;"',
    "\ud800x\udfff\uffff",
    "ы" * 40_000,
    "😀" * 20_000,
)


def pack_of(*tables: Told, audience: Audience = Audience.INTERNAL, issuer: str = "") -> Pack:
    chapter = Chapter("Persons", tuple(Part(one) for one in tables))
    return Pack(
        kind=PackKind.TASK_FORCE,
        audience=audience,
        rule=Rule(audience, 10, 5),
        scope=Scope("2026-01", "2026-03", "BY-VI"),
        chapters=(chapter,),
        until=(CountedUntil("Centre", 43, "41-43"),),
        left_out=3,
        made_on="2026-06-15",
        issuer=issuer,
        practice=False,
    )


def table(code: str = "x", measure: Measure = Measure.PERSONS, **more: Any) -> Told:
    return Told(code, measure, Scope("2026-01", "2026-03"), Audience.INTERNAL, **{"cells": {}, **more})


def hostile_table(texts: list[str]) -> Told:
    """Hostile words wherever words can stand: names of keys, title, currency, remarks; and a number beside each."""
    keys = tuple(f"k{at}" for at in range(len(texts)))
    rows = Axis("centre", keys, names=dict(zip(keys, texts, strict=True)))
    columns = Axis("donor", ("a", "b"), names={"a": texts[0], "b": texts[-1]})
    cells = {(key, column): Shown(-(at + 1)) for at, key in enumerate(keys) for column in ("a", "b")}
    return table(texts[0], rows=rows, columns=columns, cells=cells, remarks=(texts[-1],))


def sheets(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def lines(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def assert_no_formula(data: bytes) -> None:
    for sheet in sheets(data):
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
        assert len(sheet.title) <= 31
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if "worksheets/" in name:
                assert b"<f>" not in content
                assert b"<f " not in content
                assert b"hyperlink" not in content
            if name.startswith("xl/workbook"):
                # Print titles are defined names of our own; nothing else is.
                assert set(re.findall(rb'definedName name="([^"]*)"', content)) <= {b"_xlnm.Print_Titles"}


def assert_inert(cell: str) -> None:
    bare = cell.lstrip(" \n\t\r\0\u200e\u202e\ufeff\xa0")
    number = re.fullmatch(r"-?\d+([.,]\d+)?", cell)
    assert number or not bare.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")), cell[:40]


def check(texts: list[str]) -> None:
    pack = pack_of(hostile_table(texts), issuer=texts[0])
    data = xlsx.write(pack, "ru")
    assert_no_formula(data)
    sheet = sheets(data).worksheets[1]
    found = [cell.value for row in sheet.iter_rows(min_col=2) for cell in row if cell.data_type == "n" and cell.value]
    assert sorted(found) == sorted(-(at + 1) for at in range(len(texts)) for _ in range(2))
    in_csv = lines(csv_writer.write_pack(pack, "ru"))
    for row in in_csv:
        for cell in row:
            assert_inert(cell)
    assert sum(row[-2:] == [f"-{at + 1}"] * 2 for at in range(len(texts)) for row in in_csv) == len(texts)


@settings(max_examples=COUNT // 100, deadline=None)
@given(st.lists(st.text(min_size=1), min_size=50, max_size=50))
def test_any_text_is_inert_and_numbers_stay(texts: list[str]) -> None:
    check(texts)


def test_hostile_strings_are_inert_and_numbers_stay() -> None:
    chance = random.Random(5)
    made = [start + end for start in STARTS for end in ENDS[:-2]]
    while len(made) < COUNT:
        signs = "".join(chr(chance.randrange(0x3000)) for _ in range(chance.randrange(12)))
        made.append(chance.choice(STARTS) + signs + chance.choice(ENDS[:-2]))
    for at in range(0, len(made), 200):
        check(made[at : at + 200])
    check([start + end for start in STARTS[:3] for end in ENDS[-2:]])


def test_a_text_too_long_for_a_cell_is_cut_with_a_sign() -> None:
    assert len(plain("ы" * 40_000)) == LONGEST
    assert plain("ы" * 40_000).endswith(" …")
    assert len(plain("😀" * 20_000).encode("utf-16-le")) // 2 <= LONGEST


def test_sheet_names_are_short_and_each_is_once() -> None:
    taken: list[str] = []
    for text in (
        "Лица по возрасту и полу за квартал 2026",
        "лица по возрасту и полу за квартал 2027",
        "a/b:c",
        "'x'",
        "",
        "History",
    ):
        taken.append(sheet_name(text, taken))
    assert len({one.casefold() for one in taken}) == len(taken)
    assert all(0 < len(one) <= 31 and not set(one) & set("[]:*?/\\") and one.strip("'") == one for one in taken)
    assert "History" not in taken


def test_money_is_exact_to_the_kopeck() -> None:
    sums = [1, 99, 100, 12_345_678_901, -50, 7]
    rows = Axis("grant_kind", tuple(map(str, range(len(sums)))), names={str(at): str(at) for at in range(len(sums))})
    told = table(
        measure=Measure.MONEY,
        currency="BYN",
        rows=rows,
        cells={(str(at), ""): Shown(value) for at, value in enumerate(sums)},
        total=Shown(sum(sums)),
    )
    pack = pack_of(told)
    sheet = sheets(xlsx.write(pack, "en")).worksheets[1]
    cells = [
        row[1] for row in sheet.iter_rows() if len(row) > 1 and row[1].data_type == "n" and row[1].value is not None
    ]
    assert [round(cell.value * 100) for cell in cells] == [*sums, sum(sums)]
    assert [f"{cell.value:.2f}" for cell in cells[:2]] == ["0.01", "0.99"]
    assert {cell.number_format for cell in cells} == {"#,##0.00"}
    assert cells[-1].font.b
    assert not cells[0].font.b
    assert ["Total", "123456790.58"] in lines(csv_writer.write_pack(pack, "en"))
    assert any(row[1:] == ["123456790,58"] for row in lines(csv_writer.write_pack(pack, "ru")))


def test_hidden_places_look_hidden_and_are_never_empty_or_zero() -> None:
    told = table(
        rows=Axis("sex", ("female", "male")),
        columns=Axis("month", ("2026-01", "2026-02")),
        cells={
            ("female", "2026-01"): Shown(25),
            ("female", "2026-02"): Shown(why=Why.BESIDE),
            ("male", "2026-01"): Shown(why=Why.SMALL),
        },
        column_totals={"2026-01": Shown(30), "2026-02": Shown(why=Why.SMALL)},
        row_totals={"female": Shown(40), "male": Shown(15)},
        total=Shown(55),
    )
    told = Told(**{name: getattr(told, name) for name in told.__slots__} | {"audience": Audience.PUBLIC})
    pack = pack_of(told, audience=Audience.PUBLIC)
    book = sheets(xlsx.write(pack, "en"))
    cells = {
        cell.coordinate: cell for row in book.worksheets[1].iter_rows() for cell in row if "hidden" in str(cell.value)
    }
    # The place that no cell told of (male, February) is hidden too: from others nothing is given as 0.
    assert len(cells) == 4
    assert all(cell.fill.patternType == "lightUp" and cell.data_type == "s" for cell in cells.values())
    method = "\n".join(str(row[0].value) for row in book.worksheets[0].iter_rows())
    assert "fewer than 10 persons" in method
    assert "hidden, so that nobody can be recognised" in method
    assert "41-43" in method
    in_csv = lines(csv_writer.write_pack(pack, "en"))
    assert any(row[1:] == ["25", "hidden: a small number beside it could be worked out", "40"] for row in in_csv)


def test_a_median_of_nobody_is_no_number_and_what_is_hidden_is_told_in_no_file() -> None:
    rows = Axis("centre", ("a", "b"), names={"a": "A", "b": "B"})
    days = table(measure=Measure.DAYS, rows=rows, cells={("a", ""): Shown(12)})
    things = table(measure=Measure.THINGS, rows=rows, cells={("a", ""): Shown(12)})
    secret = table(rows=rows, cells={("a", ""): Shown(777, Why.SMALL, 77.7), ("b", ""): Shown(20, share=50.0)})
    pack = pack_of(days, things, secret)
    in_csv = lines(csv_writer.write_pack(pack, "en"))
    hidden = "hidden, so that nobody can be recognised"
    for row in (["B", "–"], ["B", "0"], ["A", hidden, hidden], ["B", "20", "50.0"]):
        assert row in in_csv
    book = sheets(xlsx.write(pack, "en"))
    in_xlsx = [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets[1:]]
    for sheet, line in zip(in_xlsx, (["B", "–"], ["B", 0], ["A", "hidden", "hidden"]), strict=True):
        assert line in sheet


def test_where_only_the_unknown_are_hidden_the_files_say_what_that_means() -> None:
    told = table(
        rows=Axis("means", ("debt_bondage", "other"), adds_up=False),
        cells={("debt_bondage", ""): Shown(30), ("other", ""): Shown(20)},
        unknown={"": Shown(why=Why.SMALL)},
    )
    assert told.hidden == 1
    pack = pack_of(told)
    assert any("is not told" in row[0] for row in lines(csv_writer.write_pack(pack, "en")) if row)
    method = sheets(xlsx.write(pack, "en")).worksheets[0]
    assert any("is not told" in str(row[0].value) for row in method.iter_rows())


def test_shares_stand_beside_their_numbers_with_base_and_unknown() -> None:
    told = table(
        rows=Axis("means", ("debt_bondage", "other"), adds_up=False),
        cells={("debt_bondage", ""): Shown(30, share=75.0), ("other", ""): Shown(10, share=25.0)},
        base={"": Shown(40)},
        unknown={"": Shown(12)},
    )
    (sheet,) = sheets(xlsx.write(pack_of(told), "en")).worksheets[1:]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert ["Debt bondage", 30, 75] in rows
    assert any(row[1] == 40 for row in rows)
    assert any(row[1] == 12 for row in rows)
    assert sheet.freeze_panes is not None
    assert sheet.page_setup.paperSize == xlsx.A4


@pytest.mark.parametrize("language", ["ru", "be", "en"])
def test_properties_are_neutral(language: str) -> None:
    book = sheets(xlsx.write(pack_of(table(), issuer="Центр Витебск"), language))
    assert not book.properties.creator
    assert not book.properties.title
    assert book.properties.created.date().isoformat() == "2026-06-15"
