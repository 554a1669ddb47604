"""Send and receive, as a nurse uses it: real stores, a folder as the stick, real bundles and receipts."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.ui.screens.send import SendScreen, held_back, repeated, what_waits
from app.usecases.sending import PersonToSend, SendPreview
from tests.ui.exchange_fixtures import House, World, drop, open_world


@pytest.fixture
def world(tmp_path: Path, qtbot: QtBot) -> Iterator[World]:
    with open_world(tmp_path, qtbot) as made:
        yield made


def screen(world: World, qtbot: QtBot, house: House) -> SendScreen:
    made = SendScreen(world.desk, house.sending, house.receiving, house.deliveries)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.entered()
    world.wait()
    return made


def receipts(world: World, coordinator: House) -> None:
    coordinator.receiving.take_all([world.stick], lambda _count, _total: None)
    coordinator.receiving.write_receipts(world.stick)


def test_without_a_coordinator_it_says_what_to_do_first(world: World, qtbot: QtBot) -> None:
    made = screen(world, qtbot, world.centre())
    assert made.first.isVisible()
    assert not made.both.isVisible()
    made.first.acted.emit()
    assert world.desk.went == [("centres", {})]


def test_one_button_writes_and_checks_and_says_that_the_stick_may_go(world: World, qtbot: QtBot) -> None:
    centre, _coordinator = world.pair()
    centre.record(5)
    made = screen(world, qtbot, centre)
    assert made.what.text() == "7 records of 1 person are not sent."
    assert made.held.text().startswith("1 person has not agreed")
    made.send.click()
    assert not made.send.isEnabled()
    world.wait()
    assert "Bundle 1 is written and checked: 7 records" in made.done.text()
    assert made.done.text().endswith("You may take the stick out.")
    assert [file.suffix for file in world.stick.iterdir()] == [".age"]
    world.wait()
    assert "7 records wait for their receipt" in made.what.text()
    assert made.send.text() == "Write and check again"
    assert world.desk.refreshed == 1


def test_the_receipt_on_the_same_stick_is_read_and_the_records_count_as_received(world: World, qtbot: QtBot) -> None:
    centre, coordinator = world.pair()
    centre.record(5)
    world.put_on_stick(centre)
    receipts(world, coordinator)
    made = screen(world, qtbot, centre)
    made.read.click()
    world.wait()
    assert made.done.text().startswith("1 new receipt.")
    world.wait()
    assert made.what.text() == "Everything is sent, and the coordinator has it."
    assert not made.send.isEnabled()
    # Our own bundle lies there too; that we cannot open it worries nobody.
    assert "NOT_FOR_US" not in {row.verdict.answer for row in made.verdicts.rows()}
    people = centre.people.rows(centre.people.find())
    states = {one.state.value for one in centre.deliveries.of_person(people[0].uid).values()}
    assert states == {"received"}


def test_receipts_are_read_before_the_bundle_is_written(world: World, qtbot: QtBot) -> None:
    centre, coordinator = world.pair()
    centre.record(5)
    world.put_on_stick(centre)
    receipts(world, coordinator)
    centre.record(2)
    made = screen(world, qtbot, centre)
    made.send.click()
    world.wait()
    # The new person, her name and two services; not the seven records that the receipt has just acknowledged.
    assert "Bundle 2 is written and checked: 4 records" in made.done.text()
    assert made.done.text().startswith("1 new receipt.")


def test_a_dropped_receipt_is_read_and_a_damaged_one_is_told(world: World, qtbot: QtBot, tmp_path: Path) -> None:
    centre, coordinator = world.pair()
    centre.record(1)
    world.put_on_stick(centre)
    receipts(world, coordinator)
    broken = tmp_path / "broken.age"
    broken.write_bytes(b"age-encryption.org/v1\nnothing")
    made = screen(world, qtbot, centre)
    assert drop(made.zone, world.stick, broken)
    world.wait()
    assert "1 new receipt." in made.done.text()
    assert "1 file needs your attention." in made.done.text()
    first = made.verdicts.rows()[0]
    assert first.verdict.answer == "DAMAGED"
    assert "Copy it again" in first.accessibleName()


def test_a_pulled_stick_is_told_in_words_and_nothing_counts_as_sent(world: World, qtbot: QtBot) -> None:
    centre, _coordinator = world.pair()
    centre.record(5)
    made = screen(world, qtbot, centre)
    shutil.rmtree(world.stick)
    made.send.click()
    world.wait()
    assert made.done.property("banner") == "error"
    assert made.done.text()
    assert "number:" not in made.done.text(), "a sentence, not a defect"
    world.wait()
    assert made.what.text().startswith("7 records")
    world.stick.mkdir()
    made.places.refresh()
    assert made.places.place() == world.stick


def test_a_folder_that_is_no_stick_may_be_chosen(world: World, qtbot: QtBot, tmp_path: Path) -> None:
    centre, _coordinator = world.pair()
    centre.record(1)
    other = tmp_path / "other"
    other.mkdir()
    made = screen(world, qtbot, centre)
    made.places.choose_place(other)
    assert made.places.place() == other
    made.send.click()
    world.wait()
    assert made.done.text().endswith("Carry the file to the coordinator.")
    assert len(list(other.iterdir())) == 1


def test_the_sentences_agree_in_number() -> None:
    one = SendPreview(None, 1, 1, 1, 1, "", "")
    many = SendPreview(None, 37, 12, 5, 40, "", "")
    assert what_waits(one) == "1 record of 1 person is not sent."
    assert what_waits(many) == "37 records of 12 people are not sent."
    people = (PersonToSend(uuid.uuid4(), "", "", 20, 25, named=True),)
    mixed = SendPreview(None, 37, 12, 5, 40, "", "", people=people)
    assert what_waits(mixed) == "37 records are not sent. Among them are records of 12 people."
    assert held_back(many) == "5 people have not agreed that their names go: their records go under the code."
    assert repeated(many) == "The bundle repeats 3 records that have no receipt yet."
    assert repeated(one) == ""
    assert what_waits(SendPreview(None, 0, 0, 0, 0, "", "")) == "There is nothing to send yet."


def test_who_goes_is_told_and_folded_away(world: World, qtbot: QtBot) -> None:
    centre, _coordinator = world.pair()
    centre.record(5)
    made = screen(world, qtbot, centre)
    assert made.who.fold.text().strip() == "Who goes: 1 person"
    assert not made.who.table.isVisible()
    made.who.fold.click()
    assert made.who.table.isVisible()
    cells = [made.who.table.lines.index(0, at).data() for at in range(4)]
    assert cells[2:] == ["7", "under the code"]
