"""Safekeeping: backups of the open store, made by the button and by itself, and what is known of them.

Where they go and when the last one was made is kept in the store. A backup is made by itself when the last one is
about a day old and the place is there: a stick that is not put in is no error, it is only told.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from app.errors import UserError
from app.i18n import N_
from app.models import Setting
from app.store import backup as backups
from app.store import places
from app.store.files import sentence_for
from app.sync.ledger import stamp
from app.usecases.audit import note
from app.usecases.desk import Desk
from app.usecases.identity import waiting_for_handover

Progress = Callable[[int, int], None]

DUE_AFTER: Final = dt.timedelta(hours=20)
"""A day's work may begin a little earlier than the day before."""
OVERDUE_AFTER: Final = dt.timedelta(days=3)

NO_FOLDER: Final = N_("No backup is made: no folder or stick is chosen for it yet.")
NOT_THERE: Final = N_("The stick or folder for backups is not there. Put the stick in, or choose another folder.")
TOO_OLD: Final = N_("The last backup is some days old. Make one now.")
NEVER: Final = N_("There is no backup yet. Make one now.")

SAME_DISK: Final = N_(
    "It lies on this laptop's own disk: it protects against mistakes, not against loss of the laptop."
)
IN_STORE: Final = N_(
    "This is the program's own folder: whoever deletes it deletes the backups too. Choose another one."
)
IN_CLOUD: Final = N_(
    "A cloud service copies this folder to other computers. The backups are encrypted, but better choose a stick."
)
STORE_IN_CLOUD: Final = N_(
    "A cloud service copies the program's own folder. Two laptops may overwrite each other there: turn the service "
    "off for this folder."
)
CONFLICTS: Final = N_(
    "Beside the store lie copies that a cloud service made of it. They were not touched. Tell the coordinator."
)

_FOLDER: Final = "backup_folder"
_LAST: Final = "backup_last"


class BackupStopped(UserError):
    """The person stopped it."""

    def __init__(self) -> None:
        super().__init__(N_("Stopped. No new backup was made; the older ones are whole."))


@dataclass(frozen=True, slots=True)
class BackupState:
    """What is known of backups. ``problem`` and ``warnings`` are marked texts; ``last_at`` a UTC stamp or empty."""

    last_at: str
    where: str
    overdue: bool
    folder: Path | None
    problem: str
    warnings: tuple[str, ...]
    is_there: bool
    due: bool


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup that was written, read back, opened and checked. ``damaged`` names older ones that are not whole."""

    path: Path
    size: int
    at: str
    same_disk: bool
    damaged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BackupRow:
    """A backup in a list. ``made_on`` is what the clock said (ISO day), ``mine``: of this store and its keys."""

    path: Path
    name: str
    made_on: str
    size: int
    mine: bool


class Safekeeping:
    """The use cases about backups. ``sticks`` tells which sticks are put in."""

    def __init__(self, desk: Desk, sticks: Callable[[], list[Path]] | None = None) -> None:
        self._desk = desk
        self.removable_folders = sticks or places.sticks

    def state(self) -> BackupState:
        """What is known now. Cheap: nothing is opened."""
        with self._desk.store.reading() as session:
            place, last = _setting(session, _FOLDER), _setting(session, _LAST)
        folder = Path(str(place["path"])) if place else None
        there = folder is not None and self._is_there(folder, other_disk=bool(place["other_disk"]))
        age = self._age(str(last.get("at", "")))
        overdue = age is None or age >= OVERDUE_AFTER
        return BackupState(
            last_at=str(last.get("at", "")),
            where=str(last.get("folder", "")),
            overdue=overdue,
            folder=folder,
            problem=_problem(folder, there=there, age=age, overdue=overdue),
            warnings=(*self._warnings(folder if there else None), *self._warnings_of_home()),
            is_there=there,
            due=there and (age is None or age >= DUE_AFTER),
        )

    def choose_folder(self, folder: Path) -> tuple[str, ...]:
        """Make backups there from now on; returns warnings (marked texts). UserError where nobody may write."""
        folder = folder.absolute()
        probe = folder / f".{self._desk.clock.new_id()}"
        try:
            probe.touch(exist_ok=False)
            probe.unlink()
        except OSError as error:
            raise sentence_for(error) from error
        other_disk = not places.on_same_disk(folder, self._home)
        with self._desk.store.transaction() as session:
            _keep(session, _FOLDER, {"path": str(folder), "other_disk": other_disk})
            note(session, self._desk.author(), "backup_folder_chosen")
        return self._warnings(folder)

    def back_up(self, progress: Progress, cancelled: Callable[[], bool] = lambda: False) -> BackupMade:
        """Make a backup now, prove it, and let go of what the ring no longer keeps.

        Raises UserError (no folder, not there, full, pulled out …); the older ones are whole then.
        """
        state = self.state()
        if state.folder is None:
            raise UserError(NO_FOLDER)
        if not state.is_there:
            raise UserError(NOT_THERE)
        return self._back_up(state.folder, progress, cancelled)

    def back_up_to(self, folder: Path, progress: Progress) -> BackupMade:
        """Make a backup in ``folder`` this once, without choosing it for good."""
        if not folder.is_dir():
            raise UserError(NOT_THERE)
        return self._back_up(folder, progress, lambda: False)

    def back_up_if_due(self, progress: Progress) -> BackupMade | None:
        """What the program does by itself some time after unlock. None: nothing was to be done."""
        return self.back_up(progress) if self.state().due else None

    def list(self, folder: Path | None = None) -> list[BackupRow]:
        """The backups in ``folder`` or in the chosen one, newest first; none where it is not there."""
        place = folder or self.state().folder
        if place is None or not place.is_dir():
            return []
        mine = self._desk.unlocked.key.store_id
        return [
            BackupRow(one.path, one.path.name, one.day.isoformat() if one.day else "", one.size, one.store_id == mine)
            for one in backups.listed(place)
        ]

    def verify(self, path: Path) -> None:
        """Open a backup of this store and check every page of it; raises UserError where it cannot be used."""
        backups.prove(path, self._desk.unlocked.key, self._desk.keys.kdf)

    def handover_waits(self) -> Mapping[uuid.UUID, int]:
        """After a restore: the former ids of this laptop, with how many records wait for the handover."""
        with self._desk.store.reading() as session:
            return waiting_for_handover(session)

    def _back_up(self, folder: Path, progress: Progress, cancelled: Callable[[], bool]) -> BackupMade:
        desk = self._desk

        def moved(done: int, of: int) -> None:
            if cancelled():
                raise BackupStopped
            progress(done, of)

        key, kdf = desk.unlocked.key, desk.keys.kdf
        day = desk.clock.today()
        made = backups.make(desk.store, desk.keys.path, key, folder, day, moved, kdf)
        damaged = backups.let_go(folder, key, kdf)
        at = stamp(desk.clock.now())
        with desk.store.transaction() as session:
            _keep(session, _LAST, {"at": at, "folder": str(folder)})
            note(session, desk.author(), "backed_up")
        names = tuple(one.path.name for one in damaged)
        return BackupMade(made.path, made.size, at, places.on_same_disk(folder, self._home), names)

    @property
    def _home(self) -> Path:
        return self._desk.store.path.parent

    def _is_there(self, folder: Path, *, other_disk: bool) -> bool:
        """Not a mount point whose stick is out: that is a folder of this laptop's own disk then."""
        return folder.is_dir() and not (other_disk and places.on_same_disk(folder, self._home))

    def _age(self, last_at: str) -> dt.timedelta | None:
        """How long ago, whichever way the clock was wrong; None where there is none."""
        if not last_at:
            return None
        return abs(self._desk.clock.now() - dt.datetime.fromisoformat(last_at))

    def _warnings(self, folder: Path | None) -> tuple[str, ...]:
        if folder is None:
            return ()
        found = {
            IN_STORE: places.is_within(folder, self._home),
            IN_CLOUD: places.is_in_cloud(folder),
            SAME_DISK: places.on_same_disk(folder, self._home),
        }
        return tuple(text for text, so in found.items() if so)

    def _warnings_of_home(self) -> tuple[str, ...]:
        found = {
            STORE_IN_CLOUD: places.is_in_cloud(self._home),
            CONFLICTS: bool(places.conflict_copies(self._home)),
        }
        return tuple(text for text, so in found.items() if so)


def _problem(folder: Path | None, *, there: bool, age: dt.timedelta | None, overdue: bool) -> str:
    """The most urgent thing to tell, as marked text; empty where all is well."""
    if folder is None:
        return NO_FOLDER
    if not overdue:
        return ""
    if not there:
        return NOT_THERE
    return NEVER if age is None else TOO_OLD


def _setting(session: Session, name: str) -> dict[str, object]:
    kept = session.get(Setting, name)
    found = json.loads(kept.value) if kept else {}
    return found if isinstance(found, dict) else {}


def _keep(session: Session, name: str, value: Mapping[str, object]) -> None:
    session.merge(Setting(name=name, value=json.dumps(value, ensure_ascii=False)))
