"""A store of the toy form that exists and is closed, with all that opens it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from app.store.engine import Store, create_store, open_store
from app.store.files import KEY_NAME, STORE_NAME
from app.store.key import Unlocked
from app.store.keyformat import KdfParams
from app.store.keyslots import KeyFile
from app.store.migrate import Migrations
from app.store.recovery import RecoveryCode
from tests.store.toy import FIRST, Parent, toy_migrations

QUICK = KdfParams(memory_kib=64, lanes=1, passes=1, floor_kib=32)
PHRASE = "абзац яхта снег атомный бедный ячейка"
NURSE = uuid.UUID(int=1)


@dataclass
class Bench:
    folder: Path
    recovery: RecoveryCode
    migrations: Migrations

    @property
    def database(self) -> Path:
        return self.folder / STORE_NAME

    @property
    def key_path(self) -> Path:
        return self.folder / KEY_NAME

    def keys(self) -> KeyFile:
        return KeyFile.open(self.key_path, QUICK)

    def unlock(self, phrase: str = PHRASE) -> Unlocked:
        return self.keys().unlock(phrase)

    def open(self, phrase: str = PHRASE) -> Store:
        return open_store(self.folder, self.unlock(phrase).key, migrations=self.migrations)

    def files(self) -> dict[str, bytes]:
        """What lies in the folder and is not empty."""
        return {path.name: path.read_bytes() for path in self.folder.iterdir() if path.stat().st_size}


def new_bench(folder: Path, name: str) -> Bench:
    migrations = toy_migrations(folder / f"{name}-migrations", FIRST)
    bench = Bench(folder / name, RecoveryCode.generate(), migrations)
    keys, unlocked = KeyFile.make(bench.key_path, {NURSE: PHRASE}, bench.recovery, QUICK)
    create_store(bench.folder, keys, unlocked.key, migrations=migrations).close()
    return bench


def save(store: Store, name: str) -> None:
    with store.transaction() as session:
        session.add(Parent(name=name))


def names(store: Store) -> list[str]:
    with store.reading() as session:
        return [str(name) for (name,) in session.execute(text("SELECT name FROM parent ORDER BY rid"))]
