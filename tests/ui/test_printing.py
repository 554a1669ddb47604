"""Pages on A4: nothing is cut, nothing is parted that belongs together, and the PDF names nobody."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app import i18n
from app.errors import UserError
from app.reports.paper import tongue
from app.reports.paper.blocks import (
    Blanks,
    Block,
    Choice,
    Choices,
    Cut,
    Heading,
    Paper,
    PaperKind,
    Points,
    Rows,
    Signatures,
    Sum,
    Text,
)
from app.reports.paper.consent import consent_form
from app.reports.paper.head import Issuer
from app.reports.paper.tongue import Tongue
from app.ui import theme
from app.ui.printing import printer as printing
from app.ui.printing.geometry import BOTTOM, COLUMN, HEIGHT, LEFT, MM, TOP, WIDTH, face
from app.ui.printing.pages import Pages
from app.ui.printing.pdf import keep_file, neutral_name, pdf_of
from app.ui.printing.printer import NoPrinter, ask_printer, fresh_printer, print_pages
from app.ui.printing.strips import Lines
from tests.ui.printed import assert_every_word_is_there, assert_margins_are_empty, image_of

CAPTIONS = ("Name", "Signature", "Date")
LONG = "Невероятнодлинноесловобезединогопробела" * 6


def _paper(*blocks: Block, title: str = "Заголовок") -> Paper:
    return Paper(PaperKind.SUMMARY, "ru", "Центр", "22.11.2026", title, "", blocks, "K7M4-29Q", "{page} / {pages}")


def _everything() -> Paper:
    return _paper(
        Heading("Часть"),
        Text(f"Абзац {LONG}"),
        Points((f"Первое {LONG}", "Второе")),
        Rows(((LONG, LONG), ("Вопрос", "Ответ\nна двух строках"))),
        Choices(LONG, "Да", "Нет", (Choice(LONG, True, LONG, LONG), Choice("Коротко", fill="Кому"))),
        Blanks(((LONG, LONG), ("Имя", ""))),
        Sum("1 234,56 BYN", LONG),
        Signatures(CAPTIONS, ((LONG, LONG), ("Кто", ""))),
        Cut(LONG),
        Text("Ответ"),
    )


def test_nothing_is_written_into_the_margins(qapp: QApplication) -> None:
    assert_margins_are_empty(Pages(_everything()))


def test_a_translation_of_twice_the_length_is_not_cut(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tongue, "translate", lambda text, _language: f"{text} {text}" if text else "")
    issuer = Issuer("Красный Крест, Витебск", "BY-VI", "", "Т. Сакович", "2026-11-22")
    paper = consent_form(Tongue("be"), issuer, {"code": "K7M4-29Q"}, {}, [])
    pages = Pages(paper)
    assert_every_word_is_there(paper, pages)
    assert_margins_are_empty(pages)


def test_every_word_reaches_a_page(qapp: QApplication) -> None:
    paper = _everything()
    assert_every_word_is_there(paper, Pages(paper))


def test_no_line_is_wider_than_its_column(qapp: QApplication) -> None:
    lines = Lines(f"{LONG} и ещё {LONG}", face(), 300)
    assert lines.widest <= 300
    assert len(lines) > 5


def test_strips_lie_one_below_the_other_inside_the_page(qapp: QApplication) -> None:
    rows = Rows(tuple((f"Вопрос {n}", "Ответ " * (n * 7 % 90)) for n in range(90)))
    pages = Pages(_paper(Heading("Часть"), rows))
    assert len(pages) > 2
    for page in pages.placed:
        floor = float(TOP)
        for placed in page:
            assert placed.top >= floor
            floor = placed.top + placed.strip.height
        assert floor <= HEIGHT - BOTTOM


def test_a_row_is_never_cut_unless_it_is_half_a_page(qapp: QApplication) -> None:
    """All lines of an answer stand in one strip; only a very long one is parted."""
    answer = "слово " * 150
    pages = Pages(_paper(Rows(tuple((f"Вопрос {n}", answer) for n in range(12)))))
    held = [text for page in pages.placed for placed in page for text in placed.strip.words]
    assert held.count(answer) == 12
    long = Pages(_paper(Rows((("Вопрос", "слово " * 5000),))))
    assert len(long) > 1
    assert "\n".join(long.spoken()).count("слово") == 5000


@pytest.mark.parametrize("filling", range(20, 60, 3))
def test_a_heading_stays_with_what_it_heads(qapp: QApplication, filling: int) -> None:
    rows = Rows(tuple((f"Вопрос {n}", "Ответ") for n in range(filling)))
    pages = Pages(_paper(rows, Heading("Новая часть"), Heading("Запись", 2), Rows((("А", "Б"),))))
    for page in pages.placed:
        assert page[-1].strip.words[:1] not in (("Новая часть",), ("Запись",))


@pytest.mark.parametrize("filling", range(20, 44, 3))
def test_what_is_torn_off_stays_on_one_page(qapp: QApplication, filling: int) -> None:
    rows = Rows(tuple((f"Вопрос {n}", "Ответ") for n in range(filling)))
    sign = Signatures(CAPTIONS, (("Кто", ""),))
    pages = Pages(_paper(rows, Cut("Отрезать"), Text("Поможем"), sign))
    holding = [number for number, said in enumerate(pages.spoken()) if re.search("Отрезать|Поможем|Кто", said)]
    assert len(holding) == 1


def test_boxes_keep_their_heads_on_the_next_page(qapp: QApplication) -> None:
    rows = tuple(Choice(f"Согласие {n}") for n in range(60))
    pages = Pages(_paper(Choices("Моё согласие", "Да", "Нет", rows)))
    assert len(pages) > 1
    assert all("Моё согласие\nДа\nНет" in said for said in pages.spoken())


def test_only_the_answer_is_ticked(qapp: QApplication) -> None:
    """The box of the answer has more ink than the other, and blank ones have the same."""

    def ink(answer: bool | None) -> tuple[int, int]:
        choices = Choices("", "", "", (Choice("", answer),))
        image = image_of(Pages(_paper(choices)), 0, 1680).convertToFormat(QImage.Format.Format_Grayscale8)
        scale = image.width() / WIDTH
        found = []
        for edge in (2, 1):
            left = round((LEFT + COLUMN - edge * 13 * MM) * scale)
            area = image.copy(QRect(left, round(25 * MM * scale), round(13 * MM * scale), round(30 * MM * scale)))
            found.append(sum(byte < 128 for byte in bytes(area.constBits())))
        return found[0], found[1]

    blank, yes, no = ink(None), ink(True), ink(False)
    assert blank[0] == blank[1] > 0
    assert yes[0] > blank[0] * 1.15
    assert yes[1] == blank[1]
    assert no == (blank[0], yes[0])


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_consent_form_has_two_pages(qapp: QApplication, language: str) -> None:
    issuer = Issuer("Красный Крест, Витебск", "BY-VI", "", "Т. Сакович", "2026-11-22")
    for birth in ("1994", "2014"):
        paper = consent_form(Tongue(language), issuer, {"code": "K7M4-29Q", "birth": birth}, {}, [])
        assert len(Pages(paper)) == 2


def test_the_pdf_is_a4_and_names_nobody(qapp: QApplication) -> None:
    pages = Pages(_paper(*(Text(f"Абзац {n}") for n in range(120)), title="Кавалёва Ганна"))
    made = pdf_of(pages)
    assert len(re.findall(rb"/Type\s*/Page\b", made)) == len(pages) > 1
    (box,) = set(re.findall(rb"/MediaBox\s*\[([^\]]*)\]", made))
    assert [round(float(side)) for side in box.split()] == [0, 0, 595, 842]
    for key in (rb"Title", rb"Author", rb"Subject", rb"Keywords"):
        for value in re.findall(rb"/" + key + rb"\s*\(([^)]*)\)", made):
            assert value.replace(b"\\376\\377", b"").strip(b"\xfe\xff") == b""
    for name in ("Кавалёва", "K7M4-29Q", "Центр"):
        assert name.encode() not in made
        assert name.encode("utf-16-be") not in made


def test_the_pages_do_not_depend_on_the_size_of_the_interface(qapp: QApplication) -> None:
    before = Pages(_everything()).spoken()
    theme.apply(qapp, dark=True, scale=2.0)
    assert Pages(_everything()).spoken() == before


def test_a_file_is_kept_whole_or_the_old_one_stays(tmp_path: Path) -> None:
    kept = tmp_path / neutral_name(dt.date(2026, 11, 22))
    assert kept.name == "paper-2026-11-22.pdf"
    keep_file(kept, b"old")
    keep_file(kept, b"new")
    assert kept.read_bytes() == b"new"
    assert kept.stat().st_mode & 0o077 == 0
    (tmp_path / "full.pdf.part").mkdir()  # the disk says no
    with pytest.raises(UserError, match="Choose another folder"):
        keep_file(tmp_path / "full.pdf", b"x")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["full.pdf.part", kept.name]


def test_pages_reach_the_printer(qapp: QApplication, tmp_path: Path) -> None:
    pages = Pages(_paper(*(Text(f"Абзац {n}") for n in range(120))))
    for chosen in (None, (2, 2)):
        out = fresh_printer()
        out.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        out.setOutputFileName(str(tmp_path / "out.pdf"))
        if chosen:
            out.setPrintRange(QPrinter.PrintRange.PageRange)
            out.setFromTo(*chosen)
        print_pages(pages, out)
        made = (tmp_path / "out.pdf").read_bytes()
        assert len(re.findall(rb"/Type\s*/Page\b", made)) == (1 if chosen else len(pages))
        assert b"Apora" not in re.findall(rb"/Author\s*\(([^)]*)\)", made)


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_answer_is_told(qapp: QApplication, tmp_path: Path) -> None:
    out = fresh_printer()
    out.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    out.setOutputFileName(str(tmp_path / "no such folder" / "out.pdf"))
    with pytest.raises(UserError, match="did not take the paper"):
        print_pages(Pages(_paper()), out)


def test_no_printer_is_a_plain_sentence(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "printers", list)
    parent = QWidget()
    qtbot.addWidget(parent)
    with pytest.raises(NoPrinter, match="No printer is set up"):
        ask_printer(parent, 1, lambda _printer: None)
    assert not parent.children()


def test_the_printer_is_asked_without_blocking_and_no_open_file_is_offered(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "printers", lambda: ["Printer"])
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    chosen: list[QPrinter] = []
    dialog = ask_printer(parent, 3, chosen.append)
    assert dialog.isVisible()
    assert not dialog.testOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile)
    assert dialog.printer().docName() == "Apora"
    dialog.reject()
    assert chosen == []
    again = ask_printer(parent, 3, chosen.append)
    again.accept()
    assert len(chosen) == 1
