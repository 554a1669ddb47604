"""A migration ends in the newest form with every row, or nothing has happened."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from app.errors import UserError
from app.store import connection as driver
from app.store import copying, migrate
from app.store.copying import FORMER_NAME, CopyFaulty
from app.store.key import StoreKey
from app.store.migrate import Migrations, StoreNewer
from app.store.revise import write_revision
from tests.store.bench import Bench, names, save
from tests.store.toy import FIRST, REBUILD_PARENT, Child, Parent, ToyBase, toy_migrations

ADD_TABLE = 'op.create_table("extra", sa.Column("rid", sa.Integer, primary_key=True))'


@pytest.fixture
def filled(bench: Bench) -> Bench:
    """A store with 100 parents, each with a child, and an entry in the search index."""
    store = bench.open()
    with store.transaction() as session:
        session.add_all(Parent(rid=number, name=f"имя {number}") for number in range(1, 101))
        session.flush()
        session.add_all(Child(parent_rid=number) for number in range(1, 101))
        session.execute(text("INSERT INTO finder(words) VALUES ('слово')"))
    store.close()
    return bench


def _with(bench: Bench, folder: Path, *bodies: str, declared: str = "") -> Bench:
    return replace(bench, migrations=toy_migrations(folder / "next", FIRST, *bodies, declared=declared))


def _counts(bench: Bench) -> tuple[int, int]:
    store = bench.open()
    with store.reading() as session:
        one, two = (session.execute(text(f"SELECT count(*) FROM {t}")).scalar_one() for t in ("parent", "child"))
    store.close()
    return one, two


def test_all_pending_steps_run_and_every_row_stays(filled: Bench, tmp_path: Path) -> None:
    newer = _with(filled, tmp_path, REBUILD_PARENT, ADD_TABLE)
    key = newer.unlock().key
    assert migrate.pending(newer.folder, key, newer.migrations) == ("0002", "0003")
    assert _counts(newer) == (100, 100)
    assert migrate.pending(newer.folder, key, newer.migrations) == ()
    store = newer.open()
    with store.reading() as session:
        assert session.execute(text("SELECT note FROM parent WHERE rid = 7")).scalar() is None
        assert session.execute(text("SELECT words FROM finder WHERE finder MATCH 'слово'")).scalar() == "слово"
    store.close()


def test_a_store_in_the_newest_form_is_not_copied(filled: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(migrate, "copy_store")
    before = filled.files()
    assert migrate.migrate(filled.folder, filled.unlock().key, filled.migrations) == ()
    assert filled.files() == before


def test_the_former_file_stays_until_the_new_one_was_used_and_closed(filled: Bench, tmp_path: Path) -> None:
    before = filled.database.read_bytes()
    newer = _with(filled, tmp_path, ADD_TABLE)
    store = newer.open()
    former = filled.folder / FORMER_NAME
    assert former.read_bytes() == before
    assert newer.database.read_bytes() != before
    store.close()
    assert not former.exists()


def test_where_the_disk_has_no_hard_links_the_former_file_is_a_copy(
    filled: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    before = filled.database.read_bytes()
    store = _with(filled, tmp_path, ADD_TABLE).open()
    assert (filled.folder / FORMER_NAME).read_bytes() == before
    store.close()


def _refused_unchanged(bench: Bench, kind: type[BaseException] = CopyFaulty) -> BaseException:
    key, before = bench.unlock().key, bench.files()
    with pytest.raises(kind) as refused:
        migrate.migrate(bench.folder, key, bench.migrations)
    assert bench.files() == before
    return refused.value


def test_a_planted_cascade_is_caught(filled: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Foreign keys left on, as the driver's user would: the rebuilt parent takes its children with it."""
    real = driver.connect

    def careless(path: Path, key: StoreKey, **_: bool) -> driver.Connection:
        return real(path, key)

    monkeypatch.setattr(driver, "connect", careless)
    refusal = _refused_unchanged(_with(filled, tmp_path, REBUILD_PARENT))
    assert isinstance(refusal, UserError)
    assert "child" in refusal.sentence()
    monkeypatch.undo()
    assert _counts(filled) == (100, 100)


@pytest.mark.parametrize(
    "body",
    [
        'op.execute("DELETE FROM child WHERE rid = 5")',
        'op.execute("INSERT INTO child (parent_rid) VALUES (1)")',
        'op.drop_table("child")',
        'op.execute("DELETE FROM finder")',
        'op.execute("UPDATE child SET parent_rid = 999 WHERE rid = 5")',  # seen by foreign_key_check alone
    ],
)
def test_rows_that_vanish_or_hang_stop_the_migration(filled: Bench, tmp_path: Path, body: str) -> None:
    _refused_unchanged(_with(filled, tmp_path, body))
    assert _counts(filled) == (100, 100)


def test_a_revision_may_say_which_tables_change(filled: Bench, tmp_path: Path) -> None:
    body = 'op.execute("DELETE FROM child WHERE rid = 5")'
    assert _counts(_with(filled, tmp_path, body, declared="child")) == (100, 99)


def test_a_revision_that_fails_leaves_the_store(filled: Bench, tmp_path: Path) -> None:
    _refused_unchanged(_with(filled, tmp_path, ADD_TABLE, "raise ZeroDivisionError"), ZeroDivisionError)


def test_a_damaged_copy_is_not_swapped_in(filled: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newer = _with(filled, tmp_path, ADD_TABLE)
    upgrade = migrate._upgrade

    def hurt(raw: driver.Connection, migrations: Migrations) -> tuple[dict[str, int], dict[str, int]]:
        counts = upgrade(raw, migrations)
        copy = filled.folder / copying.COPY_NAME
        data = bytearray(copy.read_bytes())
        data[-100] ^= 1
        copy.write_bytes(data)
        return counts

    monkeypatch.setattr(migrate, "_upgrade", hurt)
    before = filled.files()
    with pytest.raises(UserError):
        newer.open()
    assert filled.files() == before


def test_a_full_disk_is_said_before_anything_is_copied(
    filled: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.files.free_bytes", lambda _: 1000)
    _refused_unchanged(_with(filled, tmp_path, ADD_TABLE), UserError)


@pytest.mark.parametrize("step", ["flush_file", "_second_name", "_remove_empty_companions", "replace_file"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_cut_short_at_any_step_the_store_is_old_or_new(
    filled: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, when: str
) -> None:
    newer = _with(filled, tmp_path, REBUILD_PARENT)
    key, real = newer.unlock().key, getattr(copying, step)

    def die(*args: Path) -> None:
        if when == "after":
            real(*args)
        raise SystemExit

    monkeypatch.setattr(copying, step, die)
    monkeypatch.setattr(migrate, "discard", lambda _: None)  # a dead process sweeps nothing
    with pytest.raises(SystemExit):
        migrate.migrate(newer.folder, key, newer.migrations)
    monkeypatch.undo()
    assert _counts(newer) == (100, 100)
    assert sorted(newer.files()) == ["store.db", "store.key"]


def test_what_a_killed_register_left_in_its_wal_is_taken_along(filled: Bench, tmp_path: Path) -> None:
    key = filled.unlock().key
    with closing(driver.connect(filled.database, key, driver.Journal.WAL)) as connection:
        connection.execute("INSERT INTO parent(name) VALUES ('в журнале')")
        left = {path.name: path.read_bytes() for path in filled.folder.glob("store.db*")}
    for name, data in left.items():
        (filled.folder / name).write_bytes(data)
    assert (filled.folder / "store.db-wal").stat().st_size
    assert _counts(_with(filled, tmp_path, REBUILD_PARENT)) == (101, 100)


def test_a_newer_store_is_refused_with_its_version(filled: Bench, tmp_path: Path) -> None:
    newer = _with(filled, tmp_path, ADD_TABLE, "pass")
    newer.open().close()
    before = filled.files()
    with pytest.raises(StoreNewer) as refused:
        filled.open()
    assert "0003" in refused.value.sentence()
    assert "0001" in refused.value.sentence()
    assert filled.files() == before


def test_the_next_revision_is_written_from_the_models(tmp_path: Path, make_bench: Callable[[str], Bench]) -> None:
    empty = toy_migrations(tmp_path / "empty")
    empty = Migrations(empty.folder, ToyBase.metadata)
    (tmp_path / "scratch").mkdir()
    written = write_revision(tmp_path / "scratch", empty, "the first form")
    assert written.name == "0001.py"
    assert empty.numbers() == ("0001",)
    store = replace(make_bench("x"), migrations=empty)
    fresh = migrate.build_fresh(store.folder, store.unlock().key, empty)
    with closing(driver.connect(fresh, store.unlock().key)) as connection:
        tables = {
            row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        }
    assert tables == {"parent", "child", "alembic_version"}


def test_saving_goes_on_after_a_migration(filled: Bench, tmp_path: Path) -> None:
    store = _with(filled, tmp_path, REBUILD_PARENT).open()
    save(store, "новое")
    assert names(store)[-1] == "новое"
    store.close()
