"""What a folder is, as far as it matters for a backup: on which disk it lies, and whether a cloud takes it along.

A folder that a cloud service synchronises sends the encrypted files to a company's computers, and when two laptops
share it, each overwrites the other's. Such a folder is warned of, not forbidden: the contents are encrypted.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from app.store.files import STORE_NAME

_NAMES: Final = frozenset(
    {
        "box",
        "box sync",
        "cloud mail.ru",
        "cloudstorage",
        "dropbox",
        "google drive",
        "googledrive",
        "icloud drive",
        "iclouddrive",
        "mega",
        "megasync",
        "mobile documents",
        "my drive",
        "nextcloud",
        "onedrive",
        "owncloud",
        "pcloud drive",
        "pclouddrive",
        "resilio sync",
        "sync",
        "syncthing",
        "yandex.disk",
        "yandexdisk",
        "мой диск",
        "облако mail.ru",
        "яндекс.диск",
    }
)
_BEGINNINGS: Final = ("onedrive - ", "dropbox (", "nextcloud-", "google drive (")
_MARKS: Final = (
    ".dropbox",
    ".dropbox.cache",
    ".nextcloudsync.log",
    ".owncloudsync.log",
    ".stfolder",
    ".sync_journal.db",
    ".tmp.drivedownload",
)
_VARIABLES: Final = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_OWN: Final = re.compile(r"store\.(?:db|key|lock)(?:[.-](?:journal|wal|shm|copy|former|fresh|backup|part))*\Z")
_ALIKE: Final = re.compile(r"store\b.*\.(?:db|key)\Z", re.IGNORECASE)


def is_in_cloud(folder: Path, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a cloud service is known to synchronise ``folder``, by its name, a mark file or the system's word."""
    roots = [Path(environment[name]) for name in _VARIABLES if environment.get(name)]
    return any(_is_cloud_root(one, roots) for one in _with_parents(folder))


def on_same_disk(folder: Path, home: Path) -> bool:
    """Whether both lie on one disk: then losing the laptop loses both. True where the system cannot tell."""
    try:
        return folder.stat().st_dev == home.stat().st_dev
    except OSError:
        return True


def sticks() -> list[Path]:
    """Removable media that are mounted now, where the system tells."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only there

        removable = 2
        drives = (Path(f"{letter}:\\") for letter in "DEFGHIJKLMNOPQRSTUVWXYZ")
        return [drive for drive in drives if ctypes.windll.kernel32.GetDriveTypeW(str(drive)) == removable]
    if sys.platform == "darwin":
        return sorted(path for path in Path("/Volumes").glob("*") if path.is_mount() and not path.is_symlink())
    roots = ("/media", "/run/media")
    found = (path for root in roots for pattern in ("*", "*/*") for path in Path(root).glob(pattern))
    return sorted(path for path in found if path.is_mount())


def is_within(folder: Path, home: Path) -> bool:
    """Whether ``folder`` is the store's own folder or lies in it."""
    return folder.resolve().is_relative_to(home.resolve())


def conflict_copies(home: Path) -> list[str]:
    """Files that a synchronising service left beside the store when two laptops wrote it. Never touched."""
    try:
        names = [path.name for path in home.iterdir() if path.is_file()]
    except OSError:
        return []
    return sorted(name for name in names if name != STORE_NAME and _ALIKE.match(name) and not _OWN.match(name))


def _with_parents(folder: Path) -> Iterator[Path]:
    whole = folder.absolute()
    yield whole
    yield from whole.parents


def _is_cloud_root(folder: Path, roots: list[Path]) -> bool:
    name = folder.name.casefold()
    if name in _NAMES or name.startswith(_BEGINNINGS) or folder in roots:
        return True
    return any(_exists(folder / mark) for mark in _MARKS)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
