"""Figures: what is shown agrees with what was recorded; the picture, the table and the file say the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.ui.screens.figures import FiguresScreen, stacks
from app.usecases.reporting import Cell, Dimension, Figures
from tests.ui.exchange_fixtures import House, World, open_world


@pytest.fixture
def world(tmp_path: Path, qtbot: QtBot) -> Iterator[World]:
    with open_world(tmp_path, qtbot) as made:
        yield made


def screen(world: World, qtbot: QtBot, house: House) -> FiguresScreen:
    made = FiguresScreen(world.desk, house.reporting)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.entered()
    world.wait()
    return made


def table(made: FiguresScreen) -> list[list[str]]:
    model = made.table.lines
    return [
        [str(model.data(model.index(row, column))) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_total_counts_each_person_once(world: World, qtbot: QtBot) -> None:
    centre = world.centre()
    centre.record(12, months=3)
    made = screen(world, qtbot, centre)
    assert (made.persons.text(), made.services.text()) == ("3", "12")
    rows = table(made)
    assert rows[-1] == ["Total", "", "3", "12"]
    assert sum(int(row[-1]) for row in rows[:-1]) == 12
    assert sum(int(row[-2]) for row in rows[:-1]) > 3, "a person stands in several months, and once in the total"
    assert "Everyone is counted" in made.notice.text()


@pytest.mark.parametrize("wanted", [(), (Dimension.SEX,), tuple(Dimension)])
def test_any_breakdown_has_its_columns_and_the_same_total(
    world: World, qtbot: QtBot, wanted: tuple[Dimension, ...]
) -> None:
    centre = world.centre()
    centre.record(10, months=2)
    made = screen(world, qtbot, centre)
    for dimension, chip in made.choice.chips.items():
        chip.setChecked(dimension in wanted)
    world.wait()
    rows = table(made)
    assert len(rows[0]) == max(1, len(wanted)) + 2
    assert rows[-1][0] == "Total"
    assert rows[-1][-2:] == ["2", "10"]
    if not wanted:
        assert len(rows) == 1


def test_a_period_narrows_the_figures_and_cannot_run_backwards(world: World, qtbot: QtBot) -> None:
    centre = world.centre()
    centre.record(10, months=4)
    made = screen(world, qtbot, centre)
    months = centre.reporting.months()
    made.choice.first.setCurrentIndex(made.choice.first.findData(months[-1]))
    made.choice.first.activated.emit(made.choice.first.currentIndex())
    world.wait()
    first = int(made.services.text())
    assert 0 < first < 10
    made.choice.last.setCurrentIndex(made.choice.last.findData(months[0]))
    made.choice.last.activated.emit(made.choice.last.currentIndex())
    world.wait()
    period = made.choice.period()
    assert (period.first, period.last) == (months[0], months[0])


def test_the_file_says_what_the_screen_says_and_that_it_is_internal(
    world: World, qtbot: QtBot, tmp_path: Path
) -> None:
    centre = world.centre()
    centre.record(7, months=2)
    made = screen(world, qtbot, centre)
    file = tmp_path / "figures.csv"
    made.save_to(file)
    text = file.read_text("utf-8-sig")
    assert "not for release" in text
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=";") if row]
    assert rows[-1][-2:] == ["2", "7"]
    assert made.banner.property("banner") == "ok"
    made.save_to(tmp_path / "no such folder" / "figures.csv")
    assert made.banner.text().startswith("The file could not be written")


def test_an_empty_store_says_what_to_do(world: World, qtbot: QtBot) -> None:
    made = screen(world, qtbot, world.centre())
    assert made.empty.isVisible()
    assert not made.figures.isVisible()
    assert not made.save.isEnabled()


def test_a_month_without_help_stands_in_the_picture_as_an_empty_column() -> None:
    cells = (Cell(("2025-12", "legal"), 1, 4), Cell(("2026-02", "medical"), 1, 9), Cell(("2026", "medical"), 1, 1))
    figures = Figures(stacks.BY, cells, Cell((), 2, 14), {})
    months = stacks.months_of(figures)
    assert months == ["2025-12", "2026-01", "2026-02"]
    assert stacks.names_of(months) == ["Dec 25", "Jan 26", "Feb"]
    series = stacks.series_of(figures, months)
    assert [list(one.values) for one in series] == [[0, 0, 9], [4, 0, 0]]
    assert len({one.colour for one in series}) == 2
