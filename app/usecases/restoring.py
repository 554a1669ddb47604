"""Restoring a backup: the use cases before unlock that put a proved copy in the store's place.

The passphrase or the recovery sheet is the one of the time of the backup. All is done on a copy: a wrong passphrase,
a damaged or a newer backup, a full disk or a kill leave what lies here as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2

from app.clock import Clock
from app.errors import UserError
from app.i18n import N_
from app.models import Installation
from app.store import backup as backups
from app.store import places, restore
from app.store.connection import check_head, connect
from app.store.copying import check_whole
from app.store.engine import Store, open_store, store_exists
from app.store.files import KEY_NAME, STORE_NAME
from app.store.key import Unlocked
from app.store.keyformat import STANDARD, KdfParams
from app.store.keyslots import KeyFile
from app.store.medium import BACKED_UP
from app.store.recovery import RecoveryCode
from app.sync.ledger import SELF_RID
from app.usecases.by_sheet import OpenedBySheet
from app.usecases.desk import Desk, desk_of
from app.usecases.identity import become_new

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BackupFound:
    """A backup that may be restored. ``made_on`` is an ISO day as the clock said it, or empty; ``size`` in bytes."""

    path: Path
    name: str
    made_on: str
    size: int


class Restoring:
    """Knows the folder of the store that is or will be here."""

    def __init__(self, folder: Path, clock: Clock, kdf: KdfParams | None = None) -> None:
        self._folder = folder
        self._clock = clock
        self._kdf = kdf or STANDARD

    def exists(self) -> bool:
        """Whether a store lies here, which a restore would put aside."""
        return store_exists(self._folder) or restore.is_pending(self._folder)

    def removable_folders(self) -> list[Path]:
        """Sticks that are put in now."""
        return places.sticks()

    def find(self, place: Path) -> list[BackupFound]:
        """The backups at ``place``, newest first: a folder that holds backups, or a backup itself."""
        if all((place / name).is_file() for name in BACKED_UP):
            return [BackupFound(place, place.name, "", (place / STORE_NAME).stat().st_size)]
        return [
            BackupFound(one.path, one.path.name, one.day.isoformat() if one.day else "", one.size)
            for one in backups.listed(place)
            if one.size
        ]

    def restore(self, backup: Path, passphrase: str, progress: Progress, *, replace: bool = False) -> Desk:
        """Restore ``backup`` with a passphrase of its time, and open it as a new installation.

        A store that lies here is put aside, never overwritten, and only with ``replace``. Raises UserError.
        """
        self._begin(replace=replace)
        unlocked = self._put_in_place(backup, lambda keys: keys.unlock(passphrase), progress)
        keys, store = self._open(unlocked)
        try:
            return desk_of(store, keys, unlocked, self._clock, unlocked.slot_id)
        except BaseException:
            store.close()
            raise

    def restore_by_sheet(
        self, backup: Path, groups: Sequence[str], progress: Progress, *, replace: bool = False
    ) -> OpenedBySheet:
        """As ``restore``, with the recovery sheet of its time; who holds it then says who she is."""
        self._begin(replace=replace)
        code = RecoveryCode.parse(groups)
        unlocked = self._put_in_place(backup, lambda keys: keys.unlock_recovery(code), progress)
        keys, store = self._open(unlocked)
        try:
            return OpenedBySheet(store, keys, unlocked, self._clock)
        except BaseException:
            store.close()
            raise

    def _begin(self, *, replace: bool) -> None:
        restore.finish(self._folder)
        if self.exists() and not replace:
            raise UserError(
                N_("A store lies here already. Say that it may be put aside; it is not overwritten and not deleted.")
            )

    def _put_in_place(self, backup: Path, unlock: Callable[[KeyFile], Unlocked], progress: Progress) -> Unlocked:
        progress("copy")
        staged = restore.stage(backup, self._folder)
        try:
            progress("key")
            keys = KeyFile.open(staged / KEY_NAME, self._kdf)
            unlocked = unlock(keys)
            progress("check")
            _prove(staged, unlocked)
            self._renew(staged, keys, unlocked)
        except BaseException:
            restore.drop(self._folder)
            raise
        progress("place")
        restore.take_effect(self._folder)
        return unlocked

    def _renew(self, staged: Path, keys: KeyFile, unlocked: Unlocked) -> None:
        """Migrate where needed, and make the new installation. Closes the store, which wipes the key it had."""
        with closing(open_store(staged, unlocked.key.copy())) as store:
            with store.reading() as session:
                if session.get(Installation, SELF_RID) is None:
                    raise UserError(N_("Nothing was recorded yet when this backup was made. Take another one."))
            desk = desk_of(store, keys, unlocked, self._clock, unlocked.slot_id)
            with store.transaction() as session:
                become_new(session, self._clock, desk.author())

    def _open(self, unlocked: Unlocked) -> tuple[KeyFile, Store]:
        keys = KeyFile.open(self._folder / KEY_NAME, self._kdf)
        return keys, open_store(self._folder, unlocked.key)


def _prove(staged: Path, unlocked: Unlocked) -> None:
    """Every page and every reference, before anything is made of it."""
    path = staged / STORE_NAME
    check_head(path, unlocked.key)
    try:
        with closing(connect(path, unlocked.key)) as connection:
            check_whole(connection)
    except (dbapi2.Error, UserError) as error:
        raise UserError(backups.DAMAGED) from error
