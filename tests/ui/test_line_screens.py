"""The line as a nurse uses it: set up, upload, a broken line, receipts; over a real server on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.exchange.line_card import LineCard, megabytes, sent_words
from app.ui.exchange.line_work import LineWork
from app.ui.screens.line_settings import LineSettingsScreen
from app.ui.screens.send import SendScreen
from app.usecases.line import Carried, Line
from app.usecases.line_settings import LineWish
from tests.sync.line_servers import LOGIN, TOKEN, DavServer, dav_server, papers, rude
from tests.ui.exchange_fixtures import House, World, open_world


@pytest.fixture
def world(tmp_path: Path, qtbot: QtBot) -> Iterator[World]:
    with open_world(tmp_path, qtbot) as made:
        yield made


@pytest.fixture
def server(tmp_path: Path) -> Iterator[DavServer]:
    with dav_server(tmp_path / "server") as made:
        yield made


@pytest.fixture
def lines(qtbot: QtBot) -> Iterator[list[LineWork]]:
    """The workers of this test; they end with it."""
    made: list[LineWork] = []
    yield made
    for work in made:
        assert work.close()


def settle(world: World, *works: LineWork) -> None:
    """Work that starts other work."""
    for _round in range(4):
        for work in works:
            world._qtbot.waitUntil(lambda work=work: not work.tasks.busy, timeout=20_000)  # type: ignore[misc]
        world.wait()


def shown(world: World, qtbot: QtBot, screen: SendScreen | LineSettingsScreen) -> None:
    qtbot.addWidget(screen)
    screen.resize(1100, 700)
    screen.show()
    screen.entered()
    settle(world)


def work_of(world: World, line: Line, lines: list[LineWork]) -> LineWork:
    lines.append(LineWork(line, world.desk.failures.append))
    return lines[-1]


def send_screen(world: World, qtbot: QtBot, house: House, work: LineWork) -> tuple[SendScreen, LineCard]:
    made = SendScreen(world.desk, house.sending, house.receiving, house.deliveries, line=work)
    shown(world, qtbot, made)
    assert made.line is not None
    return made, made.line


def set_line(house: House, server: DavServer) -> Line:
    made = Line(house.desk)
    made.save(LineWish(server.address(), LOGIN, TOKEN, server.ca))
    return made


def test_without_a_folder_there_is_one_quiet_line_and_a_way_to_set_it(
    world: World, qtbot: QtBot, lines: list[LineWork]
) -> None:
    centre, _coordinator = world.pair()
    _screen, card = send_screen(world, qtbot, centre, work_of(world, Line(centre.desk), lines))
    assert card.where.text().startswith("Sending by internet is not set up")
    assert not card.upload.isVisible()
    assert not card.fetch.isVisible()
    card.setting.click()
    assert world.desk.went == [("line", {})]


def test_upload_and_the_receipt_that_comes_back(
    world: World, qtbot: QtBot, server: DavServer, lines: list[LineWork]
) -> None:
    centre, coordinator = world.pair()
    centre.record(5)
    work = work_of(world, set_line(centre, server), lines)
    screen, card = send_screen(world, qtbot, centre, work)
    assert server.asked.requests == [], "nothing goes by itself"
    card.upload.click()
    assert not card.fetch.isEnabled()
    assert not screen.send.isEnabled(), "two bundles at once could cross"
    settle(world, work)
    assert screen.send.isEnabled()
    assert card.done.text().startswith("1 file is on the server, whole:")
    assert "7 records wait for their receipt" in screen.what.text()
    there = set_line(coordinator, server)
    found = there.fetch(lambda _done, _all: None)
    assert all(coordinator.receiving.take(file).ok for file in found.files)
    there.done_with(found.files)
    there.send(lambda _done, _all: None)
    card.fetch.click()
    settle(world, work)
    assert card.done.text() == "2 files were fetched."
    assert screen.done.text().startswith("1 new receipt.")
    assert screen.what.text() == "Everything is sent, and the coordinator has it."
    assert [path for path in server.root.rglob("*") if path.is_file()] == []
    assert not card.undecided.isVisible()


def test_leaving_the_screen_does_not_stop_what_is_carried_and_the_desk_is_not_held_up(
    world: World, qtbot: QtBot, lines: list[LineWork], tmp_path: Path
) -> None:
    centre, _coordinator = world.pair()
    centre.record(5)
    with rude(tmp_path / "hung", b"HTTP/1.1 207 OK\r\nContent-Length: 9\r\n\r\n", holding=20) as hung:
        line = Line(centre.desk)
        line.save(LineWish(f"https://localhost:{hung.port}/share/", LOGIN, TOKEN, papers().ca))
        work = work_of(world, line, lines)
        _screen, card = send_screen(world, qtbot, centre, work)
        card.upload.click()
        qtbot.waitUntil(lambda: bool(hung.requests))
        assert work.busy
        again, second = send_screen(world, qtbot, centre, work)
        assert second.strip.isVisible()
        assert not second.upload.isEnabled()
        assert again.what.text().startswith("7 records"), "it was read although the line hangs"
        second.strip.stop.click()
        settle(world, work)
    assert second.done.text().startswith("Stopped.")
    assert not second.strip.isVisible()
    assert second.go_on.isVisible()


def test_a_full_server_is_told_and_the_file_waits(
    world: World, qtbot: QtBot, server: DavServer, lines: list[LineWork]
) -> None:
    centre, _coordinator = world.pair()
    centre.record(5)
    work = work_of(world, set_line(centre, server), lines)
    screen, card = send_screen(world, qtbot, centre, work)
    server.deny["PUT"] = "507 Insufficient Storage"
    card.upload.click()
    settle(world, work)
    assert card.done.property("banner") == "error"
    assert "folder is full" in card.done.text()
    assert card.go_on.isVisible()
    assert not card.upload.isVisible()
    assert screen.what.text().startswith("7 records"), "what waits is not sent"
    server.deny.clear()
    card.go_on.click()
    settle(world, work)
    assert card.upload.isVisible()
    assert "7 records wait for their receipt" in screen.what.text()


def test_a_file_is_given_up_after_a_question(
    world: World, qtbot: QtBot, server: DavServer, lines: list[LineWork]
) -> None:
    centre, _coordinator = world.pair()
    centre.record(5)
    line = set_line(centre, server)
    server.deny["PUT"] = "500 Internal Server Error"
    (waiting,) = line.send(lambda _done, _all: None).waiting
    work = work_of(world, line, lines)
    screen, card = send_screen(world, qtbot, centre, work)
    card._ask_give_up(waiting)
    assert card.confirm.isVisible()
    assert len(line.state().waiting) == 1
    card._give_up(waiting.rid)
    settle(world, work)
    assert line.state().waiting == ()
    assert card.upload.isVisible()
    assert screen.what.text().startswith("7 records")


def test_a_refused_file_stays_until_it_is_deleted(
    world: World, qtbot: QtBot, server: DavServer, lines: list[LineWork]
) -> None:
    centre, _coordinator = world.pair()
    line = set_line(centre, server)
    line.try_out(LineWish(server.address(), LOGIN, "", server.ca))
    (box,) = server.root.iterdir()
    (box / f"{'c' * 16}.age").write_bytes(b"age-encryption.org/v1\nrubbish")
    work = work_of(world, line, lines)
    _screen, card = send_screen(world, qtbot, centre, work)
    card.fetch.click()
    settle(world, work)
    assert card.undecided.text().startswith("1 file was fetched and is not taken in.")
    assert [one.name for one in box.iterdir()] == [f"{'c' * 16}.age"]
    card.remove.click()
    assert card.confirm.isVisible()
    card._remove()
    settle(world, work)
    assert list(box.iterdir()) == []
    assert not card.undecided.isVisible()


def test_settings_are_tried_saved_shown_without_the_token_and_forgotten(
    world: World, qtbot: QtBot, server: DavServer, tmp_path: Path, lines: list[LineWork]
) -> None:
    centre = world.centre()
    line = Line(centre.desk)
    work = work_of(world, line, lines)
    made = LineSettingsScreen(world.desk, work)
    shown(world, qtbot, made)
    assert not made.forget.isVisible()
    assert made.token.echoMode() is QLineEdit.EchoMode.Password
    made.address.setText("http://localhost/")
    made.login.setText(LOGIN)
    made.token.setText(TOKEN)
    made.save.click()
    assert "must begin with https://" in made.banner.text()
    made.address.setText(server.address())
    made.attempt.click()
    settle(world, work)
    assert "vouched for the certificate" in made.banner.text()
    file = tmp_path / "ca.pem"
    file.write_text(server.ca)
    made._chosen([file])
    made.attempt.click()
    settle(world, work)
    assert made.banner.text().startswith("It works")
    assert line.state().settings is None
    made.save.click()
    settle(world, work)
    assert made.token.text() == ""
    assert made.kept.isVisible()
    made.attempt.click()
    settle(world, work)
    assert made.banner.text().startswith("It works"), "the token that is kept serves"
    made.token.setText("another")
    made.attempt.click()
    settle(world, work)
    assert "does not accept" in made.banner.text()
    made._forget()
    settle(world, work)
    assert line.state().settings is None
    assert made.address.text() == ""


def test_words_of_sizes_and_of_nothing() -> None:
    assert megabytes(1) == "1 KB"
    assert megabytes(7_340_032) == "7.3 MB"
    assert sent_words(Carried(0, 0, (), None, False)) == ("There was nothing to upload.", "info")
    assert sent_words(Carried(0, 0, (), None, True))[1] == "warn"
