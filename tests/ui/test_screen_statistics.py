"""Statistics on screen: found by typing, asked for an audience, kept, and saved as a file; by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.i18n import set_language
from app.reports.table import Audience
from app.ui.screens.statistics import StatisticsScreen
from app.usecases.statistics import Answer
from tests.ui.figure_fixtures import FEW, PERSONS, Figures, figures_at
from tests.ui.screen_fixtures import show


@pytest.fixture
def figures(tmp_path: Path, qtbot: QtBot) -> Iterator[Figures]:
    set_language("en")
    with figures_at(tmp_path, qtbot) as made:
        yield made


def opened(figures: Figures, qtbot: QtBot) -> StatisticsScreen:
    made = StatisticsScreen(figures.desk, figures.statistics, figures.packs, figures.today)
    show(qtbot, made)
    made.entered()
    figures.wait()
    made.bounds.period.choose("2025-07", "2025-12")
    return made


def ask(figures: Figures, made: StatisticsScreen, code: str, *by: str) -> None:
    made.questions.typed.clear()
    row = next(row for row in figures.statistics.indicators() if row.code == code)
    made.questions.choose(code)
    made.questions.picked.emit(row)
    for name in by:
        made.bounds.chips[name].click()
    figures.wait()


def table_of(made: StatisticsScreen) -> list[list[str]]:
    model = made.shown.cards[0].table.model()
    assert model is not None
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_ourselves_see_everything_and_others_see_small_numbers_hidden(figures: Figures, qtbot: QtBot) -> None:
    made = opened(figures, qtbot)
    ask(figures, made, "victims_assisted_total", "sex")
    assert any(row[1] == str(FEW) for row in table_of(made))
    assert any(row[1] == str(PERSONS) for row in table_of(made))
    made.bounds.audience.presses[Audience.TASK_FORCE].click()
    figures.wait()
    rows = table_of(made)
    assert any("hidden" in row for row in rows)
    model, at = made.shown.cards[0].table.model(), next(at for at, row in enumerate(rows) if "hidden" in row)
    assert str(model.index(at, 1).data(Qt.ItemDataRole.ToolTipRole)).startswith("Hidden: this number is small")
    assert "Hidden" in str(model.index(at, 1).data(Qt.ItemDataRole.AccessibleTextRole))
    assert not any(row[1] in (str(FEW), str(PERSONS)) for row in rows)
    assert "did not agree" in made.shown.words()
    assert "Hatched places are hidden" in made.shown.words()


def test_an_open_period_is_a_sentence_and_no_file_can_be_made(figures: Figures, qtbot: QtBot) -> None:
    made = opened(figures, qtbot)
    made.bounds.period.choose("", "")
    made.bounds.audience.presses[Audience.PUBLIC].click()
    figures.wait()
    assert not made.shown.cards
    assert not made.give.isEnabled()


def test_of_several_questions_only_the_last_is_shown(
    figures: Figures, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = opened(figures, qtbot)
    made.bounds.period.changed.emit()
    figures.wait()
    shown: list[str] = []
    keep = made.shown.show_answer

    def note(answer: Answer) -> None:
        shown.append(answer.question.code)
        keep(answer)

    monkeypatch.setattr(made.shown, "show_answer", note)
    for code in ("services_by_type", "citizenship", "victims_assisted_new"):
        row = next(row for row in figures.statistics.indicators() if row.code == code)
        made.questions.picked.emit(row)
    figures.wait()
    assert shown == ["victims_assisted_new"]
    assert {card.told.code for card in made.shown.cards} == {"victims_assisted_new"}


def test_a_third_dimension_takes_the_place_of_the_first(figures: Figures, qtbot: QtBot) -> None:
    made = opened(figures, qtbot)
    ask(figures, made, "table_persons", "month", "sex", "age")
    assert made.bounds.question("table_persons").by == ("sex", "age")
    assert not made.bounds.chips["month"].isChecked()


def test_a_kept_question_stands_first_and_asks_again(figures: Figures, qtbot: QtBot) -> None:
    made = opened(figures, qtbot)
    ask(figures, made, "services_by_type")
    made.keep.click()
    QTest.keyClicks(made.keeping.name, "Quarterly help")
    QTest.keyClick(made.keeping.name, Qt.Key.Key_Return)
    figures.wait()
    assert made.questions.list.item(1).text() == "Quarterly help"
    made.questions.list.setCurrentRow(1)
    figures.wait()
    assert made.shown.cards[0].told.code == "services_by_type"
    made.forget.click()
    figures.wait()
    assert not figures.statistics.saved()


def test_down_leads_to_a_question_that_is_seen(figures: Figures, qtbot: QtBot) -> None:
    made = opened(figures, qtbot)
    typed, listed = made.questions.typed, made.questions.list
    typed.insert("services by")
    QTest.keyClick(typed, Qt.Key.Key_Down)
    figures.wait()
    found = listed.currentItem()
    assert found is not None
    assert not found.isHidden()
    assert made.shown.cards[0].told.code == "services_by_type"
    typed.setFocus()
    QTest.keyClick(typed, Qt.Key.Key_Down)
    assert listed.hasFocus()
    assert listed.currentItem() is found


def test_question_audience_and_file_by_keyboard_alone(figures: Figures, qtbot: QtBot, tmp_path: Path) -> None:
    made = opened(figures, qtbot)
    qtbot.waitUntil(made.questions.typed.hasFocus)
    made.questions.typed.insert("лица получившие помощь")  # QTest types Latin letters alone; found in Russian
    QTest.keyClick(made.questions.typed, Qt.Key.Key_Return)
    figures.wait()
    assert made.questions.list.hasFocus()
    audience = made.bounds.audience.presses[Audience.TASK_FORCE]
    audience.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(audience, Qt.Key.Key_Space)
    figures.wait()
    made.give.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(made.give, Qt.Key.Key_Return)
    figures.wait()
    assert made.giving.isVisible()
    assert not figures.releases.list(), "looking is no release"
    made.giving.save_to("xlsx", tmp_path / "a.xlsx")
    made.giving.save_to("csv", tmp_path / "a.csv")
    assert len(figures.releases.list()) == 1, "two files of the same table are one release"
    assert (tmp_path / "a.xlsx").stat().st_size > 1000
