"""The screen of a paper: its pages, its language, the printer, the file that lies open."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.models import AuditEntry
from app.ui.printing.printer import NoPrinter, fresh_printer
from app.ui.screens.paper import PaperScreen
from app.usecases.papers import Papers
from tests.ui.screen_fixtures import Centre, show


class PdfPrinter:
    """A printer that writes what it gets into a file; ``asked`` counts how often the dialog would have come."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.asked = 0

    def __call__(self, parent: QWidget, count: int, chosen: Callable[[QPrinter], object]) -> None:
        self.asked += 1
        printer = fresh_printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.file))
        chosen(printer)


def absent(parent: QWidget, count: int, chosen: Callable[[QPrinter], object]) -> None:
    """No printer is set up."""
    raise NoPrinter


def _screen(centre: Centre, person: uuid.UUID, kind: str = "consent", **more: object) -> PaperScreen:
    papers = Papers(centre.desk)
    return PaperScreen(centre.window, papers, centre.today, kind=kind, person=person, **more)  # type: ignore[arg-type]  # passed on as they are


def _printed(centre: Centre) -> list[str]:
    with centre.desk.store.reading() as session:
        actions = session.scalars(select(AuditEntry.action)).all()
    return [action for action in actions if action.startswith(("printed", "saved_as"))]


def _spoken(screen: PaperScreen) -> str:
    return "\n".join(view.accessibleDescription() for view in screen.view.views)


def test_the_paper_begins_in_her_language_and_can_change(qtbot: QtBot, centre: Centre) -> None:
    screen = _screen(centre, centre.person(languages=["be"]))
    show(qtbot, screen)
    assert screen.language_button("be").isChecked()
    assert "Гомельская вобласць" in _spoken(screen)
    screen.language_button("ru").click()
    assert "Гомельская область" in _spoken(screen)
    assert screen.language_button("ru").isChecked()
    assert not screen.language_button("be").isChecked()


def test_the_pages_are_as_wide_as_can_be_read_and_named(qtbot: QtBot, centre: Centre) -> None:
    screen = _screen(centre, centre.person())
    show(qtbot, screen, 820, 600)
    assert len(screen.view.views) == 2
    assert [view.accessibleName() for view in screen.view.views] == ["Page 1 of 2", "Page 2 of 2"]
    assert 560 <= screen.view.views[0].width() <= screen.view.viewport().width()
    assert abs(screen.view.views[0].height() / screen.view.views[0].width() - 2**0.5) < 0.01
    assert all(press.accessibleName() for press in screen.findChildren(QPushButton) if press.isVisible())


def test_ctrl_p_prints_and_the_printing_is_audited(qtbot: QtBot, centre: Centre, tmp_path: Path) -> None:
    printer = PdfPrinter(tmp_path / "out.pdf")
    screen = _screen(centre, centre.person(), ask=printer)
    show(qtbot, screen)
    screen.entered()
    qtbot.waitUntil(screen.print_button.hasFocus)
    QTest.keyClick(screen.print_button, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: printer.asked == 1)
    assert printer.file.read_bytes().startswith(b"%PDF")
    assert _printed(centre) == ["printed_consent"]
    assert "Take the pages out" in screen.banner.text()


def test_without_a_printer_nothing_is_lost_and_nothing_is_audited(qtbot: QtBot, centre: Centre) -> None:
    screen = _screen(centre, centre.person(), ask=absent)
    show(qtbot, screen)
    screen.print_button.click()
    assert "No printer is set up" in screen.banner.text()
    assert screen.print_button.isEnabled()
    assert _printed(centre) == []


def test_saving_warns_first_and_proposes_a_neutral_name(qtbot: QtBot, centre: Centre, tmp_path: Path) -> None:
    screen = _screen(centre, centre.person(surname="Кавалёва"))
    show(qtbot, screen)
    screen.save_button.click()
    assert "not encrypted" in screen.confirm.accessibleName()
    assert not screen.findChildren(QFileDialog)
    yes = next(press for press in screen.confirm.findChildren(QPushButton) if press.text().startswith("Save without"))
    yes.click()
    (dialog,) = screen.findChildren(QFileDialog)
    assert [Path(name).name for name in dialog.selectedFiles()] == ["paper-2026-11-20.pdf"]
    dialog.close()
    screen.save_to(tmp_path / "paper")
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")
    assert _printed(centre) == ["saved_as_file_consent"]


def test_a_file_that_cannot_be_written_is_told(qtbot: QtBot, centre: Centre, tmp_path: Path) -> None:
    screen = _screen(centre, centre.person())
    show(qtbot, screen)
    screen.save_to(tmp_path / "gone" / "paper.pdf")
    assert "could not be written" in screen.banner.text()
    assert _printed(centre) == []


def test_what_has_no_paper_says_so_and_cannot_be_printed(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    service = centre.service(person, "psych_counselling", "2026-11-19")
    screen = PaperScreen(centre.window, Papers(centre.desk), centre.today, kind="receipt", record=service)
    show(qtbot, screen)
    assert "no payment of a grant" in screen.banner.text()
    assert not screen.print_button.isEnabled()
    assert not screen.save_button.isEnabled()


def test_the_pages_scroll_by_keys(qtbot: QtBot, centre: Centre) -> None:
    screen = _screen(centre, centre.person())
    show(qtbot, screen, 820, 500)
    screen.view.setFocus()
    qtbot.waitUntil(screen.view.hasFocus)
    QTest.keyClick(screen.view, Qt.Key.Key_PageDown)
    assert screen.view.verticalScrollBar().value() > 0
