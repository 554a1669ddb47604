"""The inbox: bundles dropped as files and folders, looked into, taken in, receipts written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from pytestqt.qtbot import QtBot
from sqlalchemy import delete

from app.models import BundleSent
from app.ui.exchange.drop_zone import paths_of
from app.ui.exchange.verdict_list import MOST, VerdictList
from app.ui.screens.inbox import InboxScreen
from app.usecases.receiving import Verdict
from tests.ui.exchange_fixtures import House, World, befriend, drop, open_world


@pytest.fixture
def world(tmp_path: Path, qtbot: QtBot) -> Iterator[World]:
    with open_world(tmp_path, qtbot) as made:
        yield made


def screen(world: World, qtbot: QtBot, house: House) -> InboxScreen:
    made = InboxScreen(world.desk, house.receiving, house.sending)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.entered()
    world.wait()
    return made


def answers(made: InboxScreen) -> list[str]:
    return [row.verdict.answer for row in made.verdicts.rows()]


def test_looking_takes_nothing_and_taking_takes_all(world: World, qtbot: QtBot) -> None:
    centre, coordinator = world.pair()
    centre.record(5)
    file = world.put_on_stick(centre)
    made = screen(world, qtbot, coordinator)
    assert not made.found.isVisible()
    assert drop(made.zone, file)
    world.wait()
    assert answers(made) == ["ACCEPTED"]
    assert "Can be taken" in made.verdicts.rows()[0].accessibleName()
    assert made.told.text() == "1 bundle can be taken."
    assert coordinator.people.find() == []
    made.take.click()
    world.wait()
    assert made.told.text() == "1 bundle was taken in."
    assert "Taken in" in made.verdicts.rows()[0].accessibleName()
    assert not made.take.isVisible()
    assert len(coordinator.people.find()) == 1
    world.wait()
    assert made.history.lines.rowCount() == 1
    assert made.due.text() == "1 sender waits for a receipt."


def test_a_folder_with_good_and_bad_tells_each_in_words_problems_first(
    world: World, qtbot: QtBot, tmp_path: Path
) -> None:
    centre, coordinator = world.pair()
    stranger = world.centre("Віцебск")
    stranger.enrolment.receive(coordinator.enrolment.my_card())
    stranger.enrolment.confirm(coordinator.desk.me.uid, coordinator.enrolment.my_digits())
    for house in (centre, stranger):
        house.record(2)
        world.put_on_stick(house)
    (world.stick / "broken.age").write_bytes(b"age-encryption.org/v1\nnothing")
    (world.stick / "holiday.jpg").write_bytes(b"no bundle")
    made = screen(world, qtbot, coordinator)
    assert drop(made.zone, world.stick)
    world.wait()
    assert sorted(answers(made)) == ["ACCEPTED", "DAMAGED", "UNKNOWN_SENDER"]
    assert answers(made)[-1] == "ACCEPTED"
    made.take.click()
    world.wait()
    assert made.told.text() == "1 bundle was taken in. 2 need your attention."


def test_a_bundle_taken_before_is_harmless_and_its_receipt_can_be_had_again(world: World, qtbot: QtBot) -> None:
    centre, coordinator = world.pair()
    centre.record(1)
    file = world.put_on_stick(centre)
    coordinator.receiving.take(file)
    coordinator.receiving.write_receipts(world.stick)
    made = screen(world, qtbot, coordinator)
    assert made.due.text() == "No sender waits for a receipt."
    made.look_into([file])
    world.wait()
    assert answers(made) == ["ALREADY_IMPORTED"]
    assert made.told.text() == "1 brings nothing new."
    assert made.take.text() == "Prepare the receipts again"
    made.take.click()
    world.wait()
    assert made.due.text() == "1 sender waits for a receipt."


def test_an_alarm_stops_its_sender_already_when_it_is_looked_into(world: World, qtbot: QtBot) -> None:
    centre, coordinator = world.pair()
    centre.record(1)
    coordinator.receiving.take(world.put_on_stick(centre))
    with centre.desk.store.transaction() as session:  # as a restored backup would: it no longer knows what it sent
        session.execute(delete(BundleSent))
    centre.record(2)
    file = world.put_on_stick(centre)
    made = screen(world, qtbot, coordinator)
    made.look_into([file])
    world.wait()
    assert answers(made) == ["FORK"]
    assert "Alarm" in made.verdicts.rows()[0].accessibleName()
    assert not made.take.isVisible()
    assert coordinator.enrolment.peers()[0].trust == "stopped"


def test_stopping_between_two_bundles_keeps_what_was_done(world: World, qtbot: QtBot) -> None:
    one, coordinator = world.pair()
    other = world.centre("Брэст")
    befriend(other, coordinator)
    for house in (one, other):
        house.record(1)
        world.put_on_stick(house)
    made = screen(world, qtbot, coordinator)
    made.look_into([world.stick])
    world.wait()
    taken: list[int] = []
    real = coordinator.receiving.take

    def take_and_stop(file: Path) -> Verdict:
        taken.append(1)
        made.work._ticker.stop()  # as the button does, at a moment that a test can hold still
        return real(file)

    coordinator.receiving.take = take_and_stop  # type: ignore[method-assign]  # the moment of the press
    made.take.click()
    world.wait()
    assert taken == [1]
    assert answers(made) == ["ACCEPTED"]
    world.wait()
    assert made.history.lines.rowCount() == 1


def test_receipts_are_written_for_all_who_wait(world: World, qtbot: QtBot) -> None:
    centre, coordinator = world.pair()
    centre.record(1)
    coordinator.receiving.take(world.put_on_stick(centre))
    made = screen(world, qtbot, coordinator)
    assert made.write.isEnabled()
    before = len(list(world.stick.iterdir()))
    made.write.click()
    world.wait()
    assert made.written.text().endswith("You may take the stick out.")
    assert len(list(world.stick.iterdir())) > before
    world.wait()
    assert made.due.text() == "No sender waits for a receipt."
    assert not made.write.isVisible()
    verdicts = centre.receiving.take_all([world.stick], lambda _count, _total: None)
    assert "receipt" in {verdict.type for verdict in verdicts if verdict.ok}


def test_a_folder_without_bundles_is_told(world: World, qtbot: QtBot, tmp_path: Path) -> None:
    made = screen(world, qtbot, world.coordinator())
    assert drop(made.zone, tmp_path / "stick")
    world.wait()
    assert made.banner.text().startswith("There are no bundles")
    assert not made.found.isVisible()


def test_a_web_address_is_not_a_file(world: World, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/x.age")])
    assert paths_of(mime) == []
    made = screen(world, qtbot, world.coordinator())
    assert not drop(made.zone)


def test_a_long_list_shows_every_problem_and_cuts_only_what_went_well(qtbot: QtBot) -> None:
    listed = VerdictList()
    qtbot.addWidget(listed)
    good = [Verdict(f"{n}.age", True, "ACCEPTED", "Taken in", "Гомель", n) for n in range(MOST + 30)]
    bad = [Verdict("a.age", False, "FORK", "Alarm"), Verdict("b.age", False, "A_CODE_OF_TOMORROW", "Refused")]
    listed.show_verdicts([*good, *bad])
    rows = listed.rows()
    assert len(rows) == MOST
    assert [row.verdict.answer for row in rows[:2]] == ["FORK", "A_CODE_OF_TOMORROW"]
    assert "Refused" in rows[1].accessibleName()
