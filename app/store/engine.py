"""The store while it is open: SQLAlchemy over SQLCipher, and the only commit of the program.

The engine is built from the raw key (``creator=``), so opening a connection costs 0.07 ms and not a derivation of
200 ms. ``BEGIN IMMEDIATE`` comes from the begin event: a deferred transaction that reads and then writes would fail
at once when another connection writes. Parameters never stand in an error (``hide_parameters``).
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final, cast

from sqlalchemy import Connection, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from app.errors import UserError
from app.store import connection as driver
from app.store import troubles
from app.store.connection import Journal
from app.store.copying import COPY_NAME, FORMER_NAME, SPOOL_NAME, discard
from app.store.files import KEY_NAME, STORE_NAME, replace_file, require_space
from app.store.key import StoreKey
from app.store.keyslots import KeyFile
from app.store.migrate import APORA, FRESH_NAME, Migrations, build_fresh, migrate
from app.store.turn import Turn

_WRITES: Final = "writes"
_LARGEST_MARK: Final = 2**31 - 1
_ROOM_FOR_A_NEW_STORE: Final = 32_000_000
_LONGEST_GIVING_WAY: Final = 0.5
"""Seconds. Long work must end even where somebody saves without a pause."""

_open_paths: set[Path] = set()
"""Stores open in this process. A second engine on one file would close a handle and drop SQLite's locks."""


class Store:
    """One open store. Made by ``open_store`` and ``create_store``; ``close`` wipes the key."""

    def __init__(self, path: Path, key: StoreKey, journal: Journal) -> None:
        self._path = path
        self._key = key
        self._journal = journal
        self._write_turn = Turn()
        self._alongside = threading.local()
        self._engine = create_engine(
            f"sqlite:///{path}",
            module=dbapi2,
            creator=self._connect,
            poolclass=QueuePool,
            hide_parameters=True,
        )
        event.listen(self._engine, "begin", _begin)
        self._writing = self._engine.execution_options(**{_WRITES: True})

    @property
    def path(self) -> Path:
        """The database file."""
        return self._path

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Read and write; committed when the block ends, rolled back when it raises.

        When it returns, the save is on the disk. Writers wait for each other, in the order in which they asked. A
        UserError means that nothing was kept, but for CommitUncertain, which says that nobody knows. Transactions
        do not nest.
        """
        if self._write_turn.is_mine():
            raise RuntimeError("a transaction within a transaction")
        with (
            self._write_turn,
            troubles.in_words(self._path.parent),
            Session(self._writing, expire_on_commit=False) as session,
        ):
            raw = _raw(session)
            before = raw.total_changes
            yield session
            if (step := getattr(self._alongside, "step", None)) is not None:
                step(session)
            session.flush()
            self._commit(session, changed=raw.total_changes != before)

    def give_way(self) -> None:
        """For long work between its transactions: let whoever saves now have the processor until she is done."""
        self._write_turn.wait_while_taken(_LONGEST_GIVING_WAY)

    @contextmanager
    def alongside(self, step: Callable[[Session], object]) -> Iterator[None]:
        """Within the block, every transaction of this thread also carries ``step`` out: both are kept, or neither.

        (A draft goes in the same transaction that saves its form; else a crash between would offer it once more.)
        A block within a block adds its step to the outer one's.
        """
        outer = getattr(self._alongside, "step", None)

        def both(session: Session) -> None:
            if outer is not None:
                outer(session)
            step(session)

        self._alongside.step = both
        try:
            yield
        finally:
            self._alongside.step = outer

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A steady picture of the store; an attempt to write is a defect and raises SQLAlchemy's error."""
        with (
            troubles.in_words(self._path.parent, reading=True),
            Session(self._engine, expire_on_commit=False) as session,
        ):
            session.connection()
            yield session

    def copy_to(self, path: Path) -> None:
        """Copy the whole store, as it is at one moment, to ``path``, where none may be, under the same key.

        Saves of other threads wait for their turn meanwhile (1.4 s for 152 MB) and none is refused: without the
        turn a writer would meet the copier's lock and give up after a while. All that was saved before is in it.
        """
        with (
            self._write_turn,
            troubles.in_words(self._path.parent),
            closing(self._connect()) as source,
            closing(driver.connect_new(path, self._key)) as target,
        ):
            source.backup(target, pages=-1)

    def work_in(self, journal: Journal) -> None:
        """Save by ``journal`` from now on. To be called before the store is used: who it is for stands inside it."""
        if journal is not self._journal:
            self._engine.dispose()
            self._journal = journal

    def close(self) -> None:
        """Close every connection, take a WAL in, wipe the key; the file that a migration kept goes now."""
        if self._key.wiped:
            return
        self._engine.dispose()
        try:
            if self._journal is Journal.WAL:
                with closing(self._connect()) as connection:
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            self._key.wipe()
            _open_paths.discard(self._path)
        discard(self._path.with_name(FORMER_NAME))

    def _connect(self) -> driver.Connection:
        return driver.connect(self._path, self._key, self._journal)

    def _commit(self, session: Session, *, changed: bool) -> None:
        """Commit, and after an error find out whether it was kept all the same.

        A random mark is written into the file's header (``user_version``) by the same transaction. If the commit
        reports an error, a fresh connection reads the header: the mark is there exactly if the save is.
        """
        mark = secrets.randbelow(_LARGEST_MARK) + 1
        if changed:
            session.connection().exec_driver_sql(f"PRAGMA user_version = {mark}")
        try:
            session.commit()
        except DBAPIError:
            with suppress(DBAPIError):
                session.invalidate()
            if not self._was_kept(mark):
                raise

    def _was_kept(self, mark: int) -> bool:
        try:
            with closing(self._connect()) as fresh:
                return fresh.execute("PRAGMA user_version").fetchall() == [(mark,)]
        except (dbapi2.Error, UserError) as error:
            raise troubles.CommitUncertain from error


def open_store(
    folder: Path, key: StoreKey, *, journal: Journal = Journal.TRUNCATE, migrations: Migrations = APORA
) -> Store:
    """Open the store in ``folder``, brought to the newest form first. Takes ``key`` over and wipes it at close.

    Raises UserError when it is missing, empty, plain, cut short, damaged, of another key or newer; none of these
    changes a byte.
    """
    path = folder.resolve() / STORE_NAME
    if path in _open_paths:
        raise RuntimeError("this store is open already")
    with troubles.in_words(folder):
        _finish_creation(folder, key)
        driver.check_head(path, key)
        migrate(folder, key, migrations)
        for left_over in (COPY_NAME, SPOOL_NAME):
            discard(folder / left_over)
        store = Store(path, key, journal)
        with store.reading():
            _open_paths.add(path)
    return store


def create_store(
    folder: Path,
    key_file: KeyFile,
    key: StoreKey,
    *,
    journal: Journal = Journal.TRUNCATE,
    migrations: Migrations = APORA,
) -> Store:
    """Make a new store in ``folder`` for a key file that was made and not saved yet; never over an existing one.

    The database is built aside, then the key file is written, then the database gets its name: a set-up that is cut
    short leaves either nothing that counts, or all that ``open_store`` needs to finish it.
    """
    if store_exists(folder):
        raise FileExistsError(STORE_NAME)
    with troubles.in_words(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        require_space(folder, _ROOM_FOR_A_NEW_STORE)
        try:
            build_fresh(folder, key, migrations)
            key_file.save()
        except BaseException:
            discard(folder / FRESH_NAME)
            raise
    return open_store(folder, key, journal=journal, migrations=migrations)


def store_exists(folder: Path) -> bool:
    """Whether a store was ever made here, be it damaged or incomplete: then no first start is offered."""
    return any((folder / name).exists() for name in (STORE_NAME, KEY_NAME))


def _finish_creation(folder: Path, key: StoreKey) -> None:
    """Give a store its name when the set-up was cut short after the key file was written."""
    fresh, path = folder / FRESH_NAME, folder / STORE_NAME
    if fresh.exists() and not path.exists():
        driver.check_head(fresh, key)
        replace_file(fresh, path)
    discard(fresh)


def _begin(connection: Connection) -> None:
    """Begin what the session asked for: a write that waits for its turn now, or a read that cannot write."""
    writes = bool(connection.get_execution_options().get(_WRITES))
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _raw(session: Session) -> driver.Connection:
    return cast("driver.Connection", session.connection().connection.driver_connection)
