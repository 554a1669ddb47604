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
from functools import lru_cache
from typing import Final
from uuid import UUID

from app.errors import AppError
from app.sync import canonical
from app.sync.canonical import Json
from app.sync.manifest import MAX_LINE

_KEYS: Final = (
    "changed_at", "changed_by", "changed_seq", "data", "epoch", "id", "kind", "owner", "revision", "state",
)  # fmt: skip
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
    ``digest`` is the SHA-256 (hex) of the row's canonical bytes: what "other content" means.
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


def _text(value: Json, rule: str) -> str:
    if not isinstance(value, str) or len(value) > _MAX_TEXT:
        raise RowError(rule)
    return value


def _number(value: Json, rule: str) -> int:
    if type(value) is not int:
        raise RowError(rule)
    return value


def _uuid(value: Json, rule: str) -> UUID:
    found = _canonical_uuid(_text(value, rule))
    if found is None:
        raise RowError(rule)
    return found


@lru_cache(maxsize=4096)
def _canonical_uuid(text: str) -> UUID | None:
    """Kept for a while: all rows of a bundle name the same owner."""
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text else None


def decode(line: bytes, kinds: Collection[str] | None = None) -> Row:
    """The row of one line (without newline); raises ``NotCanonical`` or ``RowError``.

    ``kinds``: the kinds of record that the bundle's schema knows (an unknown one is refused: a newer schema would
    have said so); None takes any well-formed kind.
    """
    fields = canonical.decode_object(line, sort_keys=True, limit=MAX_LINE)
    if tuple(fields) != _KEYS:
        raise RowError("keys")
    kind, data = _text(fields["kind"], "kind"), fields["data"]
    if not _KIND.match(kind) or (kinds is not None and kind not in kinds):
        raise RowError("kind")
    try:
        state = RowState(_text(fields["state"], "state"))
    except ValueError:
        raise RowError("state") from None
    if not isinstance(data, dict):
        raise RowError("data")
    _check_state(state, data)
    return Row(
        kind=kind,
        id=_uuid(fields["id"], "id"),
        owner=_uuid(fields["owner"], "owner"),
        epoch=_number(fields["epoch"], "epoch"),
        revision=_number(fields["revision"], "revision"),
        changed_seq=_number(fields["changed_seq"], "changed_seq"),
        changed_at=_text(fields["changed_at"], "changed_at"),
        changed_by=_text(fields["changed_by"], "changed_by"),
        state=state,
        data=data,
        digest=digest(line),
    )
