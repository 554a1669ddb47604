"""A new master key when a member of staff leaves, so that an old copy of the key file opens nothing newer.

The order, and what opens the store if the program dies after each step:

1. the copy under the new key is made and checked (old key; the copy is swept away at the next attempt);
2. the key file holds the old and the new slots (old key);
3. the copy is renamed over the store (new key: the store's id at its head says so);
4. the key file holds the new slots alone (new key).

Everyone's passphrase is new: a slot cannot be sealed again without its passphrase, and a way to do so that is kept in
the file would open the new store to whoever leaves with a copy of the old file and the old key.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from app.store.connection import connect
from app.store.copying import COPY_NAME, FORMER_NAME, check_whole, copy_store, discard, put_in_place
from app.store.key import StoreKey, Unlocked
from app.store.keyformat import STANDARD, KdfParams
from app.store.keyslots import KeyFile
from app.store.recovery import RecoveryCode


def replace_all(
    folder: Path,
    key_file: KeyFile,
    old: Unlocked,
    passphrases: Mapping[uuid.UUID, str],
    recovery: RecoveryCode,
    *,
    seal_escrow: Callable[[bytes], bytes] | None = None,
    kdf: KdfParams = STANDARD,
) -> Unlocked:
    """Put the closed store under a new master key; only ``passphrases`` and the sheet ``recovery`` open it then.

    ``seal_escrow`` makes the new escrow blob from the new master key; without it there is none until one is set.
    The first of ``passphrases`` is whose slot counts as opened. ``old`` is wiped at the end.
    Raises UserError; the store then opens as before.
    """
    new = StoreKey.random()
    copy = copy_store(folder, old.key, new)
    try:
        with closing(connect(copy, new)) as connection:
            check_whole(connection)
        escrow = seal_escrow(bytes(new.master)) if seal_escrow else None
        key_file.begin_replacement(passphrases, recovery, escrow, new, kdf)
        put_in_place(folder, keep_former=False)
    except BaseException:
        discard(folder / COPY_NAME)
        raise
    key_file.finish_replacement(new)
    discard(folder / FORMER_NAME)
    old.wipe()
    return Unlocked(new, next(iter(passphrases)))
