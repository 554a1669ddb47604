"""First start as a person goes through it: nothing exists before the proof, a wrong group is named at the group."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app import i18n
from app.ui.screens.first_start.choices import ChoiceStep, LanguageStep
from app.ui.screens.first_start.draft import Stop
from app.ui.screens.first_start.paper import KeyStep, SheetStep
from app.ui.screens.first_start.passphrase import PassphraseStep, TypedBackStep, wrong_words
from app.ui.screens.first_start.prove import ProveKeyStep, ProveSheetStep
from app.ui.screens.first_start.sheets import key_groups, key_html, sheet_html
from app.ui.screens.first_start.who import CentreStep
from app.usecases.access import lock
from app.usecases.desk import Desk
from tests.ui.first_start_visit import NAME, Visit


@pytest.fixture
def visit(qtbot: QtBot, tmp_path: Path) -> Visit:
    return Visit(qtbot, tmp_path / "store")


@pytest.mark.parametrize("role", ["centre", "coordinator"])
def test_the_whole_journey_ends_in_an_open_store(visit: Visit, role: str) -> None:
    visit.to(Stop.PROVE_KEY if role == "coordinator" else Stop.PROVE_SHEET, role)
    assert not visit.access.exists()
    visit.answer(role)
    visit.qtbot.waitUntil(lambda: bool(visit.desks), timeout=15_000)
    desk = visit.desks[0]
    assert isinstance(desk, Desk)
    assert (desk.me.role, desk.me.centre_name, desk.me.oblast, desk.me.practice) == (role, NAME, "BY-HO", False)
    assert desk.staff_name == "Т. Саковіч"
    assert visit.access.exists()
    assert visit.journey.draft.passphrase == ""
    lock(desk)


@pytest.mark.parametrize("stop", [one for one in Stop if one not in (Stop.WORKING, Stop.DONE)])
def test_giving_up_leaves_nothing(visit: Visit, stop: Stop) -> None:
    visit.to(stop, "coordinator")
    visit.screen.cancel.click()
    if visit.left == 0:
        visit.screen.confirm._buttons[0].click()
    assert visit.left == 1
    assert not visit.folder.exists() or not list(visit.folder.iterdir())
    assert visit.journey.draft.recovery_groups == ()


def test_a_wrong_group_is_named_at_the_group(visit: Visit) -> None:
    visit.to(Stop.PROVE_SHEET)
    step = visit.screen.step
    assert isinstance(step, ProveSheetStep)
    groups = list(visit.screen.draft.recovery_groups)
    groups[4] = f"{(int(groups[4]) + 1) % 1_000_000:06d}"
    step.edit.set_digits("".join(groups))
    visit.screen.on.click()
    assert visit.screen.stop is Stop.PROVE_SHEET
    assert "5" in step.error()
    assert [box.property("invalid") for box in step.edit.boxes] == [False] * 4 + [True] + [False] * 3


def test_the_sheet_of_another_laptop_proves_nothing(visit: Visit) -> None:
    visit.to(Stop.PROVE_SHEET)
    step = visit.screen.step
    assert isinstance(step, ProveSheetStep)
    step.edit.set_digits("000011" * 8)
    visit.screen.on.click()
    assert visit.screen.stop is Stop.PROVE_SHEET
    assert step.error()


def test_missing_answers_are_named_beside_the_question(visit: Visit) -> None:
    visit.to(Stop.CENTRE)
    step = visit.screen.step
    assert isinstance(step, CentreStep)
    visit.screen.on.click()
    assert visit.screen.stop is Stop.CENTRE
    assert step.name.problem_text()
    assert step.oblast.problem_text()


def test_raions_follow_the_oblast(visit: Visit) -> None:
    visit.to(Stop.CENTRE)
    step = visit.screen.step
    assert isinstance(step, CentreStep)
    assert not step.raions.isEnabled()
    step.oblasts.setCurrentIndex(step.oblasts.findData("BY-BR"))
    codes = [str(step.raions.itemData(at)) for at in range(1, step.raions.count())]
    assert codes
    assert all(code.startswith("BY-BR-") for code in codes)


def test_a_file_that_is_no_card_brings_back_to_the_centre(visit: Visit, tmp_path: Path) -> None:
    visit.to(Stop.CENTRE)
    step = visit.screen.step
    assert isinstance(step, CentreStep)
    (tmp_path / "photo.bin").write_bytes(b"no card at all")
    step.take_card(tmp_path / "photo.bin")
    step.oblasts.setCurrentIndex(1)
    visit.screen.on.click()
    visit.answer()
    visit.answer()
    step = visit.screen.step
    assert isinstance(step, TypedBackStep)
    step.edit.line.setText(visit.screen.draft.passphrase)
    visit.screen.on.click()
    visit.qtbot.waitUntil(lambda: visit.screen.stop is Stop.CENTRE)
    step = visit.screen.step
    assert isinstance(step, CentreStep)
    assert visit.screen.draft.centre_card is None
    assert "card" in step._card.text().lower()


def test_rolling_again_draws_another_phrase(visit: Visit) -> None:
    visit.to(Stop.PHRASE)
    step = visit.screen.step
    assert isinstance(step, PassphraseStep)
    first = visit.screen.draft.passphrase
    assert len(first.split()) == 6
    step.roll()
    assert visit.screen.draft.passphrase != first


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("ель дом", ""),
        ("ЕЛЬ  Дом", ""),
        ("ёль дом", ""),
        ("ель дым", "2"),
        ("ель", "2 words"),
        ("", "type"),
    ],
)
def test_the_phrase_typed_back(typed: str, said: str) -> None:
    told = wrong_words(typed, "ель дом")
    assert (said in told) if said else told == ""


def test_a_new_window_goes_on_where_the_old_one_was(visit: Visit) -> None:
    visit.to(Stop.SHEET)
    groups = visit.screen.draft.recovery_groups
    visit.screen = visit.window()
    assert visit.screen.stop is Stop.SHEET
    assert visit.screen.draft.recovery_groups == groups


def test_the_language_is_chosen_on_the_first_page(visit: Visit) -> None:
    assert isinstance(visit.screen.step, LanguageStep)
    visit.choose("be")
    visit.qtbot.waitUntil(lambda: visit.languages == ["be"])


def test_the_papers_name_neither_centre_nor_work(visit: Visit, tmp_path: Path) -> None:
    visit.to(Stop.SHEET)
    step = visit.screen.step
    assert isinstance(step, SheetStep)
    groups = visit.screen.draft.recovery_groups
    for language in i18n.LANGUAGES:
        i18n.set_language(language)
        html = sheet_html(groups) + key_html("AGE-SECRET-KEY-PQ-1QPZ")
        assert all(group in html for group in groups)
        assert NAME not in html
        assert "Apora" not in html
    step.save(tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert not step.told.isHidden()


def test_a_folder_that_cannot_be_written_is_said(visit: Visit, tmp_path: Path) -> None:
    visit.to(Stop.SHEET)
    step = visit.screen.step
    assert isinstance(step, SheetStep)
    step.save(tmp_path / "missing" / "sheet.pdf")
    assert "could not be written" in step.told.text()


def test_the_recovery_key_is_read_back_from_the_stick(visit: Visit, tmp_path: Path) -> None:
    visit.to(Stop.KEY, "coordinator")
    step = visit.screen.step
    assert isinstance(step, KeyStep)
    step.save_text(tmp_path / "key.txt")
    visit.screen.on.click()
    step = visit.screen.step
    assert isinstance(step, ProveKeyStep)
    step.edit.setPlainText("AGE-SECRET-KEY-PQ-1WRONG")
    visit.screen.on.click()
    assert visit.screen.stop is Stop.PROVE_KEY
    assert step.question.problem_text()
    (tmp_path / "photo.bin").write_bytes(b"\xff\xd8")
    step.read_file(tmp_path / "photo.bin")
    assert "not the saved key" in step.question.problem_text()
    step.read_file(tmp_path / "key.txt")
    assert step.accept()


@pytest.mark.parametrize("stop", [one for one in Stop if one not in (Stop.WORKING, Stop.DONE)])
def test_each_step_fits_a_small_screen(visit: Visit, stop: Stop) -> None:
    visit.to(stop, "coordinator")
    hint = visit.screen.minimumSizeHint()
    assert hint.width() <= 1024
    assert hint.height() <= 600


def test_enter_goes_on_from_anywhere(visit: Visit, qtbot: QtBot) -> None:
    """Choose by Enter, go on by Enter, from a line, a list and the digits; what is missing stops it."""
    visit.to(Stop.ROLE)
    step = visit.screen.step
    assert isinstance(step, ChoiceStep)
    button = step.answers.buttons[0]
    press_enter(qtbot, button)
    assert (visit.now(), step.answers.chosen()) == (Stop.ROLE, "centre")
    press_enter(qtbot, button)
    assert visit.now() is Stop.PURPOSE
    visit.to(Stop.CENTRE)
    step = visit.screen.step
    assert isinstance(step, CentreStep)
    step.name_line.setText(NAME)
    press_enter(qtbot, step.name_line)
    assert visit.now() is Stop.CENTRE
    step.oblasts.setCurrentIndex(1)
    press_enter(qtbot, step.oblasts)
    assert visit.now() is Stop.STAFF
    visit.to(Stop.PROVE_SHEET)
    step = visit.screen.step
    assert isinstance(step, ProveSheetStep)
    step.edit.boxes[3].setFocus()
    press_enter(qtbot, step.edit.boxes[3])
    assert (visit.now(), step.edit.boxes[0].hasFocus()) == (Stop.PROVE_SHEET, True)
    step.edit.set_digits("".join(visit.screen.draft.recovery_groups))
    press_enter(qtbot, step.edit.boxes[7])
    qtbot.waitUntil(lambda: bool(visit.desks), timeout=15_000)
    desk = visit.desks[0]
    assert isinstance(desk, Desk)
    lock(desk)


def test_enter_on_another_button_presses_that_one(visit: Visit, qtbot: QtBot) -> None:
    visit.to(Stop.PHRASE)
    first = visit.screen.draft.passphrase
    roll = next(one for one in visit.screen.step.findChildren(QPushButton) if "Roll" in one.text())
    press_enter(qtbot, roll)
    assert visit.now() is Stop.PHRASE
    assert visit.screen.draft.passphrase != first


def test_a_mark_goes_when_its_answer_is_mended(visit: Visit) -> None:
    visit.to(Stop.CENTRE)
    visit.screen.on.click()
    step = visit.screen.step
    assert isinstance(step, CentreStep)
    QTest.keyClicks(step.name_line, "a")
    assert not step.name.problem_text()
    assert step.name_line.property("invalid") is False
    assert step.oblast.problem_text()
    step.oblasts.setFocus()
    QTest.keyClick(step.oblasts, Qt.Key.Key_Down)
    assert not step.oblast.problem_text()


def test_the_beginning_of_the_key_is_not_broken() -> None:
    groups = key_groups("AGE-SECRET-KEY-PQ-1QPZRY9X8GF2")
    assert groups == ["AGE-SECRET-KEY-PQ-1", "QPZRY", "9X8GF", "2"]
    assert "AGE-SECRET-KEY-PQ-1\nQPZRY 9X8GF 2" in key_html("AGE-SECRET-KEY-PQ-1QPZRY9X8GF2")


def press_enter(qtbot: QtBot, widget: QWidget) -> None:
    """Enter in a widget that has the focus."""
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    QTest.keyClick(widget, Qt.Key.Key_Return)
