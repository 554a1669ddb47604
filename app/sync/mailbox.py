"""Names in the shared folder: a box for each recipient, files, the pieces of a large one. Pure; no network.

``<box>/<random>.age`` is a whole bundle. A large one lies as ``<random>.age.0001`` … with a list, which is written
last: without it the file is not there yet. The names say nothing of persons or centres: a box is a hash of the
recipient's public key (which only those know who hold the card), a file's name is chance.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.sync.canonical import NotCanonical, decode_object, encode
from app.sync.manifest import MAX_FILE

PIECE: Final = 1 << 20
"""The size of a piece in bytes. A line that breaks loses at most as much."""
MOST_LIST: Final = 1000
"""A list file is about 150 bytes long."""
PART: Final = ".part"
"""The end of a name whose file is not whole, here and there."""
_BOX_LENGTH: Final = 16
_LABEL: Final = b"apora box v1"
_WHOLE: Final = re.compile(r"[a-z2-7]{16}\.age")
_LIST: Final = re.compile(r"([a-z2-7]{16}\.age)\.list")
_ANY: Final = re.compile(r"([a-z2-7]{16}\.age)(?:\.(?:part|list|\d{4,5}))?")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_FORMAT: Final = "apora pieces v1"


@dataclass(frozen=True, slots=True)
class PieceList:
    """What the pieces make: ``size`` in bytes, and the SHA-256 of the whole in hex."""

    size: int
    sha256: str

    @property
    def lengths(self) -> list[int]:
        """How long each piece is."""
        return piece_lengths(self.size)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A whole file in a box. ``pieces`` is false where it lies there as one. ``tag`` changes with the file."""

    name: str
    size: int
    tag: str
    pieces: bool


def box_of(receive_key: bytes) -> str:
    """The name of the box of whoever has this public key (its 1216 bytes): 16 base32 characters."""
    digest = hashlib.sha256(_LABEL + receive_key).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:_BOX_LENGTH]


def is_bundle_name(name: str) -> bool:
    """Whether a file of this name may be a whole bundle; everything else in a box is left alone."""
    return _WHOLE.fullmatch(name) is not None


def piece_name(name: str, number: int) -> str:
    """The name of piece ``number`` (from 1)."""
    return f"{name}.{number:04}"


def list_name(name: str) -> str:
    """The name of the list of a file's pieces."""
    return f"{name}.list"


def part_name(name: str) -> str:
    """The name while it is not whole."""
    return name + PART


def listed_bundle(name: str) -> str:
    """The bundle that a list file of this name stands for; empty for any other file."""
    found = _LIST.fullmatch(name)
    return found[1] if found else ""


def belonging_to(names: Iterable[str], bundle: str) -> list[str]:
    """All files that are ``bundle`` or a part of it, its list first, so that nobody begins to read what goes."""
    mine = [name for name in names if (found := _ANY.fullmatch(name)) and found[1] == bundle]
    return sorted(mine, key=lambda name: (name != list_name(bundle), name))


def piece_lengths(size: int) -> list[int]:
    """How a file of ``size`` bytes is cut."""
    whole, rest = divmod(size, PIECE)
    return [PIECE] * whole + ([rest] if rest else [])


def encode_list(found: PieceList) -> bytes:
    """The list file."""
    return encode({"format": _FORMAT, "size": found.size, "piece": PIECE, "sha256": found.sha256})


def decode_list(data: bytes) -> PieceList | None:
    """A list file read strictly; None where it is not one that this program could have written."""
    try:
        values = decode_object(data, limit=MOST_LIST)
    except NotCanonical:
        return None
    size, digest = values.get("size"), values.get("sha256")
    if (
        set(values) != {"format", "size", "piece", "sha256"}
        or values["format"] != _FORMAT
        or values["piece"] != PIECE
    ):
        return None
    if isinstance(size, bool) or not isinstance(size, int) or not 0 < size <= MAX_FILE:
        return None
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        return None
    return PieceList(size, digest)


def pieces_there(sizes: Mapping[str, int], name: str, lengths: Sequence[int]) -> list[bool]:
    """Which pieces of ``name`` lie on the server in their right size."""
    return [sizes.get(piece_name(name, number)) == length for number, length in enumerate(lengths, 1)]
