"""The open store: what it sets, what it refuses, what a commit says."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import PoolProxiedConnection, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from app.errors import UserError
from app.store import connection as driver
from app.store import engine, files, troubles
from app.store.connection import Journal, UnsafeSettings
from app.store.engine import Store, create_store, open_store, store_exists
from app.store.key import StoreKey
from app.store.keyslots import KeyFile
from app.store.recovery import RecoveryCode
from tests.store.bench import NURSE, PHRASE, QUICK, Bench, names, save
from tests.store.toy import Child, Parent

CANARY = "Аляксандра-Канарэйка"


def test_what_is_saved_is_there_at_the_next_start(bench: Bench) -> None:
    for name in ("один", "два"):
        store = bench.open()
        save(store, name)
        store.close()
    store = bench.open()
    assert names(store) == ["один", "два"]
    store.close()


def test_a_block_that_raises_keeps_nothing(bench: Bench) -> None:
    store = bench.open()

    def fail_halfway() -> None:
        with store.transaction() as session:
            session.add(Parent(name="x"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    assert names(store) == []
    store.close()


def test_objects_stay_readable_after_the_block(bench: Bench) -> None:
    store = bench.open()
    with store.transaction() as session:
        parent = Parent(name="x")
        session.add(parent)
    assert (parent.rid, parent.name) == (1, "x")
    store.close()


def test_reading_cannot_write_and_the_connection_can_afterwards(bench: Bench) -> None:
    store = bench.open()
    with pytest.raises(DBAPIError), store.reading() as session:
        session.execute(text("INSERT INTO parent(name) VALUES ('x')"))
    save(store, "y")
    assert names(store) == ["y"]
    store.close()


def test_references_are_enforced(bench: Bench) -> None:
    store = bench.open()
    with pytest.raises(DBAPIError), store.transaction() as session:
        session.add(Child(parent_rid=99))
    store.close()


def test_errors_hold_no_contents(bench: Bench) -> None:
    store = bench.open()
    with pytest.raises(DBAPIError) as failed, store.transaction() as session:
        session.execute(text("INSERT INTO parent(rid, name) VALUES (1, :n), (1, :n)"), {"n": CANARY})
    assert CANARY not in str(failed.value)
    store.close()


def test_transactions_do_not_nest_and_writers_take_turns(bench: Bench) -> None:
    store = bench.open()
    with store.transaction(), pytest.raises(RuntimeError, match="within"), store.transaction():
        pass
    threads = [threading.Thread(target=save, args=(store, str(n))) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(names(store), key=int) == [str(n) for n in range(20)]
    store.close()


def test_a_writer_has_the_store_from_its_first_moment(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else two could read the same state, and the second would overwrite or fail in its middle."""
    monkeypatch.setattr(driver, "_BUSY_MILLISECONDS", 0)
    store = bench.open()
    other = driver.connect(bench.database, bench.unlock().key)
    with store.transaction(), pytest.raises(dbapi2.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.close()
    store.close()


def test_a_writer_waits_for_another_thread_however_long_that_takes(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "_BUSY_MILLISECONDS", 0)
    store = bench.open()
    thread = threading.Thread(target=save, args=(store, "second"))
    with store.transaction() as session:
        thread.start()
        thread.join(0.2)
        assert thread.is_alive()
        session.add(Parent(name="first"))
    thread.join()
    assert names(store) == ["first", "second"]
    store.close()


def test_a_reader_sees_one_steady_state_while_another_thread_reads_too(bench: Bench) -> None:
    store = bench.open()
    with store.reading() as one, store.reading() as two:
        counts = [s.execute(text("SELECT count(*) FROM parent")).scalar() for s in (one, two)]
    assert counts == [0, 0]
    store.close()


@pytest.mark.parametrize(("journal", "expected"), [(Journal.TRUNCATE, ("truncate", 3)), (Journal.WAL, ("wal", 2))])
def test_every_connection_has_every_protection(bench: Bench, journal: Journal, expected: tuple[str, int]) -> None:
    store = open_store(bench.folder, bench.unlock().key, journal=journal, migrations=bench.migrations)
    wanted = {
        "journal_mode": expected[0],
        "synchronous": expected[1],
        "foreign_keys": 1,
        "temp_store": 2,
        "secure_delete": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "cache_size": -98304,
        "busy_timeout": 5000,
        "cipher_log_level": "NONE",
    }
    with store.reading() as one, store.reading() as two:
        for session in (one, two):
            assert {name: session.execute(text(f"PRAGMA {name}")).scalar() for name in wanted} == wanted
    store.close()


def test_the_register_is_checkpointed_at_close_and_opens_as_a_centre(bench: Bench) -> None:
    store = open_store(bench.folder, bench.unlock().key, journal=Journal.WAL, migrations=bench.migrations)
    save(store, "x")
    wal = bench.folder / "store.db-wal"
    assert wal.stat().st_size
    store.close()
    assert not wal.exists() or not wal.stat().st_size
    store = bench.open()
    assert names(store) == ["x"]
    store.close()


@pytest.mark.parametrize("setting", ["journal_mode", "synchronous", "foreign_keys", "temp_store", "trusted_schema"])
def test_a_setting_that_does_not_take_refuses_the_start(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    value = driver._value
    monkeypatch.setattr(
        driver, "_value", lambda conn, sql: "delete" if sql == f"PRAGMA {setting}" else value(conn, sql)
    )
    key, before = bench.unlock().key, bench.database.read_bytes()
    with pytest.raises(UnsafeSettings) as refused:
        open_store(bench.folder, key, migrations=bench.migrations)
    assert setting in refused.value.sentence()
    assert bench.database.read_bytes() == before


def test_every_later_connection_is_checked_too(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    store = bench.open()
    value = driver._value
    monkeypatch.setattr(driver, "_value", lambda conn, sql: 2 if sql == "PRAGMA synchronous" else value(conn, sql))
    with store.reading(), pytest.raises(UnsafeSettings), store.reading():
        pass
    store.close()


def _zeroed(data: bytes) -> bytes:
    return bytes(16) + data[16:]


def _first_page_hurt(data: bytes) -> bytes:
    return data[:100] + bytes([data[100] ^ 1]) + data[101:]


@pytest.mark.parametrize(
    ("hurt", "sentence"),
    [
        (lambda data: b"", troubles.EMPTY),
        (lambda data: data[:100], troubles.TRUNCATED),
        (lambda data: data[:8192], troubles.DAMAGED),
        (lambda data: b"SQLite format 3\0" + data[16:], troubles.PLAIN),
        (lambda data: bytes(len(data)), troubles.FOREIGN),
        (_zeroed, troubles.DAMAGED),
        (_first_page_hurt, troubles.DAMAGED),
        (lambda data: b"%PDF-1.7" + data[8:4096], troubles.FOREIGN),
    ],
)
def test_what_is_not_our_store_is_refused_and_not_changed(
    bench: Bench, hurt: Callable[[bytes], bytes], sentence: str
) -> None:
    broken = hurt(bench.database.read_bytes())
    bench.database.write_bytes(broken)
    files_before = sorted(p.name for p in bench.folder.iterdir())
    with pytest.raises(UserError) as refused:
        bench.open()
    assert refused.value.message == sentence
    assert bench.database.read_bytes() == broken
    assert sorted(p.name for p in bench.folder.iterdir()) == files_before


def test_a_missing_store_is_said_and_never_made_anew(bench: Bench) -> None:
    bench.database.unlink()
    with pytest.raises(UserError) as refused:
        bench.open()
    assert refused.value.message == troubles.MISSING
    assert not bench.database.exists()
    assert store_exists(bench.folder)


def test_a_store_of_another_laptop_is_told_from_a_damaged_one(make_bench: Callable[[str], Bench]) -> None:
    one, two = make_bench("one"), make_bench("two")
    one.database.write_bytes(two.database.read_bytes())
    with pytest.raises(UserError) as refused:
        one.open()
    assert refused.value.message == troubles.FOREIGN


def test_a_wrong_key_under_the_right_id_opens_nothing(bench: Bench) -> None:
    wrong = StoreKey(bytearray(b"w" * 32), bench.unlock().key.store_id)
    with pytest.raises(UserError) as refused:
        open_store(bench.folder, wrong, migrations=bench.migrations)
    assert refused.value.message == troubles.DAMAGED


def test_one_store_is_opened_once_in_a_process(bench: Bench) -> None:
    store = bench.open()
    with pytest.raises(RuntimeError, match="already"):
        bench.open()
    store.close()
    bench.open().close()


def test_close_wipes_the_key_and_ends_the_store(bench: Bench) -> None:
    unlocked = bench.unlock()
    store = open_store(bench.folder, unlocked.key, migrations=bench.migrations)
    assert any(unlocked.master_key)
    store.close()
    store.close()
    assert unlocked.master_key == bytearray(32)
    with pytest.raises(ValueError, match="raw key"), store.reading():
        pass


def test_nothing_readable_lies_on_the_disk(bench: Bench) -> None:
    unlocked = bench.unlock()
    master = bytes(unlocked.master_key)
    store = open_store(bench.folder, unlocked.key, migrations=bench.migrations)
    save(store, CANARY)

    def everything() -> bytes:
        return b"".join(path.read_bytes() for path in sorted(bench.folder.iterdir()))

    with store.transaction() as session:
        session.add(Parent(name=CANARY * 2000))
        session.flush()
        during = everything()
    store.close()
    for data in (during, everything()):
        for coding in ("utf-8", "utf-16-le", "utf-32-le"):
            assert CANARY.encode(coding) not in data
            assert not any(word.encode(coding) in data for word in PHRASE.split())
        assert master not in data
        assert master.hex().encode() not in data
        assert b"CREATE TABLE" not in data


# --- creation ---------------------------------------------------------------------------------------------------


def _new_keys(folder: Path) -> tuple[KeyFile, StoreKey]:
    keys, unlocked = KeyFile.make(folder / files.KEY_NAME, {NURSE: PHRASE}, RecoveryCode.generate(), QUICK)
    return keys, unlocked.key


def test_a_new_store_is_never_made_over_an_old_one(bench: Bench) -> None:
    before = bench.database.read_bytes(), bench.key_path.read_bytes()
    with pytest.raises(FileExistsError):
        create_store(bench.folder, *_new_keys(bench.folder), migrations=bench.migrations)
    assert (bench.database.read_bytes(), bench.key_path.read_bytes()) == before


@pytest.mark.parametrize("step", ["build_fresh", "save", "replace_file"])
def test_a_set_up_that_is_cut_short_starts_again_or_is_finished(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    folder = tmp_path / "cut"
    keys, key = _new_keys(folder)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    owner: object = KeyFile if step == "save" else engine
    monkeypatch.setattr(owner, step, die)
    with pytest.raises(KeyboardInterrupt):
        create_store(folder, keys, key, migrations=bench.migrations)
    monkeypatch.undo()
    if step == "replace_file":
        again = KeyFile.open(folder / files.KEY_NAME, QUICK).unlock(PHRASE).key
        store = open_store(folder, again, migrations=bench.migrations)
    else:
        assert not store_exists(folder)
        store = create_store(folder, *_new_keys(folder), migrations=bench.migrations)
    save(store, "x")
    store.close()
    assert sorted(path.name for path in folder.iterdir() if path.stat().st_size) == ["store.db", "store.key"]


# --- when the disk refuses --------------------------------------------------------------------------------------


def test_a_full_database_is_said_and_the_next_save_works_when_there_is_room(bench: Bench) -> None:
    store = bench.open()
    save(store, "before")
    limit = ["PRAGMA max_page_count = 1"]
    event.listen(store._engine, "begin", lambda conn: [conn.exec_driver_sql(sql) for sql in limit], insert=True)
    with pytest.raises(UserError) as refused:
        save(store, "x" * 50_000)
    assert refused.value.message == files.DISK_FULL
    assert names(store) == ["before"]
    limit[:] = ["PRAGMA max_page_count = 4294967294"]
    save(store, "after")
    assert names(store) == ["before", "after"]
    store.close()


def test_another_program_that_holds_the_store_is_named(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "_BUSY_MILLISECONDS", 100)
    store = bench.open()
    other = driver.connect(bench.database, bench.unlock().key)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(UserError) as refused:
        save(store, "x")
    assert refused.value.message == troubles.LOCKED
    other.execute("ROLLBACK")
    other.execute("BEGIN").fetchall()
    other.execute("SELECT count(*) FROM parent").fetchall()
    with pytest.raises(UserError) as refused:
        save(store, "y")  # the write goes through, the commit does not
    assert refused.value.message == troubles.LOCKED
    other.close()
    save(store, "z")
    assert names(store) == ["z"]
    store.close()


class _Trouble(dbapi2.OperationalError):  # type: ignore[misc] # the driver comes without types
    sqlite_errorcode = 10


def _commit_that_reports_an_error(store: Store, *, kept: bool) -> None:
    real = store._engine.dialect.do_commit

    def commit(connection: PoolProxiedConnection) -> None:
        if kept:
            real(connection)
        raise _Trouble("disk I/O error")

    store._engine.dialect.do_commit = commit  # type: ignore[assignment,method-assign] # a fault in the driver's place


def test_a_commit_that_was_kept_although_it_reported_an_error_is_a_save(bench: Bench) -> None:
    store = bench.open()
    _commit_that_reports_an_error(store, kept=True)
    save(store, "kept")
    assert names(store) == ["kept"]
    store.close()


def test_a_commit_that_was_not_kept_says_so(bench: Bench) -> None:
    store = bench.open()
    _commit_that_reports_an_error(store, kept=False)
    with pytest.raises(UserError) as refused:
        save(store, "lost")
    assert not isinstance(refused.value, troubles.CommitUncertain)
    assert refused.value.message == files.DISK_FAILING
    assert names(store) == []
    store.close()


def test_a_failed_write_on_a_full_disk_is_called_a_full_disk(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    store = bench.open()
    _commit_that_reports_an_error(store, kept=False)
    monkeypatch.setattr(troubles, "free_bytes", lambda _: 4096)
    with pytest.raises(UserError) as refused:
        save(store, "lost")
    assert refused.value.message == files.DISK_FULL
    store.close()


@pytest.mark.parametrize("kept", [True, False])
def test_only_when_nobody_can_know_is_the_commit_uncertain(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    store = bench.open()
    _commit_that_reports_an_error(store, kept=kept)

    def broken(_: Store) -> driver.Connection:
        raise _Trouble("disk I/O error")

    def lose_the_disk(session: Session) -> None:
        session.add(Parent(name=str(uuid.uuid4())))
        monkeypatch.setattr(Store, "_connect", broken)

    with pytest.raises(troubles.CommitUncertain), store.transaction() as session:
        lose_the_disk(session)
    monkeypatch.undo()
    assert len(names(store)) == int(kept)
    store.close()
