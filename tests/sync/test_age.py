"""The age reader against the official vectors, and reader and writer against each other."""

from __future__ import annotations

import hashlib
import io
import zlib
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.sync.age import (
    CHUNK,
    HmacError,
    Identity,
    NoMatchError,
    NotPostQuantumError,
    PayloadError,
    PayloadReader,
    Recipient,
    check_mac,
    open_age,
    open_bytes,
    seal,
    seal_bytes,
)
from app.sync.ageheader import AgeError, HeaderError, read_header

VECTORS = Path(__file__).parents[3] / "shared" / "vectors" / "age"
NAMES = sorted(path.name for path in VECTORS.iterdir()) if VECTORS.is_dir() else []
needs_vectors = pytest.mark.skipif(not NAMES, reason="the official age vectors are not beside the repository")
KEY = Identity(bytes(32))
OTHER = Identity(bytes([1]) * 32)


@dataclass
class Vector:
    expect: str = ""
    payload: str = ""
    file_key: bytes = b""
    identities: list[str] = field(default_factory=list)
    data: bytes = b""

    @property
    def hybrid(self) -> list[Identity]:
        return [Identity.from_text(text) for text in self.identities if text.startswith("AGE-SECRET-KEY-PQ-")]


def load(name: str) -> Vector:
    head, _blank, data = (VECTORS / name).read_bytes().partition(b"\n\n")
    found = Vector(data=data)
    for line in head.decode().splitlines():
        key, _colon, value = line.partition(": ")
        if key == "expect":
            found.expect = value
        elif key == "payload":
            found.payload = value
        elif key == "file key":
            found.file_key = bytes.fromhex(value)
        elif key == "identity":
            found.identities.append(value)
        elif key == "compressed":
            found.data = zlib.decompress(data)
    return found


def of(*prefixes: str) -> list[str]:
    return [name for name in NAMES if name.startswith(prefixes)]


# Section 10 of the format: refused by our stricter profile, or refused under another name than the vectors give.
STRICTER = {
    "hybrid_grease": NotPostQuantumError,
    "hybrid_and_x25519": NotPostQuantumError,
    "hybrid_identity": NoMatchError,
    "hybrid_low_order": NoMatchError,
}
ERRORS = {"header failure": HeaderError, "no match": NoMatchError, "HMAC failure": HmacError}


@needs_vectors
@pytest.mark.parametrize("name", of("hybrid"))
def test_hybrid_vector(name: str) -> None:
    vector = load(name)
    if name not in STRICTER and vector.expect == "success":
        plaintext = open_bytes(vector.data, vector.hybrid)
        assert hashlib.sha256(plaintext).hexdigest() == vector.payload
    else:
        with pytest.raises(STRICTER.get(name) or ERRORS[vector.expect]):
            open_bytes(vector.data, vector.hybrid)


@needs_vectors
@pytest.mark.parametrize("name", of("hmac_", "stanza_", "header_", "version_", "empty"))
def test_header_vector(name: str) -> None:
    """The stanzas are X25519's; the header's grammar and MAC are the same for all kinds."""
    vector = load(name)

    def read() -> None:
        check_mac(read_header(io.BytesIO(vector.data)), vector.file_key)

    if vector.expect == "success":
        read()
    else:
        with pytest.raises(ERRORS[vector.expect]):
            read()


@needs_vectors
@pytest.mark.parametrize("name", of("stream_"))
def test_stream_vector(name: str) -> None:
    vector = load(name)
    file = io.BytesIO(vector.data)

    def read() -> str:
        header = read_header(file)
        check_mac(header, vector.file_key)
        running = hashlib.sha256()
        for piece in PayloadReader(file, header.length, vector.file_key).pieces():
            running.update(piece)
        return running.hexdigest()

    if vector.expect == "success":
        assert read() == vector.payload
    else:
        with pytest.raises(HeaderError if vector.expect == "header failure" else PayloadError):
            read()


@needs_vectors
@pytest.mark.parametrize("name", of("x25519", "scrypt", "armor_", "stanza_", "hmac_", "stream_", "header_"))
def test_other_kinds_of_recipient_are_refused(name: str) -> None:
    with pytest.raises((NotPostQuantumError, HeaderError, NoMatchError)):
        open_bytes(load(name).data, [KEY])


@needs_vectors
def test_the_vectors_are_all_there() -> None:
    assert (len(of("hybrid")), len(of("stream_")), len(of("stanza_"))) == (18, 28, 14)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, CHUNK + 3), max_size=5),
    st.sampled_from([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK]),
)
def test_round_trip_and_any_range(lengths: list[int], first: int) -> None:
    pieces = [bytes([number % 251]) * length for number, length in enumerate([first, *lengths])]
    whole = b"".join(pieces)
    sink = io.BytesIO()
    seal([OTHER.recipient, KEY.recipient], pieces, sink)
    opened = open_age(sink, [KEY])
    assert (opened.header.stanza_count, opened.header.identity, opened.payload.size) == (2, KEY, len(whole))
    assert b"".join(opened.payload.pieces()) == whole
    start, size = len(whole) // 3, len(whole) // 2
    assert opened.payload.read(start, size) == whole[start : start + size]
    assert b"".join(opened.payload.pieces()) == whole


@pytest.mark.parametrize("length", [0, 10, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_every_cut_is_noticed(length: int) -> None:
    data = seal_bytes([KEY.recipient], bytes(length))
    payload = read_header(io.BytesIO(data)).length
    cuts = {*range(0, len(data), max(1, len(data) // 97)), len(data) - 1, len(data) - 16, payload, payload + 16}
    # The last chunk removed on a chunk's boundary.
    cuts |= {payload + 16 + number * (CHUNK + 16) for number in range(3)}
    for cut in cuts:
        if cut < len(data):
            with pytest.raises(AgeError):
                open_bytes(data[:cut], [KEY])


def test_header_of_one_file_on_the_payload_of_another() -> None:
    first, second = (seal_bytes([KEY.recipient], b"x" * 100) for _ in range(2))
    place = read_header(io.BytesIO(first)).length
    with pytest.raises(PayloadError):
        open_bytes(first[:place] + second[place:], [KEY])


def test_a_stripped_stanza_breaks_the_mac() -> None:
    data = seal_bytes([KEY.recipient, OTHER.recipient], b"x")
    second = data.index(b"-> ", data.index(b"-> ") + 1)
    with pytest.raises(HmacError):
        open_bytes(data[:second] + data[data.index(b"---") :], [KEY])


def test_wrong_key_and_number_of_recipients() -> None:
    with pytest.raises(NoMatchError):
        open_bytes(seal_bytes([KEY.recipient], b"x"), [OTHER])
    for count in (0, 17):
        with pytest.raises(ValueError, match="number"):
            seal_bytes([KEY.recipient] * count, b"x")
    assert open_bytes(seal_bytes([KEY.recipient] * 16, b"x"), [KEY]) == b"x"


def test_keys_in_ages_own_form() -> None:
    text = KEY.to_text()
    assert text.startswith("AGE-SECRET-KEY-PQ-1")
    assert Identity.from_text(text).seed == KEY.seed
    public = KEY.recipient.to_text()
    assert public.startswith("age1pq1")
    assert len(public) == 1959
    assert Recipient.from_text(public) == KEY.recipient
    assert KEY.to_text() not in repr(KEY)


@pytest.mark.parametrize(
    "change",
    [str.lower, lambda text: text[:-1], lambda text: text[:-1] + "Q", lambda text: text.replace("PQ-", "XX-")],
)
def test_a_mistyped_identity_is_refused(change: object) -> None:
    assert callable(change)
    text = "AGE-SECRET-KEY-PQ-1HZLGZUPT4ETPKDEV8HSGFDCYZ4E522W0A7PU2LHT8EH9W6YLNC3SW78XKG"
    Identity.from_text(text)
    with pytest.raises(ValueError, match=r"bech32|identity"):
        Identity.from_text(change(text))


def test_a_recipient_must_be_a_usable_key() -> None:
    raw = KEY.recipient.raw
    with pytest.raises(ValueError, match="length"):
        Recipient(raw[:-1])
    with pytest.raises(ValueError):  # noqa: PT011 - the library words it
        Recipient(b"\xff" * 1184 + raw[1184:])
    with pytest.raises(ValueError):  # noqa: PT011 - the library words it
        Recipient(raw[:1184] + bytes(32)).wrap(bytes(16))
