"""The inbox: bundles dropped as files and folders, looked into, taken in, receipts written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import delete

from app.errors import UserError
from app.models import BundleSent
from app.ui.exchange.drop_zone import paths_of
from app.ui.exchange.line_card import LineCard
from app.ui.exchange.line_work import LineWork
from app.ui.exchange.verdict_list import MOST, VerdictList
from app.ui.screens.inbox import InboxScreen
from app.usecases import outbox
from app.usecases.inbox import answering, ready, taking
from app.usecases.line import Line
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
    return [verdict.answer for verdict in made.found.verdicts()]


def cells(made: InboxScreen) -> list[list[str]]:
    lines = made.found.rest.lines
    return [
        [str(lines.index(row, column).data()) for column in range(lines.columnCount())]
        for row in range(lines.rowCount())
    ]


def test_looking_takes_nothing_and_taking_takes_all(world: World, qtbot: QtBot) -> None:
    centre, coordinator = world.pair()
    centre.record(5)
    file = world.put_on_stick(centre)
    made = screen(world, qtbot, coordinator)
    assert not made.found.isVisible()
    assert drop(made.zone, file)
    world.wait()
    assert answers(made) == ["ACCEPTED"]
    assert cells(made)[0] == ["Гомель", "1", "Records", "7", "0", "0", "0", "Can be taken"]
    assert made.found.told.text() == "1 bundle can be taken."
    assert coordinator.people.find() == []
    made.found.take.click()
    world.wait()
    assert made.found.told.text() == "1 bundle was taken in."
    assert cells(made)[0][-1] == "Taken in"
    assert not made.found.take.isVisible()
    assert len(coordinator.people.find()) == 1
    world.wait()
    assert made.history.table.lines.rowCount() == 1
    assert made.receipts.due.text() == "1 sender waits for a receipt."


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
    made.found.take.click()
    world.wait()
    assert made.found.told.text() == "1 bundle was taken in. 2 need your attention."


def test_a_bundle_taken_before_is_harmless_and_its_receipt_can_be_had_again(world: World, qtbot: QtBot) -> None:
    centre, coordinator = world.pair()
    centre.record(1)
    file = world.put_on_stick(centre)
    coordinator.receiving.take(file)
    coordinator.receiving.write_receipts(world.stick)
    made = screen(world, qtbot, coordinator)
    assert made.receipts.due.text() == "No sender waits for a receipt."
    made.look_into([file])
    world.wait()
    assert answers(made) == ["ALREADY_IMPORTED"]
    assert made.found.told.text() == "1 brings nothing new."
    assert made.found.take.text() == "Prepare the receipts again"
    made.found.take.click()
    world.wait()
    assert made.receipts.due.text() == "1 sender waits for a receipt."


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
    assert "Alarm" in made.found.problems.rows()[0].accessibleName()
    assert not made.found.take.isVisible()
    assert coordinator.enrolment.peers()[0].trust == "stopped"
    world.wait()
    (row,) = made.aside.rows()
    assert row.again.isHidden(), "it would raise the alarm once more"
    row.decide.click()
    assert world.desk.went == [("centres", {})]


def test_stopping_between_two_bundles_keeps_what_was_done(
    world: World, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, coordinator = world.pair()
    other = world.centre("Брэст")
    befriend(other, coordinator)
    for house in (one, other):
        house.record(1)
        world.put_on_stick(house)
    made = screen(world, qtbot, coordinator)
    made.look_into([world.stick])
    world.wait()
    real = ready.make_ready

    def ready_and_stop(*arguments: object) -> object:
        made.work._ticker.stop()  # as the button does, at a moment that a test can hold still
        return real(*arguments)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(taking, "make_ready", ready_and_stop)
    made.found.take.click()
    world.wait()
    assert answers(made) == ["ACCEPTED"]
    assert made.banner.text().startswith("Stopped. 1 file is not taken in yet.")
    world.wait()
    assert made.history.table.lines.rowCount() == 1
    monkeypatch.setattr(taking, "make_ready", real)
    assert made.found.take.text().strip() == "Take the rest"
    made.found.take.click()
    world.wait()
    world.wait()
    assert made.history.table.lines.rowCount() == 2


def test_receipts_are_written_for_all_who_wait(world: World, qtbot: QtBot) -> None:
    centre, coordinator = world.pair()
    centre.record(1)
    coordinator.receiving.take(world.put_on_stick(centre))
    made = screen(world, qtbot, coordinator)
    assert made.receipts.write.isEnabled()
    before = len(list(world.stick.iterdir()))
    made.receipts.write.click()
    world.wait()
    assert made.banner.text().endswith("You may take the stick out.")
    assert len(list(world.stick.iterdir())) > before
    world.wait()
    assert made.receipts.due.text() == "No sender waits for a receipt."
    assert not made.receipts.write.isVisible()
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


def test_three_thousand_with_five_bad_ones_are_five_problems_and_one_line(world: World, qtbot: QtBot) -> None:
    made = screen(world, qtbot, world.coordinator())
    good = [Verdict(f"{n}.age", True, "ACCEPTED", "", "Гомель", n, "records", 4, 2, 1, 1, 1) for n in range(2995)]
    codes = ("FORK", "DAMAGED", "REVOKED", "UNKNOWN_SENDER", "NEWER_SCHEMA")
    bad = [Verdict(f"{code}.age", False, code, f"Said of {code}.") for code in codes]
    made.found.show_verdicts([*good, *bad], inspected=True)
    assert [row.verdict.answer for row in made.found.problems.rows()] == [
        "FORK", "REVOKED", "DAMAGED", "NEWER_SCHEMA", "UNKNOWN_SENDER",
    ]  # fmt: skip
    assert made.found.told.text() == "2995 bundles can be taken. 5 need your attention."
    assert made.found.sums.text() == "All in all: 5990 new, 2995 changed, 2995 deleted, 2995 need attention."
    assert made.found.rest.lines.rowCount() == 300
    assert made.found.more.text() == "… and 2695 more."
    assert len(made.found.findChildren(QWidget)) < 150, "no widget for each"


def test_what_is_refused_is_set_aside_and_can_be_tried_again_or_let_go(world: World, qtbot: QtBot) -> None:
    coordinator, stranger = world.coordinator(), world.centre("Віцебск")
    stranger.enrolment.receive(coordinator.enrolment.my_card())
    stranger.enrolment.confirm(coordinator.desk.me.uid, coordinator.enrolment.my_digits())
    stranger.record(1)
    world.put_on_stick(stranger)
    (world.stick / "broken.age").write_bytes(b"age-encryption.org/v1\nnothing")
    made = screen(world, qtbot, coordinator)
    assert not made.aside.isVisible()
    made.look_into([world.stick])
    world.wait()
    assert made.found.take.text() == "Set these aside"
    made.found.take.click()
    world.wait()
    world.wait()
    rows = made.aside.rows()
    assert sorted(row.file.answer for row in rows) == ["DAMAGED", "UNKNOWN_SENDER"]
    assert all(row.accessibleName().startswith("File of ") for row in rows)
    befriend(stranger, coordinator)
    made.aside.all.click()
    world.wait()
    world.wait()
    assert made.found.told.text() == "1 bundle was taken in. 1 needs your attention."
    (left,) = made.aside.rows()
    assert left.file.answer == "DAMAGED"
    left.drop.click()
    assert made.confirm.isVisible()
    assert len(coordinator.receiving.aside()) == 1, "asked first"
    made._let_go(left.file.id)
    world.wait()
    world.wait()
    assert coordinator.receiving.aside() == []
    assert not made.aside.isVisible()


def test_receipts_that_were_written_before_the_stick_was_pulled_are_told(
    world: World, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, coordinator = world.pair()
    other = world.centre("Брэст")
    befriend(other, coordinator)
    made = screen(world, qtbot, coordinator)
    real, calls = outbox.dispatch, iter(range(9))

    def pulled(*arguments: object) -> object:
        if next(calls) == 1:
            raise UserError("The stick was pulled out.")
        return real(*arguments)  # type: ignore[arg-type]  # handed through

    coordinator.receiving.write_receipts(world.stick)  # the greetings
    for house in (one, other):
        house.record(1)
        coordinator.receiving.take(world.put_on_stick(house))
    monkeypatch.setattr(answering, "dispatch", pulled)
    made.entered()
    world.wait()
    made.receipts.write.click()
    world.wait()
    world.wait()
    assert made.banner.text().startswith(
        "The writing was cut short. Receipts written and good: 1; still to be written: 1."
    )
    assert made.receipts.due.text() == "1 sender waits for a receipt."


def _recorded(one: House, other: House, coordinator: House) -> tuple[House, House]:
    befriend(other, coordinator)
    one.record(1)
    other.record(1)
    return one, other


def test_a_card_for_the_line_hears_only_of_what_it_brought(
    world: World, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = world.coordinator()
    work = LineWork(Line(house.desk), lambda _error: None)
    line = LineCard(world.desk, work, "")
    made = InboxScreen(world.desk, house.receiving, house.sending, line=line)
    qtbot.addWidget(made)
    assert made.body.indexOf(line) == made.body.indexOf(made.zone) + 1
    settled: list[list[Path]] = []
    monkeypatch.setattr(line, "settle", settled.append)
    centre = world.centre()
    befriend(centre, house)
    fetched, carried = (world.put_on_stick(one) for one in _recorded(centre, world.centre("Брэст"), house))
    made.look_into([carried])
    world.wait()
    made.take_all()
    world.wait()
    assert settled == [[]], "what came on a stick is no matter of the server"
    line.fetched.emit([fetched])
    world.wait()
    assert made.found.take.text().strip() == "Take all"
    made.try_again([])
    world.wait()
    assert settled == [[]], "trying again what was set aside settles nothing of what is only looked at"
    made.look_into([fetched])
    world.wait()
    made.take_all()
    world.wait()
    assert settled == [[], [fetched]]
    assert work.close()
