"""Packs on screen: seen as they will leave, written down with the file; a sentence where none can be made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.i18n import set_language
from app.reports.pack import PackKind
from app.reports.table import Audience
from app.ui.figures.told_card import ToldCard
from app.ui.screens.packs import PacksScreen
from app.ui.screens.releases import ReleasesScreen
from tests.ui.figure_fixtures import Figures, figures_at
from tests.ui.screen_fixtures import show


@pytest.fixture
def figures(tmp_path: Path, qtbot: QtBot) -> Iterator[Figures]:
    set_language("en")
    with figures_at(tmp_path, qtbot) as made:
        yield made


def opened(figures: Figures, qtbot: QtBot) -> PacksScreen:
    made = PacksScreen(figures.desk, figures.packs, figures.statistics, figures.today)
    show(qtbot, made)
    made.entered()
    figures.wait()
    return made


def cards(made: PacksScreen) -> list[ToldCard]:
    return [card for card in made.preview.findChildren(ToldCard) if not card.isHidden()]


def test_a_pack_is_seen_then_saved_and_stands_in_the_register(figures: Figures, qtbot: QtBot, tmp_path: Path) -> None:
    made = opened(figures, qtbot)
    made.choice.period.choose("2025-07", "2025-12")
    made.choice.make.click()
    figures.wait()
    qtbot.waitUntil(lambda: len(cards(made)) > 5)
    told = [card.told for card in cards(made)]
    assert {one.audience for one in told} == {Audience.TASK_FORCE}
    assert any(one.hidden for one in told)
    assert not figures.releases.list()
    made.giving.save_to("csv", tmp_path / "pack.csv")
    assert "task force" in (tmp_path / "pack.csv").read_text("utf-8-sig")

    register = ReleasesScreen(figures.desk, figures.releases)
    show(qtbot, register)
    register.entered()
    figures.wait()
    assert register.table.lines.rowCount() == 1
    assert register.what.text() == "Figures for the task force"
    assert not register.about.isHidden()
    set_language("ru")
    register.entered()
    figures.wait()
    # What a window of 1366 pixels leaves beside the bar.
    register.resize(1118, 640)
    QApplication.processEvents()
    assert register.table.horizontalScrollBar().maximum() == 0


def test_what_is_chosen_anew_takes_the_old_pack_away(figures: Figures, qtbot: QtBot) -> None:
    made = opened(figures, qtbot)
    made.choice.period.choose("2025-07", "2025-12")
    made.choice.make.click()
    figures.wait()
    assert made.giving.isVisible()
    qtbot.waitUntil(lambda: bool(cards(made)))
    made.choice.audience.presses[Audience.PUBLIC].click()
    assert not made.giving.isVisible()
    assert not cards(made)


def test_an_open_period_is_told_in_a_sentence(figures: Figures, qtbot: QtBot) -> None:
    made = opened(figures, qtbot)
    made.choice.period.choose(f"{figures.today.year}-01", f"{figures.today.year}-12")
    made.choice.make.click()
    figures.wait()
    assert made.banner.text()
    assert not made.giving.isVisible()


def test_each_kind_has_its_audience_and_a_donor_pack_needs_a_donor(figures: Figures, qtbot: QtBot) -> None:
    made = opened(figures, qtbot)
    assert made.choice.audience.presses[Audience.TASK_FORCE].isChecked()
    made.choice.kinds[PackKind.DONOR].click()
    assert made.choice.audience.presses[Audience.PUBLIC].isChecked()
    assert not made.choice.make.isEnabled()
    made.choice.kinds[PackKind.SUMMARY].click()
    assert made.choice.make.isEnabled()
    assert not made.choice.audience.isVisible()


def test_an_empty_register_says_what_it_is_for(figures: Figures, qtbot: QtBot) -> None:
    register = ReleasesScreen(figures.desk, figures.releases)
    show(qtbot, register)
    register.entered()
    figures.wait()
    assert register.nothing.isVisible()
    assert not register.list.isVisible()
