"""Pass 1 over a bundle: every byte of the plaintext once: lengths, headers, digests, padding, exact end.

Nothing is decompressed, parsed or written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from app.sync import archive
from app.sync.age import PayloadReader
from app.sync.errors import Answer, BundleRefused
from app.sync.manifest import Manifest


def pass_one(payload: PayloadReader, manifest: bytes, signature: bytes, found: Manifest) -> None:
    """Read all of it; ``found`` is what the bytes of ``manifest`` say. Raises BundleRefused or PayloadError."""
    sizes = [part.size for part in found.parts]
    content = archive.content_length(len(manifest), len(signature), sizes)
    if not payload.size == found.size == archive.padded_length(content):
        raise BundleRefused(Answer.CONTAINER, "size")
    cursor = _Cursor(payload)
    for name, data in (
        (archive.MANIFEST_NAME, manifest),
        (archive.SIGNATURE_NAME, signature),
    ):
        _pass_entry(cursor, name, len(data), hashlib.sha256(data).hexdigest())
    for number, part in enumerate(found.parts, 1):
        _pass_entry(cursor, archive.part_name(number), part.size, part.sha256)
    cursor.zeros(found.size - cursor.place)


def _pass_entry(cursor: _Cursor, name: str, size: int, digest: str) -> None:
    try:
        archive.expect(cursor.take(archive.BLOCK), name, size)
    except archive.ContainerError as error:
        raise BundleRefused(Answer.CONTAINER, str(error)) from None
    if cursor.digest(size) != digest:
        raise BundleRefused(Answer.DIGEST, "part digest")
    cursor.zeros(archive.padding(size))


class _Cursor:
    """The payload from its beginning to its end, each chunk opened once."""

    def __init__(self, payload: PayloadReader) -> None:
        self._payload = payload
        self.place = 0

    def _some(self, size: int) -> Iterator[bytes]:
        start, self.place = self.place, self.place + size
        return self._payload.pieces(start, size)

    def take(self, size: int) -> bytes:
        return b"".join(self._some(size))

    def digest(self, size: int) -> str:
        running = hashlib.sha256()
        for piece in self._some(size):
            running.update(piece)
        return running.hexdigest()

    def zeros(self, size: int) -> None:
        for piece in self._some(size):
            if piece.count(0) != len(piece):
                raise BundleRefused(Answer.CONTAINER, "padding")
