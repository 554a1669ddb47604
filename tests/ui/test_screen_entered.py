"""Entered figures on the screen: kept with their source, refused in words, corrected, deleted, never lost unsaved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.ui.screens.entered import EnteredScreen
from app.usecases.entered import EnteredFigures
from tests.ui.exchange_fixtures import House, World, open_world


@pytest.fixture
def world(tmp_path: Path, qtbot: QtBot) -> Iterator[World]:
    with open_world(tmp_path, qtbot) as made:
        yield made


@pytest.fixture
def house(world: World) -> House:
    return world.coordinator()


@pytest.fixture
def screen(world: World, house: House, qtbot: QtBot) -> EnteredScreen:
    made = EnteredScreen(world.desk, EnteredFigures(house.desk), house.clock.today)
    qtbot.addWidget(made)
    made.resize(1150, 680)
    made.show()
    made.entered()
    world.wait()
    return made


def fill(world: World, screen: EnteredScreen, first: str, last: str, number: str, source: str = "Доклад МОМ") -> None:
    screen.panel.put({"what": "assisted_before", "first": first, "last": last, "number": number, "source": source})
    screen.panel.save.click()
    world.wait()


def answer_yes(screen: EnteredScreen) -> None:
    screen.confirm.findChildren(QPushButton)[0].click()


def test_a_number_is_kept_and_listed(world: World, screen: EnteredScreen, house: House) -> None:
    assert screen.empty.isVisible()
    fill(world, screen, "09.2002", "08.2016", "1 125")
    (row,) = EnteredFigures(house.desk).list()
    assert (row.figure.first, row.figure.last, row.figure.value) == ("2002-09", "2016-08", 1125)
    assert screen.table.lines.rowCount() == 1
    assert not screen.panel.is_touched
    assert screen.panel.delete.isHidden()


def test_a_year_means_all_its_months(world: World, screen: EnteredScreen, house: House) -> None:
    fill(world, screen, "2015", "2015", "7")
    (row,) = EnteredFigures(house.desk).list()
    assert (row.figure.first, row.figure.last) == ("2015-01", "2015-12")


def test_what_is_refused_stays_in_the_form(world: World, screen: EnteredScreen, house: House) -> None:
    for first, last, number, source, said in (
        ("", "08.2016", "eleven", "x", "whole number"),
        ("", "soon", "1", "x", "last month"),
        ("2017", "2016", "1", "x", "after the last"),
        ("", "2016", "1", "  ", "comes from"),
    ):
        fill(world, screen, first, last, number, source)
        assert said in screen.panel.error.text()
        assert screen.panel.number.text() == number
    assert not EnteredFigures(house.desk).list()


def test_a_number_is_corrected_and_deleted(world: World, screen: EnteredScreen, house: House) -> None:
    fill(world, screen, "", "08.2016", "1125")
    screen.table.selectRow(0)
    assert screen.panel.number.text() == "1125"
    screen.panel.number.setText("1130")
    screen.panel.save.click()
    world.wait()
    assert [row.figure.value for row in EnteredFigures(house.desk).list()] == [1130]
    screen.table.selectRow(0)
    screen.panel.delete.click()
    answer_yes(screen)
    world.wait()
    assert not EnteredFigures(house.desk).list()


def test_another_row_does_not_wipe_away_what_is_typed(world: World, screen: EnteredScreen) -> None:
    fill(world, screen, "", "08.2016", "1125")
    screen.panel.number.setText("77")
    screen.table.selectRow(0)
    assert screen.panel.number.text() == "77"
    assert screen.confirm.isVisible()
    answer_yes(screen)
    assert screen.panel.number.text() == "1125"


def test_what_is_typed_outlives_the_window(world: World, screen: EnteredScreen, house: House, qtbot: QtBot) -> None:
    screen.panel.put({"what": "population", "part": "female", "number": "4 900"})
    again = EnteredScreen(world.desk, EnteredFigures(house.desk), house.clock.today)
    qtbot.addWidget(again)
    again.restore(screen.snapshot())
    assert again.panel.typed()["part"] == "female"
    assert again.panel.number.text() == "4 900"
