"""One keyed connection to a store, with every protection read back, or no connection at all.

The order of the steps is measured: SQLCipher's own log off (it writes page numbers to stderr), the key, a first read
(a wrong key shows only there), then the settings. The driver's defaults lose a save at a power cut (DELETE and FULL:
95 of 400 runs); TRUNCATE and EXTRA lost none of 5,000. Whoever skips them in code is stopped here.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol, cast

from sqlcipher3 import dbapi2

from app.errors import UserError
from app.i18n import N_
from app.store import troubles
from app.store.key import STORE_ID_BYTES, StoreKey, wipe

_PLAIN_HEAD: Final = b"SQLite format 3\0"
_PAGE: Final = 4096
_BUSY_MILLISECONDS: Final = 5000


class Journal(StrEnum):
    """How a save reaches the disk."""

    TRUNCATE = "truncate"
    """Centres: a copy of the file is whole even while the program is open, and read-only media can be read."""
    WAL = "wal"
    """The coordinator's register: faster in large imports; checkpointed at close."""


class Rows(Protocol):
    """What of a cursor is used here."""

    def fetchall(self) -> list[tuple[object, ...]]: ...


class Connection(Protocol):
    """What of the driver's connection is used here (it comes without types)."""

    total_changes: int

    def execute(self, sql: str, values: Sequence[object] = ...) -> Rows: ...
    def backup(self, target: Connection, *, pages: int = ...) -> None: ...
    def set_key(self, key: bytearray) -> None: ...
    def close(self) -> None: ...


class UnsafeSettings(UserError):
    """A protection did not take effect; ``setting`` says which."""

    def __init__(self, setting: str) -> None:
        super().__init__(
            N_(
                "The store was not opened: a setting that protects what you save did not take effect ({setting}). "
                "Install the program anew; if that does not help, tell the coordinator."
            ),
            setting=setting,
        )


def check_head(path: Path, key: StoreKey) -> None:
    """Look at the file before SQLite does; raises UserError unless it is a store that ``key`` belongs to.

    SQLite would make a missing file anew, take an empty one for an empty store and open a plain one without a key.
    Only for a store that this process has not open: closing a second handle would drop SQLite's locks.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_PAGE)
    except FileNotFoundError as error:
        raise UserError(troubles.MISSING) from error
    except OSError as error:
        raise UserError(troubles.CANNOT_OPEN) from error
    if not head:
        raise UserError(troubles.EMPTY)
    if head.startswith(_PLAIN_HEAD):
        raise UserError(troubles.PLAIN)
    if len(head) < _PAGE:
        raise UserError(troubles.TRUNCATED)
    if head[:STORE_ID_BYTES] != key.store_id:
        raise UserError(troubles.DAMAGED if _opens_under(path, key) else troubles.FOREIGN)


def connect(
    path: Path, key: StoreKey, journal: Journal = Journal.TRUNCATE, *, foreign_keys: bool = True
) -> Connection:
    """Open the store that exists at ``path``; raises UserError or the driver's error."""
    connection = _open(path, "rw")
    try:
        _apply_key(connection, key.literal())
        _require_tables(connection)
        _protect(connection, journal, foreign_keys=foreign_keys)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_reading(path: Path, key: StoreKey) -> Connection:
    """Open a store that nobody has open to look at it alone (a backup): no byte of it or beside it is written."""
    connection = _open(path, "ro")
    try:
        _apply_key(connection, key.literal())
        _require_tables(connection)
        _require(connection, "query_only", "ON", 1)
        _require(connection, "temp_store", "MEMORY", 2)
        _require(connection, "trusted_schema", "OFF", 0)
        _require(connection, "cell_size_check", "ON", 1)
        _require(connection, "cache_size", "-65536", -65536)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_new(path: Path, key: StoreKey) -> Connection:
    """Make a database at ``path``, where none may be, with the store's id at its head."""
    path.touch(mode=0o600, exist_ok=False)
    connection = _open(path, "rw")
    try:
        _apply_key(connection, key.literal())
        connection.execute(f"PRAGMA cipher_salt = \"x'{key.store_id.hex()}'\"")
        _protect(connection, Journal.TRUNCATE, foreign_keys=False)
    except BaseException:
        connection.close()
        raise
    return connection


def _open(path: Path, mode: str) -> Connection:
    # Autocommit by the driver is off (None): SQLAlchemy's begin event says which kind of transaction is begun.
    # The pool hands connections from thread to thread, one at a time.
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    return cast("Connection", connection)


def _apply_key(connection: Connection, literal: bytearray) -> None:
    """Hand the key over without it ever being text: ``PRAGMA key`` left four copies in memory, this leaves none."""
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.set_key(literal)
    finally:
        wipe(literal)


def _protect(connection: Connection, journal: Journal, *, foreign_keys: bool) -> None:
    """Set each protection and read it back; raises UnsafeSettings for the first that is not in force."""
    _require(connection, "journal_mode", journal.value, journal.value)
    synchronous = ("EXTRA", 3) if journal is Journal.TRUNCATE else ("FULL", 2)
    _require(connection, "synchronous", *synchronous)
    _require(connection, "foreign_keys", *(("ON", 1) if foreign_keys else ("OFF", 0)))
    _require(connection, "temp_store", "MEMORY", 2)
    _require(connection, "secure_delete", "ON", 1)
    _require(connection, "trusted_schema", "OFF", 0)
    _require(connection, "cell_size_check", "ON", 1)
    # 96 MB at most: halves the cost of the cipher in bulk work, and holds the index of a million services.
    _require(connection, "cache_size", "-98304", -98304)
    _require(connection, "busy_timeout", str(_BUSY_MILLISECONDS), _BUSY_MILLISECONDS)


def _require_tables(connection: Connection) -> None:
    """The first read: a wrong key shows here. A file without tables was emptied since ``check_head``."""
    if not _value(connection, "SELECT count(*) FROM sqlite_master"):
        raise UserError(troubles.EMPTY)


def _require(connection: Connection, setting: str, text: str, expected: object) -> None:
    connection.execute(f"PRAGMA {setting} = {text}").fetchall()
    if _value(connection, f"PRAGMA {setting}") != expected:
        raise UnsafeSettings(setting)


def _value(connection: Connection, sql: str) -> object:
    rows = connection.execute(sql).fetchall()
    return rows[0][0] if rows else None


def _opens_under(path: Path, key: StoreKey) -> bool:
    """Whether the rest of the file is of this key, so that only its first bytes are damaged."""
    connection = _open(path, "ro")
    try:
        _apply_key(connection, key.literal(with_salt=True))
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except dbapi2.Error:
        return False
    finally:
        connection.close()
    return True
