"""The raw key of a store, in memory that can be wiped, and the store's id.

The id is not secret: SQLCipher keeps a 16-byte salt in clear at the head of the file, and with a raw key that salt
is free for our use. We put the store's id there and into the key file. So a key file that belongs to another store
is told from a store whose first page is damaged, although SQLCipher gives one and the same error for both.
"""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass, field
from typing import Final

KEY_BYTES: Final = 32
STORE_ID_BYTES: Final = 16
_HEX: Final = b"0123456789abcdef"


@dataclass(frozen=True)
class StoreKey:
    """The master key (32 bytes, wiped by ``wipe``) of the store whose id is ``store_id`` (16 bytes)."""

    master: bytearray = field(repr=False)
    store_id: bytes

    def __post_init__(self) -> None:
        if len(self.master) != KEY_BYTES or len(self.store_id) != STORE_ID_BYTES:
            raise ValueError("wrong length of key or store id")

    @classmethod
    def random(cls) -> StoreKey:
        """A new key for a new store id."""
        return cls(bytearray(secrets.token_bytes(KEY_BYTES)), secrets.token_bytes(STORE_ID_BYTES))

    def literal(self, *, with_salt: bool = False) -> bytearray:
        """SQLCipher's form of a raw key: ``x'`` 64 hex digits ``'``. The caller wipes it.

        SQLCipher silently takes a key of any other length as a passphrase, so the length is checked here.
        ``with_salt`` adds the store id as 32 more digits, which then stand in for the file's first 16 bytes.
        Built digit by digit: ``bytes.hex`` would leave a copy that cannot be wiped.
        """
        text = bytearray(b"x'")
        for byte in self.master:
            text.append(_HEX[byte >> 4])
            text.append(_HEX[byte & 15])
        if with_salt:
            text += self.store_id.hex().encode()
        text += b"'"
        if len(text) != (99 if with_salt else 67) or self.wiped:
            wipe(text)
            raise ValueError("not a raw key")
        return text

    @property
    def wiped(self) -> bool:
        """Whether the key is gone (an all-zero key is never made)."""
        return not any(self.master)

    def copy(self) -> StoreKey:
        """A second one that is wiped on its own."""
        return StoreKey(bytearray(self.master), self.store_id)

    def wipe(self) -> None:
        """Overwrite the key in place."""
        wipe(self.master)


@dataclass(frozen=True)
class Unlocked:
    """What the right passphrase gives: the key, and whose slot it was (None: the recovery sheet)."""

    key: StoreKey
    slot_id: uuid.UUID | None

    @property
    def master_key(self) -> bytearray:
        """The 32 bytes themselves, not a copy."""
        return self.key.master

    def wipe(self) -> None:
        """Overwrite the key in place."""
        self.key.wipe()


def wipe(secret: bytearray) -> None:
    """Overwrite ``secret`` with zeros, in place."""
    secret[:] = bytes(len(secret))
