"""The key file's bytes: canonical JSON, read strictly. No secrets and no cryptography are handled here.

A key file holds *generations*. There is one, but for the moments of a rekey, when the old and the new stand side by
side, so that whichever key the database is under when the power goes, the file opens it (see ``rekey``).
Names of staff are not in it: a slot is known by the UUID of the member of staff.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass, replace
from typing import Final

from app.errors import UserError
from app.i18n import N_
from app.store.key import STORE_ID_BYTES

FORMAT: Final = "apora-keys"
VERSION: Final = 1
SALT_BYTES: Final = 16
_LARGEST_MEMORY_KIB: Final = 4 * 1024 * 1024
_LARGEST_LANES: Final = 64
_LARGEST_PASSES: Final = 64


class KeyFileDamaged(UserError):
    """The bytes are not those of a key file of this program."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "The key file is damaged. Put back the key file from your latest backup. "
                "The store itself was not touched."
            )
        )


class KeyFileNewer(UserError):
    """Written by a later version of the program."""


class KeyFileWeakened(UserError):
    """Its parameters are below what this program ever writes: somebody has changed it."""


@dataclass(frozen=True)
class KdfParams:
    """Cost of Argon2id: KiB of memory, lanes, passes; and the least memory that is accepted from a file.

    ``floor_kib`` is lowered by tests alone, together with the rest.
    """

    memory_kib: int = 256 * 1024
    lanes: int = 4
    passes: int = 3
    floor_kib: int = 64 * 1024

    def falling(self) -> tuple[KdfParams, ...]:
        """These, then with half and with a quarter of the memory, never below the floor."""
        sizes = (self.memory_kib, self.memory_kib // 2, self.memory_kib // 4)
        return tuple(replace(self, memory_kib=size) for size in sizes if size >= self.floor_kib)


STANDARD: Final = KdfParams()


@dataclass(frozen=True)
class Slot:
    """One way to the master key. ``sealed`` is ciphertext, or for ``escrow`` bytes made elsewhere."""

    kind: str
    sealed: bytes
    nonce: bytes = b""
    slot_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Generation:
    """One master key: whose store it opens, the parameters shared by its passphrase slots, and the slots."""

    store_id: bytes
    kdf: KdfParams
    salt: bytes
    slots: tuple[Slot, ...] = ()

    def of_kind(self, kind: str) -> tuple[Slot, ...]:
        """The slots of one kind: ``passphrase``, ``recovery`` or ``escrow``."""
        return tuple(slot for slot in self.slots if slot.kind == kind)

    def with_slot(self, slot: Slot) -> Generation:
        """With ``slot`` in the place of the one of the same kind and id."""
        kept = tuple(s for s in self.slots if (s.kind, s.slot_id) != (slot.kind, slot.slot_id))
        return replace(self, slots=(*kept, slot))

    def without_slot(self, kind: str, slot_id: uuid.UUID) -> Generation:
        """Without the slot of this kind and id."""
        return replace(self, slots=tuple(s for s in self.slots if (s.kind, s.slot_id) != (kind, slot_id)))

    def header(self, kind: str, slot_id: uuid.UUID | None) -> bytes:
        """What a slot is bound to: moved into another file or under weaker parameters it does not open."""
        return _canonical(
            {
                "format": FORMAT,
                "v": VERSION,
                "kind": kind,
                "id": str(slot_id) if slot_id else "",
                "store": self.store_id.hex(),
                "kdf": self._kdf_fields(),
            }
        )

    def fields(self) -> dict[str, object]:
        """As it stands in the file."""
        return {
            "store": self.store_id.hex(),
            "kdf": self._kdf_fields(),
            "slots": [
                {
                    "kind": slot.kind,
                    "id": str(slot.slot_id) if slot.slot_id else "",
                    "nonce": slot.nonce.hex(),
                    "sealed": slot.sealed.hex(),
                }
                for slot in self.slots
            ],
        }

    def _kdf_fields(self) -> dict[str, object]:
        return {
            "name": "argon2id",
            "memory_kib": self.kdf.memory_kib,
            "lanes": self.kdf.lanes,
            "passes": self.kdf.passes,
            "salt": self.salt.hex(),
        }


def encode(generations: tuple[Generation, ...]) -> bytes:
    """The file's bytes. ``check`` guards against damage only; against people the slots guard themselves."""
    content = {"format": FORMAT, "v": VERSION, "generations": [one.fields() for one in generations]}
    return _canonical({**content, "check": hashlib.sha256(_canonical(content)).hexdigest()})


def decode(data: bytes, floor_kib: int) -> tuple[Generation, ...]:
    """Read strictly: decode, encode again, compare bytes. Raises KeyFileDamaged, -Newer or -Weakened."""
    try:
        content = json.loads(data.decode("utf-8"))
        if content["format"] == FORMAT and type(content["v"]) is int and content["v"] > VERSION:
            raise KeyFileNewer(
                N_(
                    "The key file was written by a newer version of the program (format {version}). "
                    "Install that version. Nothing was changed."
                ),
                version=content["v"],
            )
        generations = tuple(_generation(fields, floor_kib) for fields in content["generations"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise KeyFileDamaged from error
    if not generations or encode(generations) != data:
        raise KeyFileDamaged
    for generation in generations:
        _check_cost(generation.kdf)
    return generations


def _generation(fields: dict[str, object], floor_kib: int) -> Generation:
    kdf, slots = fields["kdf"], fields["slots"]
    if not isinstance(kdf, dict) or not isinstance(slots, list):
        raise TypeError
    store_id = bytes.fromhex(str(fields["store"]))
    salt = bytes.fromhex(kdf["salt"])
    if len(store_id) != STORE_ID_BYTES or len(salt) != SALT_BYTES:
        raise ValueError
    if not all(type(kdf[name]) is int for name in ("memory_kib", "lanes", "passes")):
        raise TypeError
    return Generation(
        store_id,
        KdfParams(kdf["memory_kib"], kdf["lanes"], kdf["passes"], floor_kib),
        salt,
        tuple(
            Slot(
                slot["kind"],
                bytes.fromhex(slot["sealed"]),
                bytes.fromhex(slot["nonce"]),
                uuid.UUID(slot["id"]) if slot["id"] else None,
            )
            for slot in slots
        ),
    )


def _check_cost(kdf: KdfParams) -> None:
    """Refuse what would be cheap to guess, and what would hang or exhaust this machine."""
    sound = (
        kdf.floor_kib <= kdf.memory_kib <= _LARGEST_MEMORY_KIB
        and 1 <= kdf.lanes <= _LARGEST_LANES
        and 1 <= kdf.passes <= _LARGEST_PASSES
    )
    if not sound:
        raise KeyFileWeakened(
            N_(
                "The key file was changed so that passphrases would be easier to guess. Do not use it: "
                "put back the key file from your latest backup, and tell the coordinator."
            )
        )


def _canonical(content: dict[str, object]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
