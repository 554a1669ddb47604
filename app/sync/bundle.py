"""The writer of bundles: parts, manifest, signature, archive and age file put together in one stream.

The manifest comes first and names the digest of every part, so each part is read twice: once to be measured, once to
be written. Records are packed into memory; attachments are given as callables that open the store's own encrypted
stream anew. Plaintext never touches a disk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID

from msgspec import structs

from app.errors import AppError
from app.sync import archive, canonical, manifest, sshsig
from app.sync.age import Recipient, seal
from app.sync.errors import Answer, BundleRefused
from app.sync.inflate import deflate
from app.sync.manifest import Base, BundleType, Encoding, Manifest, PartInfo, PartKind

_SLACK = 1024 * 1024  # header, nonce and the rounding of 16 bytes per 64 KiB, with room to spare


@dataclass(frozen=True, slots=True)
class PartSource:
    """A part to write: what it is, and how to read its *stored* bytes (again and again, the same each time)."""

    info: PartInfo
    pieces: Callable[[], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Draft:
    """What the sender decides of a manifest; the rest follows from parts, keys and recipients."""

    type: BundleType
    id: UUID
    practice: bool
    inst: UUID
    centre: UUID
    addressee: UUID
    seq: int
    prev: str | None
    base: Base | None
    created: str
    app: str
    schema: int
    between_centres: bool = False
    """``records`` for another centre: sealed for that one reader alone."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: keep ``manifest_hash`` as the stream's next ``prev``."""

    manifest: Manifest
    manifest_bytes: bytes
    signature: bytes
    manifest_hash: str


def _measure(pieces: Iterable[bytes]) -> tuple[int, str]:
    running = hashlib.sha256()
    size = 0
    for piece in pieces:
        running.update(piece)
        size += len(piece)
    return size, running.hexdigest()


def records_part(lines: Iterable[bytes]) -> PartSource:
    """A ``records`` part of canonical rows (``rows.encode``, without newline), packed into memory now."""
    count = raw = 0

    def counted() -> Iterator[bytes]:
        nonlocal count, raw
        for line in lines:
            count += 1
            raw += len(line) + 1
            yield line + b"\n"

    stored = b"".join(deflate(counted()))
    digest = hashlib.sha256(stored).hexdigest()
    info = PartInfo(PartKind.RECORDS, Encoding.GZIP, len(stored), digest, raw, count, None)
    return PartSource(info, lambda: [stored])


def json_part(kind: PartKind, value: dict[str, canonical.Json]) -> PartSource:
    """A part of one JSON object with sorted keys, stored as it is."""
    stored = canonical.encode(value, sort_keys=True)
    if len(stored) > manifest.MAX_JSON:
        raise BundleRefused(Answer.TOO_BIG, "JSON part")
    digest = hashlib.sha256(stored).hexdigest()
    return PartSource(PartInfo(kind, Encoding.IDENTITY, len(stored), digest, len(stored), 0, None), lambda: [stored])


def attachment_part(identifier: UUID, contents: Callable[[], Iterable[bytes]]) -> PartSource:
    """An attachment, stored as it is; ``contents`` is called twice and streams from the encrypted store."""
    size, digest = _measure(contents())
    return PartSource(PartInfo(PartKind.ATTACHMENT, Encoding.IDENTITY, size, digest, size, 0, identifier), contents)


def write_bundle(
    sink: BinaryIO,
    draft: Draft,
    parts: Sequence[PartSource],
    sign_seed: bytes,
    recipients: Sequence[Recipient],
) -> Written:
    """Write the whole age file into ``sink``. ``records`` for the coordinator have two recipients: her daily and her
    recovery key; those for another centre have one.

    Raises ``BundleRefused`` (TOO_BIG and the limits that a reader would find), before anything is written.
    """
    if draft.between_centres and len(recipients) != 1:
        raise ValueError("records for another centre are sealed for it alone")
    if draft.type is BundleType.RECORDS and not draft.between_centres and len(recipients) < 2:
        raise ValueError("records are sealed for the daily and the recovery key")
    found = _complete(draft, parts, recipients, sign_seed)
    data = manifest.encode(found)
    # The writer obeys the reader: a manifest that the reader would refuse is never signed.
    manifest.decode(data)
    if found.size + found.size // 4096 + _SLACK > manifest.MAX_FILE:
        raise BundleRefused(Answer.TOO_BIG, "file size")
    signature = sshsig.sign(sign_seed, data, manifest.NAMESPACE)
    seal(recipients, _plaintext(found, data, signature, parts), sink)
    return Written(found, data, signature, manifest.manifest_hash(data))


def _complete(
    draft: Draft, parts: Sequence[PartSource], recipients: Sequence[Recipient], sign_seed: bytes
) -> Manifest:
    """The manifest, with the size that it has when it names that size itself."""
    found = Manifest(
        type=draft.type,
        id=draft.id,
        practice=draft.practice,
        inst=draft.inst,
        centre=draft.centre,
        to=tuple(recipient.fingerprint for recipient in recipients),
        addressee=draft.addressee,
        seq=draft.seq,
        prev=draft.prev,
        base=draft.base,
        created=draft.created,
        app=draft.app,
        schema=draft.schema,
        size=archive.BLOCK,
        parts=tuple(part.info for part in parts),
    )
    # The armored signature always has the same length, so any message will do to measure it.
    signature = len(sshsig.sign(sign_seed, b"", manifest.NAMESPACE))
    sizes = [part.info.size for part in parts]
    while True:
        # The number of digits only grows, so this ends.
        length = len(manifest.encode(found))
        size = archive.padded_length(archive.content_length(length, signature, sizes))
        if size == found.size:
            return found
        found = structs.replace(found, size=size)


def _plaintext(found: Manifest, data: bytes, signature: bytes, parts: Sequence[PartSource]) -> Iterator[bytes]:
    content = archive.content_length(len(data), len(signature), [part.info.size for part in parts])
    yield from _entry(archive.MANIFEST_NAME, data)
    yield from _entry(archive.SIGNATURE_NAME, signature)
    for number, part in enumerate(parts, 1):
        yield archive.header(archive.part_name(number), part.info.size)
        yield from _same_again(part)
        yield bytes(archive.padding(part.info.size))
    yield from _zeros(found.size - content + 2 * archive.BLOCK)


def _entry(name: str, data: bytes) -> Iterator[bytes]:
    yield archive.header(name, len(data)) + data + bytes(archive.padding(len(data)))


def _zeros(count: int) -> Iterator[bytes]:
    block = bytes(64 * 1024)
    while count:
        piece = block[:count]
        count -= len(piece)
        yield piece


def _same_again(part: PartSource) -> Iterator[bytes]:
    """The part's bytes once more; a source that has changed since it was measured stops the writing."""
    running = hashlib.sha256()
    for piece in part.pieces():
        running.update(piece)
        yield piece
    if running.hexdigest() != part.info.sha256:
        raise AppError("a part changed while it was written")
