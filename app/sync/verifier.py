"""The reader of bundles: bytes and values in, a verified bundle or one answer out. No database, no files of its own.

The order of reading (bundle-format, section 4) is never any other:

1. The size is checked. ``file`` is the caller's local copy of the *ciphertext*: a stick cannot change under us.
2. age header, stanza profile, unwrapping, header MAC.
3. The manifest's bytes and its signature: known key? small order? signature? **Only now JSON**: version, canonical
   form and limits, stopped or revoked, ``inst`` and ``centre``, practice, who may send what, recipient, schema, place
   in the stream.
4. Pass 1 streams everything: each header rebuilt and compared, SHA-256 of each part, padding zero, exact end. Nothing
   is decompressed, parsed or written. Only after it does ``verify`` return.
5. Pass 2 is lazy and bounded, driven by whoever takes it in: ``rows``, ``json_part``, ``attachment``.
   Any ``BundleRefused`` there means: nothing of it is kept.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO, Final
from uuid import UUID

from app.sync import archive, canonical, manifest, sshsig
from app.sync.age import (
    HmacError,
    Identity,
    NoMatchError,
    NotPostQuantumError,
    Opened,
    PayloadReader,
    Unlocked,
    open_age,
)
from app.sync.ageheader import AgeError
from app.sync.canonical import Json, NotCanonical
from app.sync.errors import Answer, BundleRefused
from app.sync.first_pass import pass_one
from app.sync.inflate import inflate, lines
from app.sync.manifest import BundleType, Encoding, Manifest, PartInfo, PartKind
from app.sync.rows import Row, RowError
from app.sync.rows import decode as decode_row
from app.sync.stream import StreamKey, StreamState, check_place


class Role(StrEnum):
    """What an installation is."""

    CENTRE = "centre"
    COORDINATOR = "coordinator"


@dataclass(frozen=True, slots=True)
class Sender:
    """An enrolled installation, as the trust list holds it. Bundles above ``revoked_after`` are refused;
    ``stopped``: a fork was seen and nobody has decided yet.
    """

    inst: UUID
    centre: UUID
    role: Role
    practice: bool
    sign: bytes
    recv: bytes
    revoked_after: int | None = None
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """What the reading installation knows. ``senders`` are by signing key; ``kinds`` are the kinds of record that
    its schema knows (None: any well-formed one); ``stream`` tells what was taken of a stream.
    """

    inst: UUID
    centre: UUID
    role: Role
    practice: bool
    identities: Sequence[Identity]
    schema: int
    senders: Mapping[bytes, Sender]
    stream: Callable[[StreamKey], StreamState]
    kinds: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a part lies in the plaintext."""

    info: PartInfo
    start: int


_NOTHING_READ: Final[Mapping[bytes, Row]] = {}
_AGE_ANSWERS: Final = ((NotPostQuantumError, Answer.NOT_PQ), (NoMatchError, Answer.NOT_FOR_US))


@contextmanager
def _age_answers() -> Iterator[None]:
    """Turn what age says into an answer: everything but a wrong key or kind of key means a damaged file."""
    try:
        yield
    except AgeError as error:
        answer = next((answer for kind, answer in _AGE_ANSWERS if isinstance(error, kind)), Answer.DAMAGED)
        raise BundleRefused(answer, "header MAC" if isinstance(error, HmacError) else str(error)) from None


class Verified:
    """A bundle whose every byte is vouched for by an enrolled sender. Its contents are read in pass 2.

    ``manifest_bytes`` and ``signature`` are what an archive keeps; ``manifest_hash`` is how receipts name it.
    """

    def __init__(self, head: _Head, reader: Reader) -> None:
        self.manifest = head.manifest
        self.manifest_bytes = head.signed.manifest
        self.signature = head.signed.signature
        self.manifest_hash = head.signed.digest
        self.sender = head.sender
        self.identity = head.opened.header.identity
        self._payload = head.opened.payload
        self.alone = _stands_alone(head.manifest, reader)
        self._kinds = reader.kinds
        self._places = _places(head.signed.end, head.manifest.parts)

    @property
    def stream(self) -> StreamKey:
        """The stream in which the importer records this bundle as seen."""
        return StreamKey(self.sender.sign, self.manifest.addressee, self.manifest.type)

    @property
    def own_rotation(self) -> bool:
        """Whether this is a ``trust`` bundle of an installation that is not the coordinator.

        The only thing that such a bundle may say is the new card of its own ``inst``; the importer takes no other.
        """
        return self.manifest.type is BundleType.TRUST and self.sender.role is not Role.COORDINATOR

    def _stored(self, place: _Place) -> Iterator[bytes]:
        with _age_answers():
            yield from self._payload.pieces(place.start, place.info.size)

    def _unpacked(self, place: _Place) -> Iterator[bytes]:
        stored = self._stored(place)
        return inflate(stored, place.info.raw) if place.info.enc is Encoding.GZIP else stored

    def rows(self, read: Mapping[bytes, Row] = _NOTHING_READ) -> Iterator[tuple[Row, bytes]]:
        """Each row with its canonical bytes, in the order of the bundle; raises ROW, COUNT, BOMB or COMPRESSION.

        ``read``: rows by their bytes, as an earlier bundle's ``rows`` gave them to the same reader. The same bytes
        are the same row, and need not be read again.
        """
        for place in self._places:
            if place.info.kind is PartKind.RECORDS:
                yield from self._rows_of(place, read)

    def _rows_of(self, place: _Place, read: Mapping[bytes, Row]) -> Iterator[tuple[Row, bytes]]:
        number = 0
        for number, line in enumerate(lines(self._unpacked(place)), 1):
            if number > place.info.rows:
                raise BundleRefused(Answer.COUNT, "more rows than declared")
            try:
                row = read.get(line) or decode_row(line, self._kinds)
            except (NotCanonical, RowError) as error:
                raise BundleRefused(Answer.ROW, str(error), line=number) from None
            yield row, line
        if number != place.info.rows:
            raise BundleRefused(Answer.COUNT, "fewer rows than declared")

    def json_part(self, kind: PartKind) -> dict[str, Json]:
        """The one JSON object of this kind; raises MANIFEST where it is missing or not canonical."""
        for place in self._places:
            if place.info.kind is kind and kind not in (PartKind.RECORDS, PartKind.ATTACHMENT):
                try:
                    return canonical.decode_object(b"".join(self._unpacked(place)), sort_keys=True)
                except NotCanonical as error:
                    raise BundleRefused(Answer.MANIFEST, str(error)) from None
        raise BundleRefused(Answer.MANIFEST, "no such part")

    def attachments(self) -> list[tuple[int, PartInfo]]:
        """The attachments with their place among the parts, for ``attachment``."""
        parts = enumerate(self.manifest.parts)
        return [(index, part) for index, part in parts if part.kind is PartKind.ATTACHMENT]

    def attachment(self, index: int) -> Iterator[bytes]:
        """The contents of the part at ``index``, an attachment, in pieces of at most 64 KiB."""
        place = self._places[index]
        if place.info.kind is not PartKind.ATTACHMENT:
            raise ValueError("not an attachment")
        return self._unpacked(place)


@contextmanager
def _naming(sender: Sender) -> Iterator[None]:
    """Say in a refusal whose bundle it is: the signature has held."""
    try:
        yield
    except BundleRefused as refused:
        refused.sender = sender.inst
        raise


@dataclass(frozen=True, slots=True)
class _Signed:
    """The first two entries, and where the third begins."""

    manifest: bytes
    signature: bytes
    end: int

    @property
    def digest(self) -> str:
        """How receipts name the bundle."""
        return manifest.manifest_hash(self.manifest)


@dataclass(frozen=True, slots=True)
class Announced:
    """What the signed head of a file says. Nothing behind the head was looked at, and its place was not judged.

    It saves a second reading of the same head, and is believed only where the bytes are the same ones.
    """

    sender: Sender
    manifest: Manifest
    manifest_hash: str
    signature: bytes
    """SHA-256 of the signature's text."""
    header: Unlocked

    def proves(self, signed: _Signed) -> bool:
        """Whether this very manifest was read before, with this signature, and both held."""
        return signed.digest == self.manifest_hash and hashlib.sha256(signed.signature).digest() == self.signature


@dataclass(frozen=True, slots=True)
class _Head:
    """Steps 2 and 3, but for the place in the stream."""

    opened: Opened
    signed: _Signed
    sender: Sender
    manifest: Manifest


def verify(file: BinaryIO, reader: Reader, known: Announced | None = None) -> Verified:
    """The verified bundle in ``file`` (seekable; it must stay as it is while the result is used).

    ``known``: what ``announced`` has found in the same file, or in one that was changed since: it saves reading the
    head again where that is still the same. Raises ``BundleRefused`` with the answer; nothing outside is changed.
    """
    if file.seek(0, io.SEEK_END) > manifest.MAX_FILE:
        raise BundleRefused(Answer.TOO_BIG, "file size")
    with _age_answers():
        head = _read_head(file, reader, known)
        sender, found = head.sender, head.manifest
        key = StreamKey(sender.sign, found.addressee, found.type)
        with _naming(sender):
            check_place(found, head.signed.digest, reader.stream(key), alone=_stands_alone(found, reader))
        pass_one(head.opened.payload, head.signed.manifest, head.signed.signature, found)
    return Verified(head, reader)


def announced(file: BinaryIO, reader: Reader) -> Announced:
    """The head of ``file`` alone, to put a heap in order before it is read. Raises ``BundleRefused``."""
    with _age_answers():
        head = _read_head(file, reader)
    signature = hashlib.sha256(head.signed.signature).digest()
    return Announced(head.sender, head.manifest, head.signed.digest, signature, head.opened.header)


def _read_head(file: BinaryIO, reader: Reader, known: Announced | None = None) -> _Head:
    opened = open_age(file, reader.identities, known.header if known else None)
    signed = _read_signed(opened.payload)
    if known and not known.proves(signed):
        known = None
    sender = _known_sender(reader, known.sender.sign) if known else _authenticate(signed, reader)
    with _naming(sender):
        found = known.manifest if known else manifest.decode(signed.manifest)
        _authorise(found, sender, reader)
        _check_recipient(found, opened, reader)
        if found.schema > reader.schema:
            raise BundleRefused(Answer.NEWER_SCHEMA, "schema")
    return _Head(opened, signed, sender, found)


def _read_signed(payload: PayloadReader) -> _Signed:
    """The bytes of the first two entries; their padding is proved by pass 1."""
    start = 0
    contents = []
    for name, limit in (
        (archive.MANIFEST_NAME, archive.MAX_MANIFEST),
        (archive.SIGNATURE_NAME, archive.MAX_SIGNATURE),
    ):
        try:
            size = archive.read_size(_slice(payload, start, archive.BLOCK), name, limit)
        except archive.ContainerError as error:
            raise BundleRefused(Answer.CONTAINER, str(error)) from None
        contents.append(_slice(payload, start + archive.BLOCK, size))
        start += archive.entry_length(size)
    return _Signed(contents[0], contents[1], start)


def _slice(payload: PayloadReader, start: int, size: int) -> bytes:
    if start + size > payload.size:
        raise BundleRefused(Answer.CONTAINER, "entry beyond the end")
    return payload.read(start, size)


def _authenticate(signed: _Signed, reader: Reader) -> Sender:
    """Known key, then small order, then signature; before any JSON."""
    try:
        signature = sshsig.read(signed.signature, manifest.NAMESPACE)
        sender = _known_sender(reader, signature.public)
        signature.check(signed.manifest)
    except sshsig.SignatureError as error:
        raise BundleRefused(Answer.BAD_SIGNATURE, str(error)) from None
    return sender


def _known_sender(reader: Reader, public: bytes) -> Sender:
    sender = reader.senders.get(public)
    if sender is None:
        raise BundleRefused(Answer.UNKNOWN_SENDER, "signing key")
    return sender


def _authorise(found: Manifest, sender: Sender, reader: Reader) -> None:
    """Stopped or revoked, who it says it is, practice, and who may send what."""
    if sender.stopped:
        raise BundleRefused(Answer.FORK, "sender is stopped")
    if sender.revoked_after is not None and found.seq > sender.revoked_after:
        raise BundleRefused(Answer.REVOKED, "seq after the last good one")
    if (found.inst, found.centre) != (sender.inst, sender.centre):
        raise BundleRefused(Answer.SENDER_MISMATCH, "inst or centre")
    if not found.practice == sender.practice == reader.practice:
        raise BundleRefused(Answer.PRACTICE_MISMATCH, "practice")
    # Any enrolled installation sends records, and a trust bundle about its own new key (``own_rotation``).
    everyone = (BundleType.RECORDS, BundleType.TRUST)
    if sender.role is not Role.COORDINATOR and found.type not in everyone:
        raise BundleRefused(Answer.SENDER_MISMATCH, "type only from the coordinator")


def _stands_alone(found: Manifest, reader: Reader) -> bool:
    """Whether what it says has not come with a later bundle either (bundle-format, section 3).

    A handover or a list says its own thing, and what one centre writes for another is about one person. Which of two
    words about a record is the later one is decided by epoch, revision or version, never by the order of arrival.
    """
    if found.type is BundleType.RECORDS:
        return reader.role is not Role.COORDINATOR
    return found.type in (BundleType.HANDOVER, BundleType.REFERENCE)


def _check_recipient(found: Manifest, opened: Opened, reader: Reader) -> None:
    """No forwarding (the key that opened it is named) and no stripping (as many stanzas as names)."""
    mine = opened.header.identity.recipient.fingerprint
    if found.addressee != reader.inst or mine not in found.to or len(found.to) != opened.header.stanza_count:
        raise BundleRefused(Answer.WRONG_RECIPIENT, "recipient")


def _places(start: int, parts: Sequence[PartInfo]) -> list[_Place]:
    places = []
    for part in parts:
        places.append(_Place(part, start + archive.BLOCK))
        start += archive.entry_length(part.size)
    return places
