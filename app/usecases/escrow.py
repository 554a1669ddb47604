"""The escrow: the master key of this store, sealed to the coordinator's offline recovery key.

A centre whose passphrases and recovery sheet are all lost can still be opened, by the coordinator's recovery key,
which lies on paper in a safe and on no computer.
"""

from __future__ import annotations

from app.sync.age import Recipient, seal_bytes
from app.usecases.desk import Desk


def deposit_escrow(desk: Desk, recovery_key: bytes) -> None:
    """Write the escrow slot of the key file, made for ``recovery_key`` (an age recipient, raw)."""
    desk.keys.set_escrow(seal_bytes([Recipient(recovery_key)], bytes(desk.unlocked.master_key)))
