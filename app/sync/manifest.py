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
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec

from app.sync import canonical
from app.sync.canonical import NotCanonical
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

_Text = Annotated[str, msgspec.Meta(max_length=200)]
_Sha256 = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
_FromZero = Annotated[int, msgspec.Meta(ge=0, le=canonical.MAX_INTEGER)]
_FromOne = Annotated[int, msgspec.Meta(ge=1, le=canonical.MAX_INTEGER)]
_BEGINNING: Final = re.compile(rb'\{"format":"apora-bundle","v":([1-9][0-9]{0,8}),')


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

    seq: _FromOne
    manifest: _Sha256


@dataclass(frozen=True, slots=True)
class PartInfo:
    """One part: ``size`` and ``sha256`` of the stored bytes, ``raw`` bytes once unpacked, ``rows`` if records."""

    kind: PartKind
    enc: Encoding
    size: _FromZero
    sha256: _Sha256
    raw: _FromZero
    rows: _FromZero
    id: UUID | None


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"addressee": "for"}):
    """The signed statement, as its bytes have it: these keys in this order, each of its type.

    ``to`` are SHA-256 (hex) of the recipient keys, in the order of the stanzas.
    """

    format: str = FORMAT
    v: int = VERSION
    crit: Annotated[tuple[Any, ...], msgspec.Meta(max_length=MAX_PARTS)] = ()
    type: BundleType
    id: UUID
    practice: bool
    inst: UUID
    centre: UUID
    to: Annotated[tuple[_Sha256, ...], msgspec.Meta(max_length=MAX_RECIPIENTS)]
    addressee: UUID
    seq: _FromOne
    prev: _Sha256 | None
    base: Base | None
    created: _Text
    app: _Text
    schema: _FromOne
    size: _FromOne
    parts: Annotated[tuple[PartInfo, ...], msgspec.Meta(max_length=MAX_PARTS)]


_decoder: Final = msgspec.json.Decoder(Manifest)


def manifest_hash(data: bytes) -> str:
    """How ``prev``, ``base`` and receipts name a manifest: SHA-256 of its bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def encode(manifest: Manifest) -> bytes:
    """The canonical bytes; raises ``NotCanonical`` for text that has no canonical form."""
    return canonical.encode(msgspec.to_builtins(manifest))


def _refuse(rule: str) -> BundleRefused:
    return BundleRefused(Answer.MANIFEST, rule)


def decode(data: bytes) -> Manifest:
    """The manifest of these bytes; raises ``BundleRefused`` (NEWER_FORMAT, MANIFEST, BOMB, ATTACHMENT_EXISTS)."""
    beginning = _BEGINNING.match(data)
    if beginning is None:
        raise _refuse("beginning")
    if int(beginning[1]) > VERSION:
        raise BundleRefused(Answer.NEWER_FORMAT, "v")
    try:
        found = canonical.decode_as(_decoder, data, sort_keys=False, limit=canonical.MAX_BYTES)
    except NotCanonical as error:
        raise _refuse(str(error)) from None
    if found.crit:
        raise BundleRefused(Answer.NEWER_FORMAT, "crit")
    _check_stream(found)
    _check_parts(found)
    return found


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
