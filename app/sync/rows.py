"""One row: the whole current state of one record, as it travels.

A row is canonical JSON with sorted keys, one object a line. Reader and writer stand side by side and obey the same
rules, so a row that this program writes is a row that this program takes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec

from app.errors import AppError
from app.sync import canonical
from app.sync.canonical import Json
from app.sync.manifest import MAX_LINE

_KIND: Final = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
_MAX_TEXT: Final = 200


class RowError(AppError):
    """A line is not a well-formed row; the text names the rule, never the contents."""


class RowState(StrEnum):
    """``deleted`` carries its reason alone; ``withheld`` (no consent, reversible) carries nothing."""

    LIVE = "live"
    DELETED = "deleted"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Row:
    """A record's state at (epoch, revision), written by its owner.

    ``changed_seq`` is the owner's counter; ``changed_at`` (ISO text) and ``changed_by`` inform and never decide.
    ``digest`` is the SHA-256 (hex) of the row's canonical bytes: what "other content" means. ``document`` is the
    canonical text of ``data``. Both are empty in a row that was not read from its bytes.
    """

    kind: str
    id: UUID
    owner: UUID
    epoch: int
    revision: int
    changed_seq: int
    changed_at: str
    changed_by: str
    state: RowState
    data: Mapping[str, Json] = field(hash=False)
    digest: str = field(default="", compare=False)
    document: str = field(default="", compare=False)


def _check_state(state: RowState, data: Mapping[str, Json]) -> None:
    allowed = {RowState.WITHHELD: frozenset[str](), RowState.DELETED: frozenset({"reason"})}.get(state)
    if allowed is not None and not allowed.issuperset(data):
        raise RowError("data of a deleted or withheld row")


def encode(row: Row) -> bytes:
    """The row's canonical bytes without the closing newline; raises ``NotCanonical`` or ``RowError``."""
    _check_state(row.state, row.data)
    line = canonical.encode(
        {
            "changed_at": row.changed_at,
            "changed_by": row.changed_by,
            "changed_seq": row.changed_seq,
            "data": row.data,
            "epoch": row.epoch,
            "id": str(row.id),
            "kind": row.kind,
            "owner": str(row.owner),
            "revision": row.revision,
            "state": row.state.value,
        },
        sort_keys=True,
    )
    if len(line) >= MAX_LINE:
        raise RowError("row too long")
    return line


def digest(line: bytes) -> str:
    """SHA-256 (hex) of a row's canonical bytes (without newline)."""
    return hashlib.sha256(line).hexdigest()


_Text = Annotated[str, msgspec.Meta(max_length=_MAX_TEXT)]
_Number = Annotated[int, msgspec.Meta(ge=0, le=canonical.MAX_INTEGER)]


def _line(values: Any) -> type[msgspec.Struct]:
    """A row as its bytes have it: these keys in this order, each of its type; its data hold ``values``."""
    return msgspec.defstruct(
        "Line",
        [
            ("changed_at", _Text),
            ("changed_by", _Text),
            ("changed_seq", _Number),
            ("data", dict[str, values]),
            ("epoch", _Number),
            ("id", UUID),
            ("kind", _Text),
            ("owner", UUID),
            ("revision", _Number),
            ("state", RowState),
        ],
        forbid_unknown_fields=True,
    )


_decoder: Final = canonical.Decoder[Any](_line)
_BEFORE_DATA: Final = b',"data":'
_AFTER_DATA: Final = b',"epoch":'


def decode(line: bytes, kinds: Collection[str] | None = None) -> Row:
    """The row of one line (without newline); raises ``NotCanonical`` or ``RowError``.

    ``kinds``: the kinds of record that the bundle's schema knows (an unknown one is refused: a newer schema would
    have said so); None takes any well-formed kind.
    """
    found = canonical.decode_as(_decoder, line, sort_keys=True, limit=MAX_LINE)
    kind, state, data = found.kind, found.state, found.data
    if not _KIND.match(kind) or (kinds is not None and kind not in kinds):
        raise RowError("kind")
    if state is not RowState.LIVE:
        _check_state(state, data)
    # No quotation mark stands bare within a text: the first and the last of these are the row's own.
    document = line[line.index(_BEFORE_DATA) + len(_BEFORE_DATA) : line.rindex(_AFTER_DATA)]
    return Row(
        kind=kind,
        id=found.id,
        owner=found.owner,
        epoch=found.epoch,
        revision=found.revision,
        changed_seq=found.changed_seq,
        changed_at=found.changed_at,
        changed_by=found.changed_by,
        state=state,
        data=data,
        digest=digest(line),
        document=document.decode(),
    )
