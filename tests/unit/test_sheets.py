"""Sheets of other people's programs: every kind of file, every odd cell, read as it was meant or said in words."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.errors import UserError
from app.i18n import set_language
from app.sheets import opening, table, xlsx_file
from app.sheets.codes import find_code, find_codes, suggestions
from app.sheets.csv_file import read_csv
from app.sheets.dates import is_month_first, read_birth, read_date
from app.sheets.letters import is_mixed, mend
from app.sheets.mapping import find_head, from_document, guess, titles, to_document
from app.sheets.names import split_name
from app.sheets.opening import open_sheets, sheets_of
from app.sheets.rows import Weight, read_rows
from app.sheets.table import Odd, Sheet, rectangle

TODAY = dt.date(2026, 6, 15)
TEXT = "№;Фамилия;Имя\n1;Саковіч;Марыя\n2;Кавалёва;Ганна\n"


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


def written(book: Any) -> bytes:
    data = BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_csv_in_every_usual_encoding(encoding: str) -> None:
    assert read_csv(TEXT.encode(encoding)).rows[1] == ("1", "Саковіч", "Марыя")


@pytest.mark.parametrize(("encoding", "name"), [("cp1251", "Windows-1251"), ("cp866", "DOS-866")])
def test_old_letters_are_read_and_told(encoding: str, name: str) -> None:
    sheet = read_csv(TEXT.replace("і", "и").encode(encoding))
    assert sheet.rows[2] == ("2", "Кавалёва", "Ганна")
    assert name in sheet.notes[0].sentence()


def test_spoilt_letters_are_refused() -> None:
    twice = (TEXT * 5).replace("і", "и").encode().decode("cp1251", "replace").encode()
    with pytest.raises(UserError, match="letters"):
        read_csv(twice)
    with pytest.raises(UserError, match="letters"):
        read_csv(bytes(range(128, 256)) * 4)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_delimiters_and_quotes(delimiter: str) -> None:
    text = f'a{delimiter}b{delimiter}c\r\n1{delimiter}"x{delimiter} ""y""\r\nz"{delimiter}3\r\n'
    assert read_csv(text.encode()).rows == (
        ("a", "b", "c"),
        ("1", f'x{delimiter} "y" z'.replace("\t", " ").replace("  ", " "), "3"),
    )


def test_a_comma_inside_numbers_is_no_delimiter() -> None:
    assert read_csv(b"n;sum\n1;20,50\n2;30,50\n").rows[1] == ("1", "20,50")
    assert read_csv(b"sep=|\na|b\n").rows == (("a", "b"),)


def test_a_quote_that_does_not_end_is_said() -> None:
    with pytest.raises(UserError, match="quotation"):
        read_csv(b'a;b\n1;"' + b"x;y\n" * 60_000)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"%PDF-1.7", "not a sheet"),
        (b"PK\x03\x04 broken", "damaged"),
    ],
)
def test_what_is_no_sheet_is_said(data: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words):
        sheets_of(data)


def zipped(**parts: bytes) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return data.getvalue()


def test_open_document_and_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match="OpenDocument"):
        sheets_of(zipped(mimetype=b"x", content_xml=b"<x/>"))
    monkeypatch.setattr(xlsx_file, "LARGEST_UNPACKED", 1000)
    content = {"[Content_Types].xml": b"<x/>", "xl/worksheets/sheet1.xml": bytes(5000)}
    with pytest.raises(UserError, match="unpacks"):
        sheets_of(zipped(**content))
    with pytest.raises(UserError, match="damaged"):
        sheets_of(zipped(**{**content, "xl/worksheets/sheet1.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}))


@settings(max_examples=40, deadline=None)
@given(at=st.integers(0, 10_000), byte=st.integers(0, 255))
@example(at=4861, byte=64)  # an archive "of a later version"
def test_a_damaged_workbook_is_refused_or_read(at: int, byte: int) -> None:
    data = bytearray(SOUND)
    data[at % len(data)] = byte
    try:
        found = sheets_of(bytes(data))
    except UserError:
        return
    assert all(len(row) == len(sheet.rows[0]) for sheet in found for row in sheet.rows)


def _sound() -> bytes:
    book = openpyxl.Workbook()
    for row in (["№", "ФИО"], [1, "Саковіч Марыя"], [2, "Кавалёва Ганна"]):
        book.active.append(row)
    return written(book)


SOUND = _sound()


def test_cells_become_text_and_nothing_is_made_up() -> None:
    book = openpyxl.Workbook()
    day = dt.datetime(1986, 3, 9)  # noqa: DTZ001 - a sheet knows no zone
    book.active.append([12.0, 0.1, True, day, day.date(), "a\tb", None])
    (sheet,) = sheets_of(written(book))
    assert sheet.rows == (("12", "0.1", "yes", "1986-03-09", "1986-03-09", "a b"),)


def test_merges_count_downwards_and_hidden_parts_are_told() -> None:
    data = BytesIO()
    book = xlsxwriter.Workbook(data)
    sheet = book.add_worksheet("Журнал")
    sheet.merge_range(0, 0, 2, 0, "Саковіч")
    sheet.merge_range(0, 1, 0, 2, "wide")
    sheet.write(1, 1, "x")
    sheet.write(2, 1, "y")
    sheet.set_row(1, None, None, {"hidden": True})
    sheet.set_column(1, 1, None, None, {"hidden": True})
    sheet.write_formula(3, 0, "=1+1", None, 2)
    book.add_worksheet("Спрятан").write(0, 0, "z")
    book.worksheets()[1].hide()
    book.close()
    first, second = sheets_of(data.getvalue())
    assert first.rows == (
        ("Саковіч", "wide"),
        ("Саковіч", "x"),
        ("Саковіч", "y"),
        ("2", ""),
    )
    told = " ".join(note.sentence() for note in first.notes)
    assert all(words in told for words in ("Merged cells: 2", "Hidden rows: 1", "Hidden columns: 1", "Formulas: 1"))
    assert "hidden" in second.notes[0].sentence()


def test_formulas_are_not_calculated_and_errors_are_no_values() -> None:
    book = openpyxl.Workbook()
    book.active.append(["=1+1", "#REF!", "x"])
    (sheet,) = sheets_of(written(book))
    assert sheet.odd == {(0, 0): Odd.FORMULA, (0, 1): Odd.ERROR}
    assert sheet.rows == (("", "", "x"),)


def test_a_day_that_cannot_be_is_an_error_and_says_nothing_to_a_log(capsys: pytest.CaptureFixture[str]) -> None:
    data = BytesIO()
    book = xlsxwriter.Workbook(data)
    book.add_worksheet().write(0, 0, 99_999_999, book.add_format({"num_format": "dd.mm.yyyy"}))
    book.close()
    (sheet,) = sheets_of(data.getvalue())
    assert sheet.odd == {(0, 0): Odd.ERROR}
    assert capsys.readouterr().err == ""


def test_a_sheet_beyond_the_bound_and_a_million_blank_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active.cell(1_048_576, 1).value = None
    book.active.row_dimensions[1_000_000].hidden = True
    assert sheets_of(written(book))[0].rows == (("a", "b"),)
    monkeypatch.setattr(xlsx_file, "MOST_ROWS", 2)
    with pytest.raises(UserError, match="more than 2 rows"):
        sheets_of(SOUND)
    assert table.MOST_ROWS == 50_000


def test_a_file_that_is_gone_locked_or_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match="no longer there"):
        open_sheets(tmp_path / "gone.xlsx")
    with pytest.raises(UserError, match="folder"):
        open_sheets(tmp_path)
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    with pytest.raises(UserError, match="nothing"):
        open_sheets(empty)

    def held(*_arguments: object) -> None:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", held)
        with pytest.raises(UserError, match="another program"):
            open_sheets(empty)
    monkeypatch.setattr(opening, "LARGEST_FILE", 3)
    empty.write_bytes(b"abcd")
    with pytest.raises(UserError, match="larger"):
        open_sheets(empty)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("09.03.1986", "1986-03-09"),
        ("9/3/86", "1986-03-09"),
        ("9-3-1986", "1986-03-09"),
        ("1986-03-09", "1986-03-09"),
        ("1986-03-09 00:00:00", "1986-03-09"),
        ("09.03.1986 г.р.", "1986-03-09"),
        ("9 марта 1986 г.", "1986-03-09"),
        ("март 1986", "1986-03"),
        ("сакавік 1986", "1986-03"),
        ("1986", "1986"),
        ("1986 г.", "1986"),
        ("31480", "1986-03-09"),
        ("01.01.1986", "1986-01-01"),
        ("31.02.1986", None),
        ("09.03", None),
        ("9 марта", None),
        ("вчера", None),
        ("нет", None),
    ],
)
def test_dates_as_people_write_them(text: str, date: str | None) -> None:
    assert read_date(text, TODAY, birth=True)[0] == date


def test_what_was_read_in_a_doubtful_way_is_told() -> None:
    def told(text: str, **how: Any) -> str:
        return " ".join(words.sentence() for words in read_birth(text, TODAY, dt.date(2025, 1, 1), **how)[1])

    assert "number of a day" in told("31480")
    assert "1 January" in told("01.01.1986")
    assert "1986" in told("9/3/86")
    assert "age" in told("34")
    assert read_birth("около 30 лет", TODAY, dt.date(2025, 1, 1))[0] == {"age": 30, "on": "2025-01-01"}
    assert read_date("3/9/1986", TODAY, month_first=True)[0] == "1986-03-09"
    assert read_date("30018", TODAY, base_1904=True)[0] == "1986-03-09"


def test_the_order_of_day_and_month_follows_from_all_dates() -> None:
    assert is_month_first(["03/09/1986", "03/25/1986"])
    assert not is_month_first(["03.09.1986", "25.03.1986"])
    assert not is_month_first(["03/25/1986", "25/03/1986"])


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Caкoвич", "Сакович"),
        ("Петpoв-Boдкин", "Петров-Водкин"),
        ("Smіth", "Smith"),
        ("Ivanova", "Ivanova"),
        ("Иванова", "Иванова"),
    ],
)
def test_look_alike_letters_are_mended(text: str, mended: str) -> None:
    assert mend(text) == mended
    assert not is_mixed(mended)
    assert is_mixed("Иvanов")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Сакович Мария Ивановна", ("Сакович", "Мария", "Ивановна")),
        ("Мария Ивановна Сакович", ("Сакович", "Мария", "Ивановна")),
        ("Мария Сакович", ("Сакович", "Мария", "")),
        ("Сакович, Мария", ("Сакович", "Мария", "")),
        ("Сакович М.И.", ("Сакович", "М.", "И.")),
        ("Мария", ("", "Мария", "")),
        ("Сакович", ("Сакович", "", "")),
        ("Мамедов Али Гасан оглы", ("Мамедов", "Али", "Гасан оглы")),
    ],
)
def test_names_in_one_cell(text: str, parts: tuple[str, str, str]) -> None:
    (form,), _told = split_name(text)
    assert tuple(form.get(part, "") for part in ("surname", "given", "patronymic")) == parts


def test_a_name_in_brackets_is_an_earlier_one() -> None:
    forms, told = split_name("Сакович (дев. Лось) Мария Ивановна")
    assert forms[1] == {"surname": "Лось", "given": "Мария", "kind": "birth"}
    assert told


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("sex", "ж", "female"),
        ("sex", "Жен.", "female"),
        ("sex", "Мужчынскі", "male"),
        ("countries", "РБ", "BY"),
        ("countries", "беларусь", "BY"),
        ("oblasts", "Гомельская обл.", "BY-HO"),
        ("oblasts", "г. Минск", "BY-HM"),
        ("oblasts", "Мінская вобласць", "BY-MI"),
        ("consent_states", "не спрашивали", "not_asked"),
        ("consent_states", "нет", "refused"),
        ("services", "medical_treatment", "medical_treatment"),
        ("services", "Хор", None),
    ],
)
def test_words_become_codes(name: str, text: str, code: str | None) -> None:
    assert find_code(name, text) == code


def test_several_codes_in_a_cell_and_the_nearest_words() -> None:
    assert find_codes("countries", "Россия, Польша; Марс") == (["RU", "PL"], ["Марс"])
    assert suggestions("services", "Психологическая консультация")[0] == "psych_counselling"


def sheet(*rows: tuple[str, ...]) -> Sheet:
    return Sheet("Лист1", rectangle(list(rows)))


HEAD = ("№ п/п", "Ф.И.О.", "Дата рождения", "Дата")


def test_headings_are_found_below_a_title_and_told_apart() -> None:
    made = sheet(
        ("Журнал учёта",), (), HEAD, ("1", "2", "3", "4"), ("1", "Новак Анна", "1990", "01.02.2025"), ("Итого", "1")
    )
    assert find_head(made) == 2
    columns = guess(made, TODAY)
    assert columns.taken == {0: "number", 1: "full_name", 2: "person.birth", 3: "service.on"}
    rows, skipped = read_rows(made, columns, TODAY)
    assert [row.number for row in rows] == [5]
    assert (skipped.totals, skipped.headings) == (1, 1)
    assert titles(sheet(("Дата", "Дата", "")), 0) == ("Дата", "Дата (2)")


def test_a_column_of_consent_is_never_guessed() -> None:
    made = sheet(("ФИО", "Дата рождения", "Согласие", "Согласие на передачу координатору", "Consent"))
    assert not [key for key in guess(made, TODAY).taken.values() if key.startswith("consent.")]


def test_what_is_remembered_comes_back_and_strange_answers_do_not() -> None:
    made = sheet(HEAD)
    columns = guess(made, TODAY).with_column(3, "person.sex").with_value("person.sex", "Жэ", "female")
    document = to_document(columns, titles(made, 0))
    assert from_document(document, 0, titles(made, 0)) == columns
    document["columns"]["Ф.И.О."] = "gone"
    document["values"]["person.sex"]["жэ"] = "gone"
    back = from_document(document, 0, titles(made, 0))
    assert 1 not in back.taken
    assert back.meant("person.sex", "ЖЭ") is None


def test_a_row_says_what_is_wrong_with_it() -> None:
    made = sheet(
        ("№", "ФИО", "Пол", "Вид помощи", "Дата", "Сумма"),
        ("1", "Ново Aнна", "х", "", "01.02.2025", "дорого"),
        ("", "", "ж", "", "", ""),
    )
    rows, _skipped = read_rows(made, guess(made, TODAY), TODAY)
    told = {one.key: one.words.sentence() for one in rows[0].remarks if one.weight is Weight.ERROR}
    assert set(told) == {"person.sex", "amount", "currency"}
    assert "х" in told["person.sex"]
    assert [one.words.sentence() for one in rows[1].remarks] == ["Neither a name nor a number says who this is."]
    assert any("Анна" in one.words.sentence() for one in rows[0].remarks)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), min_size=6, max_size=6), min_size=1, max_size=4))
def test_no_cell_whatever_stops_the_reading(cells: list[list[str]]) -> None:
    made = sheet(("№", "ФИО", "Дата рождения", "Пол", "Дата", "Сумма"), *map(tuple, cells))
    rows, _skipped = read_rows(made, guess(made, TODAY, head=0), TODAY)
    for row in rows:
        for one in row.remarks:
            assert not re.search(r"\{\w+\}", one.words.message.format(**one.words.values)) or "{" in str(cells)
