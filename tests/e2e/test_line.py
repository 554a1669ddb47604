"""Two laptops and a real shared folder: up, down, cut in the middle, given up; and nothing of it by itself."""

from __future__ import annotations

import base64
import hashlib
import random
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from app.errors import UserError
from app.models import BundleSent, Installation, Upload
from app.sync import mailbox
from app.sync.line_troubles import LineTrouble, Trouble
from app.usecases import line_tray
from app.usecases.line import Line
from app.usecases.line_settings import LineWish, read_certificate
from tests.e2e.desks import Office, digests_at, enrol, everything, new_office, outgoing_rows, silent
from tests.sync.line_servers import LOGIN, TOKEN, Cut, DavServer, cutting, dav_server, papers, rude

MEGABYTE = mailbox.PIECE


@pytest.fixture
def server(tmp_path: Path) -> Iterator[DavServer]:
    with dav_server(tmp_path / "server") as made:
        yield made


@pytest.fixture
def cut(server: DavServer) -> Iterator[Cut]:
    with cutting(server.port) as made:
        yield made


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Office, Office]]:
    centre = new_office(tmp_path / "centre", "centre", "Віцебск", seed=1)
    coordinator = new_office(tmp_path / "coordinator", "coordinator", "Мінск", seed=2)
    enrol(centre, coordinator)
    yield centre, coordinator
    centre.lock()
    coordinator.lock()


def line_of(office: Office, server: DavServer, port: int = 0) -> Line:
    made = Line(office.desk)
    made.save(LineWish(server.address(port), LOGIN, TOKEN, server.ca))
    return made


def somebody(office: Office) -> uuid.UUID:
    person = office.people.register({"sex": "female", "birth": "1990"}, {}, sure=True)
    office.help(person)
    return person


def large_work(office: Office) -> None:
    """A record with a file of some megabytes that may go."""
    person = somebody(office)
    agreed = {"person": str(person), "scope": "coordinator_identifiable", "state": "given", "on": "2026-06-02"}
    office.people.set_consent(person, agreed)
    scan = b"%PDF-1.4\n" + random.Random(4).randbytes(4 * MEGABYTE) + b"\n%%EOF\n"
    office.attachments.add(person, "scan.pdf", scan, {"for_coordinator": "yes"}, sure=True)


def assert_all_there(centre: Office, coordinator: Office) -> None:
    """The register holds all that the centre says, byte for byte."""
    rows = {uid: hashlib.sha256(row).digest() for uid, row in outgoing_rows(centre.desk).items()}
    assert rows
    assert digests_at(coordinator.desk, centre.desk.me.uid) == rows


def uploads(office: Office) -> list[Upload]:
    with office.desk.store.reading() as session:
        return list(session.scalars(select(Upload)))


def fetch_and_take(office: Office, line: Line) -> list[bool]:
    fetched = line.fetch(silent)
    assert fetched.trouble is None
    verdicts = [office.receiving.take(file) for file in fetched.files]
    assert line.done_with(fetched.files) == 0
    return [verdict.ok for verdict in verdicts]


def test_a_bundle_goes_up_is_taken_and_its_receipt_comes_back(pair: tuple[Office, Office], server: DavServer) -> None:
    centre, coordinator = pair
    somebody(centre)
    here, there = line_of(centre, server), line_of(coordinator, server)
    before = centre.deliveries.summary().unsent
    assert before > 0
    sent = here.send(silent)
    assert (sent.sent, sent.trouble, sent.waiting) == (1, None, ())
    assert centre.deliveries.summary().unsent == 0
    assert list((centre.folder / line_tray.OUTGOING).iterdir()) == []
    assert fetch_and_take(coordinator, there) == [True]
    assert there.send(silent).sent == 2, "a first greeting and a receipt"
    assert fetch_and_take(centre, here) == [True, True]
    assert centre.deliveries.summary().last_receipt_at
    assert centre.sending.preview().rows == 0
    left = [path for path in server.root.rglob("*") if path.is_file()]
    assert left == [], "what was taken lies nowhere"
    assert_all_there(centre, coordinator)
    assert here.send(silent).sent == 0, "nothing new, nothing sent"


def test_the_names_on_the_server_tell_nothing(pair: tuple[Office, Office], server: DavServer) -> None:
    centre, coordinator = pair
    somebody(centre)
    line_of(centre, server).send(silent)
    (box,) = server.root.iterdir()
    with coordinator.desk.store.reading() as session:
        me = session.get_one(Installation, 1)
        assert me.receive_key is not None
        assert box.name == mailbox.box_of(me.receive_key)
    (file,) = box.iterdir()
    assert mailbox.is_bundle_name(file.name)
    assert file.read_bytes().startswith(b"age-encryption.org/v1\n")


def test_a_cut_upload_counts_as_not_sent_and_goes_on_with_the_rest(
    pair: tuple[Office, Office], server: DavServer, cut: Cut, tmp_path: Path
) -> None:
    centre, coordinator = pair
    large_work(centre)
    here = line_of(centre, server, cut.port)
    unsent = centre.deliveries.summary().unsent
    cut.begin(up=2 * MEGABYTE + MEGABYTE // 2)
    broken = here.send(silent)
    assert isinstance(broken.trouble, LineTrouble)
    assert broken.trouble.trouble is Trouble.BROKEN
    assert centre.deliveries.summary().unsent == unsent, "half a file is not sent"
    (waiting,) = here.state().waiting
    assert waiting.there == 2 * MEGABYTE < waiting.size
    assert line_of(coordinator, server).fetch(silent).files == ()
    # The program is closed and opened again: what waits is known.
    again = Line(centre.desk)
    cut.begin()
    done = again.go_on(silent)
    assert (done.sent, done.trouble, done.waiting) == (1, None, ())
    assert cut.carried_up < waiting.size - 2 * MEGABYTE + MEGABYTE // 4
    assert fetch_and_take(coordinator, line_of(coordinator, server)) == [True]
    assert_all_there(centre, coordinator)


def test_a_cut_download_goes_on_with_the_rest(
    pair: tuple[Office, Office], server: DavServer, cut: Cut, tmp_path: Path
) -> None:
    centre, coordinator = pair
    large_work(centre)
    line_of(centre, server).send(silent)
    there = line_of(coordinator, server, cut.port)
    cut.begin(down=3 * MEGABYTE)
    broken = there.fetch(silent)
    assert broken.trouble is not None
    assert broken.files == ()
    cut.begin()
    assert fetch_and_take(coordinator, there) == [True]
    assert cut.carried_down < 2 * MEGABYTE


def test_what_is_given_up_counts_as_never_sent_and_the_next_bundle_tells_it(
    pair: tuple[Office, Office], server: DavServer, cut: Cut, tmp_path: Path
) -> None:
    centre, coordinator = pair
    large_work(centre)
    here = line_of(centre, server, cut.port)
    cut.begin(up=MEGABYTE + MEGABYTE // 2)
    (waiting,) = here.send(silent).waiting
    cut.begin()
    with pytest.raises(UserError, match="still waits"):
        here.forget()
    here.give_up(waiting.rid)
    assert here.state().waiting == ()
    assert [path for path in server.root.rglob("*") if path.is_file()] == []
    assert centre.deliveries.summary().unsent > 0
    file = centre.send(tmp_path / "stick")
    assert coordinator.take(file)[0].ok
    assert_all_there(centre, coordinator)


def test_a_receipt_that_was_given_up_is_due_again(pair: tuple[Office, Office], server: DavServer, cut: Cut) -> None:
    centre, coordinator = pair
    somebody(centre)
    line_of(centre, server).send(silent)
    there = line_of(coordinator, server, cut.port)
    fetch_and_take(coordinator, there)
    there.send(silent)
    assert coordinator.receiving.receipts_due() == 0
    somebody(centre)
    line_of(centre, server).send(silent)
    fetch_and_take(coordinator, there)
    assert coordinator.receiving.receipts_due() == 1
    server.deny["PUT"] = "507 Insufficient Storage"
    full = there.send(silent)
    assert isinstance(full.trouble, LineTrouble)
    assert full.trouble.trouble is Trouble.FULL
    assert [one.there for one in full.waiting] == [0], "what was refused is not there"
    assert coordinator.receiving.receipts_due() == 0
    for one in full.waiting:
        there.give_up(one.rid)
    assert coordinator.receiving.receipts_due() == 1


def test_a_bundle_overtaken_by_a_stick_goes_no_more(
    pair: tuple[Office, Office], server: DavServer, cut: Cut, tmp_path: Path
) -> None:
    centre, _coordinator = pair
    large_work(centre)
    here = line_of(centre, server, cut.port)
    cut.begin(up=MEGABYTE)
    assert here.send(silent).waiting
    centre.send(tmp_path / "stick")
    assert here.state().waiting == ()
    assert list((centre.folder / line_tray.OUTGOING).iterdir()) == []


def test_what_lies_in_the_tray_may_have_arrived_so_a_deletion_of_it_is_still_to_be_sent(
    pair: tuple[Office, Office], server: DavServer, cut: Cut, tmp_path: Path
) -> None:
    centre, _coordinator = pair
    large_work(centre)
    service = centre.help(somebody(centre))
    here = line_of(centre, server, cut.port)
    cut.begin(up=MEGABYTE)
    assert here.send(silent).waiting
    unsent = centre.deliveries.summary().unsent
    centre.assistance.delete_service(service, "entered_by_mistake")
    assert centre.deliveries.summary().unsent == unsent == centre.sending.preview().records


def test_a_cut_between_sealing_and_remembering_is_healed(pair: tuple[Office, Office], server: DavServer) -> None:
    centre, _coordinator = pair
    somebody(centre)
    here = line_of(centre, server)
    folder = line_tray.tray_of(centre.desk)
    unsent = centre.deliveries.summary().unsent
    centre.sending.send(folder, silent)  # and the power goes
    (folder / "strange.txt").write_bytes(b"of somebody else")
    (waiting,) = here.state().waiting
    assert waiting.there == 0
    assert centre.deliveries.summary().unsent == unsent
    assert here.go_on(silent).sent == 1
    assert centre.deliveries.summary().unsent == 0
    assert uploads(centre) == []


def test_what_was_fetched_and_not_decided_comes_again(pair: tuple[Office, Office], server: DavServer) -> None:
    centre, coordinator = pair
    somebody(centre)
    line_of(centre, server).send(silent)
    there = line_of(coordinator, server)
    first = there.fetch(silent)
    assert there.state().arrived == 1
    server.deny["GET"] = "500 Internal Server Error"  # it lies here whole and is not fetched twice
    assert there.fetch(silent).files == first.files
    server.deny["DELETE"] = "503 Service Unavailable"
    assert there.done_with(first.files) == 1
    assert there.state().arrived == 1, "what could not be deleted there stays known here"
    server.deny.clear()
    assert there.done_with(first.files) == 0
    assert there.state().arrived == 0


def test_done_with_deletes_nothing_outside_its_folder(
    pair: tuple[Office, Office], server: DavServer, tmp_path: Path
) -> None:
    mine = tmp_path / f"{'a' * 16}.age"
    mine.write_bytes(b"on the stick")
    line_of(pair[1], server).done_with([mine])
    assert mine.exists()


def test_nothing_is_asked_of_the_server_until_a_button_is_pressed(
    pair: tuple[Office, Office], server: DavServer
) -> None:
    somebody(pair[0])
    line = line_of(pair[0], server)
    line.state()
    assert server.asked.requests == []


def test_try_out_leaves_nothing_behind_and_says_what_is_wrong(pair: tuple[Office, Office], server: DavServer) -> None:
    line = Line(pair[0].desk)
    wish = LineWish(server.address(), LOGIN, TOKEN, server.ca)
    line.try_out(wish)
    assert [path for path in server.root.rglob("*") if path.is_file()] == []
    assert line.state().settings is None, "trying is not saving"
    for other, expected in (
        (replace(wish, token="wrong"), Trouble.TOKEN),
        (replace(wish, certificate=""), Trouble.CERT_UNKNOWN),
        (replace(wish, certificate=papers("elsewhere.example").ca), Trouble.CERT_UNKNOWN),
        (replace(wish, address=f"https://localhost:{server.port}/nowhere/"), Trouble.MISSING),
    ):
        with pytest.raises(LineTrouble) as caught:
            line.try_out(other)
        assert caught.value.trouble is expected
    server.deny["DELETE"] = "403 Forbidden"
    with pytest.raises(LineTrouble) as caught:
        line.try_out(wish)
    assert caught.value.trouble is Trouble.FORBIDDEN


def test_the_token_is_shown_to_nobody_and_stays_with_its_server(
    pair: tuple[Office, Office], server: DavServer, tmp_path: Path
) -> None:
    line = line_of(pair[0], server)
    shown = line.state().settings
    assert shown is not None
    assert TOKEN not in repr(shown)
    kept = LineWish(server.address(), LOGIN, "", server.ca)
    line.try_out(kept)
    line.save(kept)
    line.try_out(kept)
    with rude(tmp_path / "other", b"HTTP/1.1 200 OK\r\n\r\n") as other:
        stolen = replace(kept, address=f"https://localhost:{other.port}/share/")
        with pytest.raises(LineTrouble):
            line.try_out(stolen)
        secret = base64.b64encode(f"{LOGIN}:{TOKEN}".encode())
        assert [one for one in other.requests if secret in one] == []
    assert TOKEN in everything(pair[0].desk)
    found = [path for path in pair[0].folder.rglob("*") if path.is_file() and TOKEN.encode() in path.read_bytes()]
    assert found == [], "only the encrypted store knows it"
    line.forget()
    assert TOKEN not in everything(pair[0].desk)


def test_a_redirect_gets_neither_file_nor_token(pair: tuple[Office, Office], tmp_path: Path) -> None:
    centre = pair[0]
    somebody(centre)
    line = Line(centre.desk)
    with rude(tmp_path / "other", b"HTTP/1.1 201 Created\r\n\r\n") as other:
        to = f"Location: https://localhost:{other.port}/share/\r\n".encode()
        with rude(tmp_path / "one", b"HTTP/1.1 308 Moved\r\n" + to + b"Content-Length: 0\r\n\r\n") as one:
            line.save(LineWish(f"https://localhost:{one.port}/share/", LOGIN, TOKEN, papers().ca))
            carried = line.send(silent)
            fetched = line.fetch(silent)
        assert other.connections == 0
    for trouble in (carried.trouble, fetched.trouble):
        assert isinstance(trouble, LineTrouble)
        assert trouble.trouble is Trouble.MOVED
    assert centre.deliveries.summary().unsent > 0


def test_a_stop_keeps_what_is_there(pair: tuple[Office, Office], server: DavServer, tmp_path: Path) -> None:
    centre = pair[0]
    large_work(centre)
    line = line_of(centre, server)
    told: list[int] = []
    stopped = line.send(lambda done, _all: told.append(done), lambda: bool(told) and told[-1] > 1500)
    assert stopped.stopped
    assert stopped.trouble is None
    (waiting,) = stopped.waiting
    assert waiting.there == MEGABYTE
    assert line.go_on(silent).sent == 1


def test_a_certificate_file_is_read_and_rubbish_is_told(tmp_path: Path) -> None:
    good, bad = tmp_path / "ca.pem", tmp_path / "bad.pem"
    good.write_text(papers().ca)
    bad.write_bytes(b"\xff\xfe")
    assert "CERTIFICATE" in read_certificate(good)
    for file in (bad, tmp_path / "missing.pem"):
        with pytest.raises(LineTrouble):
            read_certificate(file)


def test_a_file_in_the_tray_of_a_stranger_is_left_alone(pair: tuple[Office, Office], server: DavServer) -> None:
    """After a restored backup it may be the only copy of somebody's day."""
    folder = line_tray.tray_of(pair[0].desk)
    (folder / f"{'b' * 16}.age").write_bytes(b"sealed once")
    line = line_of(pair[0], server)
    assert line.state().waiting == ()
    line.go_on(silent)
    assert (folder / f"{'b' * 16}.age").exists()
    with pair[0].desk.store.reading() as session:
        assert session.scalars(select(BundleSent)).all() == []
