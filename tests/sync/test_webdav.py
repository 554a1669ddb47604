"""The line against a real WebDAV server: resume after a cut, and servers that lie, lead away, or say too much."""

from __future__ import annotations

import hashlib
import random
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.sync import carrying, mailbox
from app.sync.carrying import Parcel
from app.sync.line_place import Place, check_certificate, read_place
from app.sync.line_troubles import SENTENCES, LineStopped, LineTrouble, Trouble
from app.sync.multistatus import NotMultistatus, read_multistatus
from app.sync.webdav import WebDav
from tests.sync.line_servers import LOGIN, TOKEN, Cut, DavServer, Papers, cutting, dav_server, papers, rude

BOX = "abcdefghijklmnop"
NAME = "qrstuvwxyz234567.age"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[DavServer]:
    with dav_server(tmp_path / "server") as made:
        yield made


@pytest.fixture
def cut(server: DavServer) -> Iterator[Cut]:
    with cutting(server.port) as made:
        yield made


def dav(server: DavServer, port: int = 0) -> WebDav:
    return WebDav(read_place(server.address(port), LOGIN, TOKEN, server.ca))


def parcel(folder: Path, size: int) -> Parcel:
    folder.mkdir(exist_ok=True)
    data = random.Random(size).randbytes(size)
    (folder / NAME).write_bytes(data)
    return Parcel(folder / NAME, BOX, size, hashlib.sha256(data).hexdigest())


def silent(_count: int) -> None:
    """Nobody looks."""


def trouble_of(port: int, ca: str) -> Trouble:
    with pytest.raises(LineTrouble) as caught, WebDav(place(port, ca)) as line:
        line.files("")
    assert TOKEN not in str(caught.value)
    return caught.value.trouble


def place(port: int, ca: str = "") -> Place:
    return read_place(f"https://localhost:{port}/share/", LOGIN, TOKEN, ca or papers().ca)


@pytest.mark.parametrize("size", [5_000, 3 * mailbox.PIECE + 77])
def test_what_goes_up_comes_down_the_same_and_can_be_taken_away(server: DavServer, tmp_path: Path, size: int) -> None:
    sent = parcel(tmp_path / "out", size)
    told: list[int] = []
    with dav(server) as line:
        carrying.upload(line, sent, told.append, silent)
        assert told[-1] == size
        (found,) = carrying.files_waiting(line, BOX)
        (tmp_path / "in").mkdir()
        got = carrying.download(line, BOX, found, tmp_path / "in", silent)
        assert got.read_bytes() == sent.path.read_bytes()
        assert [one.name for one in (tmp_path / "in").iterdir()] == [NAME]
        carrying.take_away(line, BOX, NAME)
        assert carrying.files_waiting(line, BOX) == []
    assert list((server.root / BOX).iterdir()) == []


def test_after_a_cut_only_the_rest_goes_up(server: DavServer, cut: Cut, tmp_path: Path) -> None:
    size = 4 * mailbox.PIECE + 5
    sent = parcel(tmp_path / "out", size)
    cut.begin(up=2 * mailbox.PIECE + 400_000)
    with pytest.raises(LineTrouble) as caught, dav(server, cut.port) as line:
        carrying.upload(line, sent, silent, silent)
    assert caught.value.trouble is Trouble.BROKEN
    with dav(server) as line:
        assert carrying.files_waiting(line, BOX) == [], "half a file is none"
    cut.begin()
    told: list[int] = []
    with dav(server, cut.port) as line:
        carrying.upload(line, sent, told.append, silent)
        assert told[0] == 2 * mailbox.PIECE
        assert 2 * mailbox.PIECE < cut.carried_up < 2.2 * mailbox.PIECE + 5
        cut.begin()
        carrying.upload(line, sent, silent, silent)
        assert cut.carried_up < 50_000, "what is whole goes no second time"
        (found,) = carrying.files_waiting(line, BOX)
        assert found.tag == sent.sha256


def test_after_a_cut_only_the_rest_comes_down(server: DavServer, cut: Cut, tmp_path: Path) -> None:
    big = tmp_path / "in"
    big.mkdir()
    sent = parcel(tmp_path / "out", 3 * mailbox.PIECE + 9)
    other = "a" * 16 + ".age"  # put there by hand, in one
    (server.root / BOX).mkdir()
    (server.root / BOX / other).write_bytes(sent.path.read_bytes())
    with dav(server) as line:
        carrying.upload(line, sent, silent, silent)
        both = carrying.files_waiting(line, BOX)
    assert [one.pieces for one in both] == [False, True]
    for found in both:
        cut.begin(down=2 * mailbox.PIECE)
        with pytest.raises(LineTrouble), dav(server, cut.port) as line:
            carrying.download(line, BOX, found, big, silent)
        assert not (big / found.name).exists()
        cut.begin()
        with dav(server, cut.port) as line:
            got = carrying.download(line, BOX, found, big, silent)
        assert got.read_bytes() == sent.path.read_bytes()
        assert cut.carried_down < 1.5 * mailbox.PIECE


def test_another_file_under_the_same_name_is_not_sewn_to_the_first_half(
    server: DavServer, cut: Cut, tmp_path: Path
) -> None:
    (server.root / BOX).mkdir()
    there = server.root / BOX / NAME
    there.write_bytes(b"a" * 300_000)
    with dav(server) as line:
        (found,) = carrying.files_waiting(line, BOX)
    cut.begin(down=100_000)
    with pytest.raises(LineTrouble), dav(server, cut.port) as line:
        carrying.download(line, BOX, found, tmp_path, silent)
    there.unlink()
    there.write_bytes(b"b" * 300_001)
    with dav(server) as line:
        (found,) = carrying.files_waiting(line, BOX)
        assert carrying.download(line, BOX, found, tmp_path, silent).read_bytes() == b"b" * 300_001


def test_a_spoilt_piece_is_noticed_and_nothing_is_left_of_it(server: DavServer, tmp_path: Path) -> None:
    sent = parcel(tmp_path / "out", mailbox.PIECE + 9)
    with dav(server) as line:
        carrying.upload(line, sent, silent, silent)
        (server.root / BOX / mailbox.piece_name(NAME, 2)).write_bytes(b"123456789")
        (found,) = carrying.files_waiting(line, BOX)
        with pytest.raises(LineTrouble) as caught:
            carrying.download(line, BOX, found, tmp_path, silent)
    assert caught.value.trouble is Trouble.SPOILT
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == []


@pytest.mark.parametrize("status", ["501 Not Implemented", "502 Bad Gateway", "403 Forbidden"])
def test_a_server_that_cannot_rename_gets_pieces(server: DavServer, tmp_path: Path, status: str) -> None:
    server.deny["MOVE"] = status
    sent = parcel(tmp_path / "out", 700)
    with dav(server) as line:
        carrying.upload(line, sent, silent, silent)
        (found,) = carrying.files_waiting(line, BOX)
        assert found.pieces
        assert carrying.download(line, BOX, found, tmp_path, silent).read_bytes() == sent.path.read_bytes()
    assert {one.name for one in (server.root / BOX).iterdir()} == {f"{NAME}.0001", f"{NAME}.list"}


def test_a_stop_takes_effect_in_the_middle_of_a_piece(server: DavServer, tmp_path: Path) -> None:
    sent = parcel(tmp_path / "out", 2 * mailbox.PIECE)
    told: list[int] = []
    line = WebDav(read_place(server.address(), LOGIN, TOKEN, server.ca), lambda: bool(told) and told[-1] > 300_000)
    with line, pytest.raises(LineStopped):
        carrying.upload(line, sent, told.append, silent)
    assert told[-1] < 400_000


STATUSES = {
    b"500 Internal Server Error": Trouble.LATER,
    b"503 Service Unavailable": Trouble.LATER,
    b"429 Too Many Requests": Trouble.LATER,
    b"401 Unauthorized": Trouble.TOKEN,
    b"403 Forbidden": Trouble.FORBIDDEN,
    b"404 Not Found": Trouble.MISSING,
    b"409 Conflict": Trouble.MISSING,
    b"413 Content Too Large": Trouble.TOO_LARGE,
    b"423 Locked": Trouble.LOCKED,
    b"507 Insufficient Storage": Trouble.FULL,
    b"418 I am a teapot": Trouble.ODD,
    b"405 Method Not Allowed": Trouble.STRANGE,
}


@pytest.mark.parametrize("status", STATUSES)
def test_each_refusal_of_a_server_has_its_sentence(tmp_path: Path, status: bytes) -> None:
    answer = b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    with rude(tmp_path, answer) as server:
        assert trouble_of(server.port, papers().ca) is STATUSES[status]
        assert len(server.requests) == 1, "it is not tried again by itself"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_told_and_never_followed(tmp_path: Path, status: int) -> None:
    with rude(tmp_path / "other", b"HTTP/1.1 207 OK\r\nContent-Length: 0\r\n\r\n") as other:
        to = f"https://localhost:{other.port}/share/?secret={TOKEN}"
        answer = f"HTTP/1.1 {status} Elsewhere\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()
        with rude(tmp_path / "one", answer) as server:
            sent = parcel(tmp_path / "out", 100)
            with WebDav(place(server.port)) as line:
                for ask in (
                    lambda: line.files(""),
                    lambda: line.put("x", b"data"),
                    lambda: line.move("x", "y"),
                    lambda: line.delete("x"),
                    lambda: line.read("x", 10),
                    lambda: carrying.upload(line, sent, silent, silent),
                ):
                    with pytest.raises(LineTrouble) as caught:
                        ask()
                    assert caught.value.trouble is Trouble.MOVED
                    assert "localhost" in caught.value.sentence()
                    assert "secret" not in caught.value.sentence()
        assert other.connections == 0


def test_the_name_of_a_strange_place_is_shown_only_if_it_is_one(tmp_path: Path) -> None:
    answer = b"HTTP/1.1 302 X\r\nLocation: https://<b>token=1&x/\r\nContent-Length: 0\r\n\r\n"
    with rude(tmp_path, answer) as server, pytest.raises(LineTrouble) as caught, WebDav(place(server.port)) as line:
        line.files("")
    assert "?" in caught.value.sentence()
    assert "<b>" not in caught.value.sentence()


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n<html></html>", Trouble.STRANGE),
        (b"HTTP/1.1 207 OK\r\nContent-Length: 13\r\n\r\n<html></html>", Trouble.STRANGE),
        (b"HTTP/1.1 207 OK\r\nContent-Length: 500\r\n\r\n<multistatus", Trouble.BROKEN),
        (b"HTTP/1.1 207 OK\r\nContent-Length: 3\r\n\r\n\x00\xff\xfe", Trouble.STRANGE),
        (b"no http at all\r\n\r\n", Trouble.BROKEN),
        (b"", Trouble.BROKEN),
    ],
)
def test_a_page_half_an_answer_or_rubbish(tmp_path: Path, answer: bytes, expected: Trouble) -> None:
    with rude(tmp_path, answer) as server:
        assert trouble_of(server.port, papers().ca) is expected


def test_an_endless_answer_is_stopped(tmp_path: Path) -> None:
    with rude(tmp_path, b"HTTP/1.1 207 OK\r\n\r\n", endless=True) as server:
        assert trouble_of(server.port, papers().ca) is Trouble.ENDLESS
    with (
        rude(tmp_path, b"HTTP/1.1 200 OK\r\n\r\n", endless=True) as server,
        WebDav(place(server.port)) as line,
        pytest.raises(LineTrouble) as caught,
    ):
        assert sum(map(len, line.stream("x", 0, 1_000_000))) <= 1_000_000
    assert caught.value.trouble is Trouble.ENDLESS


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE multistatus [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    b'<multistatus xmlns="DAV:"><response><href>/&b;</href></response></multistatus>'
)


def test_a_document_type_is_refused_before_it_unfolds(tmp_path: Path) -> None:
    with pytest.raises(NotMultistatus):
        read_multistatus(BOMB)
    answer = b"HTTP/1.1 207 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(BOMB), BOMB)
    with rude(tmp_path, answer) as server:
        assert trouble_of(server.port, papers().ca) is Trouble.STRANGE


def test_no_name_leads_out_of_the_folder() -> None:
    hrefs = ("../../evil.age", "/share/%2e%2e%2f%2e%2e%2fevil.age", f"/x/{NAME}/../..", "C:%5Cevil.age")
    for href in hrefs:
        data = f'<multistatus xmlns="DAV:"><response><href>{href}</href></response></multistatus>'.encode()
        (entry,) = read_multistatus(data)
        assert not mailbox.is_bundle_name(entry.name)


CERTIFICATES: list[tuple[Papers, str, Trouble]] = [
    (papers("elsewhere.example"), papers("elsewhere.example").ca, Trouble.CERT_NAME),
    (papers(), papers("elsewhere.example").ca, Trouble.CERT_UNKNOWN),
    (papers(), "", Trouble.CERT_UNKNOWN),
    (papers(begins=-10), papers(begins=-10).ca, Trouble.CERT_TIME),
    (papers(begins=10), papers(begins=10).ca, Trouble.CERT_TIME),
]


@pytest.mark.parametrize(("held", "ca", "expected"), CERTIFICATES)
def test_a_certificate_that_does_not_hold_is_refused_and_hears_nothing(
    tmp_path: Path, held: Papers, ca: str, expected: Trouble
) -> None:
    with rude(tmp_path, b"HTTP/1.1 207 OK\r\nContent-Length: 0\r\n\r\n", held) as server:
        here = read_place(f"https://localhost:{server.port}/share", LOGIN, TOKEN, ca)
        with pytest.raises(LineTrouble) as caught, WebDav(here) as line:
            line.put("x", b"data")
        assert caught.value.trouble is expected
        assert server.requests == []


def test_a_server_that_speaks_no_tls_and_one_that_is_not_there(tmp_path: Path) -> None:
    with rude(tmp_path, b"HTTP/1.1 400 Bad Request\r\n\r\n", tls=False) as server:
        assert trouble_of(server.port, papers().ca) is Trouble.NO_TLS
    assert trouble_of(server.port, papers().ca) is Trouble.NO_LINE


def test_a_silent_server_is_given_up_and_a_stop_does_not_wait_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent_one:
        port = silent_one.getsockname()[1]
        monkeypatch.setattr("app.sync.webdav._CONNECT_SECONDS", 0.3)
        assert trouble_of(port, papers().ca) in (Trouble.SLOW, Trouble.NO_LINE)


def test_a_stop_is_noticed_while_the_server_says_nothing(tmp_path: Path) -> None:
    with rude(tmp_path, b"HTTP/1.1 207 OK\r\nContent-Length: 9\r\n\r\n", holding=3.0) as server:
        begun = time.monotonic()
        line = WebDav(place(server.port), lambda: time.monotonic() > begun + 0.3)
        with line, pytest.raises(LineStopped):
            line.files("")
        assert time.monotonic() < begun + 1.5


def test_addresses_are_read_strictly() -> None:
    kept = read_place(" https://cloud.example/remote.php/dav/files/Нинa/box ", "n", "t")
    assert kept.address == "https://cloud.example/remote.php/dav/files/%D0%9D%D0%B8%D0%BDa/box/"
    shared = read_place("https://cloud.example/sub/index.php/s/AbC123xyz", "", "", "")
    assert (shared.address, shared.login, shared.token) == (
        "https://cloud.example/sub/public.php/webdav/",
        "AbC123xyz",
        "",
    )
    assert "AbC123xyz" not in repr(shared)
    alone = read_place("https://cloud.example/public.php/webdav", "", "AbC123xyz")
    assert alone.login == "AbC123xyz"
    for address, trouble in {
        "http://cloud.example/": Trouble.NOT_SECURE,
        "https://n:t@cloud.example/": Trouble.LOGIN_IN_ADDRESS,
        "https://cloud.example/?token=1": Trouble.ADDRESS,
        "https://cloud.example/a/../b": Trouble.ADDRESS,
        "https://cloud.example/a\r\nX: y": Trouble.ADDRESS,
        "https://cloud example/": Trouble.ADDRESS,
        "https://": Trouble.ADDRESS,
        "https://cloud.example:99999/": Trouble.ADDRESS,
        "ftp://cloud.example/": Trouble.ADDRESS,
        "": Trouble.ADDRESS,
    }.items():
        with pytest.raises(LineTrouble) as caught:
            read_place(address, "n", "t")
        assert caught.value.trouble is trouble, address


def test_a_certificate_file_holds_certificates_alone() -> None:
    check_certificate(papers().ca)
    for pem in (papers().server.decode(), "nothing", papers().ca.replace("M", "!")):
        with pytest.raises(LineTrouble):
            check_certificate(pem)


def test_every_trouble_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Trouble)
    values = {"status": 500, "here": "a", "there": "b"}
    for trouble in Trouble:
        assert LineTrouble(trouble, **values).sentence()


def test_a_list_is_read_as_it_was_written_and_no_other_way() -> None:
    told = mailbox.PieceList(5_000_000, "0" * 64)
    data = mailbox.encode_list(told)
    assert mailbox.decode_list(data) == told
    for wrong in (b"", data + b" ", data.replace(b"5000000", b"0"), data.replace(b"5000000", b"true"), b"<html>"):
        assert mailbox.decode_list(wrong) is None
    assert sum(told.lengths) == told.size
