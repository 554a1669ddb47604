"""The manifest of a bundle: what is inside, from whom, for whom, and where in the stream it stands.

Reader and writer side by side. Decoding is strict (fixed key order, canonical bytes, every limit of the format);
``NEWER_FORMAT`` is decided from the fixed beginning of the bytes, before anything else is believed, because a later
version may spell the rest differently.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from app.sync import canonical
from app.sync.canonical import Json, NotCanonical
from app.sync.errors import Answer, BundleRefused

FORMAT: Final = "apora-bundle"
VERSION: Final = 1
NAMESPACE: Final = "bundle.v1@apora"
MAX_FILE: Final = 3900 * 1024 * 1024
MAX_PARTS: Final = 10_000
MAX_RECIPIENTS: Final = 16
MAX_RATIO: Final = 200
MAX_RAW: Final = 1 << 30
MAX_JSON: Final = canonical.MAX_BYTES
MAX_LINE: Final = 1 << 20
_MAX_TEXT: Final = 200

_BEGINNING: Final = re.compile(rb'\{"format":"apora-bundle","v":([1-9][0-9]{0,8}),')
_HASH: Final = re.compile(r"[0-9a-f]{64}\Z")
_KEYS: Final = (
    "format", "v", "crit", "type", "id", "practice", "inst", "centre", "to", "for", "seq", "prev", "base",
    "created", "app", "schema", "size", "parts",
)  # fmt: skip
_BASE_KEYS: Final = ("seq", "manifest")
_PART_KEYS: Final = ("kind", "enc", "size", "sha256", "raw", "rows", "id")


class BundleType(StrEnum):
    """What a bundle is for."""

    RECORDS = "records"
    RECEIPT = "receipt"
    TRUST = "trust"
    REFERENCE = "reference"
    HANDOVER = "handover"


class PartKind(StrEnum):
    """What a part holds."""

    RECORDS = "records"
    ATTACHMENT = "attachment"
    RECEIPT = "receipt"
    TRUST = "trust"
    REFERENCE = "reference"
    HANDOVER = "handover"


class Encoding(StrEnum):
    """How a part is stored."""

    IDENTITY = "identity"
    GZIP = "gzip"


@dataclass(frozen=True, slots=True)
class Base:
    """The last bundle of the stream that the recipient acknowledged: number and hash of its manifest."""

    seq: int
    manifest: str


@dataclass(frozen=True, slots=True)
class PartInfo:
    """One part: ``size`` and ``sha256`` of the stored bytes, ``raw`` bytes once unpacked, ``rows`` if records."""

    kind: PartKind
    enc: Encoding
    size: int
    sha256: str
    raw: int
    rows: int
    id: UUID | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The signed statement. ``to`` are SHA-256 (hex) of the recipient keys, in the order of the stanzas."""

    type: BundleType
    id: UUID
    practice: bool
    inst: UUID
    centre: UUID
    to: tuple[str, ...]
    addressee: UUID
    seq: int
    prev: str | None
    base: Base | None
    created: str
    app: str
    schema: int
    size: int
    parts: tuple[PartInfo, ...]
    crit: tuple[str, ...] = ()


def manifest_hash(data: bytes) -> str:
    """How ``prev``, ``base`` and receipts name a manifest: SHA-256 of its bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def encode(manifest: Manifest) -> bytes:
    """The canonical bytes; raises ``NotCanonical`` for text that has no canonical form."""
    base = manifest.base
    return canonical.encode(
        {
            "format": FORMAT,
            "v": VERSION,
            "crit": list(manifest.crit),
            "type": manifest.type.value,
            "id": str(manifest.id),
            "practice": manifest.practice,
            "inst": str(manifest.inst),
            "centre": str(manifest.centre),
            "to": list(manifest.to),
            "for": str(manifest.addressee),
            "seq": manifest.seq,
            "prev": manifest.prev,
            "base": None if base is None else {"seq": base.seq, "manifest": base.manifest},
            "created": manifest.created,
            "app": manifest.app,
            "schema": manifest.schema,
            "size": manifest.size,
            "parts": [_encode_part(part) for part in manifest.parts],
        }
    )


def _encode_part(part: PartInfo) -> dict[str, Json]:
    return {
        "kind": part.kind.value,
        "enc": part.enc.value,
        "size": part.size,
        "sha256": part.sha256,
        "raw": part.raw,
        "rows": part.rows,
        "id": None if part.id is None else str(part.id),
    }


def _refuse(rule: str) -> BundleRefused:
    return BundleRefused(Answer.MANIFEST, rule)


def _object(value: Json, keys: tuple[str, ...], rule: str) -> dict[str, Json]:
    if not isinstance(value, dict) or tuple(value) != keys:
        raise _refuse(rule)
    return value


def _list(value: Json, limit: int, rule: str) -> list[Json]:
    if not isinstance(value, list) or len(value) > limit:
        raise _refuse(rule)
    return value


def _text(value: Json, rule: str) -> str:
    if not isinstance(value, str) or len(value) > _MAX_TEXT:
        raise _refuse(rule)
    return value


def _number(value: Json, least: int, rule: str) -> int:
    # bool is an int in Python; in JSON it is not.
    if type(value) is not int or value < least:
        raise _refuse(rule)
    return value


def _flag(value: Json, rule: str) -> bool:
    if not isinstance(value, bool):
        raise _refuse(rule)
    return value


def _sha256(value: Json, rule: str) -> str:
    if not isinstance(value, str) or not _HASH.match(value):
        raise _refuse(rule)
    return value


def _uuid(value: Json, rule: str) -> UUID:
    try:
        found = UUID(_text(value, rule))
    except ValueError:
        raise _refuse(rule) from None
    if str(found) != value:
        raise _refuse(rule)
    return found


def decode(data: bytes) -> Manifest:
    """The manifest of these bytes; raises ``BundleRefused`` (NEWER_FORMAT, MANIFEST, BOMB, ATTACHMENT_EXISTS)."""
    beginning = _BEGINNING.match(data)
    if beginning is None:
        raise _refuse("beginning")
    if int(beginning[1]) > VERSION:
        raise BundleRefused(Answer.NEWER_FORMAT, "v")
    try:
        fields = _object(canonical.decode(data), _KEYS, "keys")
    except NotCanonical as error:
        raise _refuse(str(error)) from None
    if fields["crit"] != []:
        _list(fields["crit"], MAX_PARTS, "crit")
        raise BundleRefused(Answer.NEWER_FORMAT, "crit")
    found = _from_fields(fields)
    _check_stream(found)
    _check_parts(found)
    return found


def _from_fields(fields: dict[str, Json]) -> Manifest:
    try:
        kind = BundleType(_text(fields["type"], "type"))
    except ValueError:
        raise _refuse("type") from None
    return Manifest(
        type=kind,
        id=_uuid(fields["id"], "id"),
        practice=_flag(fields["practice"], "practice"),
        inst=_uuid(fields["inst"], "inst"),
        centre=_uuid(fields["centre"], "centre"),
        to=tuple(_sha256(item, "to") for item in _list(fields["to"], MAX_RECIPIENTS, "to")),
        addressee=_uuid(fields["for"], "for"),
        seq=_number(fields["seq"], 1, "seq"),
        prev=None if fields["prev"] is None else _sha256(fields["prev"], "prev"),
        base=None if fields["base"] is None else _decode_base(fields["base"]),
        created=_text(fields["created"], "created"),
        app=_text(fields["app"], "app"),
        schema=_number(fields["schema"], 1, "schema"),
        size=_number(fields["size"], 1, "size"),
        parts=tuple(_decode_part(item) for item in _list(fields["parts"], MAX_PARTS, "parts")),
    )


def _decode_base(value: Json) -> Base:
    fields = _object(value, _BASE_KEYS, "base")
    return Base(_number(fields["seq"], 1, "base"), _sha256(fields["manifest"], "base"))


def _decode_part(value: Json) -> PartInfo:
    fields = _object(value, _PART_KEYS, "part keys")
    try:
        kind, enc = PartKind(_text(fields["kind"], "kind")), Encoding(_text(fields["enc"], "enc"))
    except ValueError:
        raise _refuse("part kind") from None
    return PartInfo(
        kind=kind,
        enc=enc,
        size=_number(fields["size"], 0, "part size"),
        sha256=_sha256(fields["sha256"], "part sha256"),
        raw=_number(fields["raw"], 0, "part raw"),
        rows=_number(fields["rows"], 0, "part rows"),
        id=None if fields["id"] is None else _uuid(fields["id"], "part id"),
    )


def _check_stream(manifest: Manifest) -> None:
    if (manifest.prev is None) != (manifest.seq == 1):
        raise _refuse("prev")
    if manifest.base is not None and manifest.base.seq >= manifest.seq:
        raise _refuse("base")
    if not manifest.to or len(set(manifest.to)) != len(manifest.to):
        raise _refuse("to")


def _check_parts(manifest: Manifest) -> None:
    """Which kinds a type may hold, the bounds of each part, and that of all that unpacks together."""
    kinds = [part.kind.value for part in manifest.parts]
    if manifest.type is BundleType.RECORDS:
        allowed = set(kinds) <= {PartKind.RECORDS.value, PartKind.ATTACHMENT.value}
    else:
        allowed = kinds == [manifest.type.value]
    if not allowed:
        raise _refuse("part kinds")
    for part in manifest.parts:
        _check_part(part)
    if sum(part.raw for part in manifest.parts if part.enc is Encoding.GZIP) > MAX_RAW:
        raise BundleRefused(Answer.BOMB, "raw of all that unpacks")
    ids = [part.id for part in manifest.parts if part.id is not None]
    if len(set(ids)) != len(ids):
        raise BundleRefused(Answer.ATTACHMENT_EXISTS, "twice in one bundle")


def _check_part(part: PartInfo) -> None:
    if (part.kind is PartKind.ATTACHMENT) != (part.id is not None):
        raise _refuse("part id")
    if part.kind is PartKind.RECORDS:
        if part.enc is not Encoding.GZIP or part.rows > part.raw:
            raise _refuse("records part")
    elif part.rows:
        raise _refuse("part rows")
    if part.enc is Encoding.IDENTITY and part.raw != part.size:
        raise _refuse("part raw")
    limit = MAX_RAW if part.kind in (PartKind.RECORDS, PartKind.ATTACHMENT) else MAX_JSON
    if part.raw > limit or part.raw > part.size * MAX_RATIO:
        raise BundleRefused(Answer.BOMB, "part raw")
