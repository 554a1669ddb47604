"""A verified bundle made ready in memory, so that the transaction that takes it has little left to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final
from uuid import UUID

from app.sync.canonical import Json
from app.sync.errors import Answer, BundleRefused
from app.sync.importer import MAX_ATTACHMENT, Prepared, prepare
from app.sync.manifest import BundleType, PartKind
from app.sync.rows import Row
from app.sync.verifier import Verified
from app.usecases.inbox.heap import Copied, Found
from app.usecases.trust_list import Place

MOST_ROWS: Final = 1000
"""A bundle with more rows is staged: merging this many takes about a tenth of a second."""
MOST_BYTES: Final = 2 << 20
"""The same for the bytes of its attachments."""
_AT_ONCE: Final = 50
_MOST_REPEATED: Final = 10_000
"""Rows that are remembered of a heap: about 40 MB."""

GiveWay = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Ready:
    """One small bundle, wholly in memory: rows and attachments, or the one JSON object of another type."""

    found: Found
    digest: bytes
    """SHA-256 of the file."""
    bundle: Verified
    rows: list[Prepared]
    contents: list[tuple[UUID, bytes]]
    content: dict[str, Json]

    place: Place
    """Where it stands in its stream."""
    weight: int
    """About how much memory it takes, in rows."""


def is_small(bundle: Verified) -> bool:
    """Whether it may be taken in one go, by what its manifest declares (pass 2 holds it to that)."""
    parts = bundle.manifest.parts
    files = sum(part.raw for part in parts if part.kind is PartKind.ATTACHMENT)
    return sum(part.rows for part in parts) <= MOST_ROWS and files <= MOST_BYTES


class Repeated:
    """Rows of a heap that were read and checked once: each bundle repeats all that no receipt has told of.

    It holds what records say, so it goes with its heap.
    """

    def __init__(self) -> None:
        self.rows: dict[bytes, Row] = {}
        """By their bytes."""
        self._prepared: dict[tuple[bytes, int, dt.date], Prepared] = {}

    def prepared(self, row: Row, line: bytes, schema: int, today: dt.date) -> Prepared:
        """As ``prepare``, which does each row once."""
        key = line, schema, today
        found = self._prepared.get(key)
        if found is None:
            if len(self._prepared) >= _MOST_REPEATED:
                self.rows.clear()
                self._prepared.clear()
            found = self._prepared[key] = prepare(row, schema, today)
            self.rows[line] = row
        return found


def make_ready(
    found: Found,
    copied: Copied,
    bundle: Verified,
    today: dt.date,
    give_way: GiveWay,
    repeated: Repeated | None = None,
) -> Ready:
    """Unpack and check all of a small bundle. Raises BundleRefused (ROW, COUNT, BOMB, COMPRESSION, MANIFEST)."""
    rows: list[Prepared] = []
    contents: list[tuple[UUID, bytes]] = []
    content: dict[str, Json] = {}
    if bundle.manifest.type is BundleType.RECORDS:
        for batch in batches(bundle, today, give_way, _AT_ONCE, repeated):
            rows += [one for one, _line in batch]
        contents = list(attachments(bundle))
    else:
        content = bundle.json_part(PartKind(bundle.manifest.type.value))
    weight = 1 + len(rows) + sum(len(one) for _uid, one in contents) // 2048
    return Ready(found, copied.digest, bundle, rows, contents, content, Place.of(bundle), weight)


def batches(
    bundle: Verified, today: dt.date, give_way: GiveWay, size: int, repeated: Repeated | None = None
) -> Iterator[list[tuple[Prepared, bytes]]]:
    """The rows of a bundle, prepared, with their lines, some at a time; a save meanwhile goes first."""
    schema = bundle.manifest.schema
    stream = bundle.rows(repeated.rows) if repeated else bundle.rows()
    while some := list(islice(stream, size)):
        batch: list[tuple[Prepared, bytes]] = []
        for start in range(0, len(some), _AT_ONCE):
            give_way()
            piece = some[start : start + _AT_ONCE]
            if repeated is None:
                batch += [(prepare(row, schema, today), line) for row, line in piece]
            else:
                batch += [(repeated.prepared(row, line, schema, today), line) for row, line in piece]
        yield batch


def attachments(bundle: Verified) -> Iterator[tuple[UUID, bytes]]:
    """Each attachment with its bytes. Raises BundleRefused (TOO_BIG), before it is unpacked."""
    for index, part in bundle.attachments():
        assert part.id is not None
        if part.raw > MAX_ATTACHMENT:
            raise BundleRefused(Answer.TOO_BIG, "attachment")
        yield part.id, b"".join(bundle.attachment(index))
